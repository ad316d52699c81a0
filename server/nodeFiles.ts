import { promises as fs } from 'node:fs';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { isJsonName, maximumFileSize, skippedFolders, type FileSystem } from './files.ts';

/** More folders than this are not searched: a workspace at the root of a disk must not keep the server busy. */
const maximumFolders = 20_000;

/** The disk, for a server that runs on Node. */
export const nodeFiles: FileSystem = {
  async read(uri, within) {
    const parsed = URI.parse(uri);
    if (parsed.scheme !== 'file') return undefined;
    try {
      if (within !== undefined) {
        const [real, folder] = await Promise.all([fs.realpath(parsed.fsPath), fs.realpath(URI.parse(within).fsPath)]);
        if (!real.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep)) return undefined;
      }
      const stat = await fs.stat(parsed.fsPath);
      if (!stat.isFile() || stat.size > maximumFileSize) return undefined;
      const text = await fs.readFile(parsed.fsPath, 'utf8');
      return text.startsWith('\uFEFF') ? text.slice(1) : text;
    } catch {
      return undefined;
    }
  },

  async find(folder, isWanted) {
    const start = URI.parse(folder);
    if (start.scheme !== 'file') return [];
    const found: string[] = [];
    const pending = [start.fsPath];
    for (let visited = 0; visited < maximumFolders; visited++) {
      const current = pending.pop();
      if (current === undefined) break;
      const entries = await fs.readdir(current, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const full = path.join(current, entry.name);
        if (entry.isDirectory()) {
          if (!skippedFolders.has(entry.name)) pending.push(full);
        } else if (entry.isFile() && isJsonName(entry.name)) {
          const uri = URI.file(full);
          if (isWanted(uri.path)) found.push(uri.toString());
        }
      }
    }
    return found;
  },
};
