import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { normalizeArchive } from '../../packaging/archive.mjs';
import { unzip } from '../built/zip.ts';

interface Stamp {
  readonly date: Date;
  readonly unixPermissions: number;
}

/** An archive as a tool would write it that follows the file system: any order, the time of the file and its mode. */
async function archive(names: readonly string[], stamp: Stamp, contents: (name: string) => string = (name) => `This is ${name}.`): Promise<Buffer> {
  const zip = new JSZip();
  for (const name of names) zip.file(name, contents(name), { ...stamp, createFolders: false });
  return zip.generateAsync({ type: 'nodebuffer', platform: 'UNIX' });
}

const morning: Stamp = { date: new Date('2024-02-29T06:00:00Z'), unixPermissions: 0o100644 };
const evening: Stamp = { date: new Date('2031-07-01T19:12:44Z'), unixPermissions: 0o100600 };
const names = ['extension/package.json', 'extension.vsixmanifest', '[Content_Types].xml', 'extension/dist/ü.js', 'extension/dist/B.js', 'extension/dist/a.js'];

describe('an archive that was written again', () => {
  test.each([
    ['another time', names, { ...morning, date: evening.date }],
    ['another mode', names, { ...morning, unixPermissions: evening.unixPermissions }],
    ['another order', names.toReversed(), morning],
  ])('has the same bytes for %s', async (_what, order, stamp) => {
    const first = await archive(names, morning);
    const second = await archive(order, stamp);
    expect(second.equals(first)).toBe(false);
    expect((await normalizeArchive(second)).equals(await normalizeArchive(first))).toBe(true);
  });

  test('has other bytes for another content', async () => {
    const first = await archive(names, morning);
    const second = await archive(names, morning, (name) => `This was ${name}.`);
    expect((await normalizeArchive(second)).equals(await normalizeArchive(first))).toBe(false);
  });

  test('has the files of the first one, in the order of their names by code unit', async () => {
    const given = await archive(names, evening);
    const files = unzip(await normalizeArchive(given));
    expect([...files.keys()]).toEqual(['[Content_Types].xml', 'extension.vsixmanifest', 'extension/dist/B.js', 'extension/dist/a.js', 'extension/dist/ü.js', 'extension/package.json']);
    for (const [name, content] of unzip(given)) expect(files.get(name)).toEqual(content);
  });

  test('has no entries for folders', async () => {
    const zip = new JSZip();
    zip.file('extension/dist/a.js', 'a', { createFolders: true });
    expect([...unzip(await normalizeArchive(await zip.generateAsync({ type: 'nodebuffer' }))).keys()]).toEqual(['extension/dist/a.js']);
  });

  test('is refused when it was none', async () => {
    await expect(normalizeArchive(Buffer.from('no zip'))).rejects.toThrow();
  });
});
