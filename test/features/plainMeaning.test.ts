import { describe, expect, it } from 'vitest';
import { plainMeaning } from '../../server/features/plainMeaning.ts';

describe('a value in plain words', () => {
  it.each([
    ['days', '14', '2 weeks'],
    ['days', '77', '11 weeks'],
    ['days', '84', 'about 3 months'],
    ['days', '90', 'about 3 months'],
    ['days', '365', '1 year'],
    ['days', '400', 'about 1 year'],
    ['days', '2555', '7 years'],
    ['minutes', '60', '1 hour'],
    ['minutes', '90', '1.5 hours'],
    ['minutes', '100', 'about 1.5 hours'],
    ['minutes', '1440', '1 day'],
    ['minutes', '10080', '7 days'],
  ] as const)('says %s %s as %s', (type, text, words) => {
    expect(plainMeaning(type, text)).toBe(words);
  });

  it('says a schedule without markup', () => {
    expect(plainMeaning('scheduleExpression', 'cron(0 5 ? * * *)')).toMatch(/05:00 UTC/);
    expect(plainMeaning('scheduleExpression', 'cron(0 5 ? * * *)')).not.toMatch(/[*`[\]_]/);
  });

  it.each([
    ['days', '35 days'],
    ['days', '1'],
    ['days', '59'],
    ['days', '-7'],
    ['days', ''],
    ['minutes', '59'],
    ['minutes', '1e3'],
    ['scheduleExpression', 'cron(0 5)'],
    ['scheduleExpression', ''],
  ] as const)('says nothing for %s %j, which says it all or cannot be read', (type, text) => {
    expect(plainMeaning(type, text)).toBeUndefined();
  });
});
