import { createHash } from 'node:crypto';
import path from 'node:path';
import type { RemoteHost } from '../host.ts';
import { fileJournal } from './fileJournal.ts';
import type { Journal } from './journal.ts';

/** The journal for the settings of now. Embedded organizations can have the same id, so each has a journal of its own. */
export function journalOf(host: Pick<RemoteHost, 'settings' | 'clock'>): Journal {
  const { storage, embedded } = host.settings();
  const folder = embedded === undefined ? 'journal' : path.join('journal-embedded', createHash('sha256').update(path.resolve(embedded)).digest('hex').slice(0, 16));
  return fileJournal(path.join(storage, folder), () => host.clock.now());
}
