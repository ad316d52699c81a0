import { introductionOf, listAt, mayHoldMore, singleAt, type Place } from '../core/advice/effectivePlaces.ts';
import { lifecycleDays } from '../core/advice/lifecycleDays.ts';
import { defaultSchedule } from '../core/cron/schedule.ts';
import { isPresent, type EffectiveContainer } from '../core/merge/effective.ts';
import { presentContainers } from '../core/validation/effectiveError.ts';
import type { CoverageCellView, CoverageRuleView } from '../protocol.ts';
import { plainMeaning } from './plainMeaning.ts';

/** What a plan does, with the place that introduces it. */
export interface PlanCoverage {
  readonly cell: Omit<CoverageCellView, 'location'>;
  readonly place: Place | undefined;
}

const never = 'never deleted';
const unknown = 'filled in by a template';

/** What a plan of an effective policy does: its rules, Regions and copies in words; worked out once for a plan that accounts share. */
export function planCoverage(plan: EffectiveContainer): PlanCoverage {
  const known = remembered.get(plan);
  if (known !== undefined) return known;
  const found = describe(plan);
  remembered.set(plan, found);
  return found;
}

/** Plans are immutable. */
const remembered = new WeakMap<EffectiveContainer, PlanCoverage>();

function describe(plan: EffectiveContainer): PlanCoverage {
  const rules = presentContainers(plan.children.get('rules')).map(ruleCoverage);
  const days = rules.map(({ retentionDays }) => retentionDays);
  const known = days.filter((each) => each !== null);
  return {
    cell: {
      retention: retentionWords(rules),
      retentionDays: rules.length > 0 && known.length === days.length ? Math.max(...known) : null,
      rules,
      regions: listAt(plan, 'regions').map(({ text }) => text),
    },
    place: introductionOf(plan),
  };
}

function retentionWords(rules: readonly CoverageRuleView[]): string {
  const words = [...new Set(rules.map(({ retention }) => retention))];
  if (words.length === 0) return 'no rule';
  if (words.length === 1) return words.join('');
  const days = rules.map(({ retentionDays }) => retentionDays).filter((each) => each !== null);
  const range = days.length === 0 ? [] : [Math.min(...days) === Math.max(...days) ? daysText(Math.max(...days)) : `${String(Math.min(...days))} to ${daysText(Math.max(...days))}`];
  return [...range, ...words.filter((each) => each === never || each === unknown)].join(', ');
}

function ruleCoverage(rule: EffectiveContainer): CoverageRuleView {
  const [days, retention] = retentionOf(rule);
  return {
    name: rule.name,
    schedule: scheduleWords(rule),
    retentionDays: days,
    retention,
    continuous: singleAt(rule, 'enable_continuous_backup')?.text.toLowerCase() === 'true',
    copies: presentContainers(rule.children.get('copy_actions')).map(copyWords),
  };
}

/** Source: syntax §3.1 [api]: a rule without a schedule runs daily at 05:00 UTC. */
function scheduleWords(rule: EffectiveContainer): string {
  const expression = singleAt(rule, 'schedule_expression')?.text;
  if (expression !== undefined) return plainMeaning('scheduleExpression', expression) ?? expression;
  if (isPresent(rule.children.get('schedule_expression')) || mayHoldMore(rule)) return unknown;
  return `${plainMeaning('scheduleExpression', defaultSchedule) ?? defaultSchedule} (by default)`;
}

function retentionOf(node: EffectiveContainer): readonly [days: number | null, words: string] {
  const days = lifecycleDays(node, 'delete_after_days');
  switch (days.kind) {
    case 'days': return [days.value, daysText(days.value)];
    case 'none': return [null, never];
    case 'unknown': return [null, unknown];
  }
}

/** A copy action is named by the ARN of its vault: arn:aws:backup:REGION:ACCOUNT:backup-vault:NAME. */
function copyWords(copy: EffectiveContainer): string {
  const vault = singleAt(copy, 'target_backup_vault_arn')?.text ?? copy.name;
  const [, , , region = '', account = ''] = vault.split(':');
  const where = region === '' ? vault : `${region}${/^\d{12}$/.test(account) ? `, account ${account}` : ''}`;
  return `to ${where}, ${retentionOf(copy)[1]}`;
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${String(days)} days`;
}
