import { foldKey } from '../core/grammar.ts';
import type { Member, Node } from '../core/document/tree.ts';

/** The names in a group such as `plans` or `rules` of an object, in any letter case, without operators; none where there is no such object. */
export function membersOf(node: Node | undefined, group: string): readonly Member[] {
  const value = node?.type === 'object' ? node.members.find((member) => foldKey(member.key.text) === group)?.value : undefined;
  return value?.type === 'object' ? value.members.filter((member) => !member.key.text.startsWith('@@')) : [];
}
