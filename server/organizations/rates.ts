import type { ServiceOperation } from './serviceOperations.ts';

/** The operations of AWS Organizations that backup policies need. */
export const operations = [
  'DescribeOrganization', 'ListRoots', 'ListOrganizationalUnitsForParent', 'ListAccounts', 'ListAccountsForParent', 'ListChildren', 'ListParents',
  'ListPolicies', 'DescribePolicy', 'ListPoliciesForTarget', 'ListTargetsForPolicy', 'ListTagsForResource',
  'CreatePolicy', 'UpdatePolicy', 'DeletePolicy', 'AttachPolicy', 'DetachPolicy', 'EnablePolicyType', 'DisablePolicyType',
  'DescribeEffectivePolicy', 'ListEffectivePolicyValidationErrors', 'ListAccountsWithInvalidEffectivePolicy',
  'DescribeResourcePolicy', 'PutResourcePolicy', 'DeleteResourcePolicy',
  'ListAWSServiceAccessForOrganization', 'EnableAWSServiceAccess', 'DisableAWSServiceAccess',
  'ListDelegatedAdministrators', 'RegisterDelegatedAdministrator', 'DeregisterDelegatedAdministrator',
] as const;

/** An operation by AWS's name. */
export type Operation = (typeof operations)[number];

/** The operations that change something. */
export const writes: ReadonlySet<string> = new Set<string>([
  'CreatePolicy', 'UpdatePolicy', 'DeletePolicy', 'AttachPolicy', 'DetachPolicy', 'EnablePolicyType', 'DisablePolicyType', 'PutResourcePolicy', 'DeleteResourcePolicy',
  'EnableAWSServiceAccess', 'DisableAWSServiceAccess', 'RegisterDelegatedAdministrator', 'DeregisterDelegatedAdministrator',
  'backup:UpdateGlobalSettings' satisfies ServiceOperation,
]);

/** A token bucket: so many requests per second, and so many at once. */
export interface Rate {
  /** The operations of one group share a bucket. */
  readonly group: string;
  readonly perSecond: number;
  readonly burst: number;
}

const rate = (group: string, perSecond: number, burst: number): Rate => ({ group, perSecond, burst });

const policyWrites = rate('policy writes', 2, 3);
const policyLists = rate('policy lists', 5, 8);
const treeLists = rate('tree lists', 5, 8);
const typeWrites = rate('policy type', 1, 1);
/** No rate is documented for these. Source: limits-and-errors §1, assume 2 per second or less. */
const unlisted = (group: string): Rate => rate(group, 2, 2);

const rates: ReadonlyMap<string, Rate> = new Map<string, Rate>([
  ['CreatePolicy', policyWrites],
  ['DeletePolicy', policyWrites],
  ['AttachPolicy', policyWrites],
  ['DetachPolicy', policyWrites],
  ['UpdatePolicy', rate('UpdatePolicy', 2, 3)],
  ['DescribePolicy', rate('DescribePolicy', 2, 2)],
  ['EnablePolicyType', typeWrites],
  ['DisablePolicyType', typeWrites],
  ['ListPolicies', policyLists],
  ['ListPoliciesForTarget', policyLists],
  ['ListTargetsForPolicy', policyLists],
  ['ListParents', treeLists],
  ['ListAccountsForParent', treeLists],
  ['ListOrganizationalUnitsForParent', treeLists],
  ['ListChildren', rate('ListChildren', 6, 10)],
  ['ListAccounts', rate('ListAccounts', 8, 12)],
  ['ListRoots', rate('ListRoots', 1, 2)],
  ['DescribeOrganization', rate('DescribeOrganization', 1, 2)],
  ['ListTagsForResource', rate('ListTagsForResource', 10, 15)],
]);

/** The documented rate of an operation per calling account. Source: limits-and-errors §1 [doc]. */
export function rateOf(operation: string): Rate {
  return rates.get(operation) ?? unlisted(operation);
}

/** Token buckets, one for each group of operations. Time is epoch milliseconds, given with each call. */
export class RateLimits {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** Milliseconds until the operation may run; 0 takes a token. */
  take(operation: string, now: number): number {
    const { group, perSecond, burst } = rateOf(operation);
    const bucket = this.#buckets.get(group) ?? { tokens: burst, at: now };
    this.#buckets.set(group, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    // A token that is complete but for the rounding of fractions is one.
    if (bucket.tokens >= 1 - 1e-6) {
      bucket.tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - bucket.tokens) / perSecond) * 1000);
  }
}
