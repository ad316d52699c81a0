import path from 'node:path';
import type { RemoteHost } from '../host.ts';
import { embeddedMark } from '../storageFolder.ts';
import { fileJournal } from './fileJournal.ts';
import type { Journal } from './journal.ts';

/** The journal for the settings of now, in which `caller` (an ARN) begins operations that name no other. Embedded organizations can have the same id, so each has a journal of its own. */
export function journalOf(host: Pick<RemoteHost, 'settings' | 'clock'>, caller?: string): Journal {
  const { storage, embedded } = host.settings();
  const folder = embedded === undefined ? 'journal' : path.join('journal-embedded', embeddedMark(embedded));
  const journal = fileJournal(path.join(storage, folder), () => host.clock.now());
  return caller === undefined ? journal : { ...journal, begin: (operation) => journal.begin({ caller, ...operation }) };
}
