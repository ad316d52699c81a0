/** The schedule page: buttons, then the timeline as a picture or as tables. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import type { TimelineView } from '../../../server/protocol.ts';
import { icon } from '../icon.ts';
import { axis } from './axis.ts';
import { laneDrawing, markX, type DrawingContext } from './laneDrawing.ts';
import type { Lane } from './lanes.ts';
import { laneLabel, markLines } from './markWords.ts';
import { scaleOf, type Scale } from './scale.ts';
import { timelineTable } from './table.ts';
import type { GridRow } from './timelineKeys.ts';
import type { TimelineMemory } from './timelineMemory.ts';
import { legend, toolbar, type ToolbarHandlers } from './toolbar.ts';
import { ZoneTime } from './zoneTime.ts';

/** The width of a tooltip in pixels. */
const tooltipWidth = 260;

/** How the page is drawn beside what it remembers. */
export interface TimelineDrawing {
  /** Pixels of a drawing. */
  readonly width: number;
  readonly rows: readonly GridRow[];
  /** The lane or mark that Tab reaches. */
  readonly current: string;
  /** The mark whose tooltip is shown. */
  readonly told: string | undefined;
}

/** What the user does on the page. */
export interface TimelineHandlers extends ToolbarHandlers {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onWheel: (event: WheelEvent) => void;
  /** A lane or mark has the focus or the pointer; undefined when none has. */
  readonly onTell: (event: Event) => void;
  readonly onHide: () => void;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onOpen: (lane: Lane) => void;
}

/** The scale and the clock of a page. */
export function scaleAndClock(view: TimelineView, memory: TimelineMemory, width: number): { readonly scale: Scale; readonly clock: ZoneTime } {
  const window = memory.window ?? { from: view.from, to: view.to };
  return { scale: scaleOf(window, width), clock: new ZoneTime(memory.zone === 'local' ? view.zone : undefined) };
}

/** The page for a view of the server. */
export function timeline(view: TimelineView, memory: TimelineMemory, drawing: TimelineDrawing, handlers: TimelineHandlers): TemplateResult {
  const { scale, clock } = scaleAndClock(view, memory, drawing.width);
  const kinds = new Set(drawing.rows.flatMap(({ lane }) => lane.tracks.map(({ kind }) => kind)));
  return html`${toolbar(view, memory, handlers)}
    ${view.errors.length === 0 ? nothing : html`<div class="timeline-alert">${icon('error')}<div><p>AWS withholds this policy: accounts keep their last valid one, and what is shown here is not in force.</p>${view.errors.map((error) => html`<p class="code">${error}</p>`)}</div></div>`}
    ${view.plans.length === 0 ? html`<div class="welcome"><p>No policy gives ${view.target.name} a plan: nothing is backed up.</p></div>`
      : memory.asTable ? timelineTable(view, scale.window, clock)
        : html`${legend(kinds)}${chart(view, drawing, { view, scale, clock, current: drawing.current }, handlers)}${clockChanges(view)}`}`;
}

function chart(view: TimelineView, { rows, told }: TimelineDrawing, context: DrawingContext, handlers: TimelineHandlers): TemplateResult {
  const { scale, clock, current } = context;
  const period = `${clock.dayText(scale.window.from)} to ${clock.dayText(scale.window.to - 1)}, ${clock.name}`;
  return html`<div class="chart" role="graphics-document" aria-roledescription="timeline" aria-label="Schedule of ${view.target.name}, ${period}" aria-describedby="timeline-hint" @wheel=${handlers.onWheel}>
    <p class="visually-hidden" id="timeline-hint">Arrow keys walk over rules and their backups, plus and minus zoom, Shift with left and right arrow moves in time, Enter opens the rule. Show as Table has the same content as tables.</p>
    <svg class="definitions" width="0" height="0" aria-hidden="true"><defs><pattern id="gap-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6" /></pattern></defs></svg>
    <div class="axis-row">${axis(view, scale, clock)}</div>
    <div role="grid" aria-label="Rules and their backups, ${period}" aria-readonly="true" @keydown=${handlers.onKey} @focusin=${handlers.onFocus} @pointerover=${handlers.onTell} @pointerleave=${handlers.onHide} @focusout=${handlers.onHide}>
      ${rows.map((row) => html`<div role="row" class="lane ${row.lane.kind}">
        ${laneHeader(row.lane, current, handlers)}
        <div class="drawing" role="presentation">${laneDrawing(row.lane, context)}${tooltip(row, told, context)}</div>
      </div>`)}
    </div>
  </div>`;
}

function laneHeader(lane: Lane, current: string, { onOpen }: TimelineHandlers): TemplateResult {
  const { location } = lane;
  return html`<div
    role="rowheader"
    class="lane-header ${location === undefined ? '' : 'opens'}"
    tabindex=${lane.id === current ? 0 : -1}
    data-mark=${lane.id}
    aria-label=${laneLabel(lane)}
    title=${location === undefined ? nothing : 'Open the rule in its policy'}
    @click=${() => { onOpen(lane); }}
  ><span class="lane-title">${lane.kind === 'overlap' ? icon('warning') : nothing}${lane.title}</span>${lane.aside === '' ? nothing : html`<span class="lane-aside">${lane.aside}</span>`}<span class="lane-summary">${lane.summary}</span></div>`;
}

function tooltip({ marks }: GridRow, told: string | undefined, { scale, clock, view }: DrawingContext): TemplateResult | typeof nothing {
  const mark = told === undefined ? undefined : marks.find(({ id }) => id === told);
  if (mark === undefined) {
    return nothing;
  }
  const width = Math.min(tooltipWidth, scale.width - 8);
  const left = Math.min(Math.max(markX(mark, scale) - width / 2, 4), scale.width - width - 4);
  const [title = '', ...lines] = markLines(mark, clock, view.now);
  // As a property: the page's security policy forbids the attribute.
  return html`<div class="tooltip" aria-hidden="true" .style=${`left: ${String(left)}px; width: ${String(width)}px`}><strong>${title}</strong>${lines.map((line) => html`<span>${line}</span>`)}</div>`;
}

/** What the changes of clocks in the period mean; the marks on the axis have no words of their own. */
function clockChanges({ zone }: TimelineView): TemplateResult | typeof nothing {
  if (zone.changes.length === 0) {
    return nothing;
  }
  const diamond = svg`<path class="clock-symbol" d="M8 3 l5 5 l-5 5 l-5 -5 z" />`;
  return html`<ul class="clock-changes" aria-label="Changes of clocks">${zone.changes.map(({ meaning }) => html`<li><svg class="legend-symbol" width="16" height="16" aria-hidden="true">${diamond}</svg><span>${meaning}</span></li>`)}</ul>`;
}
