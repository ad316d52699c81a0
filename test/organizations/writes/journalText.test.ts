import { expect, test } from 'vitest';
import { readEntry, type JournalEntry, type JournalRecord } from '../../../server/organizations/writes/journal.ts';
import { journalText } from '../../../server/organizations/writes/journalText.ts';

const at = Date.parse('2026-06-01T12:00:00Z');
const organizationId = 'o-exampleorg1';
const begun: JournalRecord = { type: 'begun', version: 1, at, process: { pid: 1, host: 'a', started: at }, operation: { title: 'Push baseline', organizationId, caller: 'arn:aws:iam::111122223333:user/me', writes: [{ type: 'createPolicy', name: 'baseline', description: '', content: '{}' }, { type: 'attachPolicy', policyId: { createdBy: 0 }, policyName: 'baseline', targetId: 'r-abcd', targetName: 'Root' }] } };

function entry(...records: readonly JournalRecord[]): JournalEntry {
  const read = readEntry('1', records.map((record) => JSON.stringify(record)).join('\n'), false);
  if (read === undefined) throw new Error('No beginning was read.');
  return read;
}

const text = (...records: readonly JournalRecord[]): string => journalText([{ organizationId, entries: [entry(begun, ...records)] }]);

test('the journal says what, when in UTC, who and what came of it', () => {
  expect(text({ type: 'result', at, write: 0, result: { type: 'done', policyId: 'p-12345678' } }, { type: 'result', at, write: 1, result: { type: 'already' } }, { type: 'ended', at, ending: 'complete' })).toBe(`# Organization ${organizationId}

## 2026-06-01 12:00:00 UTC  Push baseline
By arn:aws:iam::111122223333:user/me. Done.
- create policy baseline: done
- attach baseline to Root: was so already
`);
});

test('the journal says what was left in the middle, and what is not known', () => {
  const told = text({ type: 'result', at, write: 0, result: { type: 'done', policyId: 'p-12345678' } }, { type: 'intent', at, write: 1, policyId: 'p-12345678' });
  expect(told).toContain('Not brought to an end: finish it, take it back or keep it as it is.');
  expect(told).toContain('- attach baseline to Root: begun; whether AWS took it is not known');
  expect(text()).toContain('- create policy baseline: not begun');
});

test('the newest operation comes first, and an empty journal says so', () => {
  const later = { ...begun, at: at + 60_000, operation: { ...begun.operation, title: 'Later' } };
  const both = journalText([{ organizationId, entries: [entry(begun), entry(later)] }]);
  expect(both.indexOf('Later')).toBeLessThan(both.indexOf('Push baseline'));
  expect(journalText([])).toBe('Nothing has been changed in AWS from here yet.\n');
});
