// A page of a browser with VS Code for the Web in it: static files, an extension host in a worker, and a folder in memory.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { open } from '@vscode/test-web';
import { chromium } from 'playwright-core';
import { browserPath } from './browser.mjs';
import { freePort } from './server.mjs';
import { webBuild } from './webBuild.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * A page of a browser for VS Code for the Web with the extension from source; `page.address` is where to go.
 * @param options folderPath: a folder that is shown, a copy in memory. extensionTestsPath: suites to run.
 */
export async function openWeb(version, { folderPath, extensionTestsPath }) {
  const port = await freePort();
  const server = await open({ browserType: 'none', ...webBuild(version), host: 'localhost', port, extensionDevelopmentPath: root, hideServerLog: true, ...(folderPath === undefined ? {} : { folderPath }), ...(extensionTestsPath === undefined ? {} : { extensionTestsPath }) });
  const profile = mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
  // Web views live under another host name; a browser that blocks the cookies of third parties loads none.
  mkdirSync(path.join(profile, 'Default'));
  writeFileSync(path.join(profile, 'Default/Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath(),
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const close = async () => {
    await browser.close();
    server.dispose();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const [first] = browser.pages();
  const page = Object.assign(first ?? (await browser.newPage()), { address: `http://localhost:${port}/` });
  return { page, close };
}
