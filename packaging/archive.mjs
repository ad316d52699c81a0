// Writes a zip archive again so that its bytes follow from its files alone.
import JSZip from 'jszip';

/** The earliest time that a zip archive can hold. */
const time = new Date(Date.UTC(1980, 0, 1));

/** A file that its owner writes and everybody reads. */
const mode = 0o100644;

/**
 * The same files sorted by name, with one time and one mode. JSZip compresses in JavaScript, so that neither the version of
 * Node nor the processor changes a byte. Rejects when the archive is none.
 */
export async function normalizeArchive(archive) {
  const files = Object.values((await JSZip.loadAsync(archive)).files).filter((file) => !file.dir);
  const normal = new JSZip();
  for (const file of files.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    normal.file(file.name, await file.async('nodebuffer'), { date: time, unixPermissions: mode, createFolders: false });
  }
  return normal.generateAsync({ type: 'nodebuffer', platform: 'UNIX', compression: 'DEFLATE', compressionOptions: { level: 9 } });
}
