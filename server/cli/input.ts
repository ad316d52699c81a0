import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';

/** The largest file that a command reads, in bytes. */
const maximumSize = 64 * 1024 * 1024;

/** Wrong use or unreadable input: one line on standard error, exit status 2. */
export class InputError extends Error {}

/** The URI of a path, absolute or relative to the working folder. */
export function uriOf(file: string): string {
  return URI.parse(pathToFileURL(path.resolve(file)).toString()).toString();
}

/**
 * The text of a file, its byte order mark left out.
 * @throws InputError when it is absent, unreadable, binary or larger than 64 MB.
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new InputError(`${file} is a folder; name a file.`);
    if (stat.size > maximumSize) throw new InputError(`${file} has ${String(Math.round(stat.size / 1024 / 1024))} MB; a backup policy has 10,000 characters at most.`);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} cannot be read: ${reason(error)}.`);
  }
  if (bytes.includes(0)) throw new InputError(`${file} is no text file.`);
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied';
  return error instanceof Error ? error.message : 'an unknown fault';
}

/**
 * Reads `--at`: an ISO 8601 time; a time without a zone is UTC.
 * @returns epoch milliseconds UTC; the present without the option.
 * @throws InputError for anything else.
 */
export function readTime(at: string | undefined): number {
  if (at === undefined) return Date.now();
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(at) || !at.includes('T') ? at : `${at}Z`;
  const time = Date.parse(zoned);
  if (Number.isNaN(time)) throw new InputError(`--at ${at} is no ISO 8601 time such as 2026-11-21T05:00:00Z.`);
  return time;
}
