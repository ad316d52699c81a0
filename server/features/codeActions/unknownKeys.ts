import facts from '../../../schemas/facts.json' with { type: 'json' };
import { meantKey } from '../../core/admission/keys.ts';
import type { Member, ObjectNode } from '../../core/document/tree.ts';
import { foldKey, policyGrammar, type GrammarContainer } from '../../core/grammar.ts';
import { insertMembers, removeMember } from '../jsonLayout.ts';
import { replacement, type Fix, type Fixer } from './fix.ts';
import { isClose, rename } from './keys.ts';
import { grammarOf, memberAt, type Owner, type Place } from './place.ts';
import { wrapInPlans } from './rootShape.ts';
import { removal } from './statements.ts';

const renamed: ReadonlyMap<string, string> = new Map(Object.entries(facts.renamedKeys.keys).map(([old, now]) => [foldKey(old), now]));
const foreign = new Set(Object.keys(facts.foreignKeys.keys).map(foldKey));

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

function snake(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/-/g, '_').toLowerCase();
}
