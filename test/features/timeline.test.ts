import { describe, expect, test } from 'vitest';
import { timelineView } from '../../server/features/timeline.ts';
import { durationText } from '../../server/features/timelineWords.ts';
import type { TimelineView } from '../../server/protocol.ts';
import { effectiveOf } from '../../server/model/snapshot.ts';
import { modelUri, organization, policyUri, sampleOrganization } from './organizations.ts';

const now = Date.parse('2026-10-20T09:30:00Z');

function view(policies: Readonly<Record<string, unknown>>, timeZone = 'UTC'): TimelineView {
  const snapshot = organization({ name: 'Root', policies: Object.keys(policies) }, policies);
  const result = timelineView(snapshot, { organization: modelUri, key: 'Root' }, { days: 14, now, timeZone });
  if (result === undefined) throw new Error('no view');
  return result;
}

function sample(path: string, timeZone = 'UTC'): TimelineView {
  const result = timelineView(sampleOrganization(), { organization: modelUri, key: path }, { days: 35, now, timeZone });
  if (result === undefined) throw new Error('no view');
  return result;
}

const rule = (settings: object): object => ({ plans: { p: { rules: { r: settings } } } });

describe('the timeline of a target', () => {
  test('begins with today, UTC, and has the clock in it', () => {
    const { from, to, now: clock, days } = sample('Root');
    expect([new Date(from).toISOString(), (to - from) / 86_400_000, clock, days]).toEqual(['2026-10-20T00:00:00.000Z', 35, now, 35]);
  });

  test('of the sample says each rule in one line', () => {
    const { plans } = sample('Root/Workloads/Prod/Commerce/payments-prod');
    expect(plans.flatMap((plan) => plan.rules.flatMap(({ name, summary, copies }) => [`${plan.name}/${name}: ${summary}`, ...copies.map((copy) => copy.summary)]))).toEqual([
      'everyday/daily: At 05:00 UTC, every day, kept 90 days → about 90 recovery points of each resource; longest gap 24 h',
      'everyday/monthly: At 03:00 UTC, on day 1 of every month, to cold storage after 30 days, kept 2555 days → 83 to 84 recovery points of each resource: 0 to 2 in warm storage, 82 to 83 in cold storage; longest gap 31 d',
      'A copy of each backup in vault central-vault in eu-west-1, account 222233334444, kept 365 days → 11 to 12 copies of each resource',
      'databases/nightly: At 01:30 UTC, every day, kept 35 days → about 35 recovery points of each resource; longest gap 24 h',
      'A copy of each backup in vault central-vault in eu-west-1, account 222233334444, kept 90 days → about 90 copies of each resource',
      'point-in-time/continuous: At 23:00 UTC, every day, kept 35 days → about 35 recovery points of each resource; longest gap 24 h; continuous backup: restores to any point in time of the last 35 days where the resource type has it',
    ]);
  });

  test('leaves open what a template fills in', () => {
    const open = { delete_after_days: { '@@assign': '${days}' } };
    const target = 'arn:aws:backup:eu-west-1:$account:backup-vault:v';
    const [read] = view({ p: rule({ lifecycle: open, start_backup_window_minutes: { '@@assign': '${minutes}' }, copy_actions: { [target]: { target_backup_vault_arn: { '@@assign': target }, lifecycle: { ...open, move_to_cold_storage_after_days: { '@@assign': '7' } } } } }) }).plans[0]?.rules ?? [];
    expect(read).toMatchObject({ isDeletionUnknown: true, kept: '', deletions: [], startWindow: { byDefault: false, text: 'the minutes that a template says' }, completionWindow: { byDefault: true, text: '7 d' } });
    expect(read?.summary).toBe('At 05:00 UTC, every day (the schedule of AWS Backup for a rule without one), kept as long as a template says; longest gap 24 h');
    expect(read?.copies.map(({ summary, isColdUnknown }) => [summary, isColdUnknown])).toEqual([['A copy of each backup in vault v in eu-west-1, same account, to cold storage after 7 days, kept as long as a template says', undefined]]);
  });

  test('says in words that a rule makes no recovery points any more', () => {
    const ended = { schedule_expression: { '@@assign': 'cron(0 5 ? * * 2020)' } };
    const summaries = [ended, { ...ended, lifecycle: { delete_after_days: { '@@assign': '7' } } }].map((settings) => view({ p: rule(settings) }).plans[0]?.rules[0]?.summary);
    expect(summaries).toEqual(['At 05:00 UTC, every day, in 2020, kept for ever → no more recovery points, and those that there are stay', 'At 05:00 UTC, every day, in 2020, kept 7 days → no recovery points in the coming year']);
  });

  test('finds no gap behind the starts that are too many to compare', () => {
    const often = { plans: { p: { rules: { often: { schedule_expression: { '@@assign': 'cron(0/30 * ? * * *)' } }, leap: { schedule_expression: { '@@assign': 'cron(0 5 29 2 ? *)' } } } } } };
    expect(view({ often }).plans[0]?.gaps?.largestText).toBe('30 min');
  });

  test('tells the gap of a plan with the window of a late job', () => {
    expect(sample('Root/Workloads/NonProd').plans[0]?.gaps?.meaning).toBe('The longest gap between two backups is 3 d, from 2026-10-23 20:00 UTC to 2026-10-26 20:00 UTC and 51 times more in a year; typically it is 24 h. A job that starts at the end of its window makes it up to 3 d 1 h.');
    expect(sample('Root').plans[0]?.gaps?.meaning).toBe('A backup starts every 24 h. A job that starts at the end of its window makes it up to 25 h.');
  });

  test('marks the days on which the clocks of the zone change', () => {
    expect(sample('Root', 'Europe/Berlin').zone).toMatchObject({ name: 'Europe/Berlin', offset: 120, changes: [{ time: Date.parse('2026-10-25T01:00:00Z'), before: 120, after: 60, meaning: 'Sunday 2026-10-25 02:00 (UTC+1): clocks in Europe/Berlin go back by 1 h. AWS keeps to UTC: backups start 1 h earlier on the local clock from here on, and the gaps between them stay as they are.' }] });
    expect(sample('Root', 'America/New_York').zone.changes.map(({ time }) => time)).toEqual([Date.parse('2026-11-01T06:00:00Z')]);
    expect(sample('Root').zone.changes).toEqual([]);
  });

  test('finds rules of two plans that overlap, and what they share', () => {
    const selections = { tags: { gold: { tag_key: { '@@assign': 'tier' }, tag_value: { '@@assign': ['gold'] } } } };
    const plan = (cron: string): object => ({ regions: { '@@assign': ['eu-west-1'] }, rules: { r: { schedule_expression: { '@@assign': cron } } }, selections });
    const { overlaps, shared, errors } = view({ both: { plans: { a: plan('cron(0 5 ? * * *)'), b: plan('cron(0 6 ? * * *)') } } });
    expect(overlaps.map(({ rules, count, meaning }) => [rules, count, meaning])).toEqual([[['plans/a/rules/r', 'plans/b/rules/r'], 14, '"a/r" and "b/r" select the same resources, and one starts within the start window of the other, first on 2026-10-20 06:00 UTC, 1 h after the other, 14 times in this period: AWS Backup keeps only one of two backups that overlap.']]);
    expect(shared).toMatchObject([{ resources: 'resources with the tag tier = gold', regions: ['eu-west-1'], plans: [{ name: 'a' }, { name: 'b' }], gaps: { largestText: '23 h' } }]);
    expect(errors.length).toBeGreaterThan(0);
  });

  test('of a rule without a schedule says whose schedule it is', () => {
    const [bare] = view({ bare: rule({ target_backup_vault_name: { '@@assign': 'v' } }) }).plans[0]?.rules ?? [];
    expect(bare).toMatchObject({ scheduleByDefault: true, summary: 'At 05:00 UTC, every day (the schedule of AWS Backup for a rule without one), kept for ever → 365 more recovery points of each resource every year, without end; longest gap 24 h', startWindow: { minutes: 480, byDefault: true, text: '8 h' }, completionWindow: { minutes: 10_080, byDefault: true, text: '7 d' } });
  });

  test('of a rule whose schedule AWS refuses says so, and of a template that it is not known', () => {
    expect(view({ bad: rule({ schedule_expression: { '@@assign': 'rate(1 day)' } }) }).plans[0]?.rules[0]).toMatchObject({ starts: [], problem: 'AWS refuses the schedule rate(1 day): there is nothing to show until it is corrected.' });
    expect(view({ open: rule({ schedule_expression: { '@@assign': '${schedule}' } }) }).plans[0]?.rules[0]).toMatchObject({ starts: [], kept: '', problem: 'A template fills in the schedule: its starts are known only with its values.' });
  });

  test('leads to the rule in the policy that introduces it', () => {
    const { plans } = view({ one: rule({ target_backup_vault_name: { '@@assign': 'v' } }) });
    expect(plans[0]?.rules[0]?.location).toMatchObject({ uri: policyUri('one'), range: { start: { character: 8 } } });
  });

  test('there is none of a target that is not in the model', () => {
    expect(timelineView(sampleOrganization(), { organization: modelUri, key: 'nobody' }, { days: 14, now, timeZone: 'UTC' })).toBeUndefined();
    expect(timelineView(sampleOrganization(), { organization: 'file:///other', key: 'Root' }, { days: 14, now, timeZone: 'UTC' })).toBeUndefined();
  });

  test('accounts that share a policy share the work', () => {
    const snapshot = sampleOrganization();
    const model = snapshot.organizations.get(modelUri);
    const trees = ['Root/Workloads/Prod/Commerce/shop-prod', 'Root/Workloads/Prod/Commerce/orders-prod'].map((path) => {
      const entity = model?.byPath.get(path);
      return model === undefined || entity === undefined ? undefined : effectiveOf(snapshot, model, entity).tree;
    });
    expect(trees[0]).toBe(trees[1]);
    const [one, other] = ['Root/Workloads/Prod/Commerce/shop-prod', 'Root/Workloads/Prod/Commerce/orders-prod'].map((key) => timelineView(snapshot, { organization: modelUri, key }, { days: 366, now, timeZone: 'UTC' })?.plans[0]?.rules[0]?.starts);
    expect(one).toBe(other);
  });
});

describe('lengths of time', () => {
  test.each([[0, '0 min'], [45, '45 min'], [60, '1 h'], [90, '90 min'], [120, '2 h'], [150, '2 h 30 min'], [1440, '24 h'], [2160, '36 h'], [2880, '2 d'], [4380, '3 d 1 h'], [44_640, '31 d'], [2895, '2 d 15 min']])('%i minutes are %s', (minutes, text) => {
    expect(durationText(minutes)).toBe(text);
  });
});
