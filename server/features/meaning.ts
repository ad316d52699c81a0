import { parseSchedule } from '../core/cron/parse.ts';
import { describeSchedule } from '../core/cron/words.ts';
import { suggestedValues, type ValueType } from '../core/grammar.ts';

/** A value in words where that says more than the value: a schedule, minutes as hours, days as years, a Region's name. Markdown. */
export function meaningOf(type: ValueType, text: string): string | undefined {
  switch (type) {
    case 'scheduleExpression': {
      const parsed = parseSchedule(text);
      return parsed.ok ? describeSchedule(parsed.schedule) : undefined;
    }
    case 'minutes':
      return /^\d{1,16}$/.test(text) ? minutes(Number(text)) : undefined;
    case 'days':
      return /^\d{1,16}$/.test(text) ? days(Number(text)) : undefined;
    default: {
      const description = suggestedValues(type).find(({ value }) => value === text)?.description;
      return description === undefined || description === '' ? undefined : description;
    }
  }
}

/** Days as weeks, months or years; undefined for a few days. */
function days(amount: number): string | undefined {
  if (amount >= 365) return count(amount / 365, 'year');
  if (amount % 7 === 0 && amount < 84) return count(amount / 7, 'week');
  return amount >= 60 ? `about ${count(Math.round(amount / 30), 'month')}` : undefined;
}

function minutes(amount: number): string | undefined {
  if (amount >= 2880 || amount === 1440) return count(amount / 1440, 'day');
  return amount >= 60 ? count(amount / 60, 'hour') : undefined;
}

/** A number of units, rounded to a half, said as it is: exactly or about. */
function count(amount: number, noun: string): string {
  const rounded = Math.round(amount * 2) / 2;
  return `${rounded === amount ? '' : 'about '}${rounded.toLocaleString('en-US')} ${noun}${rounded === 1 ? '' : 's'}`;
}
