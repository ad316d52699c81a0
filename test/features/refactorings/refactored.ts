import { applyEdits } from '../../../server/features/codeActions/fix.ts';
import { proposalsAt } from '../../../server/features/refactorings/refactorings.ts';
import { prove, type Proof } from '../../../server/features/refactorings/proof.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import { documentOf } from '../../../server/features/diagnostics.ts';
import { cursorIn } from '../cursor.ts';
import { modelUri, organization, policyUri } from '../organizations.ts';

export type Place = Parameters<typeof organization>[0];

/** A snapshot whose policies are texts, one of them with a cursor. */
export interface Refactorable {
  readonly snapshot: Snapshot;
  readonly name: string;
  readonly offset: number;
}

/** Policies by name as texts; the one with the cursor `|` is the one that is refactored. */
export function refactorable(root: Place, policies: Readonly<Record<string, string>>): Refactorable {
  const marked = Object.entries(policies).find(([, text]) => text.includes('|'));
  if (marked === undefined) throw new Error('One policy needs a cursor |.');
  const [name, text] = marked;
  const { text: plain, offset } = cursorIn(text);
  return { snapshot: organization(root, { ...policies, [name]: plain }), name, offset };
}

/** The ids of what can be tried at the cursor. */
export function ids({ snapshot, name, offset }: Refactorable): readonly string[] {
  return proposalsAt(snapshot, policyUri(name), { start: offset, end: offset }).map(({ id }) => id);
}

export function titles({ snapshot, name, offset }: Refactorable): readonly string[] {
  return proposalsAt(snapshot, policyUri(name), { start: offset, end: offset }).map(({ title }) => title);
}

/** The proof of one refactoring at the cursor. */
export function proofOf({ snapshot, name, offset }: Refactorable, id: string): Proof {
  const proposal = proposalsAt(snapshot, policyUri(name), { start: offset, end: offset }).find((each) => each.id === id);
  if (proposal === undefined) throw new Error(`There is no ${id} among ${ids({ snapshot, name, offset }).join(', ')}.`);
  return prove(proposal);
}

/** Why it cannot be made. */
export function reason(at: Refactorable, id: string): string {
  const proof = proofOf(at, id);
  if (proof.type === 'possible') throw new Error(`${id} is possible.`);
  return proof.reason;
}

/** How many accounts change, and every file that is another one afterwards, by the edits that an editor gets; null for a deleted one. */
export function refactored(at: Refactorable, id: string): { readonly changed: number; readonly files: Readonly<Record<string, string | null>> } {
  const proof = proofOf(at, id);
  if (proof.type === 'refused') throw new Error(proof.reason);
  const files: Record<string, string | null> = {};
  for (const change of proof.draft.changes()) {
    const text = change.type === 'edit' ? applyEdits(documentOf(at.snapshot, change.uri)?.text ?? '', change.edits) : change.type === 'create' ? change.text : null;
    const drafted = documentOf(proof.after, change.uri);
    if (text !== null && drafted?.text !== text) throw new Error(`The edits of ${change.uri} do not give the text that was proven.`);
    files[change.uri === modelUri ? 'model' : change.uri.replace(/^.*\/|\.json$/g, '')] = text;
  }
  return { changed: proof.changed, files };
}
