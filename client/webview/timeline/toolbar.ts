/** The buttons over the timeline, and what the shapes mean. */

import { html, svg, type TemplateResult } from 'lit';
import { timelineDays, type TimelineDays, type TimelineView } from '../../../server/protocol.ts';
import { icon } from '../icon.ts';
import type { EventKind } from './lanes.ts';
import { symbol } from './symbols.ts';
import type { TimelineMemory } from './timelineMemory.ts';

/** What the buttons do. */
export interface ToolbarHandlers {
  readonly onDays: (days: TimelineDays) => void;
  readonly onZone: (zone: TimelineMemory['zone']) => void;
  readonly onTable: (asTable: boolean) => void;
  /** Less than 1 shows a shorter part. */
  readonly onZoom: (factor: number) => void;
  /** A share of what is shown, negative for earlier. */
  readonly onPan: (share: number) => void;
}

function choice(label: string, pressed: boolean, onClick: () => void, title = label): TemplateResult {
  return html`<button type="button" class="choice" aria-pressed=${pressed} title=${title} @click=${onClick}>${label}</button>`;
}

function command(name: string, label: string, disabled: boolean, onClick: () => void): TemplateResult {
  return html`<button type="button" class="choice icon-choice" aria-label=${label} title=${label} ?disabled=${disabled} @click=${onClick}>${icon(name)}</button>`;
}

/** Period, zone, zoom, and picture or table. */
export function toolbar(view: TimelineView, memory: TimelineMemory, handlers: ToolbarHandlers): TemplateResult {
  const { window, asTable } = memory;
  const all = window === undefined;
  return html`<div class="timeline-toolbar">
    <div class="choices" role="group" aria-label="Period">${timelineDays.map((days) => choice(`${String(days)} Days`, view.days === days && all, () => { handlers.onDays(days); }))}</div>
    <div class="choices" role="group" aria-label="Zoom">
      ${command('zoom-in', 'Zoom In (+)', false, () => { handlers.onZoom(0.5); })}${command('zoom-out', 'Zoom Out (−)', all, () => { handlers.onZoom(2); })}${command('arrow-left', 'Earlier (Shift+Left Arrow)', all || window.from <= view.from, () => { handlers.onPan(-0.5); })}${command('arrow-right', 'Later (Shift+Right Arrow)', all || window.to >= view.to, () => { handlers.onPan(0.5); })}
    </div>
    ${view.zone.name === 'UTC' ? '' : html`<div class="choices" role="group" aria-label="Time Zone">
      ${choice('UTC', memory.zone === 'utc', () => { handlers.onZone('utc'); }, 'Times in UTC, by which AWS runs schedules')}${choice(view.zone.name, memory.zone === 'local', () => { handlers.onZone('local'); }, 'Times in the zone of the setting awsBackupPolicy.timeZone')}
    </div>`}
    <div class="choices">${choice('Show as Table', asTable, () => { handlers.onTable(!asTable); })}</div>
  </div>`;
}

const meanings: readonly (readonly [EventKind, string])[] = [
  ['start', 'start'],
  ['copy', 'copy'],
  ['move', 'to cold storage'],
  ['deletion', 'deletion'],
  ['overlap', 'overlap'],
];

/** The meaning of each shape that is drawn. */
export function legend(kinds: ReadonlySet<EventKind>): TemplateResult {
  return html`<ul class="legend" aria-label="Symbols">
    ${meanings.filter(([kind]) => kinds.has(kind)).map(([kind, meaning]) => html`<li>${legendSymbol(svg`${symbol(kind, 8, 8)}`)}${meaning}</li>`)}
    <li>${legendSymbol(svg`<rect class="start-window" x="1" y="3" width="14" height="10" />`)}start window</li>
    <li>${legendSymbol(svg`<rect class="completion-window" x="1" y="7" width="14" height="3" />`)}completion window</li>
    <li>${legendSymbol(svg`<rect class="gap" x="1" y="2" width="14" height="12" /><path class="gap-edge" d="M1.5 2 v12 M14.5 2 v12 M1 8 h14" />`)}longest gap</li>
    <li>${legendSymbol(svg`<rect class="cell start" x="1" y="2" width="14" height="12" rx="4" />`)}several, with their number</li>
  </ul>`;
}

function legendSymbol(content: unknown): TemplateResult {
  return html`<svg class="legend-symbol" width="16" height="16" aria-hidden="true">${content}</svg>`;
}
