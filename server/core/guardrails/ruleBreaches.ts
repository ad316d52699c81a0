import { introductionOf, listAt, mayHoldMore, singleAt } from '../advice/effectivePlaces.ts';
import { longestGapHours } from '../cron/longestGap.ts';
import { defaultSchedule } from '../cron/schedule.ts';
import { isPresent, type EffectiveContainer } from '../merge/effective.ts';
import { introducer, setBy, stated } from './breachPlaces.ts';
import { copyBreaches, copyRegionBreaches, type JudgedRule } from './copyBreaches.ts';
import type { RuleRequirements } from './guardrail.ts';
import { retentionBreaches } from './retentionBreaches.ts';
import { hasUnknown } from './unknownValues.ts';
import type { Breach } from './verdict.ts';

/**
 * What a rule does not meet, in the order of the requirements' documentation. What a template fills in later is not
 * judged.
 * @param at epoch milliseconds UTC.
 */
export function ruleBreaches(judged: JudgedRule, requirements: RuleRequirements, at: number): readonly Breach[] {
  const { plan, rule } = judged;
  return [
    ...(requirements.retentionDays === undefined ? [] : retentionBreaches(rule, requirements.retentionDays, 'retentionDays')),
    ...(requirements.hoursAtMost === undefined ? [] : scheduleBreaches(rule, requirements.hoursAtMost, at)),
    ...regionBreaches(plan, requirements.regions),
    ...vaultBreaches(rule, requirements.vaults),
    ...(requirements.copies === undefined ? [] : copyBreaches(judged, requirements.copies)),
    ...(requirements.copyRegions === undefined ? [] : copyRegionBreaches(judged, requirements.copyRegions)),
    ...(requirements.continuousBackup === undefined ? [] : continuousBreaches(rule, requirements.continuousBackup)),
  ];
}

/** Source: syntax §3.1 [api]: a rule without a schedule runs daily at 05:00 UTC. */
function scheduleBreaches(rule: EffectiveContainer, atMost: number, at: number): readonly Breach[] {
  const element = singleAt(rule, 'schedule_expression');
  if (element === undefined && (isPresent(rule.children.get('schedule_expression')) || mayHoldMore(rule))) return [];
  const text = element?.text ?? defaultSchedule;
  const gap = longestGapHours(text, at);
  if (gap === undefined || gap <= atMost) return [];
  const distance = gap === Infinity ? 'the schedule ends' : `up to ${hourText(gap)} between backups`;
  const where = element === undefined ? { place: introductionOf(rule), origin: introducer(rule) } : setBy(element);
  return [{ requirement: 'hoursBetweenBackups', expected: `${hourText(atMost)} at most`, actual: `${distance} by ${text}`, path: [...rule.path, 'schedule_expression'], ...where }];
}

function hourText(hours: number): string {
  return hours === 1 ? '1 hour' : `${String(Math.round(hours * 100) / 100)} hours`;
}

function regionBreaches(plan: EffectiveContainer, requirements: RuleRequirements['regions']): readonly Breach[] {
  const leaf = plan.children.get('regions');
  if (requirements === undefined || leaf === undefined || leaf.kind === 'container' || hasUnknown(leaf)) return [];
  const { include, only } = requirements;
  const elements = listAt(plan, 'regions');
  const regions = elements.map(({ text }) => text);
  const missing = include.filter((region) => !regions.includes(region));
  const surplus = only === undefined ? [] : elements.filter(({ text }) => !only.includes(text));
  const [firstMissing] = missing;
  const [firstSurplus] = surplus;
  const all = `runs in ${regions.join(', ')}`;
  const breaches: Breach[] = [];
  if (firstMissing !== undefined) {
    const removal = leaf.trace.findLast(({ statement, outcome }) => outcome.type === 'applied' && statement.operator === 'remove' && statement.values.some(({ text }) => text === firstMissing))?.statement;
    const last = leaf.trace.findLast(({ outcome }) => outcome.type === 'applied')?.statement;
    breaches.push({ requirement: 'regions', expected: `also in ${missing.join(', ')}`, actual: all, path: leaf.path, ...stated(removal ?? last) });
  }
  if (firstSurplus !== undefined && only !== undefined) {
    breaches.push({ requirement: 'regions', expected: `only in ${only.join(', ')}`, actual: `runs in ${surplus.map(({ text }) => text).join(', ')}`, path: leaf.path, ...setBy(firstSurplus) });
  }
  return breaches;
}

function vaultBreaches(rule: EffectiveContainer, only: readonly string[] | undefined): readonly Breach[] {
  const vault = singleAt(rule, 'target_backup_vault_name');
  if (only === undefined || vault === undefined || only.includes(vault.text)) return [];
  return [{ requirement: 'vaults', expected: only.join(' or '), actual: `stored in ${vault.text}`, path: [...rule.path, 'target_backup_vault_name'], ...setBy(vault) }];
}

/** Source: syntax §3 [api]: without the setting a rule makes no continuous backups. */
function continuousBreaches(rule: EffectiveContainer, wanted: boolean): readonly Breach[] {
  const element = singleAt(rule, 'enable_continuous_backup');
  if (element === undefined && (isPresent(rule.children.get('enable_continuous_backup')) || mayHoldMore(rule))) return [];
  if ((element?.text === 'true') === wanted) return [];
  const where = element === undefined ? { place: introductionOf(rule), origin: introducer(rule) } : setBy(element);
  return [{ requirement: 'continuousBackup', expected: wanted ? 'with continuous backup' : 'without continuous backup', actual: wanted ? 'no continuous backup' : 'continuous backup', path: [...rule.path, 'enable_continuous_backup'], ...where, ...(element === undefined ? { isMissing: true } : {}) }];
}
