import { timelineView } from '../features/timeline.ts';
import { timelineDays, type PlanTimelineView, type RuleTimelineView, type TimelineDays, type TimelineView } from '../protocol.ts';
import { readTime } from './input.ts';
import { InputError } from './inputError.ts';
import { loadOrganization, requireTarget, unreadPolicies } from './organization.ts';
import type { Outcome } from './outcome.ts';
import { scheduleJson } from './scheduleJson.ts';

const day = 86_400_000;
/** Starts of a day that are listed one by one. */
const mostListed = 4;

/** What the command line says; see the usage. */
export interface ScheduleOptions {
  readonly organization: string;
  readonly target: string;
  readonly days: string | undefined;
  readonly timeZone: string | undefined;
  readonly format: 'text' | 'json';
  readonly at: string | undefined;
}

/**
 * `backup-policy schedule`: when the rules of a target start in the coming days, and what becomes of their recovery
 * points. The status is 1 when AWS withholds the policy.
 * @throws InputError for a model that cannot be read, or wrong days or time zone.
 */
export function schedule(options: ScheduleOptions): Outcome {
  const now = readTime(options.at);
  const [days, timeZone] = [readDays(options.days), readTimeZone(options.timeZone)];
  const loaded = loadOrganization(options.organization, now);
  const { snapshot, organization } = loaded;
  const entity = requireTarget(organization, options.target);
  const view = timelineView(snapshot, { organization: organization.uri, key: entity.key }, { days, now, timeZone });
  if (view === undefined) throw new InputError(`The organization has no root, OU or account "${options.target}".`);
  const output = options.format === 'json' ? `${JSON.stringify(scheduleJson(view), undefined, 2)}\n` : `${report(view).join('\n')}\n`;
  return { status: view.errors.length > 0 ? 1 : 0, output, warnings: unreadPolicies(loaded, entity) };
}

function readDays(days: string | undefined): TimelineDays {
  const found = timelineDays.find((each) => String(each) === (days ?? '14'));
  if (found === undefined) throw new InputError(`--days ${days ?? ''} is not one of ${timelineDays.join(', ')}.`);
  return found;
}

function readTimeZone(timeZone: string | undefined): string {
  if (timeZone === undefined) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw new InputError(`--time-zone ${timeZone} is no time zone such as Europe/Berlin.`);
  }
}

function report(view: TimelineView): readonly string[] {
  const last = new Date(view.to - day).toISOString().slice(0, 10);
  return [
    `Schedule of ${view.target.path} from ${dateOf(view.from)} to ${last}, in UTC`,
    ...(view.errors.length === 0 ? [] : ['', 'AWS withholds this policy: accounts keep their last valid one, and what follows is not in force.', ...view.errors.map((error) => `  ${error}`)]),
    ...(view.plans.length === 0 ? ['', 'No policy gives it a plan: nothing is backed up.'] : []),
    ...view.plans.flatMap(planReport),
    ...section('Resources of several plans', view.shared.map(({ resources, regions, plans, gaps }) => `${resources} in ${regions.join(', ')}, by ${plans.map(({ name }) => name).join(', ')}. ${gaps?.meaning ?? ''}`.trimEnd())),
    ...section('Overlaps', view.overlaps.map(({ meaning }) => meaning)),
    ...section('Changes of clocks', view.zone.changes.map(({ meaning }) => meaning)),
    ...calendar(view),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function planReport({ name, regions, gaps, rules }: PlanTimelineView): readonly string[] {
  return [
    '',
    `Plan ${name}${regions.length === 0 ? '' : ` in ${regions.join(', ')}`}`,
    ...(gaps === undefined ? [] : [`  ${gaps.meaning}`]),
    ...rules.flatMap((rule) => [`  Rule ${rule.name}`, `    ${rule.summary}`, `    Starts within ${windowText(rule.startWindow)}, done within ${windowText(rule.completionWindow)}`, ...rule.copies.map(({ summary }) => `    ${summary}`)]),
  ];
}

function windowText({ text, byDefault }: RuleTimelineView['startWindow']): string {
  return byDefault ? `${text} (by default)` : text;
}

/** One line for each day and rule on which something happens. */
function calendar({ plans, from, to }: TimelineView): readonly string[] {
  const rules = plans.flatMap((plan) => plan.rules.map((rule) => ({ rule, name: `${plan.name}/${rule.name}` })));
  const rows: (readonly string[])[] = [];
  for (let start = from; start < to; start += day) {
    for (const { name, rule: { starts, moves, deletions, copies } } of rules) {
      const within = (times: readonly number[]): readonly number[] => times.filter((time) => time >= start && time < start + day);
      const [begun, moved, deleted] = [within(starts), within(moves), within(deletions)];
      const [movedCopies, deletedCopies] = [copies.flatMap((copy) => within(copy.moves)), copies.flatMap((copy) => within(copy.deletions))];
      if ([begun, moved, deleted, movedCopies, deletedCopies].every((times) => times.length === 0)) continue;
      rows.push([dateOf(start), name, timesText(begun), count(begun.length * copies.length), count(moved.length + movedCopies.length), count(deleted.length + deletedCopies.length)]);
    }
  }
  return rows.length === 0 ? [] : ['', ...table([['Day', 'Rule', 'Starts', 'Copies', 'To cold storage', 'Deleted'], ...rows])];
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function timesText(times: readonly number[]): string {
  const clock = times.map((time) => new Date(time).toISOString().slice(11, 16));
  return clock.length <= mostListed ? clock.join(' ') : `${String(clock.length)} from ${clock[0] ?? ''} to ${clock.at(-1) ?? ''}`;
}

function count(number: number): string {
  return number === 0 ? '' : String(number);
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}
