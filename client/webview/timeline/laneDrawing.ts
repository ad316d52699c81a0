/** One lane of the timeline: its windows, marks, cells and gaps. */

import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { TimelineView } from '../../../server/protocol.ts';
import { backdrop } from './axis.ts';
import type { Lane, Track } from './lanes.ts';
import { countWidth, marksOf, type Mark } from './marks.ts';
import { markLabel } from './markWords.ts';
import { gutter, type Scale } from './scale.ts';
import { symbol } from './symbols.ts';
import { minute, type ZoneTime } from './zoneTime.ts';

/** The height of a track in pixels. */
const trackHeight = 20;
/** Half of the height of a cell. */
const half = 8;
const digitWidth = 6.6;
/** Narrower bars and bands than this say nothing. */
const leastBar = 3;
const leastBand = 12;
const leastTickDistance = 3.5;

/** What a lane is drawn with. */
export interface DrawingContext {
  readonly view: TimelineView;
  readonly scale: Scale;
  readonly clock: ZoneTime;
  /** The id of the lane or mark that Tab reaches. */
  readonly current: string;
}

/** The height of a lane's drawing in pixels. */
export function laneHeight({ tracks }: Lane): number {
  return tracks.length * trackHeight + 4;
}

/** The middle of a mark, in pixels from the left of its drawing. */
export function markX({ times: [first = 0], cell }: Mark, scale: Scale): number {
  return cell === undefined ? scale.x(first) : (scale.x(cell.from) + scale.x(cell.to)) / 2;
}

/** The drawing of a lane; its marks are cells of the lane's row. */
export function laneDrawing(lane: Lane, context: DrawingContext): SVGTemplateResult {
  const { view, scale, clock } = context;
  const height = laneHeight(lane);
  return svg`<svg class=${`lane-drawing ${lane.kind}`} width=${scale.width} height=${height} role="presentation">
    ${backdrop(view, scale, clock, height)}
    ${lane.tracks.map((track, index) => trackDrawing(lane, track, index * trackHeight + trackHeight / 2 + 2, context))}
    ${lane.gaps === undefined ? nothing : gapBands(lane, scale)}
  </svg>`;
}

function trackDrawing(lane: Lane, track: Track, y: number, context: DrawingContext): SVGTemplateResult {
  const marks = marksOf(lane, track, context.scale, context.clock);
  const single = marks.every(({ cell }) => cell === undefined);
  return svg`<g class="track">
    ${track.kind === 'tick' ? nothing : svg`<g class="track-symbol">${symbol(track.kind, 8, y)}</g>`}
    <line class="rail" x1=${gutter} x2=${context.scale.right} y1=${y} y2=${y} />
    ${track.kind === 'start' && single ? windowBars(lane, track, y, context.scale) : nothing}
    ${track.kind === 'tick' ? ticks(marks, y, context.scale) : marks.map((mark) => markDrawing(mark, y, context))}
  </g>`;
}

/** Starts of a plan in one path: they are said by its rules. Those too close to be told apart are one bar. */
function ticks(marks: readonly Mark[], y: number, scale: Scale): SVGTemplateResult {
  const spans = joined(marks.map((mark) => markX(mark, scale)), leastTickDistance);
  const bars = spans.filter(([from, to]) => to - from > leastTickDistance).map(([from, to]) => svg`<rect class="tick-bar" x=${from} y=${y - 3} width=${Math.max(to - leastTickDistance - from, 2)} height="6" />`);
  const lines = spans.filter(([from, to]) => to - from <= leastTickDistance).map(([x]) => `M${String(x)} ${String(y - 4)}v8`);
  return svg`${bars}<path class="symbol tick" d=${lines.join('')} />`;
}

function markDrawing(mark: Mark, y: number, { scale, clock, view, current }: DrawingContext): SVGTemplateResult {
  const x = markX(mark, scale);
  return svg`<g
    class="mark"
    role="gridcell"
    tabindex=${mark.id === current ? 0 : -1}
    data-mark=${mark.id}
    aria-label=${markLabel(mark, clock, view.now)}
  >
    <rect class="target" x=${mark.cell === undefined ? x - 6 : scale.x(mark.cell.from)} y=${y - 10} width=${mark.cell === undefined ? 12 : scale.x(mark.cell.to) - scale.x(mark.cell.from)} height="20" />
    ${mark.cell === undefined ? symbol(mark.track.kind, x, y) : cellDrawing(mark, mark.cell, y, scale)}
  </g>`;
}

function cellDrawing({ track, times }: Mark, cell: NonNullable<Mark['cell']>, y: number, scale: Scale): SVGTemplateResult {
  const [left, right] = [scale.x(cell.from) + 1, scale.x(cell.to) - 1];
  const width = Math.max(right - left, 2);
  const count = String(times.length);
  const textWidth = countWidth(times.length);
  const withSymbol = width >= textWidth + 18;
  const middle = left + width / 2;
  return svg`<rect class=${`cell ${track.kind}`} x=${left} y=${y - half} width=${width} height=${2 * half} rx=${track.kind === 'start' ? 4 : 0} />
    ${withSymbol ? symbol(track.kind, middle - textWidth / 2 - 4, y) : nothing}
    ${width >= textWidth + 2 ? svg`<text class="count" x=${withSymbol ? middle + 6 : middle} y=${y + 4} text-anchor="middle">${count}</text>` : nothing}`;
}

/** The start window as a bar behind each start, the completion window as a line below it; windows that meet are one. */
function windowBars({ windows }: Lane, track: Track, y: number, scale: Scale): SVGTemplateResult | typeof nothing {
  if (windows === undefined) {
    return nothing;
  }
  const bars = (minutes: number, className: string, top: number, height: number): readonly SVGTemplateResult[] =>
    joined(track.times, minutes * minute).flatMap(([from, to]) => {
      const [left, right] = [Math.max(scale.x(from), gutter), Math.min(scale.x(to), scale.right)];
      return right - left < leastBar ? [] : [svg`<rect class=${className} x=${left} y=${top} width=${right - left} height=${height} />`];
    });
  return svg`${bars(windows.completion.minutes, 'completion-window', y + 5, 3)}${bars(windows.start.minutes, 'start-window', y - 5, 10)}`;
}

function joined(starts: readonly number[], length: number): readonly (readonly [from: number, to: number])[] {
  const spans: [number, number][] = [];
  for (const start of starts) {
    const last = spans.at(-1);
    if (last !== undefined && start <= last[1]) {
      last[1] = start + length;
    } else {
      spans.push([start, start + length]);
    }
  }
  return spans;
}

/**
 * The longest gaps as hatched bands, labelled; where all or many gaps are equal, the first one stands for all. Gaps
 * too short to be seen are told by the lane's words alone.
 */
function gapBands({ gaps }: Lane, scale: Scale): SVGTemplateResult | typeof nothing {
  if (gaps === undefined) {
    return nothing;
  }
  const shown = (gaps.places.length === 0 ? [gaps.largest] : gaps.places).filter(({ from, to }) => to > scale.window.from && from < scale.window.to && scale.x(to) - scale.x(from) >= leastBand);
  const few = shown.length > 8 ? shown.slice(0, 1) : shown;
  const y = 12;
  const bands = few.map(({ from, to }, index) => {
    const [left, right] = [Math.max(scale.x(from), gutter), Math.min(scale.x(to), scale.right)];
    const label = `${gaps.largestText}${gaps.places.length === 0 ? ' apart' : ' gap'}`;
    const room = label.length * digitWidth;
    const inside = right - left > room + 12;
    const middle = (left + right) / 2;
    const x = inside ? middle : Math.min(right + 5, scale.width - room - 2);
    return svg`<rect class="gap" x=${left} y=${y - 8} width=${Math.max(right - left, 2)} height="16" />
      <path class="gap-edge" d=${`M${String(left)} ${String(y - 8)} v16 M${String(right)} ${String(y - 8)} v16 M${String(left)} ${String(y)} H${String(right)}`} />
      ${index > 0 && !inside ? nothing : svg`<rect class="gap-label-ground" x=${(inside ? middle - room / 2 : x) - 3} y=${y - 7} width=${room + 6} height="14" /><text class="gap-label" x=${x} y=${y + 4} text-anchor=${inside ? 'middle' : 'start'}>${label}</text>`}`;
  });
  return svg`<g class="gaps">${bands}</g>`;
}
