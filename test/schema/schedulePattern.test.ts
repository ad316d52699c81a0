import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import policySchema from '../../schemas/backup-policy.schema.json' with { type: 'json' };
import { parseSchedule } from '../../server/core/cron/parse.ts';

const pattern = new RegExp(policySchema.definitions['value.scheduleExpression'].pattern, 'u');

describe('the schedule pattern of the schema', () => {
  test.each([
    ['a list of minutes', 'cron(0,59 5 ? * * *)', 'cron(0,60 5 ? * * *)'],
    ['a range of hours', 'cron(0 20-2 ? * * *)', 'cron(0 20-24 ? * * *)'],
    ['a step', 'cron(0/30 5 ? * * *)', 'cron(60/30 5 ? * * *)'],
    ['a day of the month', 'cron(0 5 031 * ? *)', 'cron(0 5 32 * ? *)'],
    ['the last weekday of the month', 'cron(0 5 LW * ? *)', 'cron(0 5 LW,1 * ? *)'],
    ['months', 'cron(0 5 1 JAN-mar,12 ? *)', 'cron(0 5 1 JAN,13 ? *)'],
    ['the days of the week', 'cron(0 5 ? * 1-7 *)', 'cron(0 5 ? * 0-6 *)'],
    ['the fifth Monday', 'cron(0 5 ? * MON#5 *)', 'cron(0 5 ? * MON#6 *)'],
    ['one question mark', 'cron(0 5 * * ? *)', 'cron(0 5 * * * *)'],
    ['one question mark, not two', 'cron(0 5 ? * * *)', 'cron(0 5 ? * ? *)'],
    ['a year', 'cron(0 5 ? * * 1970-2199)', 'cron(0 5 ? * * 1969-2199)'],
    ['no year', 'cron(0 5 ? * *)', 'cron(0 5 ? *)'],
    ['surplus fields', 'cron(0 5 ? * * * x)', 'cron(0 5 ? * * *) x'],
  ])('reads %s', (_what, accepted, refused) => {
    expect(pattern.test(accepted)).toBe(true);
    expect(pattern.test(refused)).toBe(false);
  });

  const parts = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('0', '1', '05', '7', '8', '12', '13', '23', '24', '31', '32', '59', '60', '1969', '1970', '2199', '2200') },
    { weight: 4, arbitrary: fc.constantFrom('*', '?', '-', '/', '#', ',', '/15', '#2', '#6') },
    fc.constantFrom('JAN', 'dec', 'MON', 'fri', 'L', 'LW', 'W', 'C', 'l', 'FOO'),
  );
  const anything = fc.array(parts, { minLength: 1, maxLength: 4 }).map((texts) => texts.join(''));
  const field = (...usual: readonly string[]) => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...usual) }, anything);
  const schedule = fc.record({
    fields: fc.tuple(
      field('0', '0/15', '5,30', '*', '10-20', '0-59/5'),
      field('5', '*', '0/12', '20-2', '0,12', '8-17/2'),
      field('?', '1', '*', 'L', 'LW', 'L-3', '15W', '1,15', '1-7', '1/2', '31W'),
      field('*', 'JAN', '1-3', 'NOV-FEB', '1/3', '6,12'),
      field('?', 'MON', '2-6', 'MON-FRI', '2#1', 'MON#5', 'FRIL', '6L', 'L', 'SUN,SAT', '*'),
      field('*', '2030', '2026-2030', '2026/2', '2026,2028'),
      field('x'),
    ),
    count: fc.constantFrom(6, 6, 6, 5, 7),
    between: fc.constantFrom(' ', ' ', '  ', '\t'),
    before: fc.constantFrom('', '', ' '),
    after: fc.constantFrom('', '', ' '),
  }).map(({ fields, count, between, before, after }) => `cron(${before}${fields.slice(0, count).join(between)}${after})`);

  test('refuses no schedule that is read, and nearly all that are not', () => {
    const seen = { accepted: 0, refused: 0, let: 0 };
    fc.assert(fc.property(schedule, (text) => {
      const matches = pattern.test(text);
      if (parseSchedule(text).ok) {
        seen.accepted++;
        expect(matches, text).toBe(true);
      } else {
        seen.refused++;
        if (matches) seen.let++;
      }
    }), { numRuns: 40_000, seed: 20_261_121 });
    expect(seen.accepted).toBeGreaterThan(1000);
    expect(seen.let / seen.refused).toBeLessThan(0.02);
  });

  test('decides about long texts at once', () => {
    const fields = ['1,', '1-2,', 'MON,', '?', '*', '1#'].map((text) => text.repeat(500)).join(' ');
    const start = performance.now();
    expect(pattern.test(`cron(${fields}(`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

test('the schedules that the schema proposes are read', () => {
  const proposed = [...readFileSync('schemas/backup-policy.schema.json', 'utf8').matchAll(/"@@assign": "cron\((.*)\)" \}/g)]
    .map((match) => `cron(${(match[1] ?? '').replace(/\$\{\d+:([^}]*)\}/g, '$1')})`);
  expect(proposed.length).toBeGreaterThan(5);
  expect(proposed.filter((text) => !parseSchedule(text).ok || !pattern.test(text))).toEqual([]);
});
