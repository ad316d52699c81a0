// The files that are published with the repository.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Never published, whatever .gitignore says about them. */
const local = new Set(['.git', 'node_modules', 'dist', 'out', 'coverage', 'test-results', '.vscode-host', '.vscode-test']);

/** Relative paths, with slashes, of what git has or would add; of everything but what is built where there is no git. */
export function publishedFiles(root) {
  return (fromGit(root) ?? walk(root)).filter((file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile() === true);
}

function fromGit(root) {
  try {
    const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] });
    return [...new Set(names.split('\0'))].filter((name) => name !== '');
  } catch {
    return undefined;
  }
}

function walk(root, folder = '') {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return local.has(entry.name) ? [] : walk(root, name);
    return entry.isFile() && !/\.(vsix|log)$/.test(name) ? [name] : [];
  });
}
