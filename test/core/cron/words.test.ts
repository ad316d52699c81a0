import cronstrue from 'cronstrue';
import { describe, expect, test } from 'vitest';
import { describeSchedule } from '../../../server/core/cron/words.ts';
import { parseSchedule } from '../../../server/core/cron/parse.ts';

describe('a schedule in words', () => {
  test.each([
    ['0 5 ? * * *', 'At 05:00 UTC, every day'],
    ['0 5 ? * *', 'At 05:00 UTC, every day'],
    ['0 * ? * * *', 'Every hour'],
    ['30 * ? * MON *', 'Every hour at 30 minutes past, every Monday'],
    ['0 5/1 ? * * *', 'Every hour from 05:00 to 23:00 UTC, every day'],
    ['0 20-2 ? * * *', 'Every hour from 20:00 to 02:00 UTC, every day'],
    ['0 0/3 ? * * *', 'Every 3 hours from 00:00 to 21:00 UTC, every day'],
    ['0 7,15 ? * * *', 'At 07:00 and 15:00 UTC, every day'],
    ['0,59 7 ? * * *', 'At 07:00 and 07:59 UTC, every day'],
    ['0/15 * ? * * *', 'Every 15 minutes'],
    ['0/15 22-1 ? * * *', 'Every 15 minutes during 22:00–01:59 UTC, every day'],
    ['0,10,30 * ? * * *', 'At minutes 0, 10 and 30 of every hour'],
    ['0 5 1 */3 ? *', 'At 05:00 UTC, on day 1 of January, April, July and October'],
    ['0 5 1,15 * ? *', 'At 05:00 UTC, on days 1 and 15 of every month'],
    ['0 5 31 * ? *', 'At 05:00 UTC, on day 31 of every month that has it'],
    ['0 5 */2 * ? *', 'At 05:00 UTC, every 2 days from day 1 to day 31 of every month'],
    ['0 5 L * ? *', 'At 05:00 UTC, on the last day of every month'],
    ['0 5 L-1 * ? *', 'At 05:00 UTC, on the day before the last day of every month'],
    ['0 5 L-3W * ? *', 'At 05:00 UTC, on the weekday (Monday to Friday) nearest the day 3 days before the last day of every month'],
    ['0 5 LW * ? *', 'At 05:00 UTC, on the last weekday (Monday to Friday) of every month'],
    ['0 5 1W,15W * ? *', 'At 05:00 UTC, on the first weekday (Monday to Friday) of every month'],
    ['0 5 15W * ? *', 'At 05:00 UTC, on the weekday (Monday to Friday) nearest day 15 of every month'],
    ['0 5 1-5W * ? *', 'At 05:00 UTC, on days 1 through 5 of every month'],
    ['0 5 ? * MON-SAT *', 'At 05:00 UTC, Monday through Saturday'],
    ['0 5 ? * 7-2 *', 'At 05:00 UTC, Saturday through Monday'],
    ['0 5 ? * 1 *', 'At 05:00 UTC, every Sunday'],
    ['0 5 ? * 1,3,5 *', 'At 05:00 UTC, every Sunday, Tuesday and Thursday'],
    ['0 5 ? * L *', 'At 05:00 UTC, every Saturday'],
    ['0 5 ? NOV-FEB MON *', 'At 05:00 UTC, every Monday, in November through February'],
    ['0 5 ? JAN * *', 'At 05:00 UTC, every day of January'],
    ['0 5 ? * SUN#5 *', 'At 05:00 UTC, on the fifth Sunday of every month that has it'],
    ['0 5 ? * 1#1,2 *', 'At 05:00 UTC, on the first Sunday of every month'],
    ['0 5 ? * FRIL *', 'At 05:00 UTC, on the last Friday of every month'],
    ['0 5 1 1 ? 2030', 'At 05:00 UTC, on day 1 of January, in 2030'],
    ['0 5 1 1 ? 2030-2035', 'At 05:00 UTC, on day 1 of January, in 2030 through 2035'],
    ['0 5 1 1 ? 2030-2199', 'At 05:00 UTC, on day 1 of January, from 2030 on'],
    ['0 5 1 1 ? 2030/2', 'At 05:00 UTC, on day 1 of January, every 2 years from 2030'],
    ['0 5 1 1 ? 2030-2036/2', 'At 05:00 UTC, on day 1 of January, every 2 years from 2030 to 2036'],
  ])('%s is "%s"', (fields, words) => {
    expect(describeSchedule(`cron(${fields})`)).toBe(words);
    const parsed = parseSchedule(`cron(${fields})`);
    expect(parsed.ok && describeSchedule(parsed.schedule)).toBe(words);
  });

  test('text that AWS refuses is no schedule', () => {
    for (const text of ['', 'bad', 'rate(1 day)', 'cron(0 5 ? * 0 *)']) expect(describeSchedule(text)).toBe('Not a schedule that AWS reads');
  });

  // Every pair and single weekday, every hour: cronstrue reads these as AWS does.
  test('names the weekdays and times that cronstrue names', () => {
    const weekdays = [1, 2, 3, 4, 5, 6, 7];
    const lists = weekdays.flatMap((first) => [`${String(first)}L`, `${String(first)}#2`, ...weekdays.filter((second) => second >= first).map((second) => `${String(first)},${String(second)}`)]);
    for (const list of lists) {
      for (let hour = 0; hour < 24; hour++) {
        const fields = `7 ${String(hour)} ? * ${list} *`;
        expect(facts(describeSchedule(`cron(${fields})`)), fields).toEqual(facts(cronstrue.toString(fields, { dayOfWeekStartIndexZero: false, use24HourTimeFormat: true })));
      }
    }
  });
});

/** The times, weekdays and ordinals in a sentence. */
function facts(sentence: string): readonly string[] {
  return [...new Set(sentence.match(/\d\d:\d\d|\w+day\b|second|last/g))].sort();
}
