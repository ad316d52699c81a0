import type { JournalEntry } from './journal.ts';
import { orderAfter, planOrder } from './order.ts';
import { oppositeOf } from './setUpWrite.ts';
import { updated, type PolicyReference, type RemoteOperation, type RemoteWrite } from './write.ts';

/** What takes an operation back, and what of it cannot be restored, in sentences. */
export interface Inverse {
  readonly operation: RemoteOperation;
  readonly notes: readonly string[];
}

/** A write that was made; `policyId` is what a reference stands for. */
interface Made {
  readonly write: RemoteWrite;
  readonly policyId: string | undefined;
}

/**
 * The operation that takes back what an operation has done, last things first. What AWS held already before it stays.
 * Writes of which it is not known whether they were made have to be settled before.
 */
export function inverseOf(entry: JournalEntry): Inverse {
  const made = entry.operation.writes.flatMap((write, index): readonly Made[] => {
    const result = entry.writes[index]?.result;
    return result?.type === 'done' ? [{ write, policyId: result.policyId }] : [];
  });
  const inverse = new Inverting();
  const orders = entry.operation.orders ?? [];
  const ordered = new Set(orders.map(({ targetId }) => targetId));
  for (const { write, policyId } of [...made].reverse()) {
    // Where the order is known, the attachments of a target are restored together.
    if ((write.type === 'attachPolicy' || write.type === 'detachPolicy') && ordered.has(write.targetId)) continue;
    inverse.take(write, policyId);
  }
  const names = new Map(made.flatMap(({ write }) => ((write.type === 'attachPolicy' || write.type === 'detachPolicy') && typeof write.policyId === 'string' ? [[write.policyId, write.policyName] as const] : [])));
  for (const order of orders) {
    const plan = planOrder(orderAfter(order, made.map(({ write }) => write)), order.before, order, (id) => names.get(id) ?? id);
    inverse.add(plan.writes);
    if (plan.moved.length > 0) inverse.note(`The order of attachment at ${order.targetName} is restored by detaching and attaching ${String(plan.moved.length)} ${plan.moved.length === 1 ? 'policy' : 'policies'} again, one after the other. Until each is attached again, its backup plans are missing there.`);
  }
  const { title, organizationId } = entry.operation;
  return { operation: { title: `Take back: ${title}`, organizationId, writes: inverse.writes, undoes: entry.id, ...(inverse.writes.length === 0 ? {} : reversedOrders(entry)) }, notes: inverse.notes };
}

function reversedOrders({ operation: { orders } }: JournalEntry): Pick<RemoteOperation, 'orders'> {
  return orders === undefined ? {} : { orders: orders.map((order) => ({ ...order, before: order.after, after: order.before })) };
}

class Inverting {
  readonly writes: RemoteWrite[] = [];
  readonly notes: string[] = [];
  /** The policies that are created again, with the number of the write that does it. */
  readonly #again = new Map<string, number>();

  take(write: RemoteWrite, policyId: string | undefined): void {
    switch (write.type) {
      case 'createPolicy':
        if (policyId !== undefined) this.writes.push({ type: 'deletePolicy', policyId, before: { name: write.name, description: write.description, content: write.content } });
        return;
      case 'updatePolicy': {
        const { before } = write;
        const after = updated(before, write.after);
        if (before.description === '' && after.description !== '') this.note(`The description of ${before.name} stays: AWS does not take an empty one back.`);
        this.writes.push({ type: 'updatePolicy', policyId: write.policyId, name: after.name, before: after, after: before });
        return;
      }
      case 'deletePolicy':
        if (policyId !== undefined) this.#again.set(policyId, this.writes.length);
        this.writes.push({ type: 'createPolicy', ...write.before });
        this.note(`${write.before.name} is created again with a new id; its tags are not restored.`);
        return;
      case 'attachPolicy':
        this.writes.push({ ...write, type: 'detachPolicy', policyId: this.#reference(write.policyId, policyId) });
        return;
      case 'detachPolicy':
        this.writes.push({ ...write, type: 'attachPolicy', policyId: this.#reference(write.policyId, policyId) });
        this.note(`${write.policyName} becomes the last one in the order of attachment at ${write.targetName}: AWS attaches at the end only. Where policies assign the same setting, the one attached first wins.`);
        return;
      case 'enablePolicyType':
        this.note('The policy type BACKUP_POLICY stays enabled: disabling it would detach every backup policy of the organization.');
        return;
      case 'disablePolicyType':
        this.writes.push({ type: 'enablePolicyType', rootId: write.rootId });
        this.note('Enabling the policy type BACKUP_POLICY does not attach the policies again that were attached before.');
        return;
      default:
        this.writes.push(oppositeOf(write));
    }
  }

  add(writes: readonly RemoteWrite[]): void {
    this.writes.push(...writes);
  }

  note(sentence: string): void {
    if (!this.notes.includes(sentence)) this.notes.push(sentence);
  }

  #reference(reference: PolicyReference, policyId: string | undefined): PolicyReference {
    const id = policyId ?? reference;
    const createdBy = typeof id === 'string' ? this.#again.get(id) : undefined;
    return createdBy === undefined ? id : { createdBy };
  }
}
