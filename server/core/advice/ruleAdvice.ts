import { effectiveAt, isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { minimumColdDays } from '../validation/crossAttributes.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { deeper, introductionOf, listAt, mayHoldMore, numberAt, placeOf, related, singleAt } from './effectivePlaces.ts';
import type { Finding } from './finding.ts';

/** The longest retention in days and the longest window in minutes. Source: syntax §§3 and 3.2 [api]. */
const maximumDays = 36_500;
const maximumWindowMinutes = 52_560_000;

/** What AWS accepts in a rule of a merged plan although its jobs fail or cost more than was meant. */
export function ruleAdvice(plan: EffectiveContainer, rule: EffectiveContainer): readonly Finding[] {
  const copies = presentContainers(rule.children.get('copy_actions'));
  return [
    ...scheduleAdvice(rule),
    ...windowAdvice(rule),
    ...continuousAdvice(rule),
    ...lifecycleAdvice(rule, rule),
    ...copies.flatMap((copy) => [...lifecycleAdvice(rule, copy), ...copyAdvice(plan, copy)]),
  ];
}

/** Source: common-mistakes D15 [api]. */
function scheduleAdvice(rule: EffectiveContainer): readonly Finding[] {
  if (isPresent(rule.children.get('schedule_expression')) || mayHoldMore(rule)) return [];
  return atIntroduction(rule, 'no-schedule', `The rule "${rule.name}" has no "schedule_expression": AWS Backup runs it daily at 05:00 UTC, cron(0 5 ? * * *). Write the schedule that you mean.`);
}

/** Source: common-mistakes D13, syntax §9 C6 [inf] and §3 [api]. */
function windowAdvice(rule: EffectiveContainer): readonly Finding[] {
  const start = numberAt(rule, 'start_backup_window_minutes');
  const complete = numberAt(rule, 'complete_backup_window_minutes');
  const findings: Finding[] = [];
  if (start !== undefined && complete !== undefined && complete.value <= start.value) {
    const [lower, other] = deeper(complete.element, start.element);
    const keys = ordered(lower === complete.element, 'complete_backup_window_minutes', 'start_backup_window_minutes');
    findings.push({
      rule: 'completion-window',
      ...placeOf(lower),
      path: [...rule.path, keys[0]],
      message: `"complete_backup_window_minutes" (${complete.element.text}) should be longer than "start_backup_window_minutes" (${start.element.text}): a job that starts late can expire before it is done. Make the window to complete longer.`,
      related: [related(other, keys[1])],
    });
  }
  for (const [key, window] of [['start_backup_window_minutes', start], ['complete_backup_window_minutes', complete]] as const) {
    if (window !== undefined && window.value > maximumWindowMinutes && isTaken(window.element.text)) findings.push(quota(placeOf(window.element), [...rule.path, key], `"${key}" has ${String(maximumWindowMinutes)} minutes at most in AWS Backup.`));
  }
  return findings;
}

/** AWS checks this in one document and not in a merged policy. Source: syntax §9 C4 [doc, obs]. */
function continuousAdvice(rule: EffectiveContainer): readonly Finding[] {
  const continuous = singleAt(rule, 'enable_continuous_backup');
  const cold = singleAt(rule, 'lifecycle', 'move_to_cold_storage_after_days');
  if (continuous?.text !== 'true' || cold === undefined || continuous.origin.source.policy.uri === cold.origin.source.policy.uri) return [];
  const [lower, other] = deeper(cold, continuous);
  return [{
    rule: 'continuous-cold-storage',
    ...placeOf(lower),
    path: [...rule.path, ...(lower === cold ? ['lifecycle', 'move_to_cold_storage_after_days'] : ['enable_continuous_backup'])],
    message: `Continuous backups cannot move to cold storage, and "${rule.name}" has both once merged: AWS Organizations accepts it, and AWS Backup does not. Remove one of the two, or make the move in a rule of its own.`,
    related: [related(other, lower === cold ? 'enable_continuous_backup' : 'move_to_cold_storage_after_days')],
  }];
}

/** @param owner the rule or one of its copy actions, each with a lifecycle of its own. Source: syntax §§3.2, 3.3 and 9 C1; common-mistakes D11 and D16. */
function lifecycleAdvice(rule: EffectiveContainer, owner: EffectiveContainer): readonly Finding[] {
  const findings: Finding[] = [];
  const path = (key: string): readonly string[] => [...owner.path, 'lifecycle', key];
  const deletion = numberAt(owner, 'lifecycle', 'delete_after_days');
  const cold = numberAt(owner, 'lifecycle', 'move_to_cold_storage_after_days');
  const archive = effectiveAt(owner, ['lifecycle', 'opt_in_to_archive_for_supported_resources']);
  const optedIn = singleAt(owner, 'lifecycle', 'opt_in_to_archive_for_supported_resources')?.text === 'true';
  // With the opt-in AWS itself refuses such days; a template's opt-in is not known; continuous backups do not move at all.
  const continuous = owner === rule && singleAt(rule, 'enable_continuous_backup')?.text === 'true';
  if (deletion !== undefined && cold !== undefined && !optedIn && !continuous && (archive === undefined || isKnown(archive)) && deletion.value - cold.value < minimumColdDays) {
    const [lower, other] = deeper(deletion.element, cold.element);
    const keys = ordered(lower === deletion.element, 'delete_after_days', 'move_to_cold_storage_after_days');
    findings.push({
      rule: 'cold-storage-minimum',
      ...placeOf(lower),
      path: path(keys[0]),
      message: `Recovery points move to cold storage after ${cold.element.text} days and are deleted after ${deletion.element.text}: AWS Backup wants them to stay there for ${String(minimumColdDays)} days. AWS Organizations accepts this, and the plan does not work. Write "delete_after_days" of ${String(cold.value + minimumColdDays)} or more, or do not move them.`,
      related: [related(other, keys[1])],
    });
  }
  const lifecycle = effectiveAt(owner, ['lifecycle']);
  const templated = mayHoldMore(owner) || (lifecycle?.kind === 'container' && mayHoldMore(lifecycle));
  if (!templated && !isPresent(effectiveAt(owner, ['lifecycle', 'delete_after_days']))) {
    const what = owner === rule ? `The rule "${rule.name}" has no "delete_after_days": its recovery points` : `The copies to "${owner.name}" have no "delete_after_days" of their own, and the one of the rule does not hold for them: they`;
    findings.push(...atIntroduction(owner, 'kept-forever', `${what} are kept for ever, and cost for ever. Add "lifecycle" with "delete_after_days".`));
  }
  for (const [key, days] of [['delete_after_days', deletion], ['move_to_cold_storage_after_days', cold]] as const) {
    if (days !== undefined && days.value > maximumDays && isTaken(days.element.text)) findings.push(quota(placeOf(days.element), path(key), `"${key}" has ${String(maximumDays)} days at most in AWS Backup.`));
  }
  return findings;
}

function ordered(isOrder: boolean, first: string, second: string): readonly [string, string] {
  return isOrder ? [first, second] : [second, first];
}

/** AWS Organizations refuses longer numbers, so it says so itself. Source: syntax §3 [obs]. */
function isTaken(digits: string): boolean {
  return digits.length <= 16;
}

function isKnown(node: ReturnType<typeof effectiveAt>): boolean {
  return node !== undefined && node.kind !== 'container' && !(node.value?.kind === 'single' && node.value.element.unknown);
}

/** Source: common-mistakes D10 [inf]. */
function copyAdvice(plan: EffectiveContainer, copy: EffectiveContainer): readonly Finding[] {
  const target = singleAt(copy, 'target_backup_vault_arn');
  const region = target === undefined ? undefined : /^arn:[^:]*:backup:([^:]*):\$account:/i.exec(target.text)?.[1];
  const regions = listAt(plan, 'regions');
  if (target === undefined || region === undefined || regions.length === 0 || !regions.every((each) => each.text === region)) return [];
  return [{
    rule: 'copy-beside-original',
    ...placeOf(target),
    path: [...copy.path, 'target_backup_vault_arn'],
    message: `The plan runs in ${region}, and its copies go to the same Region of the same account: what destroys the original can destroy the copy. Name another Region, or the id of another account in place of $account.`,
  }];
}

function atIntroduction(node: EffectiveContainer, rule: Finding['rule'], message: string): readonly Finding[] {
  const place = introductionOf(node);
  return place === undefined ? [] : [{ rule, ...place, path: node.path, message }];
}

/** Beyond what AWS Backup takes, which AWS Organizations does not check. Source: limits-and-errors §2 [doc], syntax §9 C8. */
export function quota(place: { readonly uri: string; readonly span: Finding['span'] }, path: readonly string[], fact: string): Finding {
  return { rule: 'backup-quota', ...place, path, message: `${fact} AWS Organizations does not check it. Stay within the quota of AWS Backup.` };
}
