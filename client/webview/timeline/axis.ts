/** The axis of the timeline, and the lines that go from it through every lane. */

import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { TimelineView } from '../../../server/protocol.ts';
import { cells } from './marks.ts';
import { gutter, type Scale } from './scale.ts';
import { hour, type ZoneTime } from './zoneTime.ts';

/** The height of the axis in pixels: months, days, and what is special about a day. */
const axisHeight = 60;

interface Tick {
  readonly time: number;
  readonly label: string;
  readonly strong: boolean;
}

function ticksOf(scale: Scale, clock: ZoneTime): readonly Tick[] {
  const { pixelsPerDay, window } = scale;
  if (pixelsPerDay >= 240) {
    const step = pixelsPerDay >= 720 ? 2 : 6;
    return clock.days(window.from, window.to).flatMap((midnight) => Array.from({ length: 24 / step }, (_, index) => {
      const time = midnight + index * step * hour;
      return { time, label: index === 0 ? dayLabel(midnight, clock, true) : clock.timeText(time), strong: index === 0 };
    })).filter(({ time }) => time >= window.from && time < window.to);
  }
  const unit = pixelsPerDay >= 15 ? 'day' : pixelsPerDay >= 3 ? 'week' : 'month';
  return cells(unit, scale, clock).map(([time]) => {
    const { dayOfMonth, weekdayNumber, month } = clock.face(time);
    const label = unit === 'month' ? month : dayLabel(time, clock, unit === 'day' && pixelsPerDay >= 44);
    return { time, label, strong: unit === 'month' || dayOfMonth === 1 || unit === 'day' && weekdayNumber === 1 };
  }).filter(({ time }) => time >= window.from || unit === 'day');
}

function dayLabel(time: number, clock: ZoneTime, withWeekday: boolean): string {
  const { weekday, dayOfMonth } = clock.face(time);
  return withWeekday ? `${weekday} ${String(dayOfMonth)}` : String(dayOfMonth);
}

/** Months over days, years over months; the first is always said. */
function headings(scale: Scale, clock: ZoneTime): readonly Tick[] {
  const ofYears = scale.pixelsPerDay < 3;
  return cells('month', scale, clock).map(([start]) => ({ start: Math.max(start, scale.window.from), face: clock.face(start) }))
    .filter(({ face }, index) => index === 0 || !ofYears || face.monthNumber === 0)
    .map(({ start, face }) => ({ time: start, label: ofYears ? String(face.year) : `${face.month} ${String(face.year)}`, strong: true }));
}

/** Leaves out labels that would run into another; the first goes where it stands for a part of its day alone. */
function uncrowded(ticks: readonly Tick[], scale: Scale, characterWidth: number): readonly Tick[] {
  let free = 0;
  return ticks.filter(({ time, label }, index) => {
    const x = scale.x(time);
    const next = ticks[index + 1];
    const isPart = index === 0 && time === scale.window.from && next !== undefined && scale.x(next.time) - x < (label.length + 1) * characterWidth;
    if (isPart || x < free || x + label.length * characterWidth > scale.width) {
      return false;
    }
    free = x + (label.length + 1.2) * characterWidth;
    return true;
  });
}

/** The days on which the clocks of the chosen zone change, in the window. */
export function clockChangesIn(view: TimelineView, scale: Scale): TimelineView['zone']['changes'] {
  return view.zone.changes.filter(({ time }) => time >= scale.window.from && time < scale.window.to);
}

/** Months, days, today, and changes of clocks. Everything in it is said elsewhere, too. */
export function axis(view: TimelineView, scale: Scale, clock: ZoneTime): SVGTemplateResult {
  const ticks = ticksOf(scale, clock);
  const nowX = scale.x(view.now);
  const nowIsShown = view.now >= scale.window.from && view.now <= scale.window.to;
  return svg`<svg class="axis" width=${scale.width} height=${axisHeight} aria-hidden="true">
    ${uncrowded(headings(scale, clock), scale, 6.6).map(({ time, label }) => svg`<text class="heading" x=${scale.x(time) + 3} y="12">${label}</text>`)}
    ${ticks.filter(({ time }) => time >= scale.window.from).map(({ time, strong }) => svg`<line class=${strong ? 'tick strong' : 'tick'} x1=${scale.x(time)} x2=${scale.x(time)} y1=${strong ? 3 : 18} y2=${axisHeight} />`)}
    ${uncrowded(ticks.map((tick) => ({ ...tick, time: Math.max(tick.time, scale.window.from) })), scale, 6.4).map(({ time, label }) => svg`<text class="day" x=${scale.x(time) + 3} y="28">${label}</text>`)}
    ${clockChangesIn(view, scale).map(({ time, before, after }) => {
      const x = scale.x(time);
      const label = `clocks ${after > before ? '+' : '−'}${String(Math.abs(after - before) / 60)} h`;
      const left = x + 74 > scale.width;
      return svg`<g class="clock-change"><line x1=${x} x2=${x} y1="32" y2=${axisHeight} /><path d=${`M${String(x)} 33 l5 4.5 l-5 4.5 l-5 -4.5 z`} /><text x=${left ? x - 8 : x + 8} y="42" text-anchor=${left ? 'end' : 'start'}>${label}</text></g>`;
    })}
    ${nowIsShown ? svg`<g class="now"><path d=${`M${String(nowX - 5)} 52 h10 l-5 7 z`} /><text x=${nowX + 8} y="58">now</text></g>` : nothing}
  </svg>`;
}

/** Weekends, days, the changes of clocks and the present, through a lane of this height. */
export function backdrop(view: TimelineView, scale: Scale, clock: ZoneTime, height: number): SVGTemplateResult {
  const { from, to } = scale.window;
  const clip = (time: number): number => Math.min(Math.max(scale.x(time), gutter), scale.right);
  const weekends = scale.pixelsPerDay < 7 ? [] : cells('day', scale, clock).filter(([start]) => [0, 6].includes(clock.face(start).weekdayNumber));
  return svg`<g class="backdrop">
    ${weekends.map(([start, end]) => svg`<rect class="weekend" x=${clip(start)} y="0" width=${clip(end) - clip(start)} height=${height} />`)}
    ${clockChangesIn(view, scale).map(({ time }) => {
      const midnight = clock.startOfDay(time);
      const [x, end] = [clip(midnight), clip(clock.startOfDay(midnight + 36 * hour))];
      return svg`<rect class="changed-day" x=${x} y="0" width=${Math.max(end - x, 3)} height=${height} /><line class="clock-change" x1=${scale.x(time)} x2=${scale.x(time)} y1="0" y2=${height} />`;
    })}
    ${ticksOf(scale, clock).filter(({ time }) => time >= from).map(({ time, strong }) => svg`<line class=${strong ? 'tick strong' : 'tick'} x1=${scale.x(time)} x2=${scale.x(time)} y1="0" y2=${height} />`)}
    ${view.now >= from && view.now <= to ? svg`<line class="now" x1=${scale.x(view.now)} x2=${scale.x(view.now)} y1="0" y2=${height} />` : nothing}
  </g>`;
}
