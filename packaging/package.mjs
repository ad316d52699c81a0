// Packages what is in dist/ as an extension, with its bill of materials beside it: node packaging/package.mjs [FILE.vsix]
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { normalizeArchive } from './archive.mjs';

const root = path.dirname(import.meta.dirname);

/** Makes the .vsix, the same bytes from the same files, and gives its path. Rejects with what vsce says. */
export async function packageExtension(file = defaultFile()) {
  const packagePath = path.resolve(file);
  mkdirSync(path.dirname(packagePath), { recursive: true });
  // Everything is bundled, so there are no dependencies to collect; the README's links stay as they are.
  await createVSIX({ cwd: root, packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  writeFileSync(packagePath, await normalizeArchive(readFileSync(packagePath)));
  copyFileSync(path.join(root, 'out/sbom.cdx.json'), packagePath.replace(/(\.vsix)?$/, '.cdx.json'));
  return packagePath;
}

function defaultFile() {
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `${name}-${version}.vsix`);
}

if (process.argv[1] === import.meta.filename) await packageExtension(process.argv[2]);
