/** The tab "Schedule" of the panel. */

import { html, type TemplateResult } from 'lit';
import type { PanelTab } from '../panelTab.ts';
import './timelineElement.ts';
import type { TimelineHost } from './timelineElement.ts';
import { readTimelineMemory } from './timelineMemory.ts';
import { isTimelineView } from './timelineShape.ts';

/** Asks for a timeline with `days` alone: the target is that of the panel. */
export const scheduleTab: PanelTab = {
  id: 'schedule',
  title: 'Schedule',
  params: (memory) => ({ days: readTimelineMemory(memory).days }),
  render: (result, { memory, remember, ask, reveal, busy }): TemplateResult => {
    if (!isTimelineView(result)) {
      return busy ? html`` : html`<div class="welcome"><p>The server gives no schedule for this target.</p></div>`;
    }
    const host: TimelineHost = { remember, ask: (days) => { ask({ days }); }, reveal };
    return html`<backup-timeline .view=${result} .memory=${readTimelineMemory(memory)} .host=${host}></backup-timeline>`;
  },
};
