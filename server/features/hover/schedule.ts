import { mendedSchedule } from '../../core/cron/mend.ts';
import { nextOccurrences } from '../../core/cron/occurrences.ts';
import { parseSchedule } from '../../core/cron/parse.ts';
import { scheduleRemarks } from '../../core/cron/remarks.ts';
import type { Schedule } from '../../core/cron/schedule.ts';
import { describeSchedule } from '../../core/cron/words.ts';
import { hasTemplate, templateEnd } from '../../core/document/template.ts';
import { code, escaped } from '../markdown.ts';
import { changesClock, clockTime, offsetFromUtc } from './localTime.ts';
import { fieldsMarkdown, table } from './scheduleFields.ts';

/** How many runs a hover lists. */
const listedRuns = 5;

/** By which clocks a schedule is told. */
export interface ScheduleClock {
  /** Now: epoch milliseconds UTC. */
  readonly now: number;
  /** The zone of local times: an IANA name that the platform knows. */
  readonly timeZone: string;
}

/**
 * A schedule in words, what is easily misread in it, and its next runs in UTC and local time; for a schedule that
 * AWS refuses, what the wrong field takes, and the same of the schedule that was probably meant.
 * @param offset of the cursor in the text.
 */
export function scheduleMarkdown(text: string, offset: number, clock: ScheduleClock): readonly string[] {
  if (hasTemplate(text) || templateEnd(text, 0) === text.length) return [code(text), 'A template fills in this schedule: what it says and when it runs is known only with its values.'];
  const parsed = parseSchedule(text);
  if (parsed.ok) {
    const asides = [...parsed.notes, ...scheduleRemarks(text)].map(({ message }) => `- ${escaped(message)}`).join('\n');
    return [code(text), `${describeSchedule(parsed.schedule)}.`, asides, runsMarkdown(parsed.schedule, clock)];
  }
  const mended = mendedSchedule(text);
  const meant = mended === undefined ? undefined : parseSchedule(mended);
  const fields = fieldsMarkdown(text, parsed.problems, offset);
  if (mended === undefined || meant?.ok !== true) return [code(text), 'AWS refuses this schedule: it has no runs.', fields];
  return [code(text), 'AWS refuses this schedule: it has no runs.', `Written as ${code(mended)}: ${describeSchedule(meant.schedule)}.`, runsMarkdown(meant.schedule, clock), fields];
}

function runsMarkdown(schedule: Schedule, { now, timeZone }: ScheduleClock): string {
  const runs = nextOccurrences(schedule, now, listedRuns);
  if (runs.length === 0) return 'It never runs again.';
  const rows = runs.map((run) => [clockTime(run, 'UTC'), `${clockTime(run, timeZone)} (${offsetFromUtc(run, timeZone)})`]);
  const heading = runs.length < listedRuns ? 'The last runs:' : 'Next runs:';
  const changes = changesClock(now, timeZone) ? '\n\nAWS keeps to UTC: the local time moves with daylight saving time.' : '';
  return `${heading}\n\n${table(['UTC', escaped(`Local time, ${timeZone}`)], rows)}${changes}`;
}
