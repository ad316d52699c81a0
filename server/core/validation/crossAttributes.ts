import type { EffectiveContainer } from '../merge/effective.ts';
import { effectiveAt, isPresent } from '../merge/effective.ts';
import { isSparseEnoughForArchive } from '../cron/frequency.ts';
import { effectiveError, presentContainers, type EffectiveError } from './effectiveError.ts';

/** The longest retention of continuous backups in days. Source: syntax §9 C3 [doc, obs]. */
export const maximumContinuousDays = 35;
/** The least number of days between the move to cold storage and deletion. Source: syntax §9 C1 and C2 [doc, obs]. */
export const minimumColdDays = 90;

/**
 * Settings of one rule that do not fit together once merged: continuous backup and retention (C3), archive
 * opt-in with its schedule and days (C2, also of copy actions), scanning without scan settings (C7).
 * Identical errors of several copy actions are one. Source: limits-and-errors §4 [obs].
 * @param at epoch milliseconds UTC, the time of the check.
 */
export function crossAttributeErrors(plan: EffectiveContainer, rule: EffectiveContainer, at: number): readonly EffectiveError[] {
  const errors = new Map<string, EffectiveError>();
  const add = (fields: string, settings: EffectiveError['settings']): void => {
    const message = `Dependent fields ${fields} in policy block ${rule.name} are invalid when used together`;
    if (!errors.has(message)) errors.set(message, effectiveError('CROSS_ATTRIBUTE_VALIDATION', message, rule, settings));
  };
  const deletion = known(rule, 'lifecycle', 'delete_after_days');
  if (known(rule, 'enable_continuous_backup') === 'true' && deletion !== unknown && !(days(deletion) <= maximumContinuousDays)) {
    add(`enable_continuous_backup=true,delete_after_days=${String(deletion)}`, [['enable_continuous_backup'], ['lifecycle', 'delete_after_days']]);
  }
  const copies = presentContainers(rule.children.get('copy_actions'));
  archiveErrors(rule, rule, [], at, add);
  for (const copy of copies) archiveErrors(rule, copy, ['copy_actions', copy.name], at, add);
  if (isPresent(rule.children.get('scan_actions')) && !isPresent(plan.children.get('scan_settings'))) {
    add('scan_actions(undefined),scan_settings(undefined)', [['scan_actions']]);
  }
  return [...errors.values()];
}

/** @param path keys from the rule to the owner of the lifecycle: the rule itself or a copy action. */
function archiveErrors(rule: EffectiveContainer, owner: EffectiveContainer, path: readonly string[], at: number, add: (fields: string, settings: EffectiveError['settings']) => void): void {
  const lifecycle = (key: string): readonly string[] => [...path, 'lifecycle', key];
  const optIn = 'opt_in_to_archive_for_supported_resources';
  if (known(owner, 'lifecycle', optIn) !== 'true') return;
  const schedule = known(rule, 'schedule_expression');
  if (schedule !== unknown && (schedule === undefined || !isSparseEnoughForArchive(schedule, at))) {
    add(`${optIn}=true,schedule_expression=${String(schedule)}`, [lifecycle(optIn), ['schedule_expression']]);
  }
  const deletion = known(owner, 'lifecycle', 'delete_after_days');
  const move = known(owner, 'lifecycle', 'move_to_cold_storage_after_days');
  if (deletion !== unknown && move !== unknown && !(days(deletion) - days(move) >= minimumColdDays)) {
    add(`${optIn}=true,delete_after_days=${String(deletion)},move_to_cold_storage_after_days=${String(move)}`, [lifecycle(optIn), lifecycle('delete_after_days'), lifecycle('move_to_cold_storage_after_days')]);
  }
}

/** A value that a template fills in later: it is not judged. */
const unknown = Symbol('unknown');

function known(node: EffectiveContainer, ...path: readonly string[]): string | undefined | typeof unknown {
  const leaf = effectiveAt(node, path);
  if (leaf === undefined || leaf.kind === 'container' || leaf.value?.kind !== 'single') return undefined;
  return leaf.value.element.unknown ? unknown : leaf.value.element.text;
}

function days(text: string | undefined): number {
  return text === undefined ? Number.NaN : Number(text);
}
