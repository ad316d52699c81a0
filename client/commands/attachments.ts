import { commands, window, type QuickPickItem } from 'vscode';
import type { ModelChange, PolicyNameView } from '../../server/protocol.ts';
import { revealLocation } from '../locations.ts';
import { pickTargets } from '../pickTarget.ts';
import { plainMessage } from '../plainMessage.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import { isOrganizationNode, type OrganizationNode } from '../views/organizationItems.ts';
import type { ModelChanges } from './modelChanges.ts';
import { namedPolicy, type NamedPolicy } from './namedPolicy.ts';

/** Attach, detach and reorder, from a lens, the editor title, the tree or the palette. */
export class AttachmentCommands {
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #changes: ModelChanges;
  readonly #selected: () => OrganizationNode | undefined;

  /** @param selected the row of the tree that keys work on. */
  constructor(server: ServerAccess, choice: TargetChoice, changes: ModelChanges, selected: () => OrganizationNode | undefined) {
    this.#server = server;
    this.#choice = choice;
    this.#changes = changes;
    this.#selected = selected;
  }

  /** @param from a document's URI (lens, title) or a row of the tree; without one the active policy, else one that is asked for. */
  async attach(from?: unknown): Promise<void> {
    if (isOrganizationNode(from)) {
      await this.#attachTo(from);
      return;
    }
    const policy = await namedPolicy(this.#server, from);
    if (policy === undefined) return;
    const entities = await pickTargets(this.#server, this.#choice, policy.name);
    if (entities === undefined || entities.length === 0) return;
    const targets = entities.map(({ target }) => target);
    const { organization } = policy.name;
    if (await this.#change({ type: 'attach', organization, policy: policy.argument, targets: targets.map(({ key }) => key) })) await this.#choice.remember(targets);
  }

  /** @param from a row of the tree, or a document's URI; without one the active policy, else one that is asked for. */
  async detach(from?: unknown): Promise<void> {
    if (isOrganizationNode(from)) {
      if (from.type !== 'policy') return;
      const { organization, key } = from.entity.target;
      await this.#change({ type: 'detach', organization, policy: from.policy.name, targets: [key] });
      return;
    }
    const policy = await namedPolicy(this.#server, from, ({ attachedTo }) => attachedTo.length > 0);
    if (policy === undefined) return;
    const { organization, policy: name, attachedTo } = policy.name;
    if (attachedTo.length === 0) {
      void window.showInformationMessage(plainMessage(`${name} is not attached to any target.`));
      return;
    }
    const rows = attachedTo.map(({ key, path }) => ({ label: path, key }));
    const picked = rows.length === 1 ? rows : await window.showQuickPick(rows, { title: `Detach ${name}`, placeHolder: 'Select the targets to detach it from', canPickMany: true });
    if (picked === undefined || picked.length === 0) return;
    await this.#change({ type: 'detach', organization, policy: name, targets: picked.map(({ key }) => key) });
  }

  /** Detaches the selected row of the tree. */
  async detachSelected(): Promise<void> {
    const node = this.#selected();
    if (node?.type === 'policy') await this.detach(node);
  }

  /** Lists the places of a policy; choosing one shows it in the model file. */
  async show(from?: unknown): Promise<void> {
    const policy = await namedPolicy(this.#server, from);
    if (policy === undefined) return;
    const { name } = policy;
    const rows: ActionRow[] = name.attachedTo.map(({ key, path }) => ({ label: `$(target) ${path}`, run: () => this.#reveal(name, key) }));
    rows.push({ label: '$(link) Attach…', run: () => this.attach(from) });
    if (name.attachedTo.length > 0) rows.push({ label: '$(close) Detach…', run: () => this.detach(from) });
    const picked = await window.showQuickPick(rows, { title: `Attachments of ${name.policy}`, placeHolder: name.attachedTo.length === 0 ? 'Attached nowhere' : 'Choose a target to show it in the model file' });
    await picked?.run();
  }

  /** Makes an attachment decide earlier or later. @param from a row of the tree; without one the selected row. */
  async move(from: unknown, step: -1 | 1): Promise<void> {
    const node = isOrganizationNode(from) ? from : this.#selected();
    if (node?.type !== 'policy') return;
    const { policy, entity } = node;
    const index = policy.index + step;
    if (index < 0 || index >= entity.policies.length) return;
    const { organization, key } = entity.target;
    await this.#change({ type: 'reorder', organization, policy: policy.name, target: key, index });
  }

  async #attachTo({ entity: { target, path, policies } }: OrganizationNode): Promise<void> {
    const names = await this.#server.request('backupPolicy/policyNames', { organization: target.organization });
    const attached = new Set(policies.map((policy) => policy.name));
    const rows = names.filter((name) => !attached.has(name.policy)).map((name) => ({ label: name.policy, description: places(name) }));
    if (rows.length === 0) {
      const reason = names.length === 0 ? 'The model names no policy yet.' : `Every policy of the model is attached to ${path} already.`;
      await offer(`${reason} Open the file of another policy and attach it from there.`, 'New Backup Policy', 'awsBackupPolicy.newBackupPolicy');
      return;
    }
    const picked = await window.showQuickPick(rows, { title: `Attach to ${path}`, placeHolder: 'Choose a policy', matchOnDescription: true });
    if (picked === undefined) return;
    if (await this.#change({ type: 'attach', organization: target.organization, policy: picked.label, targets: [target.key] })) await this.#choice.remember([target]);
  }

  async #change(change: ModelChange): Promise<boolean> {
    return this.#changes.make(change);
  }

  async #reveal({ organization }: NamedPolicy['name'], key: string): Promise<void> {
    const entity = await this.#server.request('backupPolicy/entity', { organization, key });
    if (entity !== null) await revealLocation(entity.location);
  }
}

type ActionRow = QuickPickItem & { readonly run: () => Promise<void> };

function places({ attachedTo }: PolicyNameView): string {
  return attachedTo.length === 0 ? 'attached nowhere' : `attached to ${attachedTo.map(({ path }) => path).join(', ')}`;
}

async function offer(message: string, button: string, command: string): Promise<void> {
  if ((await window.showInformationMessage(message, button)) === button) await commands.executeCommand(command);
}
