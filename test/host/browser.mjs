// Finds a browser to drive: the variable CHROMIUM, one of the system, or Debian's package when that can be installed.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

let found;

/** The path of a browser; says which one. Throws with what to do when there is none. */
export function browserPath() {
  found ??= find();
  return found;
}

function find() {
  const path = fromVariable() ?? fromSystem() ?? fromDebian();
  if (path === undefined) throw new Error('No browser found. Install Chrome or Chromium, or set CHROMIUM to the path of one.');
  console.log(`Browser: ${path}`);
  return path;
}

function fromVariable() {
  const path = process.env.CHROMIUM;
  if (path === undefined || path === '') return undefined;
  if (!existsSync(path)) throw new Error(`CHROMIUM names ${path}, which does not exist.`);
  return path;
}

function fromSystem() {
  const which = process.platform === 'win32' ? 'where' : 'which';
  for (const name of names) {
    try {
      return execFileSync(which, [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0].trim();
    } catch {
      // Not this one.
    }
  }
  return places.find((place) => existsSync(place));
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('No browser found: installing the package chromium with apt-get …');
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  execFileSync('apt-get', ['update', '-q'], quiet);
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], quiet);
  return fromSystem();
}

/** Starts the browser without a window and without any traffic of its own. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: browserPath(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
