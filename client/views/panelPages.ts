import { timelineDays, type ReachParams, type TargetRef, type TimelineDays } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { isCascadeParams, type CascadeAnswer } from '../webview/cascade/cascadeShape.ts';
import type { PageId } from '../webview/messages.ts';

/**
 * What a page of the panel needs from the server.
 * @param params what the page asked with, unchecked.
 * @returns what the page draws; it checks the shape.
 */
export type PanelPage = (server: ServerAccess, target: TargetRef, params: unknown) => Promise<unknown>;

/** The cascade of the target, and why the setting that was asked for is not set. */
async function cascadePage(server: ServerAccess, target: TargetRef, params: unknown): Promise<CascadeAnswer | null> {
  const why = isCascadeParams(params) ? params.why : null;
  const [view, answer] = await Promise.all([
    server.request('backupPolicy/cascade', target),
    why === null ? null : server.request('backupPolicy/whyNotSet', { target, path: why }),
  ]);
  return view === null ? null : { view, answer };
}

/** The pages beside the effective policy, each with the request that it stands for. */
export const panelPages: Readonly<Partial<Record<PageId, PanelPage>>> = {
  cascade: cascadePage,
  schedule: (server, target, params) => server.request('backupPolicy/timeline', { target, days: daysOf(params) }),
  resources: (server, target, params) => server.request('backupPolicy/reach', { target, ...reachParams(params) }),
};

/** What the page "Resources" asked with; anything else is an empty inventory. */
function reachParams(params: unknown): Pick<ReachParams, 'inventory' | 'filter'> {
  if (typeof params !== 'object' || params === null) return { inventory: { text: '' } };
  const filter = 'filter' in params && typeof params.filter === 'string' ? params.filter : '';
  if ('uri' in params && typeof params.uri === 'string') return { inventory: { uri: params.uri }, filter };
  return { inventory: { text: 'text' in params && typeof params.text === 'string' ? params.text : '' }, filter };
}

function daysOf(params: unknown): TimelineDays {
  const days: unknown = typeof params === 'object' && params !== null && 'days' in params ? params.days : undefined;
  return timelineDays.find((each) => each === days) ?? timelineDays[0];
}
