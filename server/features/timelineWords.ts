import type { SharedResources } from '../core/advice/meetingSelections.ts';
import { describeSchedule } from '../core/cron/words.ts';
import type { ClockChange } from '../core/timeline/clockChanges.ts';
import type { Gaps } from '../core/timeline/gaps.ts';
import type { KeptPoints, Lifecycle, PointCount } from '../core/timeline/recoveryPoints.ts';
import type { RuleOverlap, RuleTimeline } from '../core/timeline/timeline.ts';
import { clockTime, offsetFromUtc } from './hover/localTime.ts';

const hour = 60;
const day = 24 * hour;
/** Continuous backups are kept so long at most. Source: limits-and-errors §2 [doc]. */
const longestContinuousDays = 35;

/** A length of time: `90 min`, `24 h`, `31 d`, `2 d 5 h`. */
export function durationText(minutes: number): string {
  if (minutes >= 2 * day || minutes === 0) return parts([[minutes / day, 'd'], [minutes % day / hour, 'h'], [minutes % hour, 'min']]);
  return minutes > 2 * hour || minutes % hour === 0 ? parts([[minutes / hour, 'h'], [minutes % hour, 'min']]) : `${String(minutes)} min`;
}

function parts(units: readonly (readonly [number, string])[]): string {
  const said = units.filter(([count]) => Math.floor(count) > 0).map(([count, unit]) => `${String(Math.floor(count))} ${unit}`);
  return said.length === 0 ? '0 min' : said.join(' ');
}

/** A moment: `2026-10-25 01:00 UTC`. */
export function momentText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `kept 35 days`, `to cold storage after 30 days, kept 365 days`, `kept for ever`, `kept as long as a template says`. */
export function lifecycleText({ coldAfterDays, deleteAfterDays, isColdUnknown, isDeletionUnknown }: Lifecycle): string {
  const cold = isColdUnknown === true ? 'to cold storage when a template says, ' : coldAfterDays === undefined ? '' : `to cold storage after ${days(coldAfterDays)}, `;
  if (isDeletionUnknown === true) return `${cold}kept as long as a template says`;
  return `${cold}${deleteAfterDays === undefined ? 'kept for ever' : `kept ${days(deleteAfterDays)}`}`;
}

/** What is counted: one, and several. */
export type Nouns = readonly [one: string, many: string];

/** What a rule makes. */
export const recoveryPoints: Nouns = ['recovery point', 'recovery points'];

/** `about 35 recovery points of each resource`; empty when the schedule is not known. */
export function keptText(kept: KeptPoints | undefined, [one, many]: Nouns): string {
  if (kept === undefined) return '';
  const { total, warm, cold } = kept;
  const split = cold === undefined ? '' : `: ${countText(warm)} in warm storage, ${countText(cold)} in cold storage`;
  if (total.kind === 'growing' && total.perYear === 0) return `no more ${many}, and those that there are stay`;
  if (total.kind === 'growing') return `${number(total.perYear)} more ${many} of each resource every year, without end${split}`;
  if (total.most === 0) return `no ${many} in the coming year`;
  return `${total.least === total.most ? 'about ' : ''}${countText(total)} ${total.most === 1 && total.least === 1 ? one : many} of each resource${split}`;
}

function countText(count: PointCount): string {
  if (count.kind === 'growing') return `${number(count.perYear)} more every year`;
  return count.least === count.most ? number(count.most) : `${number(count.least)} to ${number(count.most)}`;
}

/** Rare schedules have less than one run a year. */
function number(count: number): string {
  return (count < 2 ? Math.round(count * 100) / 100 : Math.round(count)).toLocaleString('en-US');
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${String(count)} days`;
}

/** The largest gap in a sentence, with what a late start makes of it. */
export function gapsText({ largest, typicalMinutes, latestMinutes, even, places }: Gaps): string {
  const length = (largest.to - largest.from) / 60_000;
  const longest = durationText(length);
  const when = `from ${momentText(largest.from)} to ${momentText(largest.to)}${places.length === 2 ? ' and once more in a year' : places.length > 2 ? ` and ${String(places.length - 1)} times more in a year` : ''}`;
  const regular = even ? `A backup starts every ${longest}.`
    : typicalMinutes === length ? `The longest gap between two backups is ${longest}, as most are.`
      : `The longest gap between two backups is ${longest}, ${when}; typically it is ${durationText(typicalMinutes)}.`;
  return `${regular} A job that starts at the end of its window makes it up to ${durationText(latestMinutes)}.`;
}

/** One line on a rule: schedule, retention, recovery points kept, longest gap. */
export function ruleSummary({ rule, kept, gaps }: RuleTimeline): string {
  const { schedule } = rule;
  if (schedule.kind !== 'runs') return `${scheduleProblem(rule.schedule) ?? ''} Recovery points are ${lifecycleText(rule.lifecycle)}.`;
  const runs = `${describeSchedule(schedule.schedule)}${schedule.byDefault ? ' (the schedule of AWS Backup for a rule without one)' : ''}`;
  const continuous = rule.continuous ? `; continuous backup: restores to any point in time of the last ${rule.lifecycle.isDeletionUnknown === true ? 'days' : days(Math.min(rule.lifecycle.deleteAfterDays ?? longestContinuousDays, longestContinuousDays))} where the resource type has it` : '';
  const gap = gaps === undefined ? '' : `; longest gap ${durationText((gaps.largest.to - gaps.largest.from) / 60_000)}`;
  return `${runs}, ${lifecycleText(rule.lifecycle)}${kept === undefined ? '' : ` → ${keptText(kept, recoveryPoints)}`}${gap}${continuous}`;
}

/** Why a rule has no starts; undefined when it has. */
export function scheduleProblem(schedule: RuleTimeline['rule']['schedule']): string | undefined {
  switch (schedule.kind) {
    case 'runs': return undefined;
    case 'refused': return `AWS refuses the schedule ${schedule.text}: there is nothing to show until it is corrected.`;
    case 'unknown': return 'A template fills in the schedule: its starts are known only with its values.';
  }
}

/** Where copies go, from a vault's ARN. */
export function destinationOf(arn: string | undefined): { readonly destination: string; readonly vault: string; readonly region: string; readonly account?: string } {
  const [, region = '', account = '', vault = ''] = /^arn:[^:]*:backup:([^:]*):([^:]*):backup-vault:(.*)$/i.exec(arn ?? '') ?? [];
  if (vault === '') return { destination: 'a vault that is not known', vault: arn ?? '', region: '' };
  const own = account.toLowerCase() === '$account';
  return { destination: `vault ${vault} in ${region}, ${own ? 'same account' : `account ${account}`}`, vault, region, ...(own ? {} : { account }) };
}

/** Which resources several plans have in common. */
export function resourcesText(what: SharedResources['what']): string {
  switch (what.kind) {
    case 'tag': return `resources with the tag ${what.key} = ${what.value}`;
    case 'type': return `resources ${what.pattern}`;
    case 'everything': return 'all resources';
  }
}

/** What an overlap of two rules is, with its first place. */
export function overlapText({ rules: [left, right], count, places }: RuleOverlap): string {
  const names = [left, right].map(({ rule }) => `"${rule.node.path.at(1) ?? ''}/${rule.node.name}"`).join(' and ');
  const first = places[0];
  const how = first === undefined ? '' : `first on ${momentText(first.time)}${first.afterMinutes === 0 ? ', both at the same time' : `, ${durationText(first.afterMinutes)} after the other`}`;
  const often = count > places.length ? `, ${number(count)} times in this period, of which the first ${number(places.length)} are shown` : count > 1 ? `, ${number(count)} times in this period` : '';
  return `${names} select the same resources, and one starts within the start window of the other, ${how}${often}: AWS Backup keeps only one of two backups that overlap.`;
}

/** A clock change: how the local time of backups moves. */
export function clockChangeText({ time, before, after }: ClockChange, timeZone: string): string {
  const by = durationText(Math.abs(after - before));
  return `${clockTime(time, timeZone)} (${offsetFromUtc(time, timeZone)}): clocks in ${timeZone} go ${after > before ? 'forward' : 'back'} by ${by}. AWS keeps to UTC: backups start ${by} ${after > before ? 'later' : 'earlier'} on the local clock from here on, and the gaps between them stay as they are.`;
}
