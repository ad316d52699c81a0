import { distance } from 'fastest-levenshtein';
import facts from '../../../schemas/facts.json' with { type: 'json' };
import { meantKey, nearest } from '../../core/admission/keys.ts';
import { isScalar, type Member, type ObjectNode } from '../../core/document/tree.ts';
import { foldKey, operators, policyGrammar, type GrammarContainer } from '../../core/grammar.ts';
import { replacement, type Fix, type Fixer } from './fix.ts';
import { insertMembers, removeMember } from '../jsonLayout.ts';
import { grammarOf, memberAt, type Owner, type Place } from './place.ts';
import { wrapInPlans } from './rootShape.ts';
import { removal } from './statements.ts';

const renamed: ReadonlyMap<string, string> = new Map(Object.entries(facts.renamedKeys.keys).map(([old, now]) => [foldKey(old), now]));
const foreign = new Set(Object.keys(facts.foreignKeys.keys).map(foldKey));

/** What authors write for an operator whose name is not close to it. */
const operatorSynonyms: Readonly<Record<string, string>> = {
  '@@add': '@@append', '@@set': '@@assign', '@@replace': '@@assign', '@@overwrite': '@@assign', '@@delete': '@@remove',
};

/** The edit of a key, with its quotes. */
export function rename({ document }: Place, { object, member }: Owner, key: string, title: string, certain: boolean): readonly Fix[] {
  const taken = memberAt(object, key);
  if (taken !== undefined && taken !== member) return [];
  return [{ title, edits: [replacement(document, member.key, JSON.stringify(key))], certain }];
}

/** Renames a key that was misspelt or comes from another tool; offers to remove one that has no place. */
export const fixUnknownKey: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = place.owners.length === 1 ? policyGrammar : grammarOf(place, 1);
  if (own === undefined || grammar?.kind !== 'container') return [];
  const plans = place.owners.length === 1 ? wrapInPlans(place.document, own.object) : [];
  const key = own.member.key.text;
  if (plans.some(({ edits }) => edits.some(({ start }) => start <= own.member.start) && edits.some(({ end }) => end >= own.member.end))) return plans;
  const moved = moveInside(place, own, grammar);
  if (moved.length > 0) return moved;
  const meant = foreign.has(foldKey(key)) ? undefined : meantKey(key, grammar);
  const fixes = meant === undefined ? [] : rename(place, own, meant, `Rename to ${meant}`, renamed.has(foldKey(key)) || isClose(snake(key), meant));
  if (fixes.length > 0) return fixes;
  const remove = removal(place, `Remove "${key}"`, isNoOp(own.member));
  return place.owners.length === 1 ? [...remove, ...keepPlans(own.object)] : remove;
};

/** Takes out everything beside "plans", where several keys stand there. */
function keepPlans(root: ObjectNode): readonly Fix[] {
  const plans = memberAt(root, 'plans');
  const others = root.members.filter(({ key }) => !key.text.startsWith('@@')).length - 1;
  if (plans === undefined || others < 2 || !root.closed) return [];
  const edits = [{ start: root.members[0]?.start ?? plans.start, end: plans.start, newText: '' }, { start: plans.end, end: root.members.at(-1)?.end ?? plans.end, newText: '' }];
  return [{ title: 'Keep only "plans"', edits, certain: false }];
}

/** The time zone that schedules have anyway. */
function isNoOp({ key, value }: Member): boolean {
  if (!/^schedule_?expression_?timezone$/i.test(key.text)) return false;
  const zone = value.type === 'object' ? value.members[0]?.value : value;
  return zone?.type === 'string' && /^(?:Etc\/)?(?:UTC|GMT)$/i.test(zone.text);
}

/** Moves a setting that stands beside the group it belongs to, such as a retention beside "lifecycle", into the group. */
function moveInside({ document }: Place, { object, member }: Owner, grammar: GrammarContainer): readonly Fix[] {
  const current = renamed.get(foldKey(member.key.text)) ?? member.key.text;
  if (meantExactly(current, grammar) !== undefined) return [];
  const groups = [...grammar.keys].flatMap(([name, group]) => {
    const key = group.kind === 'container' && group.names === undefined ? meantExactly(current, group) : undefined;
    return key === undefined ? [] : [{ name, key }];
  });
  const [group] = groups;
  if (group === undefined || groups.length > 1) return [];
  const content = `${JSON.stringify(group.key)}: ${document.text.slice(member.value.start, member.value.end)}`;
  const title = `Move ${group.key} into ${group.name}`;
  const around = memberAt(object, group.name);
  if (around === undefined) return [{ title, edits: [replacement(document, member, `${JSON.stringify(group.name)}: { ${content} }`)], certain: true }];
  if (around.value.type !== 'object' || memberAt(around.value, group.key) !== undefined) return [];
  return [{ title, edits: [insertMembers(document, around.value, [() => content]), removeMember(object, member)], certain: true }];
}

/** The key of a container that a text is but for letter case or underscores. */
function meantExactly(text: string, grammar: GrammarContainer): string | undefined {
  return [...grammar.keys.keys()].find((key) => foldKey(key) === foldKey(text) || key === snake(text));
}

/** True for a slip of two letters, or of one in eight of a long word. */
function isClose(text: string, meant: string): boolean {
  return distance(text, meant) <= Math.max(2, Math.floor(text.length / 8));
}

function snake(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/-/g, '_').toLowerCase();
}

/** Writes the documented spelling of a key. */
export const fixKeyCase: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = grammarOf(place, 1);
  if (own === undefined || grammar?.kind !== 'container') return [];
  const documented = [...grammar.keys.keys()].find((key) => foldKey(key) === foldKey(own.member.key.text));
  return documented === undefined ? [] : rename(place, own, documented, `Rename to ${documented}`, true);
};

/** Writes the operator that is nearest to a misspelt one. */
export const fixUnknownOperator: Fixer = (place) => {
  const own = place.owners.at(-1);
  const kind = grammarOf(place, 1)?.kind;
  if (own === undefined || kind === undefined) return [];
  const known = operators.filter((operator) => operator.kinds.has(kind)).map((operator) => operator.name);
  const written = `@@${own.member.key.text.replace(/^@+/, '').toLowerCase()}`;
  const synonym = operatorSynonyms[written];
  const meant = known.find((name) => name === synonym) ?? nearest(written, known);
  const fixes = meant === undefined ? [] : rename(place, own, meant, `Write ${meant}`, isClose(written, meant));
  return fixes.length > 0 ? fixes : removal(place, `Remove "${own.member.key.text}"`, false);
};

/** Writes `@@assign` for a list operator on a single value; opens an operator that was put around settings. */
export const fixOperator: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = place.owners.length === 1 ? policyGrammar : grammarOf(place, 1);
  if (own === undefined || grammar === undefined) return [];
  const { member, object } = own;
  if (grammar.kind !== 'container') {
    const fixes = rename(place, own, '@@assign', 'Write @@assign', foldKey(member.key.text) === '@@append');
    const item = member.value.type === 'array' && member.value.items.length === 1 ? member.value.items[0] : undefined;
    if (item === undefined) return fixes;
    const outside = [{ start: member.value.start, end: item.start, newText: '' }, { start: item.end, end: member.value.end, newText: '' }];
    return fixes.map((fix) => ({ ...fix, edits: [...fix.edits, ...outside] }));
  }
  if (member.value.type !== 'object' || foldKey(member.key.text) !== '@@assign') return removal(place, `Remove ${member.key.text}`, false);
  const inner = member.value.members;
  const [first, last] = [inner[0], inner.at(-1)];
  if (first === undefined || last === undefined || inner.some(({ key }) => memberAt(object, key.text) !== undefined)) return removal(place, `Remove ${member.key.text}`, false);
  return [{
    title: `Remove ${member.key.text} and keep what is in it`,
    edits: [{ start: member.start, end: first.start, newText: '' }, { start: last.end, end: member.end, newText: '' }],
    certain: true,
  }];
};

/** Writes `@@append` for the `@@assign` of a list. */
export const writeAppend: Fixer = (place) => {
  const own = place.owners.at(-1);
  return own?.member.value.type === 'array' ? rename(place, own, '@@append', 'Add to the inherited list: @@append', false) : [];
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
