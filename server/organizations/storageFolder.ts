import { createHash } from 'node:crypto';
import path from 'node:path';
import type { AwsSettings } from '../protocol.ts';

/** What tells an embedded organization from others: they can have the same id, as a copy of a file has. */
export function embeddedMark(file: string): string {
  return createHash('sha256').update(path.resolve(file)).digest('hex').slice(0, 16);
}

/** The folder that keeps what was last known of organizations, and what an import has read: one for AWS, one for each embedded organization. */
export function storageFolder({ storage, embedded }: Pick<AwsSettings, 'storage' | 'embedded'>): string {
  return embedded === undefined ? storage : path.join(storage, 'embedded', embeddedMark(embedded));
}
