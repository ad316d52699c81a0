import { window, type ExtensionContext, type QuickPickItem } from 'vscode';
import type { EntityView, TargetRef } from '../../server/protocol.ts';
import type { ModelChanges } from '../commands/modelChanges.ts';
import { namedPolicy } from '../commands/namedPolicy.ts';
import { pickTarget } from '../pickTarget.ts';
import { plainMessage } from '../plainMessage.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { TargetChoice } from '../targetChoice.ts';
import { instant } from './operationSummary.ts';

const key = 'canaryAttachments';

/** A policy that is attached to one place first and is meant for a target at or above it. `at`: epoch milliseconds UTC. */
interface Canary {
  readonly organization: string;
  readonly policy: string;
  readonly place: { readonly key: string; readonly path: string };
  readonly target: { readonly key: string; readonly path: string };
  readonly at: number;
}

/** Attaching to one account or OU first, looking what comes of it, and going on later. Open ones are kept with the workspace. */
export class CanaryAttachments {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #choice: TargetChoice;
  readonly #changes: ModelChanges;

  constructor(context: ExtensionContext, server: ServerAccess, choice: TargetChoice, changes: ModelChanges) {
    this.#context = context;
    this.#server = server;
    this.#choice = choice;
    this.#changes = changes;
  }

  /** @param from a document's URI; without one the active policy, else one that is asked for. */
  async attach(from?: unknown): Promise<void> {
    const policy = await namedPolicy(this.#server, from);
    if (policy === undefined) return;
    const { organization, policy: name } = policy.name;
    const target = await pickTarget(this.#server, this.#choice, `Choose the target that ${name} is meant for in the end`);
    if (target?.target.organization !== organization) return;
    const place = await this.#pickBelow(target);
    if (place === undefined) return;
    if (!(await this.#changes.make({ type: 'attach', organization, policy: policy.argument, targets: [place.target.key] }))) return;
    if (place.target.key === target.target.key) return;
    const canary: Canary = { organization, policy: name, place: { key: place.target.key, path: place.path }, target: { key: target.target.key, path: target.path }, at: Date.now() };
    await this.#remember([...this.#open, canary]);
    const [goOn, later] = [`Continue with ${target.path}`, 'Later'];
    if ((await window.showInformationMessage(plainMessage(`${name} is attached to ${place.path} first. See whether its backups come as they should, then continue with ${target.path}.`), goOn, later)) === goOn) await this.#continue(canary);
  }

  /** Lists what is attached to one place first; choosing one goes on with it. */
  async continue(): Promise<void> {
    const rows: (QuickPickItem & { readonly canary: Canary })[] = this.#open.map((canary) => ({ label: canary.policy, description: `${canary.place.path} → ${canary.target.path}`, detail: `attached first on ${instant(canary.at)}`, canary }));
    if (rows.length === 0) {
      void window.showInformationMessage('No policy is attached to one account or OU first. "Attach to One Account or OU First" begins with one.');
      return;
    }
    const picked = await window.showQuickPick(rows, { title: 'Continue Canary Attachment', placeHolder: 'Choose the policy to attach to its target; it is detached from the place where it was attached first', matchOnDescription: true });
    if (picked !== undefined) await this.#continue(picked.canary);
  }

  async #continue(canary: Canary): Promise<void> {
    const { organization, policy, place, target } = canary;
    const [goOn, forget, attach] = ['Continue', 'Forget It', `Attach to ${target.path}…`];
    const at = await this.#entity({ organization, key: place.key });
    if (at === null || (await this.#entity({ organization, key: target.key })) === null) {
      const choice = await window.showWarningMessage(plainMessage(`${place.path} or ${target.path} is no longer in the model, so ${policy} cannot go on from one to the other.`), forget);
      if (choice === forget) await this.#forget(canary);
      return;
    }
    if (!at.policies.some(({ name }) => name === policy)) {
      const choice = await window.showWarningMessage(plainMessage(`${policy} is no longer attached to ${place.path}, so it cannot go on from there to ${target.path}.`), attach, forget);
      if (choice === forget || (choice === attach && (await this.#changes.make({ type: 'attach', organization, policy, targets: [target.key] })))) await this.#forget(canary);
      return;
    }
    if (await this.#changes.make({ type: 'move', organization, policy, from: place.key, to: target.key })) {
      await this.#forget(canary);
      return;
    }
    const choice = await window.showInformationMessage(plainMessage(`${policy} stays attached to ${place.path}.`), goOn, forget);
    if (choice === goOn) await this.#continue(canary);
    else if (choice === forget) await this.#forget(canary);
  }

  async #pickBelow(target: EntityView): Promise<EntityView | undefined> {
    const below = (await this.#server.request('backupPolicy/entities', null)).filter((entity) => entity.target.organization === target.target.organization && (entity.path === target.path || entity.path.startsWith(`${target.path}/`)));
    // Accounts reach the fewest, so they come first.
    const rows = below.map((entity) => ({ label: entity.name, description: entity.path, detail: entity.kind === 'account' ? 'account' : `${String(entity.accounts)} accounts`, entity })).sort((one, other) => one.entity.accounts - other.entity.accounts);
    return (await window.showQuickPick(rows, { title: 'Attach to One Account or OU First', placeHolder: `Choose where to attach first, at or below ${target.path}`, matchOnDescription: true }))?.entity;
  }

  async #entity(ref: TargetRef): Promise<EntityView | null> {
    return this.#server.request('backupPolicy/entity', ref);
  }

  get #open(): readonly Canary[] {
    return this.#context.workspaceState.get<readonly Canary[]>(key, []);
  }

  async #forget(canary: Canary): Promise<void> {
    await this.#remember(this.#open.filter((each) => each.at !== canary.at || each.policy !== canary.policy));
  }

  async #remember(canaries: readonly Canary[]): Promise<void> {
    await this.#context.workspaceState.update(key, canaries);
  }
}
