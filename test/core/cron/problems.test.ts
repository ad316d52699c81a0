import { describe, expect, test } from 'vitest';
import { mendedSchedule } from '../../../server/core/cron/mend.ts';
import { parseSchedule } from '../../../server/core/cron/parse.ts';
import type { ScheduleProblem } from '../../../server/core/cron/schedule.ts';

function problems(text: string): readonly ScheduleProblem[] {
  const parsed = parseSchedule(text);
  return parsed.ok ? [] : parsed.problems;
}

// The marked parts are what the problems cover, and nothing else. With the last column in their places AWS accepts it.
describe('the wrong part alone is underlined', () => {
  test.each([
    ['minutes', 'cron([60] 5 ? * * *)', 'field-value', '59'],
    ['minutes', 'cron([100] 5 ? * * *)', 'field-value', '10'],
    ['minutes', 'cron(0,[75] 5 ? * * *)', 'field-value', '45'],
    ['minutes', 'cron([-5] 5 ? * * *)', 'field-value', '5'],
    ['minutes', 'cron([!] 5 ? * * *)', 'field-value', '0'],
    ['minutes', 'cron([,] 5 ? * * *)', 'field-value', '0'],
    ['minutes', 'cron([MON] 5 ? * * *)', 'field-value', '0'],
    ['minutes', 'cron([5-] 5 ? * * *)', 'field-value', '5-5'],
    ['minutes', 'cron(5-[x] 5 ? * * *)', 'field-value', '5'],
    ['minutes', 'cron(50-[60] 5 ? * * *)', 'field-value', '50'],
    ['minutes', 'cron([?] 5 ? * * *)', 'misplaced-selector', '*'],
    ['minutes', 'cron([L] 5 ? * * *)', 'misplaced-selector', '59'],
    ['minutes', 'cron(0[/] 5 ? * * *)', 'step', '/30'],
    ['minutes', 'cron(0/[60] 5 ? * * *)', 'step', '59'],
    ['minutes', 'cron(*/[60] 5 ? * * *)', 'step', '30'],
    ['minutes', 'cron(*[/x] 5 ? * * *)', 'step', '/30'],
    ['minutes', 'cron(0/5[x] 5 ? * * *)', 'step', '9'],
    ['minutes', 'cron(0-30[/] 5 ? * * *)', 'step', '/30'],
    ['hours', 'cron(0 [24] ? * * *)', 'field-value', '0'],
    ['hours', 'cron(0 [25] ? * * *)', 'field-value', '23'],
    ['hours', 'cron(0 8,[30],20 ? * * *)', 'field-value', '13'],
    ['hours', 'cron(0 9-[24] ? * * *)', 'field-value', '17'],
    ['hours', 'cron(0 0/[24] ? * * *)', 'step', '23'],
    ['hours', 'cron(0 5[L] ? * * *)', 'misplaced-selector', ''],
    ['hours', 'cron(0 5[W] ? * * *)', 'misplaced-selector', ''],
    ['hours', 'cron(0 [am] ? * * *)', 'field-value', '5'],
    ['day-of-month', 'cron(0 5 [32] * ? *)', 'field-value', '31'],
    ['day-of-month', 'cron(0 5 [0] * ? *)', 'field-value', '1'],
    ['day-of-month', 'cron(0 5 1,[45] * ? *)', 'field-value', '15'],
    ['day-of-month', 'cron(0 5 [MON] * ? *)', 'field-value', '1'],
    ['day-of-month', 'cron(0 5 1/[32] * ? *)', 'step', '31'],
    ['day-of-month', 'cron(0 5 L-[31] * ? *)', 'field-value', '30'],
    ['day-of-month', 'cron(0 5 [L-] * ? *)', 'field-value', 'L-1'],
    ['day-of-month', 'cron(0 5 [LX] * ? *)', 'field-value', 'LW'],
    ['day-of-month', 'cron(0 5 [W] * ? *)', 'field-value', '1W'],
    ['day-of-month', 'cron(0 5 [32]W * ? *)', 'field-value', '31'],
    ['day-of-month', 'cron(0 5 2[#]1 * ? *)', 'misplaced-selector', ','],
    ['day-of-month', 'cron(0 5 2[L] * ? *)', 'misplaced-selector', ''],
    ['day-of-month', 'cron(0 5 1,[L] * ? *)', 'list-with-selector', '28'],
    ['day-of-month', 'cron(0 5 ?[/2] * 2 *)', 'field-value', ''],
    ['month', 'cron(0 5 1 [13] ? *)', 'field-value', '12'],
    ['month', 'cron(0 5 1 [0] ? *)', 'field-value', '1'],
    ['month', 'cron(0 5 1 1,[13] ? *)', 'field-value', '7'],
    ['month', 'cron(0 5 1 [FOO] ? *)', 'field-value', 'FEB'],
    ['month', 'cron(0 5 1 [MAI] ? *)', 'field-value', 'MAY'],
    ['month', 'cron(0 5 1 JAN-[6] ? *)', 'field-value', 'JUN'],
    ['month', 'cron(0 5 1 1/[13] ? *)', 'step', '12'],
    ['month', 'cron(0 5 1 [?] ? *)', 'misplaced-selector', '*'],
    ['month', 'cron(0 5 1 [L] ? *)', 'misplaced-selector', '12'],
    ['day-of-week', 'cron(0 5 ? * [0] *)', 'field-value', '1'],
    ['day-of-week', 'cron(0 5 ? * 1,[8] *)', 'field-value', '7'],
    ['day-of-week', 'cron(0 5 ? * [MOON] *)', 'field-value', 'MON'],
    ['day-of-week', 'cron(0 5 ? * MON,[TEU],WED *)', 'field-value', 'TUE'],
    ['day-of-week', 'cron(0 5 ? * MON-[FR] *)', 'field-value', 'FRI'],
    ['day-of-week', 'cron(0 5 ? * MON-[5] *)', 'field-value', 'FRI'],
    ['day-of-week', 'cron(0 5 ? * 2-[FRI] *)', 'field-value', '6'],
    ['day-of-week', 'cron(0 5 ? * [0]-5 *)', 'field-value', '1'],
    ['day-of-week', 'cron(0 5 ? * 1/[8] *)', 'step', '7'],
    ['day-of-week', 'cron(0 5 ? * 2[W] *)', 'misplaced-selector', ''],
    ['day-of-week', 'cron(0 5 ? * MON#[6] *)', 'field-value', '5'],
    ['day-of-week', 'cron(0 5 ? * MON#[0] *)', 'field-value', '1'],
    ['day-of-week', 'cron(0 5 ? * MON#[1/2] *)', 'field-value', '1'],
    ['day-of-week', 'cron(0 5 ? * MON[#] *)', 'field-value', '#1'],
    ['day-of-week', 'cron(0 5 ? * [1L],2 *)', 'list-with-selector', '1'],
    ['day-of-week', 'cron(0 5 ? * MON#2,[TUE#3] *)', 'list-with-selector', 'TUE'],
    ['year', 'cron(0 5 ? * * [1969])', 'field-value', '1970'],
    ['year', 'cron(0 5 ? * * [2200])', 'field-value', '2199'],
    ['year', 'cron(0 5 ? * * [26])', 'field-value', '2026'],
    ['year', 'cron(0 5 ? * * 2030-[9999])', 'field-value', '2031'],
    ['year', 'cron(0 5 ? * * [2035-2030])', 'range-order', '2030-2035'],
    ['year', 'cron(0 5 ? * * [garbage])', 'field-value', '*'],
    ['year', 'cron(0 5 1 * ? [?])', 'misplaced-selector', '*'],
    ['both day fields', 'cron(0 5 ? * [?] *)', 'day-fields', '*'],
    ['both day fields', 'cron(0 5 ? * [?,2] *)', 'day-fields', '2'],
    ['both day fields', 'cron(0 5 [*] * * *)', 'day-fields', '?'],
    ['both day fields', 'cron(0 5 [*] * MON *)', 'day-fields', '?'],
    ['both day fields', 'cron(0 5 1 * [*] *)', 'day-fields', '?'],
    ['both day fields', 'cron(0 5 1 * [MON] *)', 'day-fields', '?'],
    ['all of it', '[bad]', 'not-cron', 'cron(0 5 ? * * *)'],
    ['all of it', '[rate(1 day)]', 'rate', 'cron(0 5 ? * * *)'],
    ['all of it', '[at(2026-01-01T00:00:00)]', 'not-cron', 'cron(0 0 1 1 ? 2026)'],
    ['all of it', '[0 5 ? * * *]', 'not-cron', 'cron(0 5 ? * * *)'],
    ['all of it', '[cron 0 5 ? * * *]', 'not-cron', 'cron(0 5 ? * * *)'],
    ['all of it', '[cron(0 5 ? * (1) *)]', 'not-cron', 'cron(0 5 ? * 1 *)'],
    ['all of it', '[cron(0 5 ? * * *]', 'not-cron', 'cron(0 5 ? * * *)'],
    ['the word', '[CRON](0 5 ? * * *)', 'letter-case', 'cron'],
    ['a blank', 'cron(0 5 ? * * *)[ ]', 'surrounding-blank', ''],
    ['a blank', '[\t]cron(0 5 ? * * *)', 'surrounding-blank', ''],
    ['what follows', 'cron(0 5 ? * * *)[;]', 'not-cron', ''],
    ['all fields', '[cron()]', 'field-count', 'cron(0 5 ? * *)'],
    ['all fields', 'cron([ ])', 'field-count', '0 5 ? * *'],
    ['all fields', 'cron([0 5 ? *])', 'field-count', '0 5 ? * *'],
  ])('%s: %s', (_, marked, kind, instead) => {
    const start = marked.indexOf('[');
    const end = marked.indexOf(']') - 1;
    expect(problems(marked.replace(/[[\]]/g, '')).map((problem) => ({ kind: problem.kind, start: problem.start, end: problem.end }))).toEqual([{ kind, start, end }]);
    expect(problems(marked.replace(/\[.*\]/, instead))).toEqual([]);
  });
});

describe('a problem', () => {
  test('of each wrong field is told, but the day fields are not compared while one of them is wrong', () => {
    expect(problems('cron(60 24 32 13 8 2200)').map(({ kind, start }) => [kind, start])).toEqual([
      ['field-value', 5], ['field-value', 8], ['field-value', 11], ['field-value', 14], ['field-value', 17], ['field-value', 19],
    ]);
  });

  test('of the empty text is empty', () => {
    expect(problems('')).toMatchObject([{ kind: 'not-cron', start: 0, end: 0 }]);
  });

  test('says in its message what AWS does and what the field takes', () => {
    expect(problems('cron(0 5 ? * 0 *)')[0]?.message).toBe('AWS refuses "0" as day-of-week: the week starts with 1 for Sunday, there is no 0. The field takes 1 (Sunday) to 7 (Saturday), SUN to SAT, MON#2, FRIL or ?, with *, lists, ranges and steps.');
  });

  test.each([
    ['rate(1 day)', 'cron(0 5 ? * * *)'], ['rate(12 hours)', 'cron(0 0/12 ? * * *)'], ['rate(60 minutes)', 'cron(0 * ? * * *)'], ['rate(7 days)', 'cron(0 5 ? * SUN *)'],
    ['cron(0 5 * * * *)', 'cron(0 5 ? * * *)'], ['cron(0 5 * * MON *)', 'cron(0 5 ? * MON *)'], ['cron(0 5 1 * * *)', 'cron(0 5 1 * ? *)'], ['cron(0 5 ? * ? *)', 'cron(0 5 ? * * *)'],
    ['cron(0 5 ? * MOON *)', 'cron(0 5 ? * MON *)'], ['cron(0 5 ? * MO-FRI *)', 'cron(0 5 ? * MON-FRI *)'], ['cron(0 5 1 JJAN ? *)', 'cron(0 5 1 JAN ? *)'], ['cron(0 5 ? * 0 *)', 'cron(0 5 ? * SUN *)'],
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

  test('has no mend where several could be meant', () => {
    for (const fields of ['0 5 1 JU ? *', '0 5 ? * XYZ *', '0 5 ? * 0,6 *', '0 5 ? * 0-5 *', '0 5 ? * MONN,TUE,MAN *', '60 5 ? * * *', '0 24 ? * * *']) {
      expect(mendedSchedule(`cron(${fields})`)).toBeUndefined();
    }
  });

  test('is mended together with all others', () => {
    expect(mendedSchedule(' 0 5 * * MOON ')).toBe('cron(0 5 ? * MON *)');
    expect(mendedSchedule('Cron(0 5 * * MO)')).toBe('cron(0 5 ? * MON *)');
    expect(mendedSchedule('cron(0 5 ? * MON *)')).toBeUndefined();
    expect(mendedSchedule('')).toBe('cron(0 5 ? * * *)');
  });
});
