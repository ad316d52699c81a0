import { DataTransferItem, window, type DataTransfer, type TreeDragAndDropController } from 'vscode';
import type { ModelChange } from '../../server/protocol.ts';
import type { OrganizationNode } from './organizationItems.ts';

const rowType = 'application/vnd.code.tree.awsbackuppolicy.organization';
const filesType = 'text/uri-list';

/** Shows what a change of the model would do, asks, and makes it. */
export type MovePolicy = (change: ModelChange) => Promise<void>;

/**
 * Drags policies: an attached one within its target to change the order, onto another target to move the
 * attachment; a file from the explorer onto a target to attach it.
 */
export class PolicyDragAndDrop implements TreeDragAndDropController<OrganizationNode> {
  readonly dragMimeTypes = [rowType];
  readonly dropMimeTypes = [rowType, filesType];
  readonly #move: MovePolicy;
  #dragged: (OrganizationNode & { readonly type: 'policy' }) | undefined;

  constructor(move: MovePolicy) {
    this.#move = move;
  }

  handleDrag(source: readonly OrganizationNode[], data: DataTransfer): void {
    this.#dragged = source.find((node) => node.type === 'policy');
    if (this.#dragged !== undefined) data.set(rowType, new DataTransferItem(this.#dragged.policy.name));
  }

  async handleDrop(target: OrganizationNode | undefined, data: DataTransfer): Promise<void> {
    const dragged = this.#dragged;
    this.#dragged = undefined;
    if (target === undefined) return;
    const { organization, key } = target.entity.target;
    const index = target.type === 'policy' ? { index: target.policy.index } : {};
    if (data.get(rowType) === undefined) {
      const [file] = ((await data.get(filesType)?.asString()) ?? '').split('\r\n');
      if (file === undefined || file === '') return;
      if (!/\.json(\.tpl)?$/i.test(file)) void window.showInformationMessage('Only the JSON file of a backup policy can be attached.');
      else await this.#move({ type: 'attach', organization, policy: file, targets: [key], ...index });
      return;
    }
    const from = dragged?.entity.target;
    if (dragged === undefined || from?.organization !== organization) return;
    const policy = dragged.policy.name;
    if (from.key !== key) await this.#move({ type: 'move', organization, policy, from: from.key, to: key, ...index });
    else if (index.index !== undefined && index.index !== dragged.policy.index) await this.#move({ type: 'reorder', organization, policy, target: key, index: index.index });
  }
}
