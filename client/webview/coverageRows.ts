/** Which rows the table of coverage has: filtered, sorted, accounts that get the same together. */

import type { AccountHealth, CoverageCellView, CoverageGroupView, OrganizationCoverageView } from '../../server/protocol.ts';
import { isRecord, isString } from './shape.ts';

type Group = CoverageGroupView;
export type CoveredAccount = Group['accounts'][number];

/** By what the rows are sorted: the account's path, how it fares, or the retention of the plan with this index. */
export type SortColumn = 'account' | 'coverage' | number;

/** How somebody looks at the table; kept while the page is hidden. */
export interface CoverageMemory {
  readonly filter: string;
  /** Undefined: accounts that get the same share a row when there are many. */
  readonly grouped: boolean | undefined;
  readonly sort: SortColumn;
  readonly descending: boolean;
}

/** One row: an account, or several that get the same, which can be opened. */
export interface CoverageRow {
  readonly id: string;
  readonly type: 'account' | 'group';
  readonly group: Group;
  /** Those that the filter leaves; of an account's row itself. */
  readonly accounts: readonly [CoveredAccount, ...CoveredAccount[]];
  readonly isExpanded: boolean;
  /** True for an account below its group. */
  readonly isInside: boolean;
}

/** Accounts from which on those that get the same share a row by themselves. */
const groupedFrom = 100;

/** How an account fares, in words. */
export const healthWords: Readonly<Record<AccountHealth, string>> = {
  unprotected: 'No backup plan',
  invalid: 'Invalid: AWS keeps the last valid policy',
  warned: 'Protected, with warnings',
  protected: 'Protected',
};

/** What was kept by the page, as far as it is well-formed. */
export function readCoverageMemory(value: unknown): CoverageMemory {
  const kept = isRecord(value) ? value : {};
  const sort = kept['sort'];
  return {
    filter: isString(kept['filter']) ? kept['filter'] : '',
    grouped: typeof kept['grouped'] === 'boolean' ? kept['grouped'] : undefined,
    sort: sort === 'account' || typeof sort === 'number' ? sort : 'coverage',
    descending: kept['descending'] === true,
  };
}

/** True when accounts that get the same share a row. */
export function isGrouped({ accounts }: OrganizationCoverageView, { grouped }: CoverageMemory): boolean {
  return grouped ?? accounts > groupedFrom;
}

/** The rows in their order. @param expanded ids of groups whose accounts are shown below them. */
export function coverageRows(organization: OrganizationCoverageView, memory: CoverageMemory, expanded: ReadonlySet<string>): readonly CoverageRow[] {
  const wanted = memory.filter.trim().toLowerCase();
  const fits = ({ path, id }: CoveredAccount): boolean => path.toLowerCase().includes(wanted) || id?.includes(wanted) === true;
  const left = organization.groups.flatMap((group, index): readonly CoverageRow[] => {
    const [first, ...others] = wanted === '' || healthWords[group.health].toLowerCase().includes(wanted) ? group.accounts : group.accounts.filter(fits);
    if (first === undefined) return [];
    const id = `${organization.uri}#${String(index)}`;
    return [{ id, type: 'group', group, accounts: [first, ...others], isExpanded: expanded.has(id), isInside: false }];
  });
  const grouped = isGrouped(organization, memory);
  const rows = grouped ? left : left.flatMap((row) => accountRows(row, false));
  const sorted = rows.toSorted((one, other) => compare(one, other, memory.sort) * (memory.descending ? -1 : 1));
  return sorted.flatMap((row) => (row.accounts.length === 1 ? accountRows(row, false) : row.isExpanded ? [row, ...accountRows(row, true)] : [row]));
}

function accountRows({ group, accounts }: CoverageRow, isInside: boolean): readonly CoverageRow[] {
  return accounts.map((account) => ({ id: `${account.target.organization}#${account.path}#${account.target.key}`, type: 'account', group, accounts: [account], isExpanded: false, isInside }));
}

const worstFirst: readonly AccountHealth[] = ['unprotected', 'invalid', 'warned', 'protected'];

function compare(one: CoverageRow, other: CoverageRow, by: SortColumn): number {
  if (by === 'account') return one.accounts[0].path.localeCompare(other.accounts[0].path, 'en', { numeric: true });
  if (by === 'coverage') return worstFirst.indexOf(one.group.health) - worstFirst.indexOf(other.group.health);
  const difference = order(one.group.cells[by]) - order(other.group.cells[by]);
  return Number.isNaN(difference) ? 0 : difference;
}

/** Without a backup first, what is never deleted last. */
function order(cell: CoverageCellView | null | undefined): number {
  if (cell === null || cell === undefined) return -1;
  return cell.retentionDays ?? Number.POSITIVE_INFINITY;
}

/** How long a plan keeps, in steps for the eye: 0 no backup, 1 below a week, 2 below a month, 3 below a quarter, 4 below a year, 5 longer. */
export function heat(cell: CoverageCellView | null): 0 | 1 | 2 | 3 | 4 | 5 {
  if (cell === null) return 0;
  const days = cell.retentionDays ?? Number.POSITIVE_INFINITY;
  return days < 7 ? 1 : days < 30 ? 2 : days < 90 ? 3 : days < 365 ? 4 : 5;
}
