import { EventEmitter, type Event, type ExtensionContext } from 'vscode';
import type { TargetRef } from '../server/protocol.ts';
import type { ServerAccess } from './serverAccess.ts';
import { sameTarget } from './targetItems.ts';

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

  /** Puts targets that were used on top of the next list. */
  async remember(targets: readonly TargetRef[]): Promise<void> {
    const others = this.recent.filter((each) => !targets.some((target) => sameTarget(each, target)));
    await this.#context.workspaceState.update(recentKey, [...targets, ...others].slice(0, maximumRecent));
  }

  async choose(target: TargetRef): Promise<void> {
    await this.remember([target]);
    await this.#context.workspaceState.update(chosenKey, target);
    await this.#server.choose(target);
    this.#changed.fire();
  }
}
