import { expect, test } from 'vitest';
import { parseSchedule } from '../../../server/core/cron/parse.ts';
import { scheduleOfUnixCron } from '../../../server/core/cron/unixCron.ts';

test.each<readonly [unix: string, aws: string | undefined]>([
  ['0 5 * * *', 'cron(0 5 ? * * *)'],
  ['30 2 1 * *', 'cron(30 2 1 * ? *)'],
  ['0 5 * * MON-FRI', 'cron(0 5 ? * MON-FRI *)'],
  ['0 5 * * 1-5', undefined],
  ['0 5 * * MON,3', undefined],
  ['0 5 * JAN sat', 'cron(0 5 ? JAN sat *)'],
  ['0 */6 * * *', 'cron(0 */6 ? * * *)'],
  ['0 5 ? * MON', 'cron(0 5 ? * MON *)'],
  ['0 5 1 * 1', undefined],
  ['0 5 ? * * *', undefined],
  ['0 5 * *', undefined],
])('the Unix schedule %s is %s', (unix, aws) => {
  expect(scheduleOfUnixCron(unix)).toBe(aws);
  if (aws !== undefined) expect(parseSchedule(aws).ok).toBe(true);
});
