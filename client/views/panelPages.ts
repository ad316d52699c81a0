import type { TargetRef } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { PageId } from '../webview/messages.ts';

/**
 * What a page of the panel needs from the server.
 * @param params what the page asked with, unchecked.
 * @returns what the page draws; it checks the shape.
 */
export type PanelPage = (server: ServerAccess, target: TargetRef, params: unknown) => Promise<unknown>;

/** The pages beside the effective policy, each with the request that it stands for. */
export const panelPages: Readonly<Partial<Record<PageId, PanelPage>>> = {};
