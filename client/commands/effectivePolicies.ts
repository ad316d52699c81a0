import { commands, languages as registry, window, workspace } from 'vscode';
import type { EntityView, TargetRef } from '../../server/protocol.ts';
import { effectiveUri } from '../effectiveDocuments.ts';
import { languages } from '../languages.ts';
import { pickTarget } from '../pickTarget.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import { isOrganizationNode, type OrganizationNode } from '../views/organizationItems.ts';
import type { EffectivePolicyPanel } from '../views/effectivePolicyPanel.ts';

/** Show, as JSON, compare and choose. */
export class EffectivePolicyCommands {
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #panel: EffectivePolicyPanel;
  readonly #openTab: (entity: EntityView) => Promise<void>;

  /** @param openTab opens the effective policy in an editor tab, or goes to the tab that has it. */
  constructor(server: ServerAccess, choice: TargetChoice, panel: EffectivePolicyPanel, openTab: (entity: EntityView) => Promise<void>) {
    this.#server = server;
    this.#choice = choice;
    this.#panel = panel;
    this.#openTab = openTab;
  }

  async choose(): Promise<void> {
    const entity = await pickTarget(this.#server, this.#choice, 'Choose the root, organizational unit or account whose effective policy is shown');
    if (entity === undefined) return;
    await this.#choice.choose(entity.target);
    await this.#panel.show(entity.target);
  }

  /**
   * @param from a target (lens) or a row of the tree, which the panel keeps; from a policy's editor the panel follows
   *   that policy; without either it shows its last target, or asks for one.
   */
  async show(from?: unknown): Promise<void> {
    const target = targetOf(from);
    if (target !== undefined || window.activeTextEditor?.document.languageId === languages.policy) await this.#panel.show(target);
    else if ((await this.#panel.currentTarget()) === undefined) await this.choose();
    await commands.executeCommand('awsBackupPolicy.effectivePolicy.focus', { preserveFocus: target !== undefined });
  }

  /** Shows the target of the row that a click or the Enter key selected in the tree. */
  async showSelected(selection: () => OrganizationNode | undefined): Promise<void> {
    let selected = selection();
    // While the view is drawn anew, VS Code does not know which row a selection means.
    for (let attempt = 0; selected === undefined && attempt < 40; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      selected = selection();
    }
    if (selected?.type === 'entity') await this.show(selected);
  }

  /** Opens the panel in an editor tab, for the target that `showAsJson` would take. */
  async openInEditor(from?: unknown): Promise<void> {
    const entity = (await this.#entityOf(from)) ?? (await pickTarget(this.#server, this.#choice, 'Choose the root, organizational unit or account whose effective policy is opened'));
    if (entity !== undefined) await this.#openTab(entity);
  }

  /** Opens the page that tells which resources a target's plans reach: of a row of the tree, else of what the panel shows, else of a target that is asked for. */
  async testSelections(from?: unknown): Promise<void> {
    const target = targetOf(from);
    if (target !== undefined) await this.#panel.show(target);
    else if ((await this.#panel.currentTarget()) === undefined) await this.choose();
    if ((await this.#panel.currentTarget()) === undefined) return;
    await this.#panel.open('resources');
    await commands.executeCommand('awsBackupPolicy.effectivePolicy.focus');
  }

  /** Opens the effective policy as a document: of a row of the tree, else of what the panel shows, else of a target that is asked for. */
  async showAsJson(from?: unknown): Promise<void> {
    const entity = (await this.#entityOf(from)) ?? (await pickTarget(this.#server, this.#choice, 'Choose the root, organizational unit or account whose effective policy is opened'));
    if (entity === undefined) return;
    const document = await workspace.openTextDocument(effectiveUri(entity));
    // The name of an account may look like that of a policy file.
    await window.showTextDocument(document.languageId === 'json' ? document : await registry.setTextDocumentLanguage(document, 'json'), { preview: true });
  }

  /** Compares the two targets that are selected in the tree. */
  async compareSelected(selection: readonly unknown[]): Promise<void> {
    const targets = selection.flatMap((each) => (isOrganizationNode(each) && each.type === 'entity' ? [each.entity] : []));
    const [first, second] = targets;
    if (first === undefined || second === undefined || targets.length > 2) void window.showInformationMessage('Select two roots, organizational units (OUs) or accounts in the Organization view, then compare them.');
    else await showDifference(first, second);
  }

  /** Compares the target that `showAsJson` would take with another one. */
  async compare(from?: unknown): Promise<void> {
    const first = (await this.#entityOf(from)) ?? (await pickTarget(this.#server, this.#choice, 'Choose the first root, organizational unit or account to compare'));
    if (first === undefined) return;
    const second = await pickTarget(this.#server, this.#choice, `Compare the effective policy of ${first.path} with that of …`);
    if (second === undefined) return;
    await showDifference(first, second);
  }

  async #entityOf(from: unknown): Promise<EntityView | undefined> {
    const target = targetOf(from) ?? (await this.#panel.currentTarget());
    return target === undefined ? undefined : ((await this.#server.request('backupPolicy/entity', target)) ?? undefined);
  }
}

async function showDifference(first: EntityView, second: EntityView): Promise<void> {
  await commands.executeCommand('vscode.diff', effectiveUri(first), effectiveUri(second), `${first.name} ↔ ${second.name} (Effective Policies)`);
}

function targetOf(from: unknown): TargetRef | undefined {
  if (typeof from !== 'object' || from === null) return undefined;
  if ('entity' in from && typeof from.entity === 'object' && from.entity !== null && 'target' in from.entity) return targetOf(from.entity.target);
  if ('organization' in from && 'key' in from && typeof from.organization === 'string' && typeof from.key === 'string') return { organization: from.organization, key: from.key };
  return undefined;
}
