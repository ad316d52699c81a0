import { URI, Utils } from 'vscode-uri';
import { countCharacters, maximumCharacters, minified } from '../../core/admission/size.ts';
import type { Document } from '../../core/document/tree.ts';
import { foldKey } from '../../core/grammar.ts';
import { usesOf, type PolicyUse } from '../../model/attachments.ts';
import { resolveInside } from '../../model/readOrganization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { applyEdits } from '../codeActions/fix.ts';
import { memberAt } from '../codeActions/place.ts';
import type { JsonEdit } from '../jsonLayout.ts';
import { attachmentEdits, definitionEdit } from '../modelEdits.ts';
import { Draft } from './draft.ts';
import type { Attempt, Refactoring, RefactoringPlace } from './refactoring.ts';
import { controlKey, ownersOf, removals } from './statementText.ts';

/** A policy as long as this nears what AWS takes. */
const nearLimit = 0.8 * maximumCharacters;

/** Moves about half of the plans of a long policy to a new one, which is attached right after it everywhere. */
export const splitPolicy: Refactoring = (place) => {
  const characters = countCharacters(place.document.text);
  const plans = plansOf(place.document);
  if (characters <= nearLimit || plans.length < 2 || usesOf(place.snapshot.organizations, place.uri).length === 0) return [];
  const count = countCharacters(minified(place.document.text));
  const moved = movedPlans(place.document);
  return [{
    id: 'split',
    title: `Split this policy of ${String(characters)} characters (${String(count)} minified, AWS takes ${String(maximumCharacters)}): ${String(moved.size)} of ${String(plans.length)} plans into a new file`,
    kind: 'refactor.extract',
    attempts: [() => split(place)],
    onlyWhenSame: false,
  }];
};

function plansOf({ root }: Document): readonly { readonly key: string; readonly size: number }[] {
  const plans = root?.type === 'object' ? memberAt(root, 'plans')?.value : undefined;
  return plans?.type === 'object' ? plans.members.filter(({ key }) => !key.text.startsWith('@@')).map(({ key, start, end }) => ({ key: key.text, size: end - start })) : [];
}

/** The plans behind the one where both halves are closest in length. */
function movedPlans(document: Document): ReadonlySet<string> {
  const plans = plansOf(document);
  const total = plans.reduce((sum, { size }) => sum + size, 0);
  let kept = plans[0]?.size ?? 0;
  let index = 1;
  for (const { size } of plans.slice(1, -1)) {
    if (Math.abs(total - 2 * (kept + size)) > Math.abs(total - 2 * kept)) break;
    kept += size;
    index++;
  }
  return new Set(plans.slice(index).map(({ key }) => key));
}

function split({ snapshot, uri, document }: RefactoringPlace): Attempt {
  const moved = movedPlans(document);
  const uses = usesOf(snapshot.organizations, uri);
  const suffix = freeSuffix(snapshot, uri, uses);
  const newUri = withSuffix(uri, suffix);
  const draft = new Draft(snapshot);
  // A control on "plans" works from one of the two: peers' controls intersect. Source: inheritance rule 21 [doc, obs].
  draft.create(newUri, applyEdits(document.text, plansWithout(document, (key) => foldKey(key) === controlKey || !moved.has(key))));
  draft.edit(uri, plansWithout(document, (key) => moved.has(key)));
  for (const use of uses) {
    const edits = modelEdits(use, suffix, newUri);
    if (typeof edits === 'string') return edits;
    draft.edit(use.organization.uri, edits);
  }
  return draft;
}

/** The edits that take some members out of "plans". */
function plansWithout(document: Document, goes: (key: string) => boolean): readonly JsonEdit[] {
  const plans = ownersOf(document, ['plans'])?.at(-1)?.member.value;
  return plans?.type === 'object' ? removals(document, plans, ({ key }) => goes(key.text)) : [];
}

/** `policies/base.json` → `policies/base-2.json`. */
function withSuffix(file: string, suffix: string): string {
  return file.replace(/^((?:.*\/)?[^/]+?)((?:\.backup-?policy)?\.[^/]*)?$/i, (_, name: string, extension: string | undefined) => `${name}${suffix}${extension ?? ''}`);
}

function freeSuffix(snapshot: Snapshot, uri: string, uses: readonly PolicyUse[]): string {
  const taken = new Set([...snapshot.policies.keys(), ...[...snapshot.organizations.values()].flatMap(({ policies }) => [...policies.values()].map((policy) => policy.uri ?? ''))]);
  for (let number = 2; ; number++) {
    const suffix = `-${String(number)}`;
    if (!taken.has(withSuffix(uri, suffix)) && !uses.some(({ organization, names }) => names.some((name) => organization.policies.has(`${name}${suffix}`)))) return suffix;
  }
}

function modelEdits({ organization, names, entities }: PolicyUse, suffix: string, newUri: string): readonly JsonEdit[] | string {
  const [name] = names;
  const policy = name === undefined ? undefined : organization.policies.get(name);
  const file = Utils.basename(URI.parse(organization.uri));
  if (name === undefined || policy === undefined || names.length > 1) return `${file} knows this policy under several names. Leave one of them first.`;
  const newFile = withSuffix(policy.file, suffix);
  const definition = definitionEdit(organization.document, `${name}${suffix}`, newFile);
  if (definition === undefined || resolveInside(organization.uri, newFile) !== newUri) return `${file} has no place for another policy. Mend its "policies" first.`;
  const edits = [definition];
  for (const entity of entities) {
    const at = entity.attachments.findIndex((attachment) => attachment.policy === name) + 1;
    const attached = attachmentEdits(organization.document, entity, `${name}${suffix}`, at);
    if (attached === undefined) return `The "policies" of ${entity.path} is not a list of names. Mend it in ${file} first.`;
    edits.push(...attached);
  }
  return edits;
}
