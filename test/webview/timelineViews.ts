import { loadOrganization } from '../../server/cli/organization.ts';
import { timelineView } from '../../server/features/timeline.ts';
import { parseSchedule } from '../../server/core/cron/parse.ts';
import { applyChanges, emptySnapshot } from '../../server/model/snapshot.ts';
import type { TimelineDays, TimelineView } from '../../server/protocol.ts';

/** Tuesday, 20 October 2026, 09:30 UTC: five days before the clocks in Europe go back. */
export const october = Date.parse('2026-10-20T09:30:00Z');

function viewOf(view: TimelineView | undefined): TimelineView {
  if (view === undefined) throw new Error('The server gives no timeline.');
  // As it comes over the wire.
  return JSON.parse(JSON.stringify(view)) as TimelineView;
}

/** The timeline of a target of the sample organization. */
export function sampleTimeline(days: TimelineDays, path = 'Root/Workloads/Prod/Commerce/payments-prod', timeZone = 'Europe/Berlin'): TimelineView {
  const { snapshot, organization } = loadOrganization('samples/backup-organization.json', october);
  return viewOf(timelineView(snapshot, { organization: organization.uri, key: organization.byPath.get(path)?.key ?? path }, { days, now: october, timeZone }));
}

const assign = (value: unknown): unknown => ({ '@@assign': value });

function rule(schedule: string | undefined, lifecycle: Readonly<Record<string, string>>, windows: readonly [string, string] | undefined, copies: Readonly<Record<string, Readonly<Record<string, string>>>> = {}): unknown {
  if (schedule !== undefined && !parseSchedule(schedule).ok) throw new Error(schedule);
  const days = (values: Readonly<Record<string, string>>): unknown => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, assign(value)]));
  return {
    ...(schedule === undefined ? {} : { schedule_expression: assign(schedule) }),
    target_backup_vault_name: assign('vault'),
    ...(windows === undefined ? {} : { start_backup_window_minutes: assign(windows[0]), complete_backup_window_minutes: assign(windows[1]) }),
    lifecycle: days(lifecycle),
    copy_actions: Object.fromEntries(Object.entries(copies).map(([arn, own]) => [arn, { target_backup_vault_arn: assign(arn), lifecycle: days(own) }])),
  };
}

/** Hourly, weekday, default and monthly rules of two plans that meet, with copies and cold storage. */
export function busyTimeline(days: TimelineDays, timeZone = 'America/New_York'): TimelineView {
  const selections = { tags: { gold: { iam_role_arn: assign('arn:aws:iam::$account:role/backup'), tag_key: assign('tier'), tag_value: assign(['gold']) } } };
  const policy = {
    plans: {
      core: {
        regions: assign(['eu-west-1', 'eu-central-1']),
        rules: {
          hourly: rule('cron(0 * ? * * *)', { delete_after_days: '7' }, ['60', '120']),
          weekdays: rule('cron(0 20 ? * MON-FRI *)', { move_to_cold_storage_after_days: '30', delete_after_days: '365' }, ['120', '600'], { 'arn:aws:backup:eu-central-1:222233334444:backup-vault:central': { move_to_cold_storage_after_days: '10', delete_after_days: '120' } }),
        },
        selections,
      },
      legacy: { regions: assign(['eu-west-1']), rules: { bare: rule(undefined, {}, undefined) }, selections },
    },
  };
  const uri = 'file:///project/backup-organization.json';
  const snapshot = applyChanges(emptySnapshot(october), october, [
    { type: 'organization', uri, text: JSON.stringify({ root: { name: 'Root', policies: ['busy'] }, policies: { busy: { file: 'busy.json' } } }) },
    { type: 'policy', uri: 'file:///project/busy.json', text: JSON.stringify(policy) },
  ]);
  return viewOf(timelineView(snapshot, { organization: uri, key: 'Root' }, { days, now: october, timeZone }));
}
