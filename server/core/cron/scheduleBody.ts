import type { ScheduleProblem } from './schedule.ts';
import { scheduleOfUnixCron } from './unixCron.ts';

/** A field's text, as written, and its offset in the schedule. */
export interface FieldText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What stands between the parentheses, cut at blanks; or why the text is no `cron(…)`. */
export type ScheduleBody =
  | { readonly ok: true; readonly fields: readonly FieldText[]; readonly start: number; readonly end: number }
  | { readonly ok: false; readonly problem: ScheduleProblem };

/** The schedule that messages offer as an example. */
const example = 'cron(0 5 ? * * *)';

/**
 * Takes `cron(` and `)` off and cuts the rest into fields at spaces and tabs. A blank before or after is refused
 * [obs]; more blanks between the fields are not. `cron` in capitals is taken for refused, since AWS compares
 * values with regard to case [inf]. Source: syntax §3.1.
 */
export function scheduleBody(text: string): ScheduleBody {
  const found = /^cron\(([^()]*)\)$/.exec(text);
  if (!found) return { ok: false, problem: noCron(text) };
  const start = 'cron('.length;
  const fields = [...(found[1] ?? '').matchAll(/[^ \t]+/g)].map((match) => ({
    text: match[0], start: start + match.index, end: start + match.index + match[0].length,
  }));
  return { ok: true, fields, start, end: text.length - 1 };
}

function noCron(text: string): ScheduleProblem {
  const whole = { start: 0, end: text.length };
  if (text.trim() === '') {
    return { kind: 'not-cron', ...whole, replacement: example, message: `The schedule is empty: AWS refuses the policy. Write ${example} for every day at 05:00 UTC, for example.` };
  }
  const rate = /^\s*rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)\s*$/i.exec(text);
  if (rate || /^\s*rate\b/i.test(text)) return rateProblem(whole, text, rate ? cronFor(Number(rate[1]), (rate[2] ?? '').toLowerCase()) : undefined);
  const trimmed = text.trim();
  if (trimmed.length < text.length && /^cron\([^()]*\)$/i.test(trimmed)) return blankProblem(text);
  if (/^cron\([^()]*\)$/i.test(text)) {
    return { kind: 'letter-case', start: 0, end: 4, replacement: 'cron', message: `Write "cron" in lower case: AWS refuses ${text.slice(0, 4)}(…).` };
  }
  if (/^cron\([^()]*\)/i.test(text)) {
    const close = text.indexOf(')') + 1;
    return { kind: 'not-cron', start: close, end: text.length, replacement: '', message: `Nothing may follow the closing parenthesis: AWS refuses the policy. Remove "${text.slice(close)}".` };
  }
  if (/^cron\([^()]*$/i.test(text)) {
    return { kind: 'not-cron', ...whole, replacement: `${text.trimEnd()})`, message: 'The closing parenthesis of cron(…) is missing: AWS refuses the policy.' };
  }
  if (/^[^()]+$/.test(text) && [5, 6].includes(trimmed.split(/\s+/).length)) {
    const schedule = scheduleOfUnixCron(trimmed) ?? `cron(${trimmed})`;
    return { kind: 'not-cron', ...whole, replacement: schedule, message: `A schedule stands in cron(…): AWS refuses "${text}". Write ${schedule}.` };
  }
  return { kind: 'not-cron', ...whole, message: `A schedule has the form cron(minutes hours day-of-month month day-of-week year): AWS refuses "${text}". Write ${example} for every day at 05:00 UTC, for example.` };
}

function rateProblem(whole: { readonly start: number; readonly end: number }, text: string, replacement: string | undefined): ScheduleProblem {
  return {
    kind: 'rate', ...whole, ...(replacement !== undefined && { replacement }),
    message: `Backup policies take cron(…) schedules only: AWS refuses ${text.trim()}. Write ${replacement ?? example} instead.`,
  };
}

/** A schedule that runs as often, where the clock and the calendar allow the same rhythm. */
function cronFor(count: number, unit: string): string | undefined {
  const hours = unit === 'minute' ? count / 60 : unit === 'hour' ? count : count * 24;
  if (hours === 1) return 'cron(0 * ? * * *)';
  if (hours < 24 && 24 % hours === 0) return `cron(0 0/${String(hours)} ? * * *)`;
  if (hours === 24) return example;
  return hours === 24 * 7 ? 'cron(0 5 ? * SUN *)' : undefined;
}

function blankProblem(text: string): ScheduleProblem {
  const leading = text.length - text.trimStart().length;
  const [start, end] = leading > 0 ? [0, leading] : [text.trimEnd().length, text.length];
  return { kind: 'surrounding-blank', start, end, replacement: '', message: `A blank stands ${leading > 0 ? 'before' : 'after'} cron(…): AWS refuses the policy. Remove it.` };
}
