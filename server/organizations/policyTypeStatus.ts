import type { OrganizationsApi } from './api.ts';
import type { Clock } from './clock.ts';
import { failureOf } from './errors.ts';
import type { Call } from './host.ts';

/** Milliseconds between two questions, and how many are asked. */
const pause = 2000;
const questions = 30;

/**
 * Waits up to a minute until AWS says that backup policies are enabled, or disabled, in a root: the call that enables or
 * disables only begins it. False when AWS has not said so by then; neither cancelling nor a failed question is a failure.
 * Source: organizations-api §2 [api].
 */
export async function becomesPolicyType(api: OrganizationsApi, rootId: string, wanted: 'ENABLED' | 'DISABLED', clock: Clock, call: Call): Promise<boolean> {
  try {
    for (let count = 0; count < questions; count++) {
      call.report(`Waiting until AWS has ${wanted.toLowerCase()} backup policies`, (100 * count) / questions);
      const root = (await api.listRoots({ signal: call.signal })).find(({ id }) => id === rootId);
      if (root?.backupPolicies === wanted) return true;
      await clock.sleep(pause, call.signal);
    }
  } catch (error) {
    if (!call.signal.aborted && failureOf(error) === undefined) throw error;
  }
  return false;
}
