/** The tabs of the panel: the effective policy, and the pages that tell more about the same target. */

import { html, nothing, type TemplateResult } from 'lit';
import { cascadeTab } from './cascade/cascadeTab.ts';
import type { PageId } from './messages.ts';
import type { PanelTab } from './panelTab.ts';
import { resourcesTab } from './resources/resourcesTab.ts';
import { scheduleTab } from './timeline/scheduleTab.ts';

/** The pages in the order of their tabs. */
export const panelTabs: readonly PanelTab[] = [cascadeTab, scheduleTab, resourcesTab];

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
  return html`<nav aria-label="Pages"><div class="tabs" role="tablist" aria-label="What is shown of the effective policy" @keydown=${onKey}>${tabs.map(
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
  )}</div></nav>`;
}
