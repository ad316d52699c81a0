import { numberAt, mayHoldMore, singleAt } from '../advice/effectivePlaces.ts';
import { lifecycleDays, type LifecycleDays } from '../advice/lifecycleDays.ts';
import { parseSchedule } from '../cron/parse.ts';
import { defaultSchedule, type Schedule } from '../cron/schedule.ts';
import { isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import type { Lifecycle } from './recoveryPoints.ts';

/** Minutes in which a job starts, and is done, when a rule does not say so. Source: syntax §3 [inf]. */
const defaultWindows = { start: 480, completion: 10_080 } as const;

/** When a rule runs. */
export type RuleSchedule =
  /** `byDefault` is true for a rule without a schedule: AWS Backup uses its own. Source: syntax §3.1 [api]. */
  | { readonly kind: 'runs'; readonly text: string; readonly schedule: Schedule; readonly byDefault: boolean }
  | { readonly kind: 'refused'; readonly text: string }
  /** A template fills it in. */
  | { readonly kind: 'unknown' };

/** Minutes after the scheduled start. */
export interface Window {
  /** Those of AWS Backup where they are not known. */
  readonly minutes: number;
  /** True when the rule does not say so. */
  readonly byDefault: boolean;
  /** True when a template fills in the minutes. */
  readonly isUnknown?: boolean;
}

/** What a copy action makes of each backup. */
export interface CopySchedule {
  readonly node: EffectiveContainer;
  /** The vault's ARN; undefined when the action has none that is known. */
  readonly vault: string | undefined;
  /** Its own: that of the rule does not hold for copies. Source: syntax §3.3. */
  readonly lifecycle: Lifecycle;
}

/** Everything in a rule that has to do with time. */
export interface TimedRule {
  readonly node: EffectiveContainer;
  readonly schedule: RuleSchedule;
  readonly startWindow: Window;
  readonly completionWindow: Window;
  readonly lifecycle: Lifecycle;
  readonly vault: string | undefined;
  readonly continuous: boolean;
  readonly copies: readonly CopySchedule[];
}

/** Reads the times of a rule of an effective policy. */
export function timedRule(rule: EffectiveContainer): TimedRule {
  return {
    node: rule,
    schedule: scheduleOf(rule),
    startWindow: windowOf(rule, 'start_backup_window_minutes', defaultWindows.start),
    completionWindow: windowOf(rule, 'complete_backup_window_minutes', defaultWindows.completion),
    lifecycle: lifecycleOf(rule),
    vault: singleAt(rule, 'target_backup_vault_name')?.text,
    continuous: singleAt(rule, 'enable_continuous_backup')?.text === 'true',
    copies: presentContainers(rule.children.get('copy_actions')).map((node) => ({ node, vault: singleAt(node, 'target_backup_vault_arn')?.text, lifecycle: lifecycleOf(node) })),
  };
}

function scheduleOf(rule: EffectiveContainer): RuleSchedule {
  const stated = singleAt(rule, 'schedule_expression');
  if (stated === undefined && (isPresent(rule.children.get('schedule_expression')) || mayHoldMore(rule))) return { kind: 'unknown' };
  const text = stated?.text ?? defaultSchedule;
  const parsed = parseSchedule(text);
  return parsed.ok ? { kind: 'runs', text, schedule: parsed.schedule, byDefault: stated === undefined } : { kind: 'refused', text };
}

function windowOf(rule: EffectiveContainer, key: string, otherwise: number): Window {
  const stated = numberAt(rule, key)?.value;
  if (stated !== undefined) return { minutes: stated, byDefault: false };
  return isPresent(rule.children.get(key)) || mayHoldMore(rule) ? { minutes: otherwise, byDefault: false, isUnknown: true } : { minutes: otherwise, byDefault: true };
}

/** Days beyond what AWS Backup takes count as its maximum, 36,500. Source: syntax §3.2 [api]. */
function lifecycleOf(owner: EffectiveContainer): Lifecycle {
  const [cold, deletion] = [lifecycleDays(owner, 'move_to_cold_storage_after_days'), lifecycleDays(owner, 'delete_after_days')];
  const atMost = (days: LifecycleDays): number | undefined => (days.kind === 'days' ? Math.min(days.value, 36_500) : undefined);
  return {
    coldAfterDays: atMost(cold),
    deleteAfterDays: atMost(deletion),
    ...(cold.kind === 'unknown' ? { isColdUnknown: true } : {}),
    ...(deletion.kind === 'unknown' ? { isDeletionUnknown: true } : {}),
  };
}
