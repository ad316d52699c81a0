import { expect, test } from 'vitest';
import { checkFrequency, hasTwoHourlyOccurrences, isSparseEnoughForArchive, minimumArchiveMinutes } from '../../../server/core/cron/frequency.ts';
import { parseSchedule } from '../../../server/core/cron/parse.ts';
import recordings from './recordings.json' with { type: 'json' };

function verdict(expression: string, at: number, archive: boolean): string {
  const parsed = parseSchedule(expression);
  if (!parsed.ok || hasTwoHourlyOccurrences(parsed.schedule, at) !== undefined) return 'rejected';
  return archive && checkFrequency(parsed.schedule, at, minimumArchiveMinutes).kind !== 'sparse-enough' ? 'rejected' : 'accepted';
}

test.each(recordings)('AWS $verdict $expression at $at (archive: $archive)', ({ expression, at, archive, verdict: aws }) => {
  expect(verdict(expression, Date.parse(at), archive)).toBe(aws);
  if (archive) expect(isSparseEnoughForArchive(expression, Date.parse(at))).toBe(aws === 'accepted');
});
