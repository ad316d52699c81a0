import { isScalar, type ArrayNode, type Member, type ObjectNode } from '../../core/document/tree.ts';
import { effectiveAt } from '../../core/merge/effective.ts';
import { foldKey, grammarAt } from '../../core/grammar.ts';
import { usesOf } from '../../model/attachments.ts';
import { effectiveOf } from '../../model/snapshot.ts';
import { memberAt } from '../codeActions/place.ts';
import { removeItem } from '../jsonLayout.ts';
import { Draft } from './draft.ts';
import type { Attempt, Refactoring, RefactoringPlace } from './refactoring.ts';
import { listEdit, ownersOf } from './statementText.ts';

/** Writes `@@append` for the `@@assign` of a list, or the other way round, with the elements that it then needs. */
export const convertOperator: Refactoring = (place) => {
  const leaf = place.owners.at(-1)?.member.value;
  if (leaf?.type !== 'object' || grammarAt(place.path)?.kind !== 'list') return [];
  const [assign, append] = [memberAt(leaf, '@@assign'), memberAt(leaf, '@@append')];
  const from = assign ?? append;
  if (from?.value.type !== 'array' || (assign !== undefined && append !== undefined)) return [];
  const to = assign === undefined ? '@@assign' : '@@append';
  const inherited = inheritedList(place);
  // Where nothing is inherited, @@append only reads as if there were.
  if (assign !== undefined && inherited.length === 0) return [];
  return [{
    id: `convert ${to}`,
    title: `Write ${to} for ${from.key.text}: the list stays the same for every account`,
    kind: 'refactor.rewrite',
    attempts: (inherited.length === 0 ? [[]] : [inherited, []]).map((known) => () => converted(place, from, to, known)),
    onlyWhenSame: true,
  }];
};

/** The list as it comes from above, at the first target. */
function inheritedList({ snapshot, uri, path }: RefactoringPlace): readonly string[] {
  const [use] = usesOf(snapshot.organizations, uri);
  const parent = use?.entities[0]?.parent;
  const node = use === undefined || parent === undefined ? undefined : effectiveAt(effectiveOf(snapshot, use.organization, parent).tree, path);
  if (node?.kind !== 'list' || node.value?.kind !== 'list' || node.value.elements.some(({ unknown }) => unknown)) return [];
  return node.value.elements.map(({ text }) => text);
}

/** @param inherited what `@@append` need not repeat, and `@@assign` has to. */
function converted({ snapshot, uri, path }: RefactoringPlace, from: Member, to: '@@assign' | '@@append', inherited: readonly string[]): Attempt {
  const draft = new Draft(snapshot);
  draft.edit(uri, [{ start: from.key.start, end: from.key.end, newText: JSON.stringify(to) }]);
  const list = (): ArrayNode | undefined => {
    const document = draft.document(uri);
    const leaf: ObjectNode | undefined = objectOf(document === undefined ? undefined : ownersOf(document, path)?.at(-1)?.member);
    const value = leaf?.members.find(({ key }) => foldKey(key.text) === to)?.value;
    return value?.type === 'array' ? value : undefined;
  };
  const known = new Set(inherited);
  for (let node = list(); node !== undefined; node = list()) {
    const item = node.items.find((each) => isScalar(each) && !each.template && known.has(each.text));
    if (item === undefined) break;
    draft.edit(uri, [removeItem(node, item)]);
  }
  const rest = list();
  if (rest === undefined || (to === '@@append' && rest.items.length === 0)) return 'Nothing would be left to add.';
  if (to === '@@assign' && inherited.length > 0) draft.edit(uri, [listEdit(rest, inherited.map((text) => JSON.stringify(text)).join(', '), 'lower')]);
  return draft;
}

function objectOf(member: Member | undefined): ObjectNode | undefined {
  return member?.value.type === 'object' ? member.value : undefined;
}
