// Packages the extension: node test/host/package.mjs [FILE.vsix]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Makes the .vsix from what is in dist/ and gives its path. */
export function packageExtension(file = defaultFile()) {
  execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', file], { stdio: ['ignore', 'ignore', 'inherit'] });
  return file;
}

function defaultFile() {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  return `${name}-${version}.vsix`;
}

if (process.argv[1] === import.meta.filename) console.log(`Packaged ${packageExtension(process.argv[2])}`);
