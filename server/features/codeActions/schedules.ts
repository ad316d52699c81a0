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
  const mended = mend(value.text, problem);
  return mended === undefined ? [] : [write(place, value, mended, problem.kind !== 'rate')];
};

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
  return next;
}

function replaced(text: string, { start, end, replacement: mended }: ScheduleProblem): string | undefined {
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
