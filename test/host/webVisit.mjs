// A person in VS Code for the Web: what a suite must not do, because questions are not shown while suites run.
//   node test/host/webVisit.mjs 1.91|1.137 [FOLDER]   also takes pictures, into the folder
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openWeb } from './webPage.mjs';
import { Workbench, eventually } from './tour/workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Attaches a policy in the model, and sees what comes of it; rejects when something is otherwise. */
export async function visit(version, picture = async () => undefined) {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'vscode-web-'));
  const folderPath = path.join(copy, 'sample');
  cpSync(path.join(root, 'samples'), folderPath, { recursive: true });
  const { page, close } = await openWeb(version, { folderPath });
  const workbench = new Workbench(page);
  try {
    await workbench.load(page.address);
    const row = (name) => page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
    await row('backup-policies').click();
    await row('nonprod.json').dblclick();
    await eventually(async () => assert.equal(await workbench.activeTab(), 'nonprod.json'));
    await page.locator('.monaco-editor .squiggly-warning, .monaco-editor .squiggly-inline-unnecessary').first().waitFor({ state: 'attached' });
    await workbench.command('Backup Policies: Attach Policy…');
    const name = workbench.quickRows.first().locator('.label-name').first();
    await workbench.quickInput.locator('input[type="text"]').first().fill('log-archive');
    await eventually(async () => assert.equal((await name.innerText({ timeout: 1000 })).trim(), 'log-archive'));
    await name.click();
    await workbench.press('Enter');
    const question = page.locator('.monaco-dialog-box', { hasText: 'Attach nonprod to Root/Security/log-archive?' });
    await question.waitFor();
    await picture('question', page);
    await question.locator('.monaco-button', { hasText: 'Attach' }).first().click();
    await page.locator('.notification-toast', { hasText: 'log-archive' }).locator('.monaco-button', { hasText: 'Open Model File' }).click();
    await eventually(async () => assert.equal(await workbench.activeTab(), 'backup-organization.json'));
    await page.locator('.view-line', { hasText: '"log-archive", "policies": ["nonprod"]' }).waitFor();
    await workbench.press('Control+Shift+m');
    await picture('problems', page);
    await workbench.command('Backup Policies: Push Policy to AWS');
    await page.locator('.notification-toast', { hasText: 'AWS needs VS Code on the desktop or on a remote machine' }).waitFor();
    await picture('aws', page);
    await workbench.command('Backup Policies: Show Coverage');
    await workbench.command('View: Show Backup Policies');
    await page.locator('.monaco-list-row', { hasText: 'Infrastructure' }).first().waitFor();
    await picture('views', page);
  } catch (error) {
    await page.screenshot({ path: path.join(root, 'test-results', `web-${version}-visit.png`) }).catch(() => undefined);
    throw error;
  } finally {
    await close();
    rmSync(copy, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , version = '1.91', folder] = process.argv;
  await visit(version, folder === undefined ? undefined : (name, page) => page.screenshot({ path: path.join(folder, `${version}-${name}.png`) }));
  process.exit(0);
}
