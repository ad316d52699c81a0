import { DataTransferItem, type DataTransfer, type TreeDragAndDropController } from 'vscode';
import type { ModelChange } from '../../server/protocol.ts';
import type { OrganizationNode } from './organizationItems.ts';

const mimeType = 'application/vnd.code.tree.awsbackuppolicy.organization';

/** Shows what a change of the model would do, asks, and makes it. */
export type MovePolicy = (change: ModelChange) => Promise<void>;

/** Drags attached policies: within a target it changes the order, onto another target it moves the attachment. */
export class PolicyDragAndDrop implements TreeDragAndDropController<OrganizationNode> {
  readonly dragMimeTypes = [mimeType];
  readonly dropMimeTypes = [mimeType];
  readonly #move: MovePolicy;
  #dragged: (OrganizationNode & { readonly type: 'policy' }) | undefined;

  constructor(move: MovePolicy) {
    this.#move = move;
  }

  handleDrag(source: readonly OrganizationNode[], data: DataTransfer): void {
    this.#dragged = source.find((node) => node.type === 'policy');
    if (this.#dragged !== undefined) data.set(mimeType, new DataTransferItem(this.#dragged.policy.name));
  }

  async handleDrop(target: OrganizationNode | undefined, data: DataTransfer): Promise<void> {
    const dragged = this.#dragged;
    this.#dragged = undefined;
    if (dragged === undefined || target === undefined || data.get(mimeType) === undefined) return;
    const from = dragged.entity.target;
    const to = target.entity.target;
    if (from.organization !== to.organization) return;
    const { organization } = from;
    const policy = dragged.policy.name;
    const index = target.type === 'policy' ? target.policy.index : undefined;
    if (from.key === to.key) {
      if (index !== undefined && index !== dragged.policy.index) await this.#move({ type: 'reorder', organization, policy, target: to.key, index });
    } else {
      await this.#move({ type: 'move', organization, policy, from: from.key, to: to.key, ...(index === undefined ? {} : { index }) });
    }
  }
}
