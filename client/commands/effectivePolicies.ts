import { commands, window, workspace, type Uri } from 'vscode';
import type { EntityView, TargetRef } from '../../server/protocol.ts';
import { effectiveUri } from '../effectiveDocuments.ts';
import { languages } from '../languages.ts';
import { pickTarget } from '../pickTarget.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import type { EffectivePolicyPanel } from '../views/effectivePolicyPanel.ts';

/** Show, as JSON, compare and choose. */
export class EffectivePolicyCommands {
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #panel: EffectivePolicyPanel;

  constructor(server: ServerAccess, choice: TargetChoice, panel: EffectivePolicyPanel) {
    this.#server = server;
    this.#choice = choice;
    this.#panel = panel;
  }

  async choose(): Promise<void> {
    const entity = await pickTarget(this.#server, this.#choice, 'Choose the root, organizational unit or account whose effective policy is shown');
    if (entity === undefined) return;
    await this.#choice.choose(entity.target);
    await this.#panel.show(entity.target);
  }

  /** @param from a target (lens, panel) or a row of the tree; without one the target of the active policy. */
  async show(from?: unknown): Promise<void> {
    const target = targetOf(from) ?? (await this.#documentTarget());
    await this.#panel.show(target);
    await commands.executeCommand('awsBackupPolicy.effectivePolicy.focus', { preserveFocus: targetOf(from) !== undefined });
  }

  async showAsJson(from?: unknown): Promise<void> {
    const target = targetOf(from) ?? this.#panel.target ?? (await this.#documentTarget());
    if (target === undefined) {
      await this.choose();
      return;
    }
    const uri = await this.#uriOf(target);
    if (uri !== undefined) await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  async compare(from?: unknown): Promise<void> {
    const left = targetOf(from) ?? this.#panel.target ?? (await this.#documentTarget()) ?? (await pickTarget(this.#server, this.#choice, 'Choose the first target'))?.target;
    if (left === undefined) return;
    const first = await this.#server.request('backupPolicy/entity', left);
    const second = await pickTarget(this.#server, this.#choice, `Compare the effective policy of ${first?.path ?? left.key} with that of …`);
    if (first === null || second === undefined) return;
    await commands.executeCommand('vscode.diff', effectiveUri(first), effectiveUri(second), `${first.name} ↔ ${second.name} (Effective Policies)`);
  }

  async #documentTarget(): Promise<TargetRef | undefined> {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== languages.policy) return this.#choice.chosen;
    const { target } = await this.#server.request('backupPolicy/documentTarget', { uri: document.uri.toString() });
    return target?.target ?? this.#choice.chosen;
  }

  async #uriOf(target: TargetRef): Promise<Uri | undefined> {
    const entity: EntityView | null = await this.#server.request('backupPolicy/entity', target);
    return entity === null ? undefined : effectiveUri(entity);
  }
}

function targetOf(from: unknown): TargetRef | undefined {
  if (typeof from !== 'object' || from === null) return undefined;
  if ('entity' in from && typeof from.entity === 'object' && from.entity !== null && 'target' in from.entity) return targetOf(from.entity.target);
  if ('organization' in from && 'key' in from && typeof from.organization === 'string' && typeof from.key === 'string') return { organization: from.organization, key: from.key };
  return undefined;
}
