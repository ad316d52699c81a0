// Finds a browser to drive: the one CHROMIUM names, one of the system, Debian's package, or one from the npm registry.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { packagedBrowser } from './packagedBrowser.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'msedge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

let found;

/**
 * The path of a browser; says which. What it finds is in CHROMIUM from then on, for the processes started afterwards.
 * Throws with what to do when there is none.
 */
export function browserPath() {
  if (found === undefined) {
    found = fromVariable() ?? fromSystem() ?? fromDebian() ?? packagedBrowser();
    if (found === undefined) throw new Error('No browser found. Install Chrome or Chromium, or set CHROMIUM to the path of one.');
    process.env.CHROMIUM = found;
    console.log(`Browser: ${found}`);
  }
  return found;
}

/** Starts the browser without a window and without any traffic of its own. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: browserPath(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

function fromVariable() {
  const file = process.env.CHROMIUM;
  if (file === undefined || file === '') return undefined;
  if (!existsSync(file)) throw new Error(`CHROMIUM names ${file}, which does not exist.`);
  return file;
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
  const options = { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  try {
    execFileSync('apt-get', ['update', '-q'], options);
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], options);
    return fromSystem();
  } catch (error) {
    console.log(`apt-get could not install it: ${error.message}`);
    return undefined;
  }
}
