import type { OrganizationsApi } from '../api.ts';
import { failureOf } from '../errors.ts';
import type { Call, RemoteHost } from '../host.ts';

/** How long a push waits for new effective policies, and between two questions, in milliseconds. Source: organizations-api §3, 2 to 20 s [obs]. */
const patience = 30_000;
const pause = 2000;

/** When AWS made the effective policies of some accounts and judged them, by account id, in epoch milliseconds UTC. */
export type EffectiveTimes = ReadonlyMap<string, string>;

/**
 * Reads the times of accounts. An account whose effective policy cannot be read is left out: a push does not depend on
 * it. An account whose new policy AWS withholds keeps the old one with its time; only the report has a new time then.
 * Source: limits-and-errors §4 [obs].
 */
export async function effectiveTimes(api: OrganizationsApi, accountIds: readonly string[], signal: AbortSignal): Promise<EffectiveTimes> {
  const times = new Map<string, string>();
  for (const id of accountIds) {
    const updated = await timeOf(api.describeEffectivePolicy(id, { signal }).then((policy) => policy.updated));
    if (updated === 'unreadable') continue;
    const evaluated = await timeOf(api.listEffectivePolicyValidationErrors(id, { signal }).then((report) => report.evaluated));
    times.set(id, `${updated} ${evaluated}`);
  }
  return times;
}

async function timeOf(reading: Promise<number | undefined>): Promise<string> {
  try {
    return String(await reading);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined || failure.kind === 'cancelled') throw error;
    return failure.kind === 'notFound' && failure.missing === 'effective policy' ? 'none' : 'unreadable';
  }
}

/** Accounts with new effective policies since some times. */
export interface Settled {
  readonly outcome: 'settled' | 'pending' | 'cancelled';
  readonly accounts: ReadonlySet<string>;
}

/**
 * Waits until AWS has made the effective policies of accounts anew, 30 seconds at most. Neither cancelling nor a failed
 * question is a failure of the push.
 */
export async function waitUntilEffective(api: OrganizationsApi, before: EffectiveTimes, { clock }: Pick<RemoteHost, 'clock'>, call: Call): Promise<Settled> {
  const settled = new Set<string>();
  const end = clock.now() + patience;
  try {
    for (;;) {
      call.report(`Waiting for new effective policies: ${String(settled.size)} of ${String(before.size)} accounts looked at have theirs`);
      const waiting = [...before.keys()].filter((id) => !settled.has(id));
      for (const [id, time] of await effectiveTimes(api, waiting, call.signal)) if (time !== before.get(id)) settled.add(id);
      if (settled.size === before.size) return { outcome: 'settled', accounts: settled };
      if (clock.now() + pause > end) return { outcome: 'pending', accounts: settled };
      await clock.sleep(pause, call.signal);
    }
  } catch (error) {
    if (call.signal.aborted) return { outcome: 'cancelled', accounts: settled };
    if (failureOf(error) === undefined) throw error;
    return { outcome: 'pending', accounts: settled };
  }
}
