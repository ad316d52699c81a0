import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../../server/core/cron/parse.ts';
import type { Schedule, ScheduleNote, ScheduleProblem } from '../../../server/core/cron/schedule.ts';

function schedule(fields: string): Schedule {
  const parsed = parseSchedule(`cron(${fields})`);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.schedule;
}

function problems(text: string): readonly ScheduleProblem[] {
  const parsed = parseSchedule(text);
  return parsed.ok ? [] : parsed.problems;
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

describe('a problem stands at the part that is wrong', () => {
  // The marked part of each text is what the problem covers.
  test.each([
    ['[bad]', 'not-cron'], ['[rate(1 day)]', 'rate'], ['cron(0 5 ? * * *)[ ]', 'surrounding-blank'],
    ['[\t]cron(0 5 ? * * *)', 'surrounding-blank'], ['[CRON](0 5 ? * * *)', 'letter-case'],
    ['cron(0 5 ? * * *)[;]', 'not-cron'], ['[cron(0 5 ? * * *]', 'not-cron'], ['[0 5 ? * * *]', 'not-cron'],
    ['[cron(0 5 ? * (1) *)]', 'not-cron'], ['[cron 0 5 ? * * *]', 'not-cron'],
    ['[cron()]', 'field-count'], ['cron([ ])', 'field-count'], ['cron([0 5 ? *])', 'field-count'],
    ['cron([60] 5 ? * * *)', 'field-value'], ['cron(0 [24] ? * * *)', 'field-value'], ['cron(0 5 [32] * ? *)', 'field-value'],
    ['cron(0 5 [0] * ? *)', 'field-value'], ['cron(0 5 1 [13] ? *)', 'field-value'], ['cron(0 5 1 [FOO] ? *)', 'field-value'],
    ['cron(0 5 ? * [0] *)', 'field-value'], ['cron(0 5 ? * 1,[8] *)', 'field-value'], ['cron(0 5 ? * MON-[FR] *)', 'field-value'],
    ['cron(0 5 ? * MON-[5] *)', 'field-value'], ['cron(0 5 ? * 2-[FRI] *)', 'field-value'], ['cron(0 5 ? * [MO] *)', 'field-value'],
    ['cron(0 5 ? * * [1969])', 'field-value'], ['cron(0 5 ? * * [2200])', 'field-value'], ['cron(0 5 ? * * 2030-[9999])', 'field-value'],
    ['cron(0 5 ? * * [2035-2030])', 'range-order'], ['cron(0 5 ? * * [garbage])', 'field-value'],
    ['cron(0/[60] 5 ? * * *)', 'step'], ['cron(*/[60] 5 ? * * *)', 'step'], ['cron(0[/] 5 ? * * *)', 'step'], ['cron(*[/x] 5 ? * * *)', 'step'],
    ['cron(0/5[x] 5 ? * * *)', 'step'], ['cron(0 0/[24] ? * * *)', 'step'], ['cron(0 5 1/[32] * ? *)', 'step'], ['cron(0 5 1 1/[13] ? *)', 'step'],
    ['cron(0 5 ? * 1/[8] *)', 'step'], ['cron([5-] 5 ? * * *)', 'field-value'], ['cron(5-[x] 5 ? * * *)', 'field-value'],
    ['cron([?] 5 ? * * *)', 'misplaced-selector'], ['cron(0 5 1 * ? [?])', 'misplaced-selector'], ['cron([L] 5 ? * * *)', 'misplaced-selector'],
    ['cron(0 5[L] ? * * *)', 'misplaced-selector'], ['cron(0 5 ? * 2[W] *)', 'misplaced-selector'], ['cron(0 5 2[#]1 * ? *)', 'misplaced-selector'],
    ['cron(0 5 2[L] * ? *)', 'misplaced-selector'], ['cron(0 5 L-[31] * ? *)', 'field-value'], ['cron(0 5 [L-] * ? *)', 'field-value'],
    ['cron(0 5 [LX] * ? *)', 'field-value'], ['cron(0 5 [W] * ? *)', 'field-value'], ['cron(0 5 [32]W * ? *)', 'field-value'],
    ['cron(0 5 ? * MON#[6] *)', 'field-value'], ['cron(0 5 ? * MON#[1/2] *)', 'field-value'], ['cron(0 5 ? * MON[#] *)', 'field-value'],
    ['cron(0 5 ? * [1L],2L *)', 'list-with-selector'], ['cron(0 5 1,[L] * ? *)', 'list-with-selector'], ['cron(0 5 ? * MON#2,[TUE#3] *)', 'list-with-selector'],
    ['cron([,] 5 ? * * *)', 'field-value'], ['cron(0 5 ?[/2] * ? *)', 'field-value'],
    ['cron([!] 5 ? * * *)', 'field-value'], ['cron(0 5 [*] * * *)', 'day-fields'], ['cron(0 5 1 * [*] *)', 'day-fields'],
    ['cron(0 5 1 * [MON] *)', 'day-fields'], ['cron(0 5 ? * [?] *)', 'day-fields'], ['cron(0 5 ? * [?,2] *)', 'day-fields'],
  ])('%s: %s', (marked, kind) => {
    const start = marked.indexOf('[');
    const end = marked.lastIndexOf(']') - 1;
    const found = problems(marked.replace('[', '').replace(/\](?=[^\]]*$)/, ''));
    expect(found.map((problem) => ({ kind: problem.kind, start: problem.start, end: problem.end }))).toEqual([{ kind, start, end }]);
  });

  test('every wrong field has one, but the day fields are not compared while one of them is wrong', () => {
    expect(problems('cron(60 24 32 13 8 2200)').map(({ kind, start }) => [kind, start])).toEqual([
      ['field-value', 5], ['field-value', 8], ['field-value', 11], ['field-value', 14], ['field-value', 17], ['field-value', 19],
    ]);
  });

  test('the empty text has an empty one', () => {
    expect(problems('')).toMatchObject([{ kind: 'not-cron', start: 0, end: 0 }]);
  });

  test('and says in its message what AWS does and what the field takes', () => {
    expect(problems('cron(0 5 ? * 0 *)')[0]?.message).toBe('AWS refuses "0" as day-of-week: the week starts with 1 for Sunday, there is no 0. The field takes 1 (Sunday) to 7 (Saturday), SUN to SAT, MON#2, FRIL or ?, with *, lists, ranges and steps.');
  });

  test.each([
    ['rate(1 day)', 'cron(0 5 ? * * *)'], ['rate(12 hours)', 'cron(0 0/12 ? * * *)'], ['rate(60 minutes)', 'cron(0 * ? * * *)'], ['rate(7 days)', 'cron(0 5 ? * SUN *)'],
    ['cron(0 5 * * * *)', 'cron(0 5 ? * * *)'], ['cron(0 5 * * MON *)', 'cron(0 5 ? * MON *)'], ['cron(0 5 1 * * *)', 'cron(0 5 1 * ? *)'], ['cron(0 5 ? * ? *)', 'cron(0 5 ? * * *)'],
    ['cron(0 5 ? * * *) ', 'cron(0 5 ? * * *)'], ['Cron(0 5 ? * * *)', 'cron(0 5 ? * * *)'], ['0 5 ? * * *', 'cron(0 5 ? * * *)'], ['cron(0 5 ? * * *', 'cron(0 5 ? * * *)'],
  ])('%s is mended to %s', (text, mended) => {
    const [problem] = problems(text);
    expect(problem).toBeDefined();
    expect(text.slice(0, problem?.start) + (problem?.replacement ?? '(none)') + text.slice(problem?.end)).toBe(mended);
    expect(problems(mended)).toEqual([]);
  });

  test('a rhythm that the calendar does not know has no mend', () => {
    for (const text of ['rate(5 hours)', 'rate(10 days)', 'rate(x)', 'rate(48 hours)']) expect(problems(text)).toMatchObject([{ kind: 'rate' }]);
    for (const text of ['rate(5 hours)', 'rate(10 days)', 'rate(x)']) expect(problems(text)[0]).not.toHaveProperty('replacement');
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
