import type { EffectiveContainer } from '../merge/effective.ts';
import type { EffectiveError } from '../validation/effectiveError.ts';
import { worstGrade, type Grade } from './grade.ts';
import { policyDifference, type PolicyChange } from './policyDifference.ts';

/** What an account gets at one moment. */
export interface AccountPolicy {
  readonly tree: EffectiveContainer;
  readonly errors: readonly EffectiveError[];
}

/** What a change makes of an account. */
export interface AccountImpact {
  readonly grade: Grade;
  readonly changes: readonly PolicyChange[];
  /** AWS's errors of the merged policy after the change; with any of them AWS keeps the last valid policy. */
  readonly errors: readonly EffectiveError[];
  /** It was invalid before as well: what AWS keeps does not change. */
  readonly staysInvalid?: true;
}

/**
 * The impact of a change on an account. An account that becomes invalid is frozen, whatever else changes: AWS
 * keeps its last valid policy. One that was invalid and stays so gets nothing new.
 * @param at epoch milliseconds UTC.
 * @returns undefined when the account gets the same as before.
 */
export function accountImpact(before: AccountPolicy, after: AccountPolicy, at: number): AccountImpact | undefined {
  const changes = policyDifference(before.tree, after.tree, at);
  const [wasInvalid, isInvalid] = [before.errors.length > 0, after.errors.length > 0];
  if (changes.length === 0 && wasInvalid === isInvalid) return undefined;
  if (isInvalid) return { grade: 'frozen', changes, errors: after.errors, ...(wasInvalid ? { staysInvalid: true } : {}) };
  const grade = worstGrade(changes.map((change) => change.grade));
  return { grade: wasInvalid && grade === 'safe' ? 'repaired' : grade, changes, errors: [] };
}
