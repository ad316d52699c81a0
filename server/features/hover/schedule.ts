import { nextOccurrences } from '../../core/cron/occurrences.ts';
import { parseSchedule } from '../../core/cron/parse.ts';
import { describeSchedule } from '../../core/cron/words.ts';
import { code } from '../markdown.ts';

/** A schedule in words, what AWS reads otherwise than it looks, and the next three runs in UTC. */
export function scheduleMarkdown(text: string, at: number): readonly string[] {
  const parsed = parseSchedule(text);
  if (!parsed.ok) return [];
  const runs = nextOccurrences(parsed.schedule, at, 3);
  const next = runs.length === 0 ? 'It never runs again.' : `Next runs (UTC):\n\n${runs.map((run) => `- ${utc(run)}`).join('\n')}`;
  return [code(text), `${describeSchedule(parsed.schedule)}.`, ...parsed.notes.map(({ message }) => message), next];
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function utc(time: number): string {
  const date = new Date(time);
  return `${weekdays[date.getUTCDay()] ?? ''} ${date.toISOString().slice(0, 16).replace('T', ' ')}`;
}
