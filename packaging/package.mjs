// Packages what is in dist/ as an extension: node packaging/package.mjs [FILE.vsix]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);

/** Makes the .vsix and gives its path. Throws with what vsce says. */
export function packageExtension(file = defaultFile()) {
  const target = path.resolve(file);
  mkdirSync(path.dirname(target), { recursive: true });
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  // Everything is bundled, so there are no dependencies to collect; the README's links stay as they are.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  execFileSync(process.execPath, [vsce, 'package', ...options, '--out', target], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return target;
}

function defaultFile() {
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `${name}-${version}.vsix`);
}

if (process.argv[1] === import.meta.filename) console.log(`Packaged ${packageExtension(process.argv[2])}`);
