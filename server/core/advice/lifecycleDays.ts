import { effectiveAt, isPresent, type EffectiveContainer } from '../merge/effective.ts';
import type { EffectiveElement } from '../merge/effective.ts';
import { isTemplated, numberAt } from './effectivePlaces.ts';

/** A number of days of a lifecycle. */
export type LifecycleDays =
  | { readonly kind: 'days'; readonly value: number; readonly element: EffectiveElement }
  /** No policy sets it: recovery points are never moved or deleted. Source: syntax §3 [api]. */
  | { readonly kind: 'none' }
  /** A template fills it in, or it is no number that AWS takes. */
  | { readonly kind: 'unknown' };

/**
 * What the lifecycle of a rule or a copy action says.
 * @param owner the rule or the copy action.
 */
export function lifecycleDays(owner: EffectiveContainer, key: 'delete_after_days' | 'move_to_cold_storage_after_days'): LifecycleDays {
  const days = numberAt(owner, 'lifecycle', key);
  if (days !== undefined) return { kind: 'days', ...days };
  return { kind: isPresent(effectiveAt(owner, ['lifecycle', key])) || isTemplated(owner, 'lifecycle') ? 'unknown' : 'none' };
}
