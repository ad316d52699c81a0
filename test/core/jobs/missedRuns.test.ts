import { describe, expect, test } from 'vitest';
import { answeredRuns, expectedRuns } from '../../../server/core/jobs/missedRuns.ts';
import { effectiveOf } from '../../../server/model/snapshot.ts';
import { organization } from '../../features/organizations.ts';
import { assign, plan, type Json } from '../../features/readiness/needing.ts';

const hour = 3_600_000;
/** Wednesday, 18 November 2026, 20:00 UTC. */
const now = Date.UTC(2026, 10, 18, 20);

function runsOf(schedule: string | undefined, more: Json = {}) {
  const content = plan({ Nightly: { ...(schedule === undefined ? {} : { schedule_expression: assign(schedule) }), target_backup_vault_name: assign('Vault'), ...more } }, { regions: ['eu-west-1'] });
  const snapshot = organization({ name: 'Root', policies: ['p'] }, { p: { plans: { Daily: content } } });
  const [model] = snapshot.organizations.values();
  return expectedRuns(effectiveOf(snapshot, model ?? expect.fail(), model?.root ?? expect.fail()).tree, now);
}

describe('a run that should have started a backup', () => {
  test.each([
    ['this morning', 'cron(0 5 ? * * *)', {}, Date.UTC(2026, 10, 18, 5)],
    ['yesterday, when the window of today is open', 'cron(0 13 ? * * *)', {}, Date.UTC(2026, 10, 17, 13)],
    ['today, when the window is shorter', 'cron(0 13 ? * * *)', { start_backup_window_minutes: assign('60') }, Date.UTC(2026, 10, 18, 13)],
    ['by default at 05:00 UTC', undefined, {}, Date.UTC(2026, 10, 18, 5)],
    ['of an hourly rule, the last whose window is over', 'cron(0 * ? * * *)', { start_backup_window_minutes: assign('60') }, Date.UTC(2026, 10, 18, 19)],
  ])('was %s', (_what, schedule, more, scheduled) => {
    expect(runsOf(schedule, more).map((run) => [run.rule.name, run.region, run.scheduled])).toEqual([['Nightly', 'eu-west-1', scheduled]]);
  });

  test.each([
    ['longer than 48 hours ago', 'cron(0 5 15 * ? *)', {}],
    ['with a window that is still open', 'cron(0 19 18 * ? *)', {}],
    ['by a schedule that cannot be read', 'rate(1 day)', {}],
    ['by a schedule that a template fills in', '${when}', {}],
    ['with a window that a template fills in', 'cron(0 5 ? * * *)', { start_backup_window_minutes: assign('${window}') }],
  ])('is not known %s', (_what, schedule, more) => {
    expect(runsOf(schedule, more)).toEqual([]);
  });
});

describe('a run is answered', () => {
  const [run] = runsOf('cron(0 5 ? * * *)');
  const job = { accountId: '111122223333', region: 'eu-west-1', created: now - hour, planName: 'daily', ruleName: 'NIGHTLY' };

  test.each([
    ['by a job of the rule, in any letter case', job, true],
    ['by a job that names no rule', { ...job, ruleName: undefined }, true],
    ['not by a job of another rule', { ...job, ruleName: 'weekly' }, false],
    ['not by a job of another plan', { ...job, planName: 'other' }, false],
    ['not by a job of another account', { ...job, accountId: '444455556666' }, false],
    ['not by a job in another Region', { ...job, region: 'eu-central-1' }, false],
    ['not by a job before the 48 hours', { ...job, created: now - 49 * hour }, false],
  ])('%s', (_what, { ruleName, ...rest }, answered) => {
    expect(answeredRuns([{ ...rest, ...(ruleName === undefined ? {} : { ruleName }) }], now)('111122223333', run ?? expect.fail())).toBe(answered);
  });
});
