/** Which rows the checklist has: filtered by name and by what AWS answered, groups with their items below them. */

import type { OrganizationReadinessView, ReadinessCheckView, ReadinessFinding, ReadinessGroupView, ReadinessItemView, ReadinessReasonView } from '../../../server/protocol.ts';
import { isRecord, isString } from '../shape.ts';

/** What became of a line in all of its accounts. */
export type RowState = 'missing' | 'found' | 'partlyFound' | 'notChecked';

/** Which lines are shown; `notFound` are those that nobody knows to exist. */
export type StateFilter = 'all' | 'missing' | 'notFound' | 'found';

/** How somebody looks at the checklist; kept while the page is hidden. */
export interface ReadinessMemory {
  readonly filter: string;
  readonly state: StateFilter;
}

/** What was found of an item, with a sentence for each account that was looked at. */
export interface ItemState {
  readonly state: RowState;
  readonly messages: readonly string[];
}

interface RowBase {
  readonly id: string;
  readonly group: ReadinessGroupView;
}

export type ReadinessRow =
  | RowBase & { readonly type: 'group'; readonly isExpanded: boolean }
  | RowBase & { readonly type: 'item'; readonly item: ReadinessItemView; readonly state: ItemState; readonly isExpanded: boolean }
  /** A further line of a policy that needs the item above. */
  | RowBase & { readonly type: 'reason'; readonly reason: ReadinessReasonView }
  /** A setting of which nobody knows what it needs. */
  | RowBase & { readonly type: 'open'; readonly reason: ReadinessReasonView };

const filters: readonly StateFilter[] = ['all', 'missing', 'notFound', 'found'];

/** What was kept by the page, as far as it is well-formed. */
export function readReadinessMemory(value: unknown): ReadinessMemory {
  const kept = isRecord(value) ? value : {};
  return { filter: isString(kept['filter']) ? kept['filter'] : '', state: filters.find((state) => state === kept['state']) ?? 'all' };
}

/** Findings by account and item, so that a row finds its own. */
export type Findings = ReadonlyMap<string, ReadinessFinding>;

/** The findings of a check by account and item. */
export function findingsOf(check: ReadinessCheckView | undefined): Findings {
  return new Map((check?.findings ?? []).map((finding) => [`${finding.account} ${finding.item}`, finding]));
}

/** What was found of an item in the accounts of its group. A group has many accounts and few findings. */
export function stateOf(group: ReadinessGroupView, item: ReadinessItemView, findings: Findings): ItemState {
  if (findings.size === 0) return { state: 'notChecked', messages: [] };
  const here = group.accounts.flatMap(({ id }) => (id === undefined ? [] : findings.get(`${id} ${item.key}`) ?? []));
  const messages = here.map(({ message }) => message);
  if (here.some(({ state }) => state === 'missing')) return { state: 'missing', messages };
  const found = here.filter(({ state }) => state === 'found').length;
  if (found === 0) return { state: 'notChecked', messages };
  return { state: found === group.accounts.length ? 'found' : 'partlyFound', messages };
}

function fitsState({ state }: ItemState, wanted: StateFilter): boolean {
  switch (wanted) {
    case 'all': return true;
    case 'missing': return state === 'missing';
    case 'found': return state === 'found' || state === 'partlyFound';
    case 'notFound': return state !== 'found';
  }
}

/**
 * The rows in their order.
 * @param toggled ids of groups that are closed and of items that are open: groups open by themselves, items do not.
 */
export function readinessRows(organization: OrganizationReadinessView, memory: ReadinessMemory, findings: Findings, toggled: ReadonlySet<string>): readonly ReadinessRow[] {
  const wanted = memory.filter.trim().toLowerCase();
  return organization.groups.flatMap((group): readonly ReadinessRow[] => {
    const id = `${organization.uri}#${group.key}`;
    const isWhole = wanted === '' || group.accounts.some((account) => account.path.toLowerCase().includes(wanted) || account.id?.includes(wanted) === true);
    const items = group.items
      .filter(({ text, arn }) => isWhole || text.toLowerCase().includes(wanted) || arn.toLowerCase().includes(wanted))
      .map((item) => ({ item, state: stateOf(group, item, findings) }))
      .filter(({ state }) => fitsState(state, memory.state));
    const open = isWhole && memory.state === 'all' ? group.open : [];
    if (items.length === 0 && open.length === 0) return [];
    const isExpanded = !toggled.has(id);
    const head: ReadinessRow = { id, type: 'group', group, isExpanded };
    if (!isExpanded) return [head];
    return [
      head,
      ...items.flatMap(({ item, state }): readonly ReadinessRow[] => {
        const itemId = `${id}#${item.key}`;
        const isOpen = toggled.has(itemId);
        const row: ReadinessRow = { id: itemId, type: 'item', group, item, state, isExpanded: isOpen };
        return isOpen ? [row, ...item.reasons.map((reason, index): ReadinessRow => ({ id: `${itemId}#${String(index)}`, type: 'reason', group, reason }))] : [row];
      }),
      ...open.map((reason, index): ReadinessRow => ({ id: `${id}#open ${String(index)}`, type: 'open', group, reason })),
    ];
  });
}

/** How many lines there are, and how many of them AWS has and has not. */
export function readinessCounts(organization: OrganizationReadinessView, findings: Findings): { readonly lines: number; readonly missing: number; readonly found: number } {
  const states = organization.groups.flatMap((group) => group.items.map((item) => stateOf(group, item, findings).state));
  return { lines: states.length, missing: states.filter((state) => state === 'missing').length, found: states.filter((state) => state === 'found').length };
}
