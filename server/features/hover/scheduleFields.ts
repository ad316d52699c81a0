import { scheduleFields, type Field, type FieldName } from '../../core/cron/fields.ts';
import { scheduleBody } from '../../core/cron/scheduleBody.ts';
import type { ScheduleProblem } from '../../core/cron/schedule.ts';
import { code } from '../markdown.ts';

/** What stands in a field and what it says. */
type Example = readonly [text: string, meaning: string];

const examples: Readonly<Record<FieldName, readonly Example[]>> = {
  minutes: [['0', 'on the hour'], ['30', 'at half past']],
  hours: [['5', 'at 05'], ['8,20', 'at 08 and at 20'], ['9-17', 'every hour from 09 to 17'], ['0/6', 'every 6 hours: 00, 06, 12 and 18'], ['*', 'every hour']],
  'day-of-month': [['1', 'the first day'], ['1,15', 'days 1 and 15'], ['L', 'the last day'], ['L-3', '3 days before the last day'], ['LW', 'the last weekday (Monday to Friday)'], ['15W', 'the weekday nearest day 15'], ['*', 'every day'], ['?', 'the day-of-week decides']],
  month: [['*', 'every month'], ['1', 'January'], ['JAN,JUL', 'January and July'], ['1/3', 'January, April, July and October']],
  'day-of-week': [['*', 'every day'], ['MON-FRI', 'Monday to Friday'], ['1', 'Sunday: AWS counts from 1 for Sunday to 7 for Saturday'], ['MON#1', 'the first Monday of the month'], ['FRIL', 'the last Friday of the month'], ['?', 'the day-of-month decides']],
  year: [['*', 'every year'], ['2030', '2030'], ['2030-2035', '2030 to 2035'], ['2030/2', 'every 2 years from 2030']],
};

/**
 * What the wrong field under the cursor takes, else the first wrong field; all six where the schedule is wrong as a
 * whole.
 * @param offset of the cursor in the text.
 */
export function fieldsMarkdown(text: string, problems: readonly ScheduleProblem[], offset: number): string {
  const body = scheduleBody(text);
  const wrong = body.ok ? scheduleFields.filter((_, index) => {
    const at = body.fields[index];
    return at !== undefined && problems.some(({ start, end }) => start >= at.start && end <= at.end);
  }) : [];
  const under = body.ok ? body.fields.findIndex(({ start, end }) => start <= offset && offset <= end) : -1;
  const shown = wrong.find((field) => field === scheduleFields[under]) ?? wrong[0];
  return shown === undefined ? allFields() : oneField(shown);
}

function oneField(field: Field): string {
  return `**${field.name}** takes ${field.permitted}, with \`*\`, lists, ranges and steps:\n\n${table(['Write', 'for'], examples[field.name].map(([text, meaning]) => [code(text), meaning]))}`;
}

function allFields(): string {
  return `A schedule is \`cron(${scheduleFields.map(({ name }) => name).join(' ')})\`, in UTC:\n\n${table(['Field', 'takes'], scheduleFields.map(({ name, permitted }) => [name, permitted]))}`;
}

/** A table in Markdown; the cells are Markdown without bars. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => ':--')), ...rows.map(line)].join('\n');
}
