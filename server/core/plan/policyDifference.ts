import { isPresent, type EffectiveContainer, type EffectiveLeaf, type EffectiveNode } from '../merge/effective.ts';
import type { Grade } from './grade.ts';
import { sameValue, single, type Value } from './sameValue.ts';
import { scheduleChange } from './scheduleChange.ts';

/** A change of one value or one group of an effective policy. */
export interface PolicyChange {
  /** Keys from the document root as they print. */
  readonly path: readonly string[];
  readonly type: 'added' | 'removed' | 'changed';
  readonly grade: Extract<Grade, 'safe' | 'weaker' | 'lost'>;
  /** The value as text; of a list its elements. Undefined where there is none, and for groups. */
  readonly before?: string | readonly string[];
  readonly after?: string | readonly string[];
}

/**
 * What differs in meaning between two effective policies: lists as sets, schedules by their runs, days as numbers.
 * A group that comes or goes is one change. The order is that of the policies.
 * @param at epoch milliseconds UTC, for the runs of schedules.
 */
export function policyDifference(before: EffectiveContainer, after: EffectiveContainer, at: number): readonly PolicyChange[] {
  if (before === after) return [];
  const keys = new Set([...before.children.keys(), ...after.children.keys()]);
  return [...keys].flatMap((key) => nodeDifference(before, after, key, at));
}

function nodeDifference(before: EffectiveContainer, after: EffectiveContainer, key: string, at: number): readonly PolicyChange[] {
  const [was, is] = [present(before.children.get(key)), present(after.children.get(key))];
  if (was === is) return [];
  if (was === undefined) return is === undefined ? [] : appeared(is, at);
  if (is === undefined) return vanished(was, at);
  if (was.kind === 'container') return is.kind === 'container' ? policyDifference(was, is, at) : [];
  return is.kind === 'container' ? [] : leafDifference(was, is, at);
}

function present(node: EffectiveNode | undefined): EffectiveNode | undefined {
  return isPresent(node) ? node : undefined;
}

function leafDifference(was: EffectiveLeaf, is: EffectiveLeaf, at: number): readonly PolicyChange[] {
  const [before, after] = [valueOf(was), valueOf(is)];
  if (sameValue(was, before, after, at)) return [];
  return [{ path: is.path, type: 'changed', grade: leafGrade(is, before, after, at), ...texts(before, after) }];
}

function appeared(node: EffectiveNode, at: number): readonly PolicyChange[] {
  if (node.kind !== 'container') return leafAlone(node, 'added', undefined, valueOf(node), at);
  const unit = unitOf(node.path);
  if (unit === undefined) return presentChildren(node).flatMap((child) => appeared(child, at));
  // Conditions are all demanded: one more narrows what is selected. Source: syntax §5.3 [doc].
  return [{ path: node.path, type: 'added', grade: unit === 'condition' ? 'weaker' : 'safe' }];
}

function vanished(node: EffectiveNode, at: number): readonly PolicyChange[] {
  if (node.kind !== 'container') return leafAlone(node, 'removed', valueOf(node), undefined, at);
  const unit = unitOf(node.path);
  if (unit === undefined) return presentChildren(node).flatMap((child) => vanished(child, at));
  return [{ path: node.path, type: 'removed', grade: lossOf[unit] }];
}

function leafAlone(leaf: EffectiveLeaf, type: 'added' | 'removed', before: Value, after: Value, at: number): readonly PolicyChange[] {
  return sameValue(leaf, before, after, at) ? [] : [{ path: leaf.path, type, grade: leafGrade(leaf, before, after, at), ...texts(before, after) }];
}

function presentChildren(node: EffectiveContainer): readonly EffectiveNode[] {
  return [...node.children.values()].filter((child) => isPresent(child));
}

/** What comes or goes as a whole; other groups are told by their settings. */
type Unit = 'plan' | 'rule' | 'selection' | 'copy action' | 'condition';

const lossOf: Readonly<Record<Unit, PolicyChange['grade']>> = { plan: 'lost', rule: 'lost', selection: 'lost', 'copy action': 'weaker', condition: 'safe' };

/** By the path from the root: plans/<plan>/rules/<rule>/copy_actions/<copy>, plans/<plan>/selections/<kind>/<selection>/conditions/<operator>/<condition>. */
function unitOf(path: readonly string[]): Unit | undefined {
  const [, , section] = path;
  if (path.length === 2) return 'plan';
  if (section === 'rules') {
    if (path.length === 4) return 'rule';
    return path.length === 6 && path[4] === 'copy_actions' ? 'copy action' : undefined;
  }
  if (section !== 'selections') return undefined;
  if (path.length === 5) return 'selection';
  return path.length === 8 ? 'condition' : undefined;
}

function valueOf({ value }: EffectiveLeaf): Value {
  if (value === undefined) return undefined;
  return value.kind === 'single' ? value.element.text : value.elements.map((element) => element.text);
}

/** Judges by what is protected: for how long, how often, where, and what. */
function leafGrade(leaf: EffectiveLeaf, before: Value, after: Value, at: number): 'safe' | 'weaker' {
  return isWeaker(leaf, before, after, at) ? 'weaker' : 'safe';
}

function isWeaker(leaf: EffectiveLeaf, before: Value, after: Value, at: number): boolean {
  switch (leaf.name) {
    case 'delete_after_days':
      // Without a value recovery points are kept for ever.
      return after !== undefined && (before === undefined || Number(after) < Number(before));
    case 'schedule_expression':
      return scheduleChange(single(before), single(after), at) === 'rarer';
    case 'enable_continuous_backup':
      return single(before)?.toLowerCase() === 'true' && single(after)?.toLowerCase() !== 'true';
    case 'regions':
    case 'tag_value':
      return typeof before === 'object' && lacks(after, before);
    case 'resource_types':
      return typeof before === 'object' && !listOf(after).includes('*') && lacks(after, before);
    case 'not_resource_types':
      return lacks(before, listOf(after));
    case 'tag_key':
    case 'condition_key':
    case 'condition_value':
      return leaf.path.includes('selections');
    default:
      return false;
  }
}

function listOf(value: Value): readonly string[] {
  return typeof value === 'object' ? value : [];
}

/** True when one of the wanted elements is not there. */
function lacks(value: Value, wanted: readonly string[]): boolean {
  const there = new Set(listOf(value));
  return wanted.some((each) => !there.has(each));
}

function texts(before: Value, after: Value): Pick<PolicyChange, 'before' | 'after'> {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
