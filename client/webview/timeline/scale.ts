/** Where moments lie on the drawing. */

import type { TimeWindow } from './timelineMemory.ts';

/** Room for the symbols of the tracks on the left, and for half a mark on the right, in pixels. */
export const gutter = 20;
const rightPadding = 10;

/** From moments to pixels. */
export interface Scale {
  readonly window: TimeWindow;
  /** Of the whole drawing. */
  readonly width: number;
  readonly right: number;
  readonly pixelsPerDay: number;
  readonly x: (time: number) => number;
  /** The moment at a pixel. */
  readonly time: (x: number) => number;
}

/** The scale of a drawing that is `width` pixels wide. */
export function scaleOf(window: TimeWindow, width: number): Scale {
  const span = window.to - window.from;
  const inner = Math.max(width - gutter - rightPadding, 1);
  return {
    window,
    width,
    right: gutter + inner,
    pixelsPerDay: inner / span * 86_400_000,
    x: (time) => gutter + (time - window.from) / span * inner,
    time: (x) => window.from + (x - gutter) / inner * span,
  };
}

/** Least part of a period that is drawn: six hours. */
const leastSpan = 6 * 3_600_000;

/** A window around a moment that stays where it is, inside the period. */
export function zoomed(window: TimeWindow, period: TimeWindow, factor: number, around: number): TimeWindow {
  const span = Math.min(Math.max((window.to - window.from) * factor, leastSpan), period.to - period.from);
  const share = (around - window.from) / (window.to - window.from);
  return within({ from: around - share * span, to: around + (1 - share) * span }, period);
}

/** A window moved by a share of its own length, inside the period. */
export function panned(window: TimeWindow, period: TimeWindow, share: number): TimeWindow {
  const shift = (window.to - window.from) * share;
  return within({ from: window.from + shift, to: window.to + shift }, period);
}

/** Pushes a window back into the period; one that is longer becomes the period. */
export function within({ from, to }: TimeWindow, period: TimeWindow): TimeWindow {
  const span = to - from;
  if (span >= period.to - period.from) {
    return { from: period.from, to: period.to };
  }
  const start = Math.round(Math.min(Math.max(from, period.from), period.to - span));
  return { from: start, to: Math.round(start + span) };
}
