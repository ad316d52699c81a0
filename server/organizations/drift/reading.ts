import type { EffectivePolicy, ValidationReport } from '../api.ts';
import type { RemoteOrganization } from './remoteOrganization.ts';

/** What AWS says about one account. */
export interface AccountReading {
  readonly effective: EffectivePolicy;
  /** Asked for only where AWS withholds the new effective policy. */
  readonly report: ValidationReport | undefined;
}

/** Everything that was read of AWS for one comparison. */
export interface DriftReading {
  readonly remote: RemoteOrganization;
  /** By account id. */
  readonly accounts: ReadonlyMap<string, AccountReading>;
  /** Ids of all accounts whose new effective policy AWS withholds; undefined where AWS was not asked. */
  readonly invalid: ReadonlySet<string> | undefined;
  /** Sentences on what was left out. */
  readonly notes: readonly string[];
  /** Epoch milliseconds UTC. */
  readonly readAt: number;
}
