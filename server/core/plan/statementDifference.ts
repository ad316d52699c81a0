import type { Document } from '../document/tree.ts';
import { describeOperators } from '../merge/operators.ts';
import { readStatements, type Operation, type Stated, type StatedContainer, type StatedLeaf } from '../merge/statements.ts';
import { sameValue, type Value } from './sameValue.ts';
import { unreadParts } from './unreadParts.ts';

/** Something that one of two policies says and the other does not, or says otherwise. */
export interface StatementChange {
  /** Keys from the document root as they print; the last one is an operator where one operator differs. */
  readonly path: readonly string[];
  readonly type: 'added' | 'removed' | 'changed';
  /** The value as text; of a list its elements. Undefined for groups. */
  readonly before?: string | readonly string[];
  readonly after?: string | readonly string[];
}

/**
 * What differs in meaning between two policy documents, operator by operator: keys without letter case, lists as
 * sets, schedules by their runs, days and minutes as numbers. What a template fills in later is not compared; what
 * AWS's grammar does not have is compared as JSON.
 * @param at epoch milliseconds UTC, for the runs of schedules.
 */
export function statementDifference(before: Document, after: Document, at: number): readonly StatementChange[] {
  const [was, is] = [readStatements(before), readStatements(after)];
  return [...containerDifference([], was, is, at), ...unreadDifference(unreadParts(before, was), unreadParts(after, is))];
}

function containerDifference(path: readonly string[], was: StatedContainer | undefined, is: StatedContainer | undefined, at: number): readonly StatementChange[] {
  const changes: StatementChange[] = controlDifference(path, was, is);
  const [before, after] = [was?.children ?? nobody, is?.children ?? nobody];
  // With a template among the members, what is not here may come with them.
  const [wasOpen, isOpen] = [was?.templated === true, is?.templated === true];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [left, right] = [said(before.get(key)), said(after.get(key))];
    if (left === undefined && right === undefined) continue;
    if ((left === undefined && wasOpen) || (right === undefined && isOpen)) continue;
    const place = [...path, (right ?? left)?.name ?? key];
    changes.push(...nodeDifference(place, left, right, at));
  }
  return changes;
}

const nobody: ReadonlyMap<string, Stated> = new Map();

/** How deep a group lies that is told as a whole when one side lacks it: a plan. `plans` itself never is. */
const wholeFrom = 2;

function nodeDifference(path: readonly string[], was: Stated | undefined, is: Stated | undefined, at: number): readonly StatementChange[] {
  const any = is ?? was;
  if (any === undefined) return [];
  if (any.kind !== 'container') return leafDifference(path, was?.kind === 'container' ? undefined : was, is?.kind === 'container' ? undefined : is, at);
  const [before, after] = [was?.kind === 'container' ? was : undefined, is?.kind === 'container' ? is : undefined];
  if (path.length >= wholeFrom && before === undefined) return [{ path, type: 'added' }];
  if (path.length >= wholeFrom && after === undefined) return [{ path, type: 'removed' }];
  return containerDifference(path, before, after, at);
}

function leafDifference(path: readonly string[], was: StatedLeaf | undefined, is: StatedLeaf | undefined, at: number): readonly StatementChange[] {
  const changes: StatementChange[] = controlDifference(path, was, is);
  const leaf = is ?? was;
  if (leaf === undefined) return changes;
  for (const operator of ['assign', 'append', 'remove'] as const) {
    const [left, right] = [operationsOf(was, operator), operationsOf(is, operator)];
    if ([...left, ...right].some(({ values }) => values.some(({ unknown }) => unknown))) continue;
    const [before, after] = [valueOf(leaf.kind, left), valueOf(leaf.kind, right)];
    if (before === undefined && after === undefined) continue;
    const place = [...path, `@@${operator}`];
    if (before === undefined || after === undefined) changes.push({ path: place, type: before === undefined ? 'added' : 'removed', ...texts(before, after) });
    else if (!sameValue(leaf, before, after, at)) changes.push({ path: place, type: 'changed', ...texts(before, after) });
  }
  return changes;
}

function operationsOf(leaf: StatedLeaf | undefined, operator: Operation['operator']): readonly Operation[] {
  return leaf?.operations.filter((operation) => operation.operator === operator) ?? [];
}

function valueOf(kind: StatedLeaf['kind'], operations: readonly Operation[]): Value {
  if (operations.length === 0) return undefined;
  const values = operations.flatMap((operation) => operation.values.map(({ text }) => text));
  return kind === 'single' ? values.at(-1) : values;
}

function controlDifference(path: readonly string[], was: Stated | undefined, is: Stated | undefined): StatementChange[] {
  const [before, after] = [was?.control, is?.control];
  if (before?.allowed === after?.allowed) return [];
  const place = [...path, '@@operators_allowed_for_child_policies'];
  const [left, right] = [before === undefined ? undefined : describeOperators(before.allowed), after === undefined ? undefined : describeOperators(after.allowed)];
  return [{ path: place, type: left === undefined ? 'added' : right === undefined ? 'removed' : 'changed', ...texts(left, right) }];
}

/** A group without any statement in it says nothing to the merge. */
function said(node: Stated | undefined): Stated | undefined {
  if (node === undefined) return undefined;
  if (node.control !== undefined) return node;
  if (node.kind !== 'container') return node.operations.length > 0 ? node : undefined;
  if (node.templated) return node;
  for (const child of node.children.values()) if (said(child) !== undefined) return node;
  return undefined;
}

function unreadDifference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly StatementChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): readonly StatementChange[] => {
    const [was, is] = [before.get(key), after.get(key)];
    if (was === is) return [];
    return [{ path: key.split('\n'), type: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed', ...texts(was, is) }];
  });
}

function texts(before: Value, after: Value): Pick<StatementChange, 'before' | 'after'> {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
