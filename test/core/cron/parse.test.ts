import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../../server/core/cron/parse.ts';
import type { Schedule, ScheduleNote } from '../../../server/core/cron/schedule.ts';

function schedule(fields: string): Schedule {
  const parsed = parseSchedule(`cron(${fields})`);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.schedule;
}

function notes(text: string): readonly ScheduleNote[] {
  const parsed = parseSchedule(text);
  return parsed.ok ? parsed.notes : [];
}

describe('values', () => {
  test.each([
    ['0', [0]], ['07', [7]], ['0,59', [0, 59]], ['5,5', [5]], ['5-5', [5]], ['1/59', [1]], ['0/59', [0, 59]],
    ['0/20', [0, 20, 40]], ['*/20', [0, 20, 40]], ['/20', [0, 20, 40]], ['5-10/2', [5, 7, 9]], ['0-30/60', [0]],
    ['58-1', [0, 1, 58, 59]], ['50-10/10', [0, 10, 50]], ['1,,2', [1, 2]], [',3,', [3]], ['7/0', [7]], ['3-9/0', [3]],
    ['5x', [5]], ['1-3x', [1, 2, 3]], ['0/30x', [0, 30]],
  ])('minutes %s are %j', (text, values) => {
    expect(schedule(`${text} 5 ? * * *`).minutes).toEqual(values);
  });

  test('every value', () => {
    for (const text of ['*', '*/1', '*/0', '**', '0/1', '0-59']) expect(schedule(`${text} 5 ? * * *`).minutes).toHaveLength(60);
    expect(schedule('0 * ? * * *').hours).toHaveLength(24);
    expect(schedule('0 5 ? * * *').months).toHaveLength(12);
    expect(schedule('0 5 ? * * *').years).toHaveLength(230);
    expect(schedule('0 5 ? * *').years).toHaveLength(230);
  });

  test.each([['20-2', [0, 1, 2, 20, 21, 22, 23]], ['20-2/3', [2, 20, 23]], ['5/1', [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]], ['5/12', [5, 17]], ['0/23', [0, 23]]])('hours %s are %j', (text, values) => {
    expect(schedule(`0 ${text} ? * * *`).hours).toEqual(values);
  });

  test.each([['NOV-FEB', [1, 2, 11, 12]], ['jan,Jul', [1, 7]], ['*/3', [1, 4, 7, 10]], ['JAN/2', [1]], ['JANUARY', [1]], ['1/12', [1]], ['10-3/2', [2, 10, 12]]])('months %s are %j', (text, values) => {
    expect(schedule(`0 5 1 ${text} ? *`).months).toEqual(values);
  });

  test.each([['2030', [2030]], ['2030-2032', [2030, 2031, 2032]], ['2190/4', [2190, 2194, 2198]], ['2030,2040', [2030, 2040]], ['1970/300', [1970]]])('years %s are %j', (text, values) => {
    expect(schedule(`0 5 1 1 ? ${text}`).years).toEqual(values);
  });
});

describe('days', () => {
  test.each([
    ['1,15', { kind: 'days-of-month', days: [1, 15] }],
    ['30-2', { kind: 'days-of-month', days: [1, 2, 30, 31] }],
    ['1/28', { kind: 'days-of-month', days: [1, 29] }],
    ['1/31', { kind: 'days-of-month', days: [1] }],
    ['1-5W', { kind: 'days-of-month', days: [1, 2, 3, 4, 5] }],
    ['1W,15W', { kind: 'nearest-weekday', day: 1 }],
    ['20,15W', { kind: 'nearest-weekday', day: 15 }],
    ['15w', { kind: 'nearest-weekday', day: 15 }],
    ['L', { kind: 'last-day', offset: 0, nearestWeekday: false }],
    ['LW', { kind: 'last-day', offset: 0, nearestWeekday: true }],
    ['L-30', { kind: 'last-day', offset: 30, nearestWeekday: false }],
    ['l-3w', { kind: 'last-day', offset: 3, nearestWeekday: true }],
  ])('of the month %s', (text, days) => {
    expect(schedule(`0 5 ${text} * ? *`).days).toEqual(days);
  });

  test.each([
    ['1', { kind: 'weekdays', weekdays: [1] }],
    ['L', { kind: 'weekdays', weekdays: [7] }],
    ['SAT-SUN', { kind: 'weekdays', weekdays: [1, 7] }],
    ['7-2', { kind: 'weekdays', weekdays: [1, 2, 7] }],
    ['mon,WED', { kind: 'weekdays', weekdays: [2, 4] }],
    ['MON-FRI/2', { kind: 'weekdays', weekdays: [2, 3, 4, 5, 6] }],
    ['2-6/2', { kind: 'weekdays', weekdays: [2, 4, 6] }],
    ['1-2L', { kind: 'weekdays', weekdays: [1, 2] }],
    ['MONL', { kind: 'last-weekday', weekday: 2 }],
    ['6L', { kind: 'last-weekday', weekday: 6 }],
    ['MON#1', { kind: 'nth-weekday', weekday: 2, nth: 1 }],
    ['1#1,2', { kind: 'nth-weekday', weekday: 1, nth: 1 }],
    ['1,2#1', { kind: 'nth-weekday', weekday: 1, nth: 1 }],
    ['3#5', { kind: 'nth-weekday', weekday: 3, nth: 5 }],
  ])('of the week %s', (text, days) => {
    expect(schedule(`0 5 ? * ${text} *`).days).toEqual(days);
  });
});

describe('a note tells how AWS reads an oddity', () => {
  test.each([
    ['cron(0 5 1 * ?)', 'missing-year', 'cron(0 5 1 * ? *)'],
    ['cron(0 5 1 * ? * garbage here)', 'surplus-fields', 'cron(0 5 1 * ? * )'],
    ['cron(0 5 1W,15W * ? *)', 'list-with-selector', 'cron(0 5 1W * ? *)'],
    ['cron(0 5 ? * 1,2#1 *)', 'list-with-selector', 'cron(0 5 ? * 1#1 *)'],
    ['cron(0 5 ?,3 * 2 *)', 'list-with-selector', 'cron(0 5 ? * 2 *)'],
    ['cron(0 5 1-5W * ? *)', 'ignored-text', 'cron(0 5 1-5 * ? *)'],
    ['cron(0 5 ? * 1-2L *)', 'ignored-text', 'cron(0 5 ? * 1-2 *)'],
    ['cron(0 5 ? * MON-FRI/2 *)', 'ignored-text', 'cron(0 5 ? * MON-FRI *)'],
    ['cron(0 5 ? * MONDAY *)', 'ignored-text', 'cron(0 5 ? * MON *)'],
    ['cron(0 5 1 JAN-JUNI ? *)', 'ignored-text', 'cron(0 5 1 JAN-JUN ? *)'],
    ['cron(0 5:30 ? * * *)', 'ignored-text', 'cron(0 5 ? * * *)'],
    ['cron(0 5 ? * LW *)', 'ignored-text', 'cron(0 5 ? * L *)'],
    ['cron(0 5 ?x * 2 *)', 'ignored-text', 'cron(0 5 ? * 2 *)'],
    ['cron(0 5 15WX * ? *)', 'ignored-text', 'cron(0 5 15W * ? *)'],
    ['cron(0 5 ? * 2C *)', 'ignored-text', 'cron(0 5 ? * 2 *)'],
    ['cron(0 5 20,15W * ? *)', 'list-with-selector', 'cron(0 5 15W * ? *)'],
    ['cron(0 5 ? * MON,TUE#1 *)', 'list-with-selector', 'cron(0 5 ? * MON#1 *)'],
    ['cron(0 5 3/0 * ? *)', 'zero-step', 'cron(0 5 3 * ? *)'],
    ['cron(0 */0 ? * * *)', 'zero-step', 'cron(0 * ? * * *)'],
    ['cron(0 5,9-12/00 ? * * *)', 'zero-step', 'cron(0 5,9 ? * * *)'],
    ['cron(,5 5 ? * * *)', 'empty-element', 'cron(5 5 ? * * *)'],
    ['cron(1,,2 5 ? * * *)', 'empty-element', 'cron(1,2 5 ? * * *)'],
  ])('%s: %s, plainly %s', (text, kind, plain) => {
    const found = notes(text);
    expect(found).toMatchObject([{ kind }]);
    const [note] = found;
    expect(text.slice(0, note?.start) + (note?.replacement ?? '(none)') + text.slice(note?.end)).toBe(plain);
    expect(parseSchedule(plain)).toEqual({ ok: true, schedule: schedule(text.slice(5, -1)), notes: [] });
  });

  test('and a step after names is offered in numbers', () => {
    expect(notes('cron(0 5 ? * mon-fri/2 *)')[0]?.message).toBe('AWS reads "MON-FRI/2" as MON-FRI and ignores "/2". For a step write numbers: 2-6/2.');
  });

  test.each(['cron(0 5 ? * * *)', 'cron( 0  5\t? * * * )', 'cron(00 16 ? * mon,TUE 2030/2)', 'cron(0 5 L-3W * ? *)', 'cron(0 5 ? * L *)'])('%s has none', (text) => {
    expect(parseSchedule(text)).toMatchObject({ ok: true, notes: [] });
  });
});
