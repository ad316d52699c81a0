import type { Document, Span } from '../../core/document/tree.ts';
import { foldKey, grammarAt } from '../../core/grammar.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { ownersAt } from '../codeActions/place.ts';
import type { RefactoringPlace } from './refactoring.ts';

/** The place of a range in a policy; undefined for a file that is no policy of the snapshot. */
export function refactoringPlace(snapshot: Snapshot, uri: string, document: Document, range: Span): RefactoringPlace {
  const around = ownersAt(document, range);
  const end = around.findIndex(({ member: { key } }, index) => key.text.startsWith('@@') || key.template || grammarAt(around.slice(0, index + 1).map(({ member }) => member.key.text)) === undefined);
  const owners = foldKey(around[0]?.member.key.text ?? '') === 'plans' ? around.slice(0, end < 0 ? around.length : end) : [];
  return { snapshot, uri, document, range, owners, path: owners.map(({ member }) => member.key.text) };
}

/** What stands at a place in words: `rule "nightly"`, `"delete_after_days"`. Undefined for "plans" and outside of it. */
export function statementName({ path }: Pick<RefactoringPlace, 'path'>): string | undefined {
  const name = path.at(-1);
  if (name === undefined || path.length < 2) return undefined;
  const parent = grammarAt(path.slice(0, -1));
  const noun = parent?.kind === 'container' ? parent.names?.noun : undefined;
  return noun === undefined ? `"${name}"` : `${noun} "${name}"`;
}

/** The place of the plan around a place. */
export function planPlace(place: RefactoringPlace): RefactoringPlace | undefined {
  return place.path.length < 2 ? undefined : { ...place, owners: place.owners.slice(0, 2), path: place.path.slice(0, 2) };
}
