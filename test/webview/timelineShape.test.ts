import { describe, expect, test } from 'vitest';
import { readTimelineMemory } from '../../client/webview/timeline/timelineMemory.ts';
import { isTimelineView } from '../../client/webview/timeline/timelineShape.ts';
import { sampleTimeline } from './timelineViews.ts';

describe('what arrives', () => {
  test('of the server is taken, of anybody else is not', () => {
    expect(isTimelineView(sampleTimeline(14))).toBe(true);
    const view = sampleTimeline(14);
    for (const wrong of [null, {}, { ...view, plans: undefined }, { ...view, plans: [{}] }, { ...view, days: 15 }]) expect(isTimelineView(wrong)).toBe(false);
  });

  test.each([[undefined], ['x'], [{ days: 15, zone: 'mars', window: { from: 2, to: 1 } }]])('of the memory %j counts as nothing', (memory) => {
    expect(readTimelineMemory(memory)).toEqual({ days: 14, zone: 'utc', asTable: false });
  });
});
