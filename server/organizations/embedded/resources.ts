import type { EmbeddedState, KeptRole } from './state.ts';

/** A rule of an effective plan as far as jobs need it. `schedule` is absent where AWS Backup's default counts. */
export interface EffectiveRule {
  readonly name: string;
  readonly schedule?: string;
  readonly vault: string;
  /** ARNs of vaults, with `$account` as in the policy. */
  readonly copies: readonly string[];
}

/** A plan of an effective policy. `roles` are ARNs with `$account` as in the policy. */
export interface EffectivePlan {
  readonly name: string;
  readonly regions: readonly string[];
  readonly rules: readonly EffectiveRule[];
  readonly roles: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

function plansOf(document: string): readonly EffectivePlan[] {
  const { plans } = JSON.parse(document) as { readonly plans?: unknown };
  return members(plans).map(([name, plan]) => ({
    name,
    regions: texts(plan['regions']),
    rules: members(plan['rules']).map(([rule, each]) => ({
      name: rule,
      ...(typeof each['schedule_expression'] === 'string' ? { schedule: each['schedule_expression'] } : {}),
      vault: text(each['target_backup_vault_name']),
      copies: members(each['copy_actions']).map(([key, copy]) => text(copy['target_backup_vault_arn']) || key),
    })),
    roles: members(plan['selections']).flatMap(([, kind]) => Object.values(kind).flatMap((selection) => text(asJson(selection)['iam_role_arn']))).filter((arn) => arn !== ''),
  }));
}

function members(value: unknown): readonly (readonly [string, Json])[] {
  return Object.entries(asJson(value)).map(([name, each]) => [name, asJson(each)]);
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

interface Parsed {
  readonly plans: readonly (readonly EffectivePlan[])[];
  /** ARNs of the vaults that copies go to, whatever the account. */
  readonly shared: readonly string[];
}

/** The documents of a state are replaced, never changed. */
const parsed = new WeakMap<readonly string[], Parsed>();

function parsedOf({ documents }: EmbeddedState): Parsed {
  const known = parsed.get(documents);
  if (known !== undefined) return known;
  const plans = documents.map(plansOf);
  const copies = plans.flat().flatMap(({ rules }) => rules.flatMap((rule) => rule.copies));
  const made = { plans, shared: [...new Set(copies)].filter((arn) => !arn.includes('$account')) };
  parsed.set(documents, made);
  return made;
}

/** The plans of an account's effective policy; none for an unknown account. */
export function accountPlans(state: EmbeddedState, accountId: string): readonly EffectivePlan[] {
  const kept = state.effective[accountId];
  return kept === undefined ? [] : (parsedOf(state).plans[kept.document] ?? []);
}

/** What an account lacks that its effective policies name, where nothing else was stored: some accounts always lack something. */
function lacking(accountId: string): 'vaults' | 'roles' | undefined {
  const number = Number(accountId.slice(-6));
  if (number % 7 === 3) return 'vaults';
  return number % 11 === 5 ? 'roles' : undefined;
}

/** Names of the vaults that an account has in a Region: the stored ones, else the default one and mostly those that its effective policies name. */
export function vaultNames(state: EmbeddedState, accountId: string, region: string): readonly string[] {
  const stored = state.services?.vaults;
  if (stored !== undefined) return stored.filter((vault) => vault.accountId === accountId && vault.region === region).map(({ name }) => name);
  const named = lacking(accountId) === 'vaults' ? [] : accountPlans(state, accountId).flatMap((plan) => (plan.regions.includes(region) ? plan.rules.map(({ vault }) => vault) : []));
  const copied = parsedOf(state).shared.flatMap((arn) => {
    const vault = vaultIn(arn, accountId);
    return vault?.accountId === accountId && vault.region === region ? vault.name : [];
  });
  return [...new Set(['Default', ...named, ...copied])];
}

/** The account, Region and name in a vault's ARN of a policy of an account; undefined for another text. */
export function vaultIn(arn: string, accountId: string): { readonly accountId: string; readonly region: string; readonly name: string } | undefined {
  const [, , , region = '', owner = '', kind, name = ''] = arn.split(':');
  return kind === 'backup-vault' ? { accountId: owner === '$account' ? accountId : owner, region, name } : undefined;
}

/** The roles of an account: the stored ones, else mostly those that its effective policies name. */
export function rolesOf(state: EmbeddedState, accountId: string): readonly KeptRole[] {
  const stored = state.services?.roles;
  if (stored !== undefined) return stored.filter((role) => role.accountId === accountId);
  if (lacking(accountId) === 'roles') return [];
  return [...new Set(accountPlans(state, accountId).flatMap(({ roles }) => roles))].flatMap((arn) => roleIn(arn, accountId));
}

/** The role in an ARN of a policy of an account. */
export function roleIn(arn: string, accountId: string): readonly KeptRole[] {
  const [, path, name] = /:role(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return path === undefined || name === undefined ? [] : [{ accountId, path, name }];
}
