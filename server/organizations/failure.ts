/** What a request asked for that is not there. */
export type Missing = 'policy' | 'target' | 'parent' | 'root' | 'child' | 'account' | 'role' | 'effective policy' | 'resource policy';

/**
 * How the way to AWS failed.
 * - `timeout`, `reset`: the request may have arrived.
 * - `refused`, `dns`: it did not.
 * - `page`: something answered, not as AWS does (a proxy, a sign-in page).
 */
export type TransportFault = 'timeout' | 'reset' | 'refused' | 'dns' | 'tls' | 'page';

/**
 * Why a call failed. `reason` is AWS's word where it gives one; unknown ones occur. Told apart by the exception's
 * name, never by the status. Source: limits-and-errors §3, organizations-backend §4.
 */
export type Failure =
  | { readonly kind: 'throttled' }
  | { readonly kind: 'accessDenied'; /** `organizations:CreatePolicy` */ readonly action: string }
  /** No usable credentials were found; no request left. */
  | { readonly kind: 'credentials'; readonly detail: string }
  /** `signIn` is how the profile signs in, where that is known: `aws sso login` or `aws login`. */
  | { readonly kind: 'expired'; readonly signIn?: 'sso' | 'console' }
  /** AWS does not know the access key, or the secret does not belong to it. */
  | { readonly kind: 'invalidCredentials' }
  /** The request's time is too far from AWS's. */
  | { readonly kind: 'clock' }
  /** Another change is under way. */
  | { readonly kind: 'concurrent' }
  | { readonly kind: 'notFound'; readonly missing: Missing }
  | { readonly kind: 'duplicatePolicy' }
  | { readonly kind: 'alreadyAttached' }
  | { readonly kind: 'notAttached' }
  /** The account is a delegated administrator for the service already. */
  | { readonly kind: 'alreadyRegistered' }
  | { readonly kind: 'notRegistered' }
  | { readonly kind: 'policyInUse' }
  | { readonly kind: 'typeNotEnabled' }
  | { readonly kind: 'typeAlreadyEnabled' }
  | { readonly kind: 'typeNotAvailable' }
  | { readonly kind: 'malformedPolicy' }
  | { readonly kind: 'constraint'; readonly reason: string }
  | { readonly kind: 'invalidInput'; readonly reason: string }
  | { readonly kind: 'notInOrganization' }
  | { readonly kind: 'unsupportedEndpoint' }
  /** AWS reports a fault of its own. */
  | { readonly kind: 'service' }
  | { readonly kind: 'transport'; readonly fault: TransportFault; readonly detail: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unknown'; readonly name: string; readonly detail: string };

/** Every kind of failure. */
export type FailureKind = Failure['kind'];

/** What is known about a failed call beside the reason. */
export interface FailedCall {
  /** AWS's name of the operation; of another service than AWS Organizations as in `backup:ListBackupJobs`. */
  readonly operation: string;
  /** How often the request was sent; after a repetition a refusal may be the work of the first one. */
  readonly attempts: number;
  /** True for a write whose answer did not arrive: it may have taken effect. */
  readonly mayHaveHappened: boolean;
  readonly requestId?: string;
  readonly profile?: string;
  readonly endpoint?: string;
}
