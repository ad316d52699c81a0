/** The merged policy as the rows of a tree: what is visible, in which order, at which level. */

import type { AttemptView, ContainerView, NodeView, OriginView, ValueView, ViewLocation } from '../../server/protocol.ts';

interface TreePosition {
  /** The same before and after an edit elsewhere in the policy. */
  readonly id: string;
  /** 1 for a plan. */
  readonly level: number;
  /** 1 for the first of its siblings. */
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | undefined;
  /** Undefined for a row without rows below it. */
  readonly expanded: boolean | undefined;
  /** What Enter opens. */
  readonly reveal: ViewLocation | undefined;
}

/** One element of a list. */
export type Element = ValueView['values'][number];

/** What stands in a row. */
export type RowContent =
  /** `sameAsParent`: set by the same policy at the same level as the container around it. */
  | { readonly kind: 'container'; readonly node: ContainerView; readonly sameAsParent: boolean }
  | { readonly kind: 'value'; readonly node: ValueView; readonly inline: boolean }
  | { readonly kind: 'element'; readonly element: Element }
  | { readonly kind: 'attempt'; readonly attempt: AttemptView };

/** A visible row of the tree. */
export type Row = TreePosition & RowContent;

/** Tells whether the row with this id is expanded; `level` is its own, 1 for a plan. */
export type Expansion = (id: string, byDefault: boolean) => boolean;

const inlineElements = 3;
const inlineCharacters = 40;

/**
 * At first one sees the names of rules and selections; what is in one of them shows at once when it is opened.
 * Other parts of a plan than these stay closed.
 */
function isOpenAtFirst(node: ContainerView, level: number): boolean {
  return level === 2 ? node.name === 'rules' || node.name === 'selections' : node.noun !== 'rule' && node.noun !== 'selection';
}

function sameOrigin(one: OriginView, other: OriginView | undefined): boolean {
  return one.level === other?.level && one.policy === other.policy;
}

/** The origins of a value, each level and policy once, in order. */
export function distinctOrigins(node: ValueView): readonly OriginView[] {
  return node.values
    .map((element) => element.origin)
    .filter((origin, index, all) => all.findIndex((other) => sameOrigin(origin, other)) === index);
}

/** True when a value needs no row for each element: a single value, or a short list of one origin. */
export function isInline(node: ValueView): boolean {
  if (node.kind === 'single' || node.values.length <= 1) {
    return true;
  }
  const characters = node.values.reduce((sum, element) => sum + element.text.length + 2, 0);
  return node.values.length <= inlineElements && characters <= inlineCharacters && distinctOrigins(node).length === 1;
}

/** The name by which type-ahead finds a row. */
export function rowName(row: Row): string {
  switch (row.kind) {
    case 'container':
    case 'value':
      return row.node.name;
    case 'element':
      return row.element.text;
    case 'attempt':
      return row.attempt.values.join(', ');
  }
}

interface Branch {
  readonly id: string;
  readonly content: RowContent;
  readonly reveal: ViewLocation | undefined;
  readonly openAtFirst: boolean;
  readonly children: readonly Branch[];
}

/** Makes the ids of siblings differ when their content does not: the second of two equal attempts gets a number. */
function uniqueIds(branches: readonly Branch[]): readonly Branch[] {
  const seen = new Map<string, number>();
  return branches.map((branch) => {
    const count = (seen.get(branch.id) ?? 0) + 1;
    seen.set(branch.id, count);
    return count === 1 ? branch : { ...branch, id: `${branch.id}#${String(count)}` };
  });
}

function attemptBranch(parent: string, attempt: AttemptView): Branch {
  const { origin } = attempt;
  return {
    id: `${parent}#${attempt.outcome}:${origin.level}:${origin.policy}:${origin.operator}:${attempt.values.join(',')}`,
    content: { kind: 'attempt', attempt },
    reveal: origin.location,
    openAtFirst: false,
    children: [],
  };
}

function valueBranch(node: ValueView): Branch {
  const inline = isInline(node);
  const elements = inline
    ? []
    : node.values.map((element): Branch => ({
        id: `${node.id}#element:${element.text}`,
        content: { kind: 'element', element },
        reveal: element.origin.location,
        openAtFirst: false,
        children: [],
      }));
  const source = node.values[0]?.origin ?? node.attempts[0]?.origin;
  return {
    id: node.id,
    content: { kind: 'value', node, inline },
    reveal: source?.location,
    openAtFirst: false,
    children: uniqueIds([...elements, ...node.attempts.map((attempt) => attemptBranch(node.id, attempt))]),
  };
}

function branchOf(node: NodeView, level: number, parent?: ContainerView): Branch {
  if (node.type === 'value') {
    return valueBranch(node);
  }
  return {
    id: node.id,
    content: { kind: 'container', node, sameAsParent: sameOrigin(node.origin, parent?.origin) },
    reveal: node.origin.location,
    openAtFirst: isOpenAtFirst(node, level),
    children: uniqueIds([
      ...node.children.map((child) => branchOf(child, level + 1, node)),
      ...node.refused.map((attempt) => attemptBranch(node.id, attempt)),
    ]),
  };
}

function* visibleRows(
  branches: readonly Branch[],
  isExpanded: Expansion,
  level: number,
  parent: string | undefined,
): Generator<Row> {
  for (const [index, branch] of branches.entries()) {
    const expanded = branch.children.length === 0 ? undefined : isExpanded(branch.id, branch.openAtFirst);
    const { id, content, reveal } = branch;
    yield { id, level, position: index + 1, siblings: branches.length, parent, expanded, reveal, ...content };
    if (expanded === true) {
      yield* visibleRows(branch.children, isExpanded, level + 1, id);
    }
  }
}

/** The visible rows of the merged policy, top to bottom. */
export function rowsOf(plans: readonly NodeView[], isExpanded: Expansion): readonly Row[] {
  return [...visibleRows(uniqueIds(plans.map((plan) => branchOf(plan, 1))), isExpanded, 1, undefined)];
}

/** The ids of all rows that can be expanded, hidden ones too. */
export function expandableIds(plans: readonly NodeView[]): readonly string[] {
  return rowsOf(plans, () => true)
    .filter((row) => row.expanded !== undefined)
    .map((row) => row.id);
}
