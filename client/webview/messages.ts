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

/** The pages of the panel beside the effective policy; each is a tab. */
export const pageIds = ['cascade', 'schedule', 'resources'] as const;

/** One of {@link pageIds}. */
export type PageId = (typeof pageIds)[number];

/** Messages of the extension host. */
export type HostMessage =
  /** `inEditor`: the panel has an editor tab of its own. */
  | { readonly type: 'state'; readonly state: PanelState; readonly inEditor?: boolean }
  /** What a page asked for; `result` has the shape of that page, which checks it. `params` are those that it asked with. */
  | { readonly type: 'page'; readonly page: PageId; readonly params: unknown; readonly result: unknown }
  /** What a page asked for cannot be worked out; `message` says why, in one sentence. */
  | { readonly type: 'pageFailed'; readonly page: PageId; readonly message: string }
  /** Show this page, null for the effective policy; `memory`, when given, takes the place of what the page remembers. */
  | { readonly type: 'open'; readonly page: PageId | null; readonly memory?: unknown };

/** What the panel's buttons ask for; the host runs the command of that name. */
export const panelCommands = ['chooseTarget', 'newModel', 'showJson', 'compare', 'openInEditor', 'chooseInventory', 'restartServer'] as const;

/** One of {@link panelCommands}. */
export type PanelCommand = (typeof panelCommands)[number];

/** Messages of the panel. */
export type PanelMessage =
  /** The page is loaded and waits for its state; sent again whenever the editor recreates the page. */
  | { readonly type: 'ready' }
  /** Open the file and select the range. */
  | { readonly type: 'reveal'; readonly location: ViewLocation }
  | { readonly type: 'command'; readonly command: PanelCommand }
  /** What the page on display needs, again with every change; null for the effective policy, which always comes. */
  | { readonly type: 'ask'; readonly page: PageId | null; readonly params: unknown }
  /** Show the root, OU or account in the organization tree. */
  | { readonly type: 'openEntity'; readonly target: TargetRef };

/** True for the name of a command that the panel may ask for. */
export function isPanelCommand(value: unknown): value is PanelCommand {
  return panelCommands.some((command) => command === value);
}

/** True for the name of a page. */
export function isPageId(value: unknown): value is PageId {
  return pageIds.some((page) => page === value);
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
    case 'ask':
      return value['page'] === null || isPageId(value['page']);
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
  if (!isRecord(value)) {
    return false;
  }
  switch (value['type']) {
    case 'state':
      return isPanelState(value['state']);
    case 'page':
      return isPageId(value['page']);
    case 'pageFailed':
      return isPageId(value['page']) && isString(value['message']);
    case 'open':
      return value['page'] === null || isPageId(value['page']);
    default:
      return false;
  }
}
