import type { Ending, JournalEntry, JournalledWrite } from './journal.ts';
import { wordsOf } from './write.ts';

/** The journal of organizations as text to read: newest first, times in UTC, what was to be done by whom and what came of it. */
export function journalText(organizations: readonly { readonly organizationId: string; readonly entries: readonly JournalEntry[] }[]): string {
  const parts = organizations.filter(({ entries }) => entries.length > 0).map(({ organizationId, entries }) => [`# Organization ${organizationId}`, ...[...entries].reverse().map(entryText)].join('\n\n'));
  if (parts.length === 0) return 'Nothing has been changed in AWS from here yet.\n';
  return `${parts.join('\n\n')}\n`;
}

function entryText(entry: JournalEntry): string {
  const { at, operation, writes } = entry;
  const lines = [
    `## ${instant(at)}  ${operation.title}`,
    `By ${operation.caller ?? 'a caller whose identity was not read'}. ${outcome(entry)}`,
    ...operation.writes.map((write, index) => `- ${wordsOf(write)}: ${resultWords(writes[index])}`),
  ];
  return lines.join('\n');
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const endings: Readonly<Record<Ending, string>> = {
  complete: 'Done.',
  nothing: 'Nothing was changed.',
  takenBack: 'What was done has been taken back.',
  kept: 'Left as it was, by decision.',
};

function outcome({ status, ended }: JournalEntry): string {
  if (ended !== undefined) return ended.ending === 'takenBack' || ended.ending === 'kept' ? `${endings[ended.ending]} (${instant(ended.at)})` : endings[ended.ending];
  return status === 'running' ? 'Under way.' : 'Not brought to an end: finish it, take it back or keep it as it is.';
}

function resultWords(write: JournalledWrite | undefined): string {
  const result = write?.result;
  if (result === undefined) return write?.begun === true ? 'begun; whether AWS took it is not known' : 'not begun';
  switch (result.type) {
    case 'done':
      return 'done';
    case 'already':
      return 'was so already';
    case 'notDone':
      return `not done. ${result.message}`;
    case 'unknown':
      return `not known. ${result.message}`;
  }
}
