import type { AttachmentOrder, AttachmentWrite, RemoteWrite } from './write.ts';

/** What brings policies at a target from one order of attachment into another, and which of them are missing for a while. */
export interface OrderPlan {
  readonly writes: readonly RemoteWrite[];
  /** Ids of the policies that are detached and attached again, one after the other. */
  readonly moved: readonly string[];
}

/**
 * AWS attaches at the end only. What already stands at the beginning of the wanted order stays; every later policy is
 * detached and attached at once before the next one is touched, so never more than one is missing, and as few as
 * possible are touched. Policies of `wanted` that are not in `current` are attached, those of `current` alone detached.
 * Source: organizations-api §3.
 */
export function planOrder(current: readonly string[], wanted: readonly string[], at: Pick<AttachmentWrite, 'targetId' | 'targetName'>, nameOf: (policyId: string) => string): OrderPlan {
  const stays = stayingLength(current, wanted);
  const writes: RemoteWrite[] = [];
  const moved: string[] = [];
  const write = (type: 'attachPolicy' | 'detachPolicy', policyId: string): void => {
    writes.push({ type, policyId, policyName: nameOf(policyId), targetId: at.targetId, targetName: at.targetName });
  };
  for (const policyId of current) if (!wanted.includes(policyId)) write('detachPolicy', policyId);
  for (const policyId of wanted.slice(stays)) {
    if (current.includes(policyId)) {
      write('detachPolicy', policyId);
      moved.push(policyId);
    }
    write('attachPolicy', policyId);
  }
  return { writes, moved };
}

/** How many of the first wanted policies stand in this order, whatever is between them. */
function stayingLength(current: readonly string[], wanted: readonly string[]): number {
  let from = 0;
  for (const [length, policyId] of wanted.entries()) {
    const found = current.indexOf(policyId, from);
    if (found < 0) return length;
    from = found + 1;
  }
  return wanted.length;
}

/** The order at the target of an operation after those of its writes that were made. */
export function orderAfter(order: AttachmentOrder, made: readonly RemoteWrite[]): readonly string[] {
  let ids = order.before;
  for (const write of made) {
    if ((write.type !== 'attachPolicy' && write.type !== 'detachPolicy') || write.targetId !== order.targetId) continue;
    const others = ids.filter((id) => id !== write.policyId);
    ids = write.type === 'detachPolicy' || typeof write.policyId !== 'string' ? others : [...others, write.policyId];
  }
  return ids;
}
