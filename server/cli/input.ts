import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { URI } from 'vscode-uri';
import { InputError } from './inputError.ts';

/** The largest file that a command reads, in bytes. */
const maximumSize = 64 * 1024 * 1024;

/** The URI of a path, absolute or relative to the working folder. */
export function uriOf(file: string): string {
  return URI.parse(pathToFileURL(path.resolve(file)).toString()).toString();
}

/**
 * The bytes of a file.
 * @throws InputError when it is absent, unreadable, no file or larger than 64 MB.
 */
export function readBytes(file: string): Buffer {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new InputError(`${file} is a folder; name a file.`);
    if (!stat.isFile() && !stat.isFIFO()) throw new InputError(`${file} is no file.`);
    if (stat.size > maximumSize) throw tooLarge(file, stat.size);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

/** The text of bytes, a byte order mark left out; undefined for bytes that are no text. */
export function textOf(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/**
 * The text of a file, its byte order mark left out.
 * @throws InputError when it is absent, unreadable, binary or larger than 64 MB.
 */
export function readText(file: string): string {
  return requireText(file, readBytes(file));
}

/**
 * The text of standard input.
 * @throws InputError when it is binary or larger than 64 MB.
 */
export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Buffer);
    size += bytes.length;
    if (size > maximumSize) throw tooLarge('Standard input', size);
    chunks.push(bytes);
  }
  return requireText('Standard input', Buffer.concat(chunks));
}

function requireText(name: string, bytes: Buffer): string {
  const text = textOf(bytes);
  if (text === undefined) throw new InputError(`${name} is no text file.`);
  return text;
}

function tooLarge(name: string, size: number): InputError {
  return new InputError(`${name} has ${String(Math.round(size / 1024 / 1024))} MB; a backup policy has 10,000 characters at most.`);
}

/** Why the file system refused, in a few words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied';
  if (code === 'ELOOP') return 'its link leads in a circle';
  if (code === 'ENAMETOOLONG') return 'its name is too long';
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
