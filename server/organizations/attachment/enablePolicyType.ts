import type { PolicyTypeResultView } from '../../protocol.ts';
import type { Call } from '../host.ts';
import { becomesPolicyType } from '../policyTypeStatus.ts';
import { operationView } from '../writes/operationView.ts';
import { performWrites } from '../writes/performWrites.ts';
import type { RemoteOperation } from '../writes/write.ts';
import type { ExecutionContext } from './executeAttachment.ts';

/**
 * Enables backup policies in an organization and waits up to a minute until AWS says so: the call alone only begins it.
 * Cancelling the waiting is no failure. Source: organizations-api §2 [api].
 */
export async function enablePolicyType({ api, host, journal }: ExecutionContext, organizationId: string, rootId: string, call: Call): Promise<PolicyTypeResultView> {
  const operation: RemoteOperation = { title: 'Enable the policy type BACKUP_POLICY', organizationId, writes: [{ type: 'enablePolicyType', rootId }] };
  const result = await performWrites(api, journal, operation, call);
  const outcome = operationView(operation, result);
  if (!result.complete) return { outcome, enabled: false };
  return { outcome, enabled: await becomesPolicyType(api, rootId, 'ENABLED', host.clock, call) };
}
