import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Packages whose code or assets ship without being imported by a bundle. */
const assets = ['@vscode/codicons'];

/**
 * Writes the licences of every package that is part of a bundle.
 * @param metafiles what esbuild says about the bundles.
 */
export function writeNotices(metafiles, file) {
  const names = new Set(assets);
  for (const metafile of metafiles) {
    for (const input of Object.keys(metafile.inputs)) {
      const match = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(input);
      if (match !== null) names.add(match[1]);
    }
  }
  const notices = [...names].sort().map(notice);
  writeFileSync(file, `This extension contains the following packages.\n\n${notices.join('\n')}`);
  return [...names].sort();
}

function notice(name) {
  const folder = path.join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = existsSync(folder) ? readdirSync(folder).find((each) => /^licen[cs]e/i.test(each)) : undefined;
  const text = file === undefined ? `Licence: ${license}\n` : readFileSync(path.join(folder, file), 'utf8');
  return `${'='.repeat(72)}\n${name} ${version} (${license})\n${'='.repeat(72)}\n\n${text.trim()}\n`;
}
