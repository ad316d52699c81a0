import Papa from 'papaparse';
import { placesText } from '../../core/readiness/places.ts';
import type { OrganizationReadinessView, ReadinessAccountView, ReadinessGroupView, ReadinessItemView, ReadinessReasonView, ReadinessType } from '../../protocol.ts';
import { code, escaped } from '../markdown.ts';

const typeTexts: Readonly<Record<ReadinessType, string>> = {
  role: 'role',
  vault: 'vault',
  airGappedVault: 'logically air-gapped vault',
  centralVault: 'central vault',
  optIn: 'service opt-in',
};

/** A row for each account and each thing that has to exist there, as other programs read it. */
export function readinessCsv(organizations: readonly OrganizationReadinessView[]): string {
  const rows = organizations.flatMap(({ groups }) => groups.flatMap(({ accounts, items }) => {
    const cells = items.map((item) => [typeTexts[item.type], item.name, item.region ?? '', item.remark ?? '', item.reasons.map(reasonText).join('; ')] as const);
    return accounts.flatMap((account) => items.map((item, index) => {
      const [type = '', name = '', region = '', remark = '', reasons = ''] = cells[index] ?? [];
      return [account.path, account.id ?? '', type, name, region, arnIn(item, account), remark, reasons];
    }));
  }));
  // What a spreadsheet would take for a formula gets an apostrophe before it. Source: OWASP, CSV injection.
  return `${Papa.unparse({ fields: ['account', 'id', 'type', 'name', 'region', 'arn', 'remark', 'needed by'], data: rows }, { escapeFormulae: true, newline: '\n' }).trimEnd()}\n`;
}

/** A checklist for people: accounts that need the same share one. */
export function readinessMarkdown(organizations: readonly OrganizationReadinessView[]): string {
  const blocks = organizations.map((organization) => [
    `## What the backup policies of ${escaped(organization.name)} need`,
    '',
    summary(organization),
    ...organization.groups.flatMap((group) => [
      '',
      `### ${escaped(groupTitle(group))}`,
      '',
      ...(group.accounts.length > 1 ? [escaped(placesText(group.places)), ''] : []),
      ...notes(group).flatMap((note) => [escaped(note), '']),
      ...group.items.map((item) => [
        `- [ ] ${escaped(item.text)}${item.arn === '' ? '' : ` (${code(item.arn)})`}`,
        ...(item.remark === undefined ? [] : [`  ${escaped(item.remark)}`]),
        ...item.reasons.map((reason) => `  - ${code(reason.setting)}, ${escaped(reason.origin)}`),
      ].join('\n')),
      ...group.open.map((reason) => `- Not known: ${code(reason.setting)}, ${escaped(reason.origin)}`),
    ]),
    '',
  ].join('\n'));
  return `${blocks.join('\n').trimEnd()}\n`;
}

/** For a terminal. */
export function readinessText(organizations: readonly OrganizationReadinessView[]): string {
  const blocks = organizations.map((organization) => [
    ...organization.groups.flatMap((group) => [
      groupTitle(group),
      ...(group.accounts.length > 1 ? [`  ${placesText(group.places)}`] : []),
      ...notes(group).map((note) => `  ${note}`),
      ...group.items.flatMap((item) => [
        `  [ ] ${item.text}`,
        ...(item.remark === undefined ? [] : [`      ${item.remark}`]),
        ...item.reasons.map((reason) => `      needed by ${reasonText(reason)}`),
      ]),
      ...group.open.map((reason) => `  [?] ${reasonText(reason)}`),
      '',
    ]),
    summary(organization),
  ].join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

/** The whole data; its shape is a contract. Locations are left out: they belong to a checkout. */
export function readinessJson(organizations: readonly OrganizationReadinessView[]): string {
  const reason = ({ setting, origin }: ReadinessReasonView): object => ({ setting, origin });
  const value = organizations.map(({ name, accounts, withoutNeeds, groups }) => ({
    name,
    accounts,
    withoutNeeds,
    groups: groups.map((group) => ({
      type: group.type,
      accounts: group.accounts.map(({ path, id }) => ({ path, ...(id === undefined ? {} : { id }) })),
      ...(group.type === 'central' ? { copiedFrom: group.copiedFrom } : { invalid: group.isInvalid }),
      needs: group.items.map(({ type, name: what, region, arn, remark, reasons }) => ({
        type,
        name: what,
        ...(region === undefined ? {} : { region }),
        ...(arn === '' ? {} : { arn }),
        ...(remark === undefined ? {} : { remark }),
        reasons: reasons.map(reason),
      })),
      unknown: group.open.map(reason),
    })),
  }));
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** How many accounts need something, as a sentence. */
export function summary({ accounts, withoutNeeds }: OrganizationReadinessView): string {
  if (accounts === 0) return 'The model has no accounts.';
  const rest = withoutNeeds === 0 ? 'backup policies reach every one' : `${String(withoutNeeds)} ${withoutNeeds === 1 ? 'needs' : 'need'} nothing, for no backup plan reaches ${withoutNeeds === 1 ? 'it' : 'them'}`;
  return `${counted(accounts)}: ${rest}. AWS creates none of this, and does not check that it exists: without it the jobs fail.`;
}

function groupTitle({ type, accounts, copiedFrom }: ReadinessGroupView): string {
  const [first] = accounts;
  const path = first?.path ?? '';
  if (type === 'central') return `Central account ${path}${first?.id === undefined || first.id === path ? '' : ` (${first.id})`}: ${counted(copiedFrom)} ${copiedFrom === 1 ? 'copies' : 'copy'} to it`;
  return accounts.length === 1 ? path : `${counted(accounts.length)} that need the same`;
}

function notes({ isInvalid }: ReadinessGroupView): readonly string[] {
  return isInvalid ? ['The effective policy is invalid, so AWS keeps the last valid one. This is what the files say.'] : [];
}

function reasonText({ setting, origin }: ReadinessReasonView): string {
  return `${setting}, ${origin}`;
}

function arnIn({ arn }: ReadinessItemView, { id }: ReadinessAccountView): string {
  return id === undefined ? arn : arn.replace('$account', id);
}

function counted(accounts: number): string {
  return accounts === 1 ? '1 account' : `${String(accounts)} accounts`;
}
