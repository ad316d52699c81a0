import { DataTransferItem, window, type DataTransfer, type TreeDragAndDropController } from 'vscode';
import type { ModelChange, TargetRef } from '../../server/protocol.ts';
import type { OrganizationNode } from './organizationItems.ts';

const rowType = 'application/vnd.code.tree.awsbackuppolicy.organization';
const filesType = 'text/uri-list';

/** Shows what a change of the model would do, asks, and makes it. */
export type ChangeModel = (change: ModelChange) => Promise<void>;

/**
 * Drags an account or OU onto another OU or root to move it; an attached policy within its target to change the
 * order, onto another target to move the attachment; a file from the explorer onto a target to attach it.
 */
export class OrganizationDragAndDrop implements TreeDragAndDropController<OrganizationNode> {
  readonly dragMimeTypes = [rowType];
  readonly dropMimeTypes = [rowType, filesType];
  readonly #change: ChangeModel;
  #dragged: OrganizationNode | undefined;

  constructor(change: ChangeModel) {
    this.#change = change;
  }

  handleDrag(source: readonly OrganizationNode[], data: DataTransfer): void {
    // Each move has an impact of its own that is asked about: one at a time.
    this.#dragged = source.length === 1 ? source[0] : undefined;
    if (this.#dragged !== undefined) data.set(rowType, new DataTransferItem(this.#dragged.entity.name));
  }

  async handleDrop(target: OrganizationNode | undefined, data: DataTransfer): Promise<void> {
    const dragged = this.#dragged;
    this.#dragged = undefined;
    if (target === undefined) return;
    if (data.get(rowType) === undefined) await this.#attach(target, (await data.get(filesType)?.asString()) ?? '');
    else if (dragged !== undefined) await this.#drop(dragged, target);
  }

  async #attach(target: OrganizationNode, list: string): Promise<void> {
    const [file] = list.split('\r\n');
    if (file === undefined || file === '') return;
    const { organization, key } = target.entity.target;
    if (!/\.json(\.tpl)?$/i.test(file)) void window.showInformationMessage('Only the JSON file of a backup policy can be attached.');
    else await this.#change({ type: 'attach', organization, policy: file, targets: [key], ...indexOf(target) });
  }

  async #drop(dragged: OrganizationNode, target: OrganizationNode): Promise<void> {
    const [from, to]: readonly [TargetRef, TargetRef] = [dragged.entity.target, target.entity.target];
    const { organization } = to;
    if (from.organization !== organization) {
      void window.showInformationMessage('Accounts, OUs and attachments stay in the model file that they are in.');
      return;
    }
    if (dragged.type === 'entity') {
      if (from.key !== to.key) await this.#change({ type: 'moveEntity', organization, target: from.key, to: to.key });
      return;
    }
    const policy = dragged.policy.name;
    const { index } = indexOf(target);
    if (from.key !== to.key) await this.#change({ type: 'move', organization, policy, from: from.key, to: to.key, ...indexOf(target) });
    else if (index !== undefined && index !== dragged.policy.index) await this.#change({ type: 'reorder', organization, policy, target: to.key, index });
  }
}

function indexOf(node: OrganizationNode): { readonly index?: number } {
  return node.type === 'policy' ? { index: node.policy.index } : {};
}
