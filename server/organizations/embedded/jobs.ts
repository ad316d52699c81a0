import { createHash } from 'node:crypto';
import { occurrencesUntil } from '../../core/cron/occurrences.ts';
import { parseSchedule } from '../../core/cron/parse.ts';
import { defaultSchedule } from '../../core/cron/schedule.ts';
import { accountPlans, roleIn, rolesOf, vaultIn, vaultNames, type EffectivePlan, type EffectiveRule } from './resources.ts';
import type { EmbeddedState, KeptJob } from './state.ts';

const day = 86_400_000;

/** How far back jobs are made up, and how many runs of a rule at most. */
const period = 7 * day;
const mostRuns = 14;

/** How long a job takes. */
const duration = 40 * 60_000;

/**
 * The jobs of accounts in a Region, the newest first: the stored ones, or what AWS Backup would have run in the last
 * seven days if the effective policies had been so all along. A job fails where the account lacks the vault or the role.
 * @param now epoch milliseconds UTC.
 */
export function jobsOf(state: EmbeddedState, accounts: readonly string[], region: string, now: number): readonly KeptJob[] {
  const stored = state.services?.jobs;
  if (stored !== undefined) return stored.filter(({ region: where, job }) => where === region && accounts.includes(String(job['AccountId'])));
  const runs = new Runs(now);
  const made = accounts.flatMap((accountId) => accountJobs(state, accountId, region, now, runs));
  return made.sort((one, other) => Number(other.job['CreationDate']) - Number(one.job['CreationDate']));
}

/** The runs of each schedule, found once for all accounts. */
class Runs {
  readonly #now: number;
  readonly #known = new Map<string, readonly number[]>();

  constructor(now: number) {
    this.#now = now;
  }

  of(schedule: string): readonly number[] {
    const known = this.#known.get(schedule);
    if (known !== undefined) return known;
    const parsed = parseSchedule(schedule);
    const runs = parsed.ok ? occurrencesUntil(parsed.schedule, this.#now - period, this.#now, 1000).slice(-mostRuns) : [];
    this.#known.set(schedule, runs);
    return runs;
  }
}

function accountJobs(state: EmbeddedState, accountId: string, region: string, now: number, runs: Runs): readonly KeptJob[] {
  const plans = accountPlans(state, accountId).filter((plan) => plan.regions.includes(region));
  if (plans.length === 0) return [];
  const account: JobAccount = { state, accountId, region, now, vaults: new Set(vaultNames(state, accountId, region)), roles: new Set(rolesOf(state, accountId).map(({ path, name }) => `${path}${name}`)) };
  const backups = plans.flatMap((plan) => plan.rules.flatMap((rule) => runs.of(rule.schedule ?? defaultSchedule).flatMap((at) => ruleJobs(account, plan, rule, at))));
  const restored = backups.find(({ type, job }) => type === 'backup' && job['State'] === 'COMPLETED');
  return restored === undefined ? backups : [...backups, restoreOf(restored)];
}

interface JobAccount {
  readonly state: EmbeddedState;
  readonly accountId: string;
  readonly region: string;
  readonly now: number;
  readonly vaults: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
}

interface Outcome {
  readonly State: string;
  readonly StatusMessage?: string;
  readonly MessageCategory?: string;
}

/** One run of a rule: a backup job, and the copy jobs after it. */
function ruleJobs(account: JobAccount, plan: EffectivePlan, rule: EffectiveRule, at: number): readonly KeptJob[] {
  const { state, accountId, region, now } = account;
  const { partition } = state;
  const [role] = plan.roles.map((arn) => arn.replace('$account', accountId));
  const vaultArn = `arn:${partition}:backup:${region}:${accountId}:backup-vault:${rule.vault}`;
  const planId = identifier('plan', plan.name);
  const base = {
    AccountId: accountId,
    ...(role === undefined ? {} : { IamRoleArn: role }),
    ResourceArn: `arn:${partition}:dynamodb:${region}:${accountId}:table/orders`,
    ResourceType: 'DynamoDB',
    CreatedBy: { BackupPlanId: planId, BackupPlanArn: `arn:${partition}:backup:${region}:${accountId}:backup-plan:${planId}`, BackupPlanName: plan.name, BackupRuleId: identifier('rule', plan.name, rule.name), BackupRuleName: rule.name },
  };
  const outcome = backupOutcome(account, plan, rule, at);
  const backup: KeptJob = { type: 'backup', region, job: { ...base, BackupJobId: identifier(accountId, region, plan.name, rule.name, String(at)), BackupVaultName: rule.vault, BackupVaultArn: vaultArn, ...times(at, outcome), ...outcome } };
  if (outcome.State !== 'COMPLETED' || at + duration > now) return [backup];
  const copies = rule.copies.map((target): KeptJob => {
    const arn = target.replace('$account', accountId);
    const copied = copyOutcome(state, vaultIn(arn, accountId)?.accountId ?? accountId, accountId, at + duration, now);
    return { type: 'copy', region, job: { ...base, CopyJobId: identifier('copy', accountId, region, plan.name, rule.name, arn, String(at)), SourceBackupVaultArn: vaultArn, DestinationBackupVaultArn: arn, ...times(at + duration, copied), ...copied } };
  });
  return [backup, ...copies];
}

function times(at: number, { State }: Outcome): object {
  return { CreationDate: at / 1000, ...(State === 'RUNNING' ? {} : { CompletionDate: (at + duration) / 1000 }) };
}

/** Source of the denied access: common-mistakes D9 [KC]; the other messages are not recorded ones. */
function backupOutcome({ accountId, now, vaults, roles }: JobAccount, plan: EffectivePlan, rule: EffectiveRule, at: number): Outcome {
  if (!vaults.has(rule.vault)) return { State: 'FAILED', StatusMessage: `Backup vault ${rule.vault} does not exist in the account.`, MessageCategory: 'FAILURE' };
  const missing = plan.roles.find((arn) => roleIn(arn, accountId).some(({ path, name }) => !roles.has(`${path}${name}`)));
  if (missing !== undefined) return { State: 'FAILED', StatusMessage: 'Access Denied trying to call AWS Backup service', MessageCategory: 'ACCESS_DENIED' };
  if (at + duration > now) return { State: 'RUNNING' };
  // One in some hundred runs does not end within its window.
  if (Number.parseInt(identifier(accountId, rule.name, String(at)).slice(0, 4), 16) % 97 === 0) return { State: 'EXPIRED', StatusMessage: 'Backup job expired before completion.', MessageCategory: 'EXPIRED' };
  return { State: 'COMPLETED', MessageCategory: 'SUCCESS' };
}

/** Source: common-mistakes D9 [KC-copy]. */
function copyOutcome(state: EmbeddedState, target: string, source: string, at: number, now: number): Outcome {
  if (target !== source && !state.accounts.some(({ id }) => id === target)) {
    return { State: 'FAILED', StatusMessage: 'Copy job failed. Both source and destination account must be a member of the same organization', MessageCategory: 'FAILURE' };
  }
  if (target !== source && state.services?.globalSettings?.flags['isCrossAccountBackupEnabled'] !== 'true') {
    return { State: 'FAILED', StatusMessage: 'Access Denied trying to call AWS Backup service', MessageCategory: 'ACCESS_DENIED' };
  }
  return at + duration > now ? { State: 'RUNNING' } : { State: 'COMPLETED', MessageCategory: 'SUCCESS' };
}

function restoreOf({ region, job }: KeptJob): KeptJob {
  const created = Number(job['CompletionDate']) + 3600;
  const { AccountId, IamRoleArn, ResourceType, BackupVaultArn, ResourceArn } = job;
  return {
    type: 'restore',
    region,
    job: { AccountId, ...(IamRoleArn === undefined ? {} : { IamRoleArn }), ResourceType, BackupVaultArn, SourceResourceArn: ResourceArn, RestoreJobId: identifier('restore', String(job['BackupJobId'])), Status: 'COMPLETED', CreationDate: created, CompletionDate: created + 900 },
  };
}

/** An id that looks as random as AWS's and is the same each time. */
function identifier(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
