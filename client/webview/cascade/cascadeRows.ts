/** The cascade as rows of a treegrid: what is visible, in which order, at which level. */

import type { CascadeGroupView, CascadeRowView, CascadeStatementView, CascadeView } from '../../../server/protocol.ts';

/** A visible row. */
export interface CascadeRow {
  readonly node: CascadeRowView;
  readonly id: string;
  /** 1 for a plan. */
  readonly level: number;
  /** 1 for the first of its siblings. */
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | undefined;
  /** Undefined for a row without rows below it. */
  readonly expanded: boolean | undefined;
}

/** At first one sees the names of rules and selections; what is in one of them shows at once when it is opened. */
function isOpenAtFirst({ name, noun, path }: CascadeGroupView): boolean {
  return path.length === 3 ? name === 'rules' || name === 'selections' : noun !== 'rule' && noun !== 'selection';
}

function* visible(nodes: readonly CascadeRowView[], expanded: Readonly<Record<string, boolean>>, level: number, parent: string | undefined): Generator<CascadeRow> {
  for (const [index, node] of nodes.entries()) {
    const children = node.type === 'group' ? node.children : [];
    const open = node.type === 'setting' || children.length === 0 ? undefined : Object.hasOwn(expanded, node.id) ? expanded[node.id] : isOpenAtFirst(node);
    yield { node, id: node.id, level, position: index + 1, siblings: nodes.length, parent, expanded: open };
    if (open === true) {
      yield* visible(children, expanded, level + 1, node.id);
    }
  }
}

/** The visible rows, top to bottom. */
export function cascadeRows({ rows }: CascadeView, expanded: Readonly<Record<string, boolean>>): readonly CascadeRow[] {
  return [...visible(rows, expanded, 1, undefined)];
}

/** The ids of the groups around a row, outermost first; undefined when there is no such row. */
export function groupsAround(rows: readonly CascadeRowView[], id: string): readonly string[] | undefined {
  for (const row of rows) {
    if (row.id === id) {
      return [];
    }
    const below = row.type === 'group' ? groupsAround(row.children, id) : undefined;
    if (below !== undefined) {
      return [row.id, ...below];
    }
  }
  return undefined;
}

/** The id of the row at a path of keys, or of the nearest group around it that has one. */
export function nearestRow(rows: readonly CascadeRowView[], path: readonly string[], depth = 1): string | undefined {
  const row = rows.find(({ name }) => name.toLowerCase() === path[depth]?.toLowerCase());
  return row === undefined ? undefined : ((row.type === 'group' ? nearestRow(row.children, path, depth + 1) : undefined) ?? row.id);
}

/** The ids of all groups, hidden ones too. */
export function groupIds(rows: readonly CascadeRowView[]): readonly string[] {
  return rows.flatMap((row) => (row.type === 'group' ? [row.id, ...groupIds(row.children)] : []));
}

/** How many statements of one level have each outcome. */
export type OutcomeCounts = Readonly<Record<CascadeStatementView['outcome'], number>>;

const counted = new WeakMap<CascadeGroupView, ReadonlyMap<number, OutcomeCounts>>();

/** For each level the statements of all settings below a group; levels without any are left out. */
export function countsBelow(group: CascadeGroupView): ReadonlyMap<number, OutcomeCounts> {
  const known = counted.get(group);
  if (known !== undefined) {
    return known;
  }
  const counts = new Map<number, OutcomeCounts>();
  const add = (level: number, more: Partial<OutcomeCounts>): void => {
    const { applied, overridden, blocked, noEffect } = counts.get(level) ?? { applied: 0, overridden: 0, blocked: 0, noEffect: 0 };
    counts.set(level, {
      applied: applied + (more.applied ?? 0),
      overridden: overridden + (more.overridden ?? 0),
      blocked: blocked + (more.blocked ?? 0),
      noEffect: noEffect + (more.noEffect ?? 0),
    });
  };
  for (const child of group.children) {
    if (child.type === 'group') {
      countsBelow(child).forEach((more, level) => { add(level, more); });
    } else {
      for (const { level, outcome } of child.statements) {
        add(level, { [outcome]: 1 });
      }
    }
  }
  counted.set(group, counts);
  return counts;
}
