import { introductionOf } from '../advice/effectivePlaces.ts';
import { lifecycleDays } from '../advice/lifecycleDays.ts';
import type { EffectiveContainer } from '../merge/effective.ts';
import { introducer, setBy } from './breachPlaces.ts';
import type { DayBounds } from './guardrail.ts';
import type { Breach } from './verdict.ts';

/**
 * How long recovery points of a rule, or of a copy action, are kept. Source: syntax §3.2 [api]: for ever without the setting.
 * @param owner the rule or the copy action.
 */
export function retentionBreaches(owner: EffectiveContainer, { atLeast, atMost }: DayBounds, requirement: string): readonly Breach[] {
  const path = [...owner.path, 'lifecycle', 'delete_after_days'];
  const days = lifecycleDays(owner, 'delete_after_days');
  if (days.kind === 'unknown') return [];
  if (days.kind === 'none') {
    if (atMost === undefined) return [];
    return [{ requirement, expected: `${String(atMost)} days or fewer`, actual: 'kept for ever', path, place: introductionOf(owner), origin: introducer(owner) }];
  }
  const actual = dayText(days.value);
  if (atLeast !== undefined && days.value < atLeast) return [{ requirement, expected: `${String(atLeast)} days or more`, actual, path, ...setBy(days.element) }];
  if (atMost !== undefined && days.value > atMost) return [{ requirement, expected: `${String(atMost)} days or fewer`, actual, path, ...setBy(days.element) }];
  return [];
}

function dayText(days: number): string {
  return days === 1 ? 'kept for 1 day' : `kept for ${String(days)} days`;
}
