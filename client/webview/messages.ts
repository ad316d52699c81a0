/**
 * What the side panel and the extension host say to each other. Both sides import this file and check what arrives
 * with its guards, so it holds plain data only: nothing of the page, nothing of the editor.
 */

import type { EffectivePolicyView, TargetRef, ViewLocation } from '../../server/protocol.ts';
import { isEffectivePolicyView, isRecord, isString, isTargetRef, isViewLocation } from './viewShape.ts';

/** What the panel shows: one of its empty states, or the effective policy of the chosen target. */
export type PanelState =
  /** The workspace has no organization model. */
  | { readonly kind: 'noModel' }
  | { readonly kind: 'nothingSelected' }
  | { readonly kind: 'loading' }
  /** The server does not answer; `message` says why, in one sentence. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'policy'; readonly view: EffectivePolicyView };

/** Messages of the extension host. */
export interface HostMessage {
  readonly type: 'state';
  readonly state: PanelState;
}

/** What the panel's buttons ask for; the host runs the command of that name. */
export const panelCommands = ['chooseTarget', 'newModel', 'showJson', 'compare', 'restartServer'] as const;

/** One of {@link panelCommands}. */
export type PanelCommand = (typeof panelCommands)[number];

/** Messages of the panel. */
export type PanelMessage =
  /** The page is loaded and waits for its state; sent again whenever the editor recreates the page. */
  | { readonly type: 'ready' }
  /** Open the file and select the range. */
  | { readonly type: 'reveal'; readonly location: ViewLocation }
  | { readonly type: 'command'; readonly command: PanelCommand }
  /** Show the root, OU or account in the organization tree. */
  | { readonly type: 'openEntity'; readonly target: TargetRef };

/** True for the name of a command that the panel may ask for. */
export function isPanelCommand(value: unknown): value is PanelCommand {
  return panelCommands.some((command) => command === value);
}

/** True for a well-formed message of the panel. The host ignores everything else. */
export function isPanelMessage(value: unknown): value is PanelMessage {
  if (!isRecord(value)) {
    return false;
  }
  switch (value['type']) {
    case 'ready':
      return true;
    case 'reveal':
      return isViewLocation(value['location']);
    case 'command':
      return isPanelCommand(value['command']);
    case 'openEntity':
      return isTargetRef(value['target']);
    default:
      return false;
  }
}

/** True for a well-formed state of the panel. */
export function isPanelState(value: unknown): value is PanelState {
  if (!isRecord(value)) {
    return false;
  }
  switch (value['kind']) {
    case 'noModel':
    case 'nothingSelected':
    case 'loading':
      return true;
    case 'failed':
      return isString(value['message']);
    case 'policy':
      return isEffectivePolicyView(value['view']);
    default:
      return false;
  }
}

/** True for a well-formed message of the extension host. The panel ignores everything else. */
export function isHostMessage(value: unknown): value is HostMessage {
  return isRecord(value) && value['type'] === 'state' && isPanelState(value['state']);
}
