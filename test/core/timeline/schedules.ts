import { parseSchedule } from '../../../server/core/cron/parse.ts';
import type { Schedule } from '../../../server/core/cron/schedule.ts';

/** The schedule with these six fields. */
export function schedule(fields: string): Schedule {
  const parsed = parseSchedule(`cron(${fields})`);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.schedule;
}

export const day = 86_400_000;

/** Tuesday, 20 October 2026, 00:00 UTC. */
export const tuesday = Date.UTC(2026, 9, 20);
