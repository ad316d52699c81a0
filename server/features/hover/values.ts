import { suggestedValues, type GrammarLeaf } from '../../core/grammar.ts';
import { nextOccurrences } from '../../core/cron/occurrences.ts';
import { parseSchedule } from '../../core/cron/parse.ts';
import { code } from '../markdown.ts';
import { meaningOf } from '../meaning.ts';

/** What a value means, when that says more than the value. */
export function valueMeaning(grammar: GrammarLeaf, text: string): string | undefined {
  if (grammar.value === 'boolean') return suggestedValues('boolean').find(({ value }) => value === text)?.description;
  return meaningOf(grammar.value, text);
}

/** A schedule in words, what AWS reads otherwise than it looks, and the next three runs in UTC. */
export function scheduleMarkdown(text: string, at: number): readonly string[] {
  const parsed = parseSchedule(text);
  if (!parsed.ok) return [];
  const runs = nextOccurrences(parsed.schedule, at, 3);
  const next = runs.length === 0 ? 'It never runs again.' : `Next runs (UTC):\n\n${runs.map((run) => `- ${utc(run)}`).join('\n')}`;
  return [code(text), meaningOf('scheduleExpression', text) ?? '', ...parsed.notes.map(({ message }) => message), next];
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function utc(time: number): string {
  const date = new Date(time);
  return `${weekdays[date.getUTCDay()] ?? ''} ${date.toISOString().slice(0, 16).replace('T', ' ')}`;
}
