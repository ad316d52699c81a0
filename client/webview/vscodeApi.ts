/** The editor's side of the page. */

import type { PanelMessage } from './messages.ts';

/** What `acquireVsCodeApi` returns, with the panel's own messages. */
export interface VsCodeApi {
  postMessage(message: PanelMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** Given by the editor; can be called once for each page. */
  function acquireVsCodeApi(): VsCodeApi;
}
