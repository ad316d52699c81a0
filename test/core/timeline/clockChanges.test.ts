import { describe, expect, test } from 'vitest';
import { zoneClock } from '../../../server/core/timeline/clockChanges.ts';

function changes(timeZone: string, from: string, to: string): readonly unknown[] {
  return zoneClock(timeZone, Date.parse(from), Date.parse(to)).changes.map(({ time, before, after }) => [new Date(time).toISOString(), before, after]);
}

describe('the clocks of a zone', () => {
  test.each([
    ['Europe/Berlin', '2026-10-20', '2027-10-20', [['2026-10-25T01:00:00.000Z', 120, 60], ['2027-03-28T01:00:00.000Z', 60, 120]]],
    ['America/New_York', '2026-10-20', '2027-10-20', [['2026-11-01T06:00:00.000Z', -240, -300], ['2027-03-14T07:00:00.000Z', -300, -240]]],
    ['Australia/Lord_Howe', '2026-03-01', '2026-10-20', [['2026-04-04T15:00:00.000Z', 660, 630], ['2026-10-03T15:30:00.000Z', 630, 660]]],
    ['Asia/Kolkata', '2026-01-01', '2027-01-01', []],
    ['UTC', '2026-01-01', '2027-01-01', []],
    ['Europe/Berlin', '2026-10-26', '2026-11-09', []],
  ])('of %s change from %s to %s', (timeZone, from, to, expected) => {
    expect(changes(timeZone, from, to)).toEqual(expected);
  });

  test('a change in the last hours of the period counts, and one at its end does, too', () => {
    expect(changes('Europe/Berlin', '2026-10-20', '2026-10-25T01:00:00Z')).toHaveLength(1);
    expect(changes('Europe/Berlin', '2026-10-20', '2026-10-25T00:59:00Z')).toHaveLength(0);
  });

  test.each([['Europe/Berlin', 120], ['America/New_York', -240], ['Asia/Kolkata', 330], ['Pacific/Chatham', 825]])('start in %s %i minutes ahead of UTC', (timeZone, offset) => {
    expect(zoneClock(timeZone, Date.parse('2026-10-20'), Date.parse('2026-10-21')).offset).toBe(offset);
  });

  test('a name that is no zone counts as UTC', () => {
    expect(zoneClock('Middle-earth/Shire', 0, 86_400_000)).toEqual({ offset: 0, changes: [] });
  });
});
