/** What a page beside the effective policy is to the panel. */

import type { TemplateResult } from 'lit';
import type { EffectivePolicyView, ViewLocation } from '../../server/protocol.ts';
import type { PageId, PanelCommand } from './messages.ts';

/** What a page can do and knows while it is drawn. */
export interface TabContext {
  /** The effective policy of the target. */
  readonly view: EffectivePolicyView;
  /** What the page remembered last; undefined at first. It outlives the page, so its shape must be checked. */
  readonly memory: unknown;
  /** Remembers plain data and draws the page again. */
  readonly remember: (memory: unknown) => void;
  /** Asks the server again, with other params; the last result stays until the answer comes. */
  readonly ask: (params: unknown) => void;
  /** True while an answer is awaited. */
  readonly busy: boolean;
  /** Opens the file and selects the range. */
  readonly reveal: (location: ViewLocation) => void;
  readonly onCommand: (command: PanelCommand) => void;
}

/** A page beside the effective policy. */
export interface PanelTab {
  readonly id: PageId;
  /** The label of its tab. */
  readonly title: string;
  /** With what the server is asked when the page opens. */
  readonly params: (memory: unknown) => unknown;
  /** Draws an answer of the server; the page checks its shape. Undefined until the first answer. */
  readonly render: (result: unknown, context: TabContext) => TemplateResult;
}
