import type { ClientAbilities } from './clientAbilities.ts';
import type { RuleLevels } from './core/rules.ts';
import type { InlayHintSettings } from './features/inlayHints/inlayHintSettings.ts';
import type { TargetRef } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** What requests are answered from. */
export interface ServerState {
  readonly workspace: Workspace;
  /** The clock: epoch milliseconds UTC. */
  readonly now: () => number;
  /** Resolves when the folders have been searched: before that, nothing modelled means nothing. */
  readonly opened: Promise<void>;
  /** The target that the user chose last. */
  chosen: TargetRef | undefined;
  /** The levels of rules in the user's settings. */
  levels: RuleLevels;
  /** False when the user has turned code lenses off. */
  codeLens: boolean;
  /** The inlay hints that the user wants. */
  inlayHints: InlayHintSettings;
  /** The zone of local times: an IANA name that the platform knows. */
  timeZone: string;
  /** What the editor can do. */
  client: ClientAbilities;
}
