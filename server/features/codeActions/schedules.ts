import { hasTwoHourlyOccurrences } from '../../core/cron/frequency.ts';
import { parseSchedule } from '../../core/cron/parse.ts';
import type { ScheduleProblem } from '../../core/cron/schedule.ts';
import type { ScalarNode } from '../../core/document/tree.ts';
import { replacement, type Fix, type Fixer } from './fix.ts';
import type { Place } from './place.ts';

/** So many mistakes of one schedule are mended together. */
const mostSteps = 8;

/** Writes the schedule as the parser understands it; both choices where two days are given. */
export const fixSchedule: Fixer = (place) => {
  const { value } = place;
  if (value?.type !== 'string') return [];
  const problem = problemsOf(value.text).find((each) => each.message === place.problem.message);
  if (problem === undefined) return [];
  if (problem.kind === 'day-fields' && problem.replacement === undefined) return chooseDay(place, value);
  const unix = unixWeekdays(value.text);
  const mended = mend(value.text, problem);
  if (unix !== undefined) return [unix, ...(mended === undefined ? [] : [mended])].map((text, index) => ({ ...write(place, value, text, false), title: `Write ${text}: weekday ${index === 0 ? '0 or 7 is Sunday, as in Unix' : '1 is Sunday, as in AWS'}` }));
  if (mended !== undefined) return [write(place, value, mended, problem.kind !== 'rate')];
  const everyYear = withField(value.text, 5, '*');
  if (isTaken(everyYear, place.at)) return [write(place, value, everyYear, false)];
  if (problem.kind !== 'not-cron' && problem.kind !== 'rate') return [];
  const days = Number(/^\s*rate\(\s*(\d+)\s+days?\s*\)\s*$/i.exec(value.text)?.[1] ?? 1);
  const [cron, words] = days < 28 ? [daily, 'every day'] : [monthly, 'on the first day of every month'];
  return [{ ...write(place, value, cron, false), title: `Write ${cron}: ${words} at 05:00 UTC` }];
};

const daily = 'cron(0 5 ? * * *)';
const monthly = 'cron(0 5 1 * ? *)';

/** Writes the schedule as AWS reads it. */
export const fixReading: Fixer = (place) => {
  const { value } = place;
  if (value?.type !== 'string') return [];
  const parsed = parseSchedule(value.text);
  const note = parsed.ok ? parsed.notes.find((each) => each.message === place.problem.message) : undefined;
  const mended = note === undefined ? undefined : replaced(value.text, note)?.replace(/[ \t]+\)$/, ')');
  return mended === undefined || !isTaken(mended, place.at) ? [] : [write(place, value, mended, note?.kind === 'missing-year')];
};

const unixDays: readonly string[] = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** A schedule of Unix's cron with its weekdays by name; undefined for one whose weekdays are no numbers. */
function unixWeekdays(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  const weekday = fields[4];
  if (fields.length !== 5 || weekday === undefined || !/^[0-7](?:[-,][0-7])*$/.test(weekday) || text.includes('(')) return undefined;
  fields[4] = weekday.replace(/[0-7]/g, (day) => unixDays[Number(day)] ?? day);
  const cron = `cron(${fields[2] === '*' ? fields.map((field, index) => (index === 2 ? '?' : field)).join(' ') : fields.join(' ')} *)`;
  return parseSchedule(cron).ok ? cron : undefined;
}

/** The schedule of AWS that a text means, where that is clear; the text itself where AWS takes it. */
export function meantSchedule(text: string): string | undefined {
  const [problem] = problemsOf(text);
  const mended = problem === undefined ? text : mend(text, problem);
  return mended !== undefined && parseSchedule(mended).ok ? mended : undefined;
}

/** Runs a schedule at one minute of the hour, or in every year, where AWS takes that. */
export const fixFrequency: Fixer = (place) => {
  const { value } = place;
  if (value?.type !== 'string') return [];
  const parsed = parseSchedule(value.text);
  if (!parsed.ok) return [];
  const hourly = withField(value.text, 0, String(parsed.schedule.minutes[0] ?? 0));
  return [hourly, withField(value.text, 5, '*')].filter((text) => isTaken(text, place.at)).map((text) => write(place, value, text, false));
};

/** Mends a problem and what comes to light behind it; undefined where the intent is not clear. */
function mend(text: string, problem: ScheduleProblem): string | undefined {
  const start = replaced(text, problem);
  if (start === undefined) return undefined;
  let next = start;
  for (let step = 0; step < mostSteps; step++) {
    const [first] = problemsOf(next);
    const following = first === undefined ? undefined : replaced(next, first);
    if (following === undefined) break;
    next = following;
  }
  const parsed = parseSchedule(next);
  const year = parsed.ok ? parsed.notes.find(({ kind }) => kind === 'missing-year') : undefined;
  return year === undefined ? next : replaced(next, year) ?? next;
}

function replaced(text: string, { start, end, replacement: mended }: Pick<ScheduleProblem, 'start' | 'end' | 'replacement'>): string | undefined {
  return mended === undefined ? undefined : `${text.slice(0, start)}${mended}${text.slice(end)}`;
}

function chooseDay(place: Place, value: ScalarNode): readonly Fix[] {
  return [4, 2].map((field) => withField(value.text, field, '?')).filter((text) => parseSchedule(text).ok).map((text) => write(place, value, text, false));
}

function write({ document }: Place, value: ScalarNode, text: string, certain: boolean): Fix {
  return { title: `Write ${text}`, edits: [replacement(document, value, JSON.stringify(text))], certain: certain && parseSchedule(text).ok };
}

function problemsOf(text: string): readonly ScheduleProblem[] {
  const parsed = parseSchedule(text);
  return parsed.ok ? [] : parsed.problems;
}

function isTaken(text: string, at: number): boolean {
  const parsed = parseSchedule(text);
  return parsed.ok && hasTwoHourlyOccurrences(parsed.schedule, at) === undefined;
}

/** A schedule with another text in one field, 0 = minutes. */
function withField(text: string, index: number, field: string): string {
  const fields = text.replace(/^cron\(|\)$/g, '').split(/[ \t]+/).filter((each) => each !== '');
  fields[index] = field;
  return `cron(${fields.join(' ')})`;
}
