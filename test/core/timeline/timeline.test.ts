import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextOccurrences } from '../../../server/core/cron/occurrences.ts';
import { timelineOf, type Timeline } from '../../../server/core/timeline/timeline.ts';
import { mergeLevels } from '../organizationFixture.ts';
import { day, schedule, tuesday } from './schedules.ts';

const assign = (value: unknown): unknown => ({ '@@assign': value });

interface RuleFixture {
  readonly schedule?: string;
  readonly start?: string;
  readonly lifecycle?: Readonly<Record<string, string>>;
  readonly copies?: Readonly<Record<string, unknown>>;
}

function rule({ schedule: text, start, lifecycle, copies }: RuleFixture): unknown {
  return {
    target_backup_vault_name: assign('vault'),
    ...(text === undefined ? {} : { schedule_expression: assign(`cron(${text})`) }),
    ...(start === undefined ? {} : { start_backup_window_minutes: assign(start) }),
    ...(lifecycle === undefined ? {} : { lifecycle: Object.fromEntries(Object.entries(lifecycle).map(([key, value]) => [key, assign(value)])) }),
    ...(copies === undefined ? {} : { copy_actions: copies }),
  };
}

const gold = { tags: { gold: { iam_role_arn: assign('arn:aws:iam::$account:role/r'), tag_key: assign('tier'), tag_value: assign(['gold']) } } };

function plan(rules: Readonly<Record<string, RuleFixture>>, selections: unknown = gold, regions: readonly string[] = ['eu-west-1']): unknown {
  return { regions: assign(regions), rules: Object.fromEntries(Object.entries(rules).map(([name, each]) => [name, rule(each)])), selections };
}

function timeline(plans: Readonly<Record<string, unknown>>, days = 14): Timeline {
  return timelineOf(mergeLevels([{ target: 'Root', policies: [{ name: 'p', policy: { plans } }] }]), { from: tuesday, to: tuesday + days * day });
}

function only(plans: Readonly<Record<string, unknown>>, days?: number): Timeline['plans'][number]['rules'][number] {
  const first = timeline(plans, days).plans[0]?.rules[0];
  if (first === undefined) throw new Error('no rule');
  return first;
}

const iso = (times: readonly number[]): readonly string[] => times.map((time) => new Date(time).toISOString().slice(0, 16));

describe('a rule in a period', () => {
  test('starts by its schedule, in the default windows', () => {
    const { starts, rule: { startWindow, completionWindow }, cut } = only({ a: plan({ weekly: { schedule: '0 5 ? * SUN *' } }) });
    expect(iso(starts)).toEqual(['2026-10-25T05:00', '2026-11-01T05:00']);
    expect([startWindow, completionWindow, cut]).toEqual([{ minutes: 480, byDefault: true }, { minutes: 10_080, byDefault: true }, false]);
  });

  test('without a schedule starts daily at 05:00 UTC', () => {
    const { starts, rule: { schedule: read } } = only({ a: plan({ bare: {} }) });
    expect(starts).toHaveLength(14);
    expect(read).toMatchObject({ kind: 'runs', byDefault: true });
  });

  test('whose schedule AWS refuses has no events', () => {
    const refused = timeline({ a: plan({ bad: { schedule: '0 5 * * * *', lifecycle: { delete_after_days: '7' } }, good: { schedule: '0 5 ? * * *' } }) }).plans[0]?.rules;
    expect(refused?.map(({ starts, deletions, kept, gaps }) => [starts.length, deletions.length, kept === undefined, gaps === undefined])).toEqual([[0, 0, true, true], [14, 0, false, false]]);
  });

  test('whose schedule a template fills in has none, and one whose template is elsewhere has', () => {
    const templated = (text: string): number => timelineOf(mergeLevels([{ target: 'Root', policies: [{ name: 'p', policy: JSON.stringify({ plans: { a: plan({ r: { schedule: '0 5 ? * * *' } }) } }).replace('cron(0 5 ? * * *)', text) }] }]), { from: tuesday, to: tuesday + 14 * day }).plans[0]?.rules[0]?.starts.length ?? -1;
    expect([templated('${schedule}'), templated('cron(0 5 ? * * *)')]).toEqual([0, 14]);
  });

  test('its points move and go so many days after each start, those of earlier starts too', () => {
    const { moves, deletions } = only({ a: plan({ monthly: { schedule: '0 3 1 * ? *', lifecycle: { move_to_cold_storage_after_days: '30', delete_after_days: '365' } } }) });
    expect([iso(moves), iso(deletions)]).toEqual([['2026-10-31T03:00'], ['2026-11-01T03:00']]);
  });

  test('points that are deleted before they would move do not move', () => {
    expect(only({ a: plan({ r: { lifecycle: { move_to_cold_storage_after_days: '30', delete_after_days: '30' } } }) }).moves).toEqual([]);
    expect(only({ a: plan({ r: { lifecycle: { move_to_cold_storage_after_days: '30', delete_after_days: '31' } } }) }).moves).toHaveLength(14);
  });

  test('copies have a lifecycle of their own', () => {
    const arn = 'arn:aws:backup:eu-central-1:222233334444:backup-vault:far';
    const { copies } = only({ a: plan({ r: { lifecycle: { delete_after_days: '7' }, copies: { [arn]: { target_backup_vault_arn: assign(arn), lifecycle: { delete_after_days: assign('90') } } } } }) });
    expect(copies.map(({ copy, deletions, kept }) => [copy.vault, deletions.length, kept?.total])).toEqual([[arn, 14, { kind: 'bounded', least: 90, most: 90, exact: true }]]);
  });

  test('an hourly rule has all of its starts in a year', () => {
    const { starts, cut } = only({ a: plan({ r: { schedule: '0 * ? * * *' } }) }, 366);
    expect([starts.length, cut]).toEqual([8784 + 1, false]);
  });

  test('so many rules that a year of them is too much are cut, and say so', () => {
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`r${String(index)}`, { schedule: '0 * ? * * *' }]));
    const { plans } = timeline({ a: plan(many), b: plan(many), c: plan(many) }, 366);
    expect(plans.flatMap(({ rules }) => rules).every(({ cut, starts }) => cut && starts.length > 366)).toBe(true);
  });

  test('has as many starts as its schedule has runs', () => {
    const fields = fc.tuple(fc.integer({ min: 0, max: 59 }), fc.constantFrom('*', '*/3', '5', '20-2', '8-18'), fc.constantFrom('? * *', '1 * ?', 'L * ?', '? * MON-FRI', '? * SAT#2', '15W * ?', '? JAN,NOV *'));
    fc.assert(fc.property(fields, fc.constantFrom(14, 35, 366), ([minute, hours, days], length) => {
      const text = `${String(minute)} ${hours} ${days} *`;
      const expected = nextOccurrences(schedule(text), tuesday - 1, 9000).filter((run) => run <= tuesday + length * day);
      expect(only({ a: plan({ r: { schedule: text } }) }, length).starts).toEqual(expected);
    }), { seed: 20261121, numRuns: 60 });
  });
});

describe('gaps across rules and plans', () => {
  test('a plan counts the backups of all of its rules', () => {
    const { plans } = timeline({ a: plan({ weekdays: { schedule: '0 20 ? * MON-FRI *', start: '60' }, sunday: { schedule: '0 20 ? * SUN *', start: '60' } }) });
    const [first] = plans;
    expect([first?.gaps, ...first?.rules.map(({ gaps }) => gaps) ?? []].map((gaps) => gaps && (gaps.largest.to - gaps.largest.from) / day)).toEqual([2, 3, 7]);
  });

  test('a change of clocks does not change the time between backups', () => {
    expect(only({ a: plan({ daily: { schedule: '0 1 ? * * *' } }) }, 35).gaps).toMatchObject({ even: true, typicalMinutes: 1440 });
  });

  test('schedules rarer than a year have the gap of their next two starts', () => {
    const { gaps } = only({ a: plan({ leap: { schedule: '0 5 29 2 ? *' } }) });
    expect(gaps === undefined ? [] : iso([gaps.largest.from, gaps.largest.to])).toEqual(['2028-02-29T05:00', '2032-02-29T05:00']);
  });

  test('a season without backups is a gap although it ends in the next year', () => {
    const { gaps } = only({ a: plan({ winter: { schedule: '0 5 ? NOV-FEB * *' } }) });
    expect(gaps === undefined ? [] : iso([gaps.largest.from, gaps.largest.to])).toEqual(['2027-02-28T05:00', '2027-11-01T05:00']);
  });

  test('plans that select the same resources in the same Region share their backups', () => {
    const { shared } = timeline({ a: plan({ r: { schedule: '0 5 ? * * *' } }), b: plan({ r: { schedule: '0 17 ? * * *' } }, gold, ['eu-west-1', 'eu-central-1']), c: plan({ r: {} }, gold, ['us-east-1']) });
    expect(shared.map(({ resources, gaps }) => [resources.what, resources.regions, resources.plans.map(({ name }) => name), gaps?.typicalMinutes])).toEqual([[{ kind: 'tag', key: 'tier', value: 'gold' }, ['eu-west-1'], ['a', 'b'], 720]]);
  });

  test('a selection of everything shares with every tag, one with conditions with none', () => {
    const everything = { resources: { all: { iam_role_arn: assign('arn:aws:iam::$account:role/r'), resource_types: assign(['*']) } } };
    const some = { resources: { all: { iam_role_arn: assign('arn:aws:iam::$account:role/r'), resource_types: assign(['*']), conditions: { string_equals: { c: { condition_key: assign('aws:ResourceTag/x'), condition_value: assign('y') } } } } } };
    expect(timeline({ a: plan({ r: {} }), b: plan({ r: {} }, everything) }).shared).toHaveLength(1);
    expect(timeline({ a: plan({ r: {} }), b: plan({ r: {} }, some) }).shared).toHaveLength(0);
  });
});

describe('overlaps', () => {
  const found = (plans: Readonly<Record<string, unknown>>): readonly unknown[] => timeline(plans).overlaps.map(({ rules, count, places }) => [rules.map(({ rule: { node } }) => node.path.slice(1).join('/')), count, places[0]?.afterMinutes]);

  test('a start in the window of another plan\'s rule on the same resources is one', () => {
    expect(found({ a: plan({ r: { schedule: '0 5 ? * * *' } }), b: plan({ r: { schedule: '0 6 ? * * *' } }) })).toEqual([[['a/rules/r', 'b/rules/r'], 14, 60]]);
  });

  test('a window that is over by then makes none, nor do other resources', () => {
    expect(found({ a: plan({ r: { schedule: '0 5 ? * * *', start: '60' } }), b: plan({ r: { schedule: '0 6 ? * * *', start: '60' } }) })).toEqual([]);
    expect(found({ a: plan({ r: { schedule: '0 5 ? * * *' } }), b: plan({ r: { schedule: '0 6 ? * * *' } }, gold, ['us-east-1']) })).toEqual([]);
  });

  test('rules of one plan select the same resources', () => {
    expect(found({ a: plan({ daily: { schedule: '0 5 ? * * *', start: '60' }, monthly: { schedule: '0 5 1 * ? *', start: '60' } }) })).toEqual([[['a/rules/daily', 'a/rules/monthly'], 1, 0]]);
  });
});

describe('the memory', () => {
  test('answers the same tree and period with the same timeline, another period with another', () => {
    const tree = mergeLevels([{ target: 'Root', policies: [{ name: 'p', policy: { plans: { a: plan({ r: {} }) } } }] }]);
    const period = { from: tuesday, to: tuesday + 14 * day };
    const first = timelineOf(tree, period);
    expect(timelineOf(tree, { ...period })).toBe(first);
    expect(timelineOf(tree, { from: tuesday + day, to: tuesday + 15 * day }).plans[0]?.rules[0]?.starts[0]).toBe(tuesday + 29 * day / 24);
  });
});
