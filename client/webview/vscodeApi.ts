/** The editor's side of the page. */

import type { PanelMessage } from './messages.ts';

/** What `acquireVsCodeApi` returns, with the page's own messages. */
export interface VsCodeApi<Message = PanelMessage> {
  postMessage(message: Message): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** Given by the editor; can be called once for each page. */
  function acquireVsCodeApi<Message = PanelMessage>(): VsCodeApi<Message>;
}
