import { mayHoldMore, singleAt } from '../advice/effectivePlaces.ts';
import { lifecycleDays } from '../advice/lifecycleDays.ts';
import { parseSchedule } from '../cron/parse.ts';
import { defaultSchedule } from '../cron/schedule.ts';
import { describeSchedule } from '../cron/words.ts';
import { effectiveAt, isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';

/** A copy that a rule makes of every backup. */
export interface CopySummary {
  /** ARN of the vault; `$account` stands for the account of the resource. */
  readonly vault: string;
  /** Days until the copy is deleted; undefined when it is kept for ever, or not known. */
  readonly deleteAfterDays?: number;
  /** True when a template fills in those days. */
  readonly isDeletionUnknown?: boolean;
}

/** What a rule does to the resources that its plan reaches. */
export interface RuleSummary {
  readonly rule: EffectiveContainer;
  /** As written; AWS Backup's own schedule for a rule that has none. */
  readonly schedule: string;
  /** The schedule in words, times in UTC; the schedule itself when it cannot be read. */
  readonly scheduleInWords: string;
  /** Undefined when no policy names the vault, or a template does. */
  readonly vault?: string;
  /** Days until the backup is moved to cold storage. */
  readonly coldAfterDays?: number;
  /** Days until the backup is deleted; undefined when it is kept for ever, or not known. Source: common-mistakes D16 [api]. */
  readonly deleteAfterDays?: number;
  /** True when a template fills in those days. */
  readonly isDeletionUnknown?: boolean;
  readonly continuous: boolean;
  readonly copies: readonly CopySummary[];
}

/** The rules of a plan, in the order of the effective policy. */
export function ruleSummaries(plan: EffectiveContainer): readonly RuleSummary[] {
  return presentContainers(plan.children.get('rules')).map((rule): RuleSummary => {
    const vault = singleAt(rule, 'target_backup_vault_name')?.text;
    const cold = lifecycleDays(rule, 'move_to_cold_storage_after_days');
    return {
      rule,
      ...scheduleOf(rule),
      ...(vault === undefined ? {} : { vault }),
      ...(cold.kind === 'days' ? { coldAfterDays: cold.value } : {}),
      ...deletion(rule),
      continuous: singleAt(rule, 'enable_continuous_backup')?.text.toLowerCase() === 'true',
      copies: presentContainers(effectiveAt(rule, ['copy_actions'])).map((copy): CopySummary => ({ vault: singleAt(copy, 'target_backup_vault_arn')?.text ?? copy.name, ...deletion(copy) })),
    };
  });
}

function scheduleOf(rule: EffectiveContainer): Pick<RuleSummary, 'schedule' | 'scheduleInWords'> {
  const stated = singleAt(rule, 'schedule_expression');
  if (stated === undefined && (isPresent(effectiveAt(rule, ['schedule_expression'])) || mayHoldMore(rule))) return { schedule: '', scheduleInWords: 'by a schedule that a template brings' };
  const schedule = stated?.text ?? defaultSchedule;
  const parsed = parseSchedule(schedule);
  return { schedule, scheduleInWords: parsed.ok ? describeSchedule(parsed.schedule) : schedule };
}

function deletion(node: EffectiveContainer): Pick<CopySummary, 'deleteAfterDays' | 'isDeletionUnknown'> {
  const days = lifecycleDays(node, 'delete_after_days');
  if (days.kind === 'days') return { deleteAfterDays: days.value };
  return days.kind === 'unknown' ? { isDeletionUnknown: true } : {};
}
