/** The tabs of the panel: the effective policy, and the pages that tell more about the same target. */

import { html, nothing, type TemplateResult } from 'lit';
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

/** The pages in the order of their tabs. */
export const panelTabs: readonly PanelTab[] = [];

/** The page of this id, or undefined for the effective policy. */
export function tabOf(page: PageId | undefined): PanelTab | undefined {
  return panelTabs.find((tab) => tab.id === page);
}

/** The id of the element that holds what the tab shows. */
export const tabPanelId = 'tab-panel';

function tabElementId(page: PageId | undefined): string {
  return `tab-${page ?? 'policy'}`;
}

/** The attributes of the element that holds what the tab of `page` shows. */
export function labelOfTabPanel(page: PageId | undefined): string {
  return tabElementId(page);
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The row of tabs; nothing when there is only the effective policy. Arrow keys, Home and End choose a tab at once. */
export function tabList(current: PageId | undefined, onChoose: (page: PageId | undefined) => void): TemplateResult | typeof nothing {
  if (panelTabs.length === 0) {
    return nothing;
  }
  const tabs = [{ id: undefined, title: 'Policy' }, ...panelTabs];
  const onKey = (event: KeyboardEvent): void => {
    const step = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey ? undefined : steps[event.key];
    const chosen = step === undefined ? undefined : tabs[step(tabs.findIndex((tab) => tab.id === current), tabs.length)];
    if (chosen === undefined) {
      return;
    }
    event.preventDefault();
    onChoose(chosen.id);
    document.getElementById(tabElementId(chosen.id))?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="What is shown of the effective policy" @keydown=${onKey}>${tabs.map(
    ({ id, title }) => html`<button
      type="button"
      role="tab"
      class="tab"
      id=${tabElementId(id)}
      aria-controls=${tabPanelId}
      aria-selected=${id === current}
      tabindex=${id === current ? 0 : -1}
      @click=${() => { onChoose(id); }}
    >${title}</button>`,
  )}</div>`;
}
