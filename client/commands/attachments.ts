import { Range, Selection, Uri, commands, window, type QuickPickItem } from 'vscode';
import type { ModelChange, PolicyNameView } from '../../server/protocol.ts';
import { languages } from '../languages.ts';
import { pickTargets } from '../pickTarget.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import type { OrganizationNode } from '../views/organizationItems.ts';
import { changeModel } from './modelChanges.ts';

/** Attach, detach and reorder, from a lens, the editor title, the tree or the palette. */
export class AttachmentCommands {
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;

  constructor(server: ServerAccess, choice: TargetChoice) {
    this.#server = server;
    this.#choice = choice;
  }

  /** @param from a document's URI (lens, title) or a row of the tree; without one the active policy, else one that is asked for. */
  async attach(from?: unknown): Promise<void> {
    if (isNode(from)) {
      await this.#attachTo(from);
      return;
    }
    const name = await this.#policyOf(from);
    if (name === undefined) return;
    const attached = new Set(name.attachedTo.map(({ key }) => key));
    const targets = await pickTargets(this.#server, this.#choice, name.organization, attached, `Attach ${name.policy}`);
    if (targets === undefined || targets.length === 0) return;
    await this.#change({ type: 'attach', organization: name.organization, policy: this.#policyArgument(name, from), targets: targets.map(({ target }) => target.key) });
  }

  /** @param from a row of the tree, or a document's URI; without one the active policy. */
  async detach(from?: unknown): Promise<void> {
    if (isNode(from) && from.type === 'policy') {
      const { organization, key } = from.entity.target;
      await this.#change({ type: 'detach', organization, policy: from.policy.name, targets: [key] });
      return;
    }
    const name = await this.#policyOf(from);
    if (name === undefined) return;
    if (name.attachedTo.length === 0) {
      void window.showInformationMessage(`${name.policy} is not attached to any target.`);
      return;
    }
    const rows = name.attachedTo.map(({ key, path }) => ({ label: path, key }));
    const picked = rows.length === 1 ? rows : await window.showQuickPick(rows, { title: `Detach ${name.policy}`, placeHolder: 'Select the targets to detach it from', canPickMany: true });
    if (picked === undefined || picked.length === 0) return;
    await this.#change({ type: 'detach', organization: name.organization, policy: name.policy, targets: picked.map(({ key }) => key) });
  }

  /** Lists the places of a policy; choosing one shows it in the model file. */
  async show(from?: unknown): Promise<void> {
    const name = await this.#policyOf(from);
    if (name === undefined) return;
    type Row = QuickPickItem & { readonly run: () => Promise<void> };
    const rows: Row[] = name.attachedTo.map(({ key, path }) => ({ label: `$(target) ${path}`, run: () => this.#reveal(name.organization, key) }));
    rows.push({ label: '$(link) Attach…', run: () => this.attach(from) });
    if (name.attachedTo.length > 0) rows.push({ label: '$(close) Detach…', run: () => this.detach(from) });
    const picked = await window.showQuickPick(rows, { title: `Attachments of ${name.policy}`, placeHolder: name.attachedTo.length === 0 ? 'Attached nowhere' : 'Choose a target to show it in the model file' });
    await picked?.run();
  }

  async move(from: unknown, step: -1 | 1): Promise<void> {
    if (!isNode(from) || from.type !== 'policy') return;
    const { organization, key } = from.entity.target;
    await this.#change({ type: 'reorder', organization, policy: from.policy.name, target: key, index: from.policy.index + step });
  }

  async #attachTo(node: OrganizationNode): Promise<void> {
    const { target, path, policies } = node.entity;
    const attached = new Set(policies.map((policy) => policy.name));
    const names = (await this.#server.request('backupPolicy/policyNames', { organization: target.organization })).filter((name) => !attached.has(name.policy));
    if (names.length === 0) {
      void window.showInformationMessage(`Every policy of the model is attached to ${path} already. Open another policy file and attach it from there.`);
      return;
    }
    const rows = names.map((name) => ({ label: name.policy, description: name.attachedTo.length === 0 ? 'attached nowhere' : `attached to ${name.attachedTo.map((each) => each.path).join(', ')}` }));
    const picked = await window.showQuickPick(rows, { title: `Attach to ${path}`, placeHolder: 'Choose a policy', matchOnDescription: true });
    if (picked !== undefined) await this.#change({ type: 'attach', organization: target.organization, policy: picked.label, targets: [target.key] });
  }

  async #change(change: ModelChange): Promise<void> {
    await changeModel(this.#server, change);
  }

  async #reveal(organization: string, key: string): Promise<void> {
    const entity = await this.#server.request('backupPolicy/entity', { organization, key });
    if (entity === null) return;
    const { start, end } = entity.location.range;
    const editor = await window.showTextDocument(Uri.parse(organization));
    editor.selection = new Selection(start.line, start.character, end.line, end.character);
    editor.revealRange(new Range(start.line, start.character, end.line, end.character));
  }

  /** A file that the model does not name yet is given by its URI, so that attaching defines it. */
  #policyArgument(name: PolicyNameView, from: unknown): string {
    if (name.defined) return name.policy;
    return documentUri(from) ?? name.policy;
  }

  async #policyOf(from: unknown): Promise<PolicyNameView | undefined> {
    const uri = documentUri(from);
    const names = uri === undefined ? await this.#allNames() : await this.#server.request('backupPolicy/policyNames', { uri });
    if (names.length === 0) {
      await offerModel();
      return undefined;
    }
    if (names.length === 1) return names[0];
    const rows = names.map((name) => ({ label: name.policy, description: `${String(name.attachedTo.length)} attachments`, name }));
    return (await window.showQuickPick(rows, { placeHolder: 'Choose a policy' }))?.name;
  }

  async #allNames(): Promise<readonly PolicyNameView[]> {
    const organizations = await this.#server.request('backupPolicy/organizations', null);
    const names = await Promise.all(organizations.map(({ uri }) => this.#server.request('backupPolicy/policyNames', { organization: uri })));
    return names.flat();
  }
}

async function offerModel(): Promise<void> {
  const choice = await window.showInformationMessage('There is no organization to attach to. A file backup-organization.json in or above the folder of the policy models one.', 'New Organization Model');
  if (choice !== undefined) await commands.executeCommand('awsBackupPolicy.newOrganizationModel');
}

function documentUri(from: unknown): string | undefined {
  if (typeof from === 'string') return from;
  if (from instanceof Uri) return from.toString();
  const active = window.activeTextEditor?.document;
  return active?.languageId === languages.policy ? active.uri.toString() : undefined;
}

function isNode(value: unknown): value is OrganizationNode {
  return typeof value === 'object' && value !== null && 'type' in value && (value.type === 'entity' || value.type === 'policy') && 'entity' in value;
}
