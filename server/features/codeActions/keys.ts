import { distance } from 'fastest-levenshtein';
import { isScalar } from '../../core/document/tree.ts';
import { foldKey } from '../../core/grammar.ts';
import { removeMember } from '../jsonLayout.ts';
import { replacement, type Fix, type Fixer } from './fix.ts';
import { grammarOf, memberAt, type Owner, type Place } from './place.ts';

/** The edit of a key, with its quotes. */
export function rename({ document }: Place, { object, member }: Owner, key: string, title: string, certain: boolean): readonly Fix[] {
  const taken = memberAt(object, key);
  if (taken !== undefined && taken !== member) return [];
  return [{ title, edits: [replacement(document, member.key, JSON.stringify(key))], certain }];
}

/** True for a slip of two letters, or of one in eight of a long word. */
export function isClose(text: string, meant: string): boolean {
  return distance(text, meant) <= Math.max(2, Math.floor(text.length / 8));
}

/** Writes the documented spelling of a key. */
export const fixKeyCase: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = grammarOf(place, 1);
  if (own === undefined || grammar?.kind !== 'container') return [];
  const documented = [...grammar.keys.keys()].find((key) => foldKey(key) === foldKey(own.member.key.text));
  return documented === undefined ? [] : rename(place, own, documented, `Rename to ${documented}`, true);
};

/** Renames the second of two equal names, or removes the second of two equal keys. */
export const fixDuplicate: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = grammarOf(place, 1);
  if (own === undefined) return [];
  const { object, member } = own;
  const { text } = place.document;
  const first = memberAt(object, member.key.text);
  const same = first !== undefined && text.slice(first.value.start, first.value.end) === text.slice(member.value.start, member.value.end);
  const remove: Fix = { title: `Remove the second "${member.key.text}"`, edits: [removeMember(object, member)], certain: same };
  if (same || grammar?.kind !== 'container' || grammar.names?.value !== 'name') return [remove];
  const name = freeName(own, member.key.text);
  return [...rename(place, own, name, `Rename the second to "${name}"`, false), remove];
};

/** A name with the first number that no sibling has, 50 characters at most. */
export function freeName({ object, member }: Owner, name: string): string {
  let free = name;
  for (let number = 2; object.members.some((each) => each !== member && foldKey(each.key.text) === foldKey(free)); number++) {
    const suffix = `-${String(number)}`;
    free = `${name.slice(0, 50 - suffix.length)}${suffix}`;
  }
  return free;
}

/** Names a tag entry like its tag key. */
export const fixTagName: Fixer = (place) => {
  const entry = place.owners.at(-3);
  if (entry === undefined || place.value === undefined || !isScalar(place.value)) return [];
  const name = place.value.text.toLowerCase();
  return rename(place, entry, name, `Rename the entry to "${name}"`, true);
};
