import type { PolicyChange } from '../core/plan/policyDifference.ts';
import type { Grade } from '../core/plan/grade.ts';

/** What each grade means to an account, for the end of a sentence. */
export const gradeMeanings: Readonly<Record<Grade, string>> = {
  frozen: 'invalid: AWS keeps the last valid policy',
  lost: 'a plan, a rule or a selection is lost',
  weaker: 'protected less',
  repaired: 'valid again: what AWS withheld takes effect',
  safe: 'protected as before or better',
};

/** What `frozen` means for accounts that were invalid before. */
export const stillInvalid = 'invalid as before: AWS keeps the last valid policy';

/** `90 → 35`; a value that comes or goes alone. Undefined for groups. */
export function valuesText({ before, after }: Pick<PolicyChange, 'before' | 'after'>): string | undefined {
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined || after === undefined) return valueText(after ?? before);
  return `${valueText(before)} → ${valueText(after)}`;
}

/** `~ daily/regions: 90 → 35`, with a sign for what came, went or changed. */
export function changeText(change: PolicyChange): string {
  const values = valuesText(change);
  const sign = { added: '+', removed: '-', changed: '~' }[change.type];
  return `${sign} ${change.path.slice(1).join('/')}${values === undefined ? '' : `: ${values}`}`;
}

function valueText(value: PolicyChange['before']): string {
  return typeof value === 'object' ? `[${value.join(', ')}]` : value ?? '';
}
