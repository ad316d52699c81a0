import { EventEmitter, type Event, type ExtensionContext } from 'vscode';
import type { TargetRef } from '../server/protocol.ts';
import type { ServerAccess } from './serverAccess.ts';

const chosenKey = 'chosenTarget';
const recentKey = 'recentTargets';
const maximumRecent = 5;

/** The root, OU or account that the user chose last, kept for the workspace. */
export class TargetChoice {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #changed = new EventEmitter<void>();

  constructor(context: ExtensionContext, server: ServerAccess) {
    this.#context = context;
    this.#server = server;
    void server.choose(this.chosen ?? null);
  }

  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  get chosen(): TargetRef | undefined {
    return this.#context.workspaceState.get<TargetRef>(chosenKey);
  }

  /** The last targets, the newest first. */
  get recent(): readonly TargetRef[] {
    return this.#context.workspaceState.get<readonly TargetRef[]>(recentKey, []);
  }

  async choose(target: TargetRef): Promise<void> {
    const others = this.recent.filter((each) => each.key !== target.key || each.organization !== target.organization);
    await this.#context.workspaceState.update(recentKey, [target, ...others].slice(0, maximumRecent));
    await this.#context.workspaceState.update(chosenKey, target);
    await this.#server.choose(target);
    this.#changed.fire();
  }
}
