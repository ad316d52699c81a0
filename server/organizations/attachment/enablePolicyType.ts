import type { PolicyTypeResultView } from '../../protocol.ts';
import { failureOf } from '../errors.ts';
import type { Call } from '../host.ts';
import { operationView } from '../writes/operationView.ts';
import { performWrites } from '../writes/performWrites.ts';
import type { RemoteOperation } from '../writes/write.ts';
import type { ExecutionContext } from './executeAttachment.ts';

/** Milliseconds between two questions, and how many are asked. */
const pause = 2000;
const questions = 30;

/**
 * Enables backup policies in an organization and waits up to a minute until AWS says so: the call alone only begins it.
 * Cancelling the waiting is no failure. Source: organizations-api §2 [api].
 */
export async function enablePolicyType({ api, host, journal }: ExecutionContext, organizationId: string, rootId: string, call: Call): Promise<PolicyTypeResultView> {
  const operation: RemoteOperation = { title: 'Enable the policy type BACKUP_POLICY', organizationId, writes: [{ type: 'enablePolicyType', rootId }] };
  const result = await performWrites(api, journal, operation, call);
  const outcome = operationView(operation, result);
  if (!result.complete) return { outcome, enabled: false };
  try {
    for (let count = 0; count < questions; count++) {
      call.report('Waiting until AWS has enabled backup policies', (100 * count) / questions);
      const root = (await api.listRoots({ signal: call.signal })).find(({ id }) => id === rootId);
      if (root?.backupPolicies === 'ENABLED') return { outcome, enabled: true };
      await host.clock.sleep(pause, call.signal);
    }
  } catch (error) {
    if (!call.signal.aborted && failureOf(error) === undefined) throw error;
  }
  return { outcome, enabled: false };
}
