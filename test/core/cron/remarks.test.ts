import { describe, expect, test } from 'vitest';
import { parseSchedule } from '../../../server/core/cron/parse.ts';
import { scheduleRemarks } from '../../../server/core/cron/remarks.ts';

describe('a remark on what is right but commonly meant otherwise', () => {
  // The marked field is what the remark covers; the neighbour has none.
  test.each([
    ['0 5 ? * [1,3,5] *', 'weekday-number', 'AWS counts weekdays from 1 for Sunday: "1,3,5" is Sunday, Tuesday and Thursday. With names: SUN,TUE,THU.', '0 5 ? * SUN,TUE,THU *'],
    ['0 5 ? * [2-6] *', 'weekday-number', 'AWS counts weekdays from 1 for Sunday: "2-6" is Monday through Friday. With names: MON-FRI.', '0 5 ? * MON-FRI *'],
    ['0 5 ? * [7-2] *', 'weekday-number', 'AWS counts weekdays from 1 for Sunday: "7-2" is Saturday through Monday. With names: SUN,MON,SAT.', '0 5 ? * SUN,MON,SAT *'],
    ['0 5 ? * [2/2] *', 'weekday-number', 'AWS counts weekdays from 1 for Sunday: "2/2" is Monday, Wednesday and Friday. With names: MON,WED,FRI.', '0 5 ? * 1-7 *'],
    ['0 5 ? * [2#1] *', 'weekday-number', 'AWS counts weekdays from 1 for Sunday: "2#1" is the first Monday. With names: MON#1.', '0 5 ? * MON#1 *'],
    ['0 5 ? * [6L] *', 'weekday-number', 'AWS counts weekdays from 1 for Sunday: "6L" is the last Friday. With names: FRIL.', '0 5 ? * FRIL *'],
    ['0 5 ? * [L] *', 'weekday-last', '"L" as day-of-week is every Saturday, the last day of AWS\'s week: SAT says so plainly. The last day of the month is L as day-of-month, with ? here.', '0 5 ? * SAT *'],
    ['0 5 [31] * ? *', 'skipped-months', 'February, April, June, September and November have no run, for want of days. The last day of every month is L.', '0 5 L * ? *'],
    ['0 5 [31] JAN,APR ? *', 'skipped-months', 'April has no run, for want of days. The last day of every month is L.', '0 5 31 JAN,MAR ? *'],
    ['0 5 [30W] * ? *', 'skipped-months', 'February has no run, for want of days. The last day of every month is L.', '0 5 28W * ? *'],
    ['0 5 [29] * ? *', 'skipped-months', 'February has a run in leap years only. The last day of every month is L.', '0 5 28 * ? *'],
    ['0 5 [L-30] * ? *', 'skipped-months', 'February, April, June, September and November have no run, for want of days. The last day of every month is L.', '0 5 L-27 * ? *'],
    ['0 5 ? * [SUN#5] *', 'skipped-months', 'Months without a fifth Sunday have no run. The last Sunday of every month is SUNL.', '0 5 ? * SUN#4 *'],
    ['0 [20-2] ? * MON *', 'wrapped-range', '"20-2" goes round inside each day: it runs in the hours 00 through 02 and 20 through 23 of the same day, not on into the next.', '0 20-2 ? * * *'],
    ['0 5 [30-2] JAN ? *', 'wrapped-range', '"30-2" goes round inside each month: it runs on days 1, 2, 30 and 31 of the same month, not on into the next.', '0 5 30-2 * ? *'],
    ['0 5 1 [NOV-FEB] ? 2030', 'wrapped-range', '"NOV-FEB" goes round inside each year: it runs in January, February, November and December of the same year, not on into the next.', '0 5 1 NOV-FEB ? *'],
    ['0 [0/5] ? * * *', 'uneven-step', 'The steps of "0/5" start anew each day: after hour 20 comes hour 0 of the next day, 4 hours later and not 5.', '0 0/6 ? * * *'],
    ['0 [5/1] ? * * *', 'uneven-step', 'The steps of "5/1" start anew each day: after hour 23 comes hour 5 of the next day, 6 hours later and not 1.', '0 5/12 ? * * *'],
    ['0 5 [*/2] * ? *', 'uneven-step', 'The steps of "*/2" start anew each month: after day 31 comes day 1 of the next month.', '0 5 1/31 * ? *'],
    ['0 5 1 [1/5] ? *', 'uneven-step', 'The steps of "1/5" start anew each year: after November comes January, 2 months later and not 5.', '0 5 1 */3 ? *'],
  ])('%s: %s', (marked, kind, message, neighbour) => {
    const text = `cron(${marked.replace(/[[\]]/g, '')})`;
    expect(parseSchedule(text)).toMatchObject({ ok: true, notes: [] });
    expect(scheduleRemarks(text)).toEqual([{ kind, message, start: 'cron('.length + marked.indexOf('['), end: 'cron('.length + marked.indexOf(']') - 1 }]);
    expect(parseSchedule(`cron(${neighbour})`)).toMatchObject({ ok: true });
    expect(scheduleRemarks(`cron(${neighbour})`)).toEqual([]);
  });

  test('names other weekdays in a way that AWS reads as the same days', () => {
    for (const field of ['1,3,5', '2-6', '7-2', '2/2', '2#1', '6L', '1', '7', '1,2,4-6', 'MON,4']) {
      const named = /With names: (.*)\.$/.exec(scheduleRemarks(`cron(0 5 ? * ${field} *)`)[0]?.message ?? '')?.[1];
      expect(parseSchedule(`cron(0 5 ? * ${String(named)} *)`)).toEqual(parseSchedule(`cron(0 5 ? * ${field} *)`));
    }
  });

  test('is not made of text that AWS refuses, nor twice of one thing', () => {
    for (const text of ['', 'bad', 'cron(0 5 ? * 0 *)', 'cron(0 5 31 FEB ? *)', 'cron(0 5 ? * 1-7 *)', 'cron(0 5 ? * *)']) expect(scheduleRemarks(text)).toEqual([]);
    expect(scheduleRemarks('cron(0 20-2 ? * 2 *)').map(({ kind }) => kind)).toEqual(['weekday-number', 'wrapped-range']);
  });
});
