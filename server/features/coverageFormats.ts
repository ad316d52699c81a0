import Papa from 'papaparse';
import type { AccountHealth, CoverageCellView, CoverageGroupView, OrganizationCoverageView } from '../protocol.ts';
import { escaped } from './markdown.ts';

/** What becomes of an account, in words. */
const healthTexts: Readonly<Record<AccountHealth, string>> = {
  unprotected: 'no backup plan',
  invalid: 'invalid, AWS keeps the last valid policy',
  warned: 'protected, with warnings',
  protected: 'protected',
};

/** A row for each account, a column for each plan, as other programs read it. */
export function coverageCsv(organizations: readonly OrganizationCoverageView[]): string {
  const plans = [...new Set(organizations.flatMap((organization) => organization.plans))];
  const rows = organizations.flatMap((organization) => organization.groups.flatMap((group) => {
    const cells = plans.map((plan) => cellText(group.cells[organization.plans.indexOf(plan)]));
    return group.accounts.map((account) => [account.path, account.name, account.id ?? '', healthTexts[group.health], ...cells]);
  }));
  // What a spreadsheet would take for a formula gets an apostrophe before it. Source: OWASP, CSV injection.
  return `${Papa.unparse({ fields: ['path', 'account', 'id', 'coverage', ...plans], data: rows }, { escapeFormulae: true, newline: '\n' })}\n`;
}

/** Tables for people: accounts that get the same share a row. */
export function coverageMarkdown(organizations: readonly OrganizationCoverageView[]): string {
  const blocks = organizations.map((organization) => [
    `## Backup coverage of ${escaped(organization.name)}`,
    '',
    summary(organization),
    '',
    `| accounts | coverage | ${organization.plans.map((plan) => `${escaped(plan)} |`).join(' ')}`.trimEnd(),
    `| --- | --- | ${organization.plans.map(() => '--- |').join(' ')}`.trimEnd(),
    ...organization.groups.map((group) => `| ${accountNames(group).map(escaped).join('<br>')} | ${healthTexts[group.health]} | ${group.cells.map((cell) => `${escaped(cellText(cell))} |`).join(' ')}`.trimEnd()),
    '',
  ].join('\n'));
  return `${blocks.join('\n').trimEnd()}\n`;
}

/** For a terminal. */
export function coverageText(organizations: readonly OrganizationCoverageView[]): string {
  const blocks = organizations.map((organization) => [
    ...organization.groups.flatMap((group) => [
      `${healthTexts[group.health]}: ${counted(group.accounts.length)}`,
      ...accountNames(group).map((name) => `  ${name}`),
      ...group.cells.flatMap((cell, index) => (cell === null ? [] : [`    ${organization.plans[index] ?? ''}: ${cellText(cell)}`])),
      '',
    ]),
    summary(organization),
  ].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

/** The whole data; its shape is a contract. Locations are left out: they belong to a checkout. */
export function coverageJson(organizations: readonly OrganizationCoverageView[]): string {
  const value = organizations.map(({ name, accounts, unprotected, invalid, plans, groups }) => ({
    name,
    accounts,
    unprotected,
    invalid,
    groups: groups.map((group) => ({
      coverage: group.health,
      accounts: group.accounts.map(({ path, id }) => ({ path, ...(id === undefined ? {} : { id }) })),
      plans: plans.flatMap((plan, index) => {
        const cell = group.cells[index];
        if (cell === null || cell === undefined) return [];
        const { retention, retentionDays, regions, rules } = cell;
        return [{ plan, retention, retentionDays, regions, rules }];
      }),
    })),
  }));
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** How many accounts there are and how many of them are in trouble, as a sentence. */
export function summary({ accounts, unprotected, invalid }: OrganizationCoverageView): string {
  if (accounts === 0) return 'The model has no accounts.';
  const withoutPlan = unprotected === 0 ? 'every account gets a backup plan' : `${String(unprotected)} without a backup plan`;
  return `${counted(accounts)}: ${withoutPlan}${invalid === 0 ? '' : `, ${String(invalid)} with an invalid effective policy`}.`;
}

function cellText(cell: CoverageCellView | null | undefined): string {
  if (cell === null || cell === undefined) return 'no backup';
  const rules = cell.rules.map(({ name, schedule, continuous, copies }) => `${name}: ${[schedule, ...(continuous ? ['continuous'] : []), ...copies.map((copy) => `copy ${copy}`)].join(', ')}`);
  return [cell.retention, cell.regions.join(', '), ...rules].filter((part) => part !== '').join('; ');
}

/** How many accounts a row names before it counts the rest. */
const named = 20;

function accountNames({ accounts }: CoverageGroupView): readonly string[] {
  const paths = accounts.slice(0, named).map(({ path }) => path);
  return accounts.length > named ? [...paths, `and ${String(accounts.length - named)} more`] : paths;
}

function counted(accounts: number): string {
  return accounts === 1 ? '1 account' : `${String(accounts)} accounts`;
}
