// The tour: what a person does with the sample organization, in this order, and what must then be seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { attachmentSteps } from './attachmentSteps.mjs';
import { canarySteps } from './canarySteps.mjs';
import { changeSteps, revisionSteps } from './changeSteps.mjs';
import { inheritanceSteps } from './inheritanceSteps.mjs';
import { pushSteps } from './pushSteps.mjs';
import { setUpSteps } from './setUpSteps.mjs';
import { wireSteps } from './wireSteps.mjs';
import { eventually } from './workbench.mjs';

/** What is wrong in the sample on purpose; see its README. */
const planted = [
  { file: 'finance-ledger.json', message: 'CROSS_ATTRIBUTE_VALIDATION', place: '[Ln 7, Col 36]' },
  { file: 'nonprod.json', message: '@@assign on "target_backup_vault_name"', place: '[Ln 7, Col 41]' },
];

const operatorStart = '"@@';
const control = '@@operators_allowed_for_child_policies';

/** Passes when the Problems panel has these problems and no other ones. */
async function assertProblems(workbench, expected) {
  await eventually(async () => {
    const rows = await workbench.problems();
    const problems = rows.filter((row) => row.includes('backup-policy '));
    assert.equal(problems.length, expected.length, `The Problems panel shows:\n${rows.join('\n')}`);
    for (const { file, message, place } of expected) {
      assert.ok(rows.some((row) => row.startsWith(file)), `No problem in ${file}`);
      assert.ok(problems.some((row) => row.includes(message) && row.includes(place)), `No problem ${message} at ${place}`);
    }
  });
}

/** Types `text`, which ends with the start of an operator, into a setting or container of the editor in use, reads the offers, and takes all of it back. */
async function offersFor(workbench, file, line, column, text) {
  await workbench.goTo(line, column);
  await workbench.press('Shift+End');
  await workbench.type(text.slice(0, -operatorStart.length));
  // As fast as a person types what the completion answers to.
  await workbench.type(operatorStart, 120);
  const offers = await eventually(async () => {
    const rows = await workbench.suggestions();
    assert.ok(rows.length > 0 && rows.every((row) => row.label.startsWith('@@')), `Offered: ${rows.map((row) => row.label).join(', ')}`);
    return rows;
  });
  await workbench.press('Escape');
  await workbench.undoAll(file);
  return offers;
}

const labels = (offers) => offers.map((offer) => offer.label);

/** The steps, each a named check. A step gets the window and the folder of the sample's copy. */
export const steps = [
  {
    name: 'a policy opens with its lenses, and Problems shows exactly the two planted problems',
    async run({ workbench }) {
      await workbench.page.locator('.monaco-editor .codelens-decoration', { hasText: 'Attach…' }).waitFor({ timeout: 30_000 });
      await workbench.press('Control+Shift+m');
      await assertProblems(workbench, planted);
    },
  },
  {
    name: 'the activity bar opens the organization: an account three levels down shows what it gets',
    async run({ workbench }) {
      await workbench.page.locator('.activitybar a[aria-label^="Backup Policies"]').click();
      for (const name of ['Root', 'Workloads', 'Prod', 'Commerce']) await workbench.treeRow(name);
      await (await workbench.treeRow('shop-prod')).click();
      const panel = await workbench.panelOf('shop-prod');
      await eventually(async () => assert.deepEqual(await panel.locator('.row.level-1 > .main > [aria-hidden]').allInnerTexts(), ['everyday', 'databases', 'point-in-time']));
    },
  },
  {
    name: 'a click on a value of the effective policy jumps to its line',
    async run({ workbench, folder }) {
      const panel = await workbench.panelOf('shop-prod');
      const daily = panel.getByRole('treeitem', { name: /^daily/ }).first();
      if ((await daily.getAttribute('aria-expanded')) === 'false') await daily.click();
      const retention = panel.getByRole('treeitem', { name: /^delete_after_days: 90/ }).first();
      const lifecycle = panel.getByRole('treeitem', { name: /^lifecycle/ }).first();
      if ((await lifecycle.getAttribute('aria-expanded')) === 'false') await lifecycle.click();
      await retention.locator('.value').click();
      const lines = readFileSync(path.join(folder, 'backup-policies/production.json'), 'utf8').split('\n');
      const line = lines.findIndex((text) => text.includes('"delete_after_days": { "@@assign": "90" }')) + 1;
      await eventually(async () => {
        assert.equal(await workbench.activeTab(), 'production.json');
        assert.match(await workbench.cursor(), new RegExp(`^Ln ${line},`));
      });
    },
  },
  {
    name: 'hover on a retention shows what it means, its value and the chain that made it',
    async run({ workbench }) {
      await workbench.open('production.json');
      const text = await workbench.hover('delete_after_days');
      for (const part of ['days', '90', '35', 'baseline', 'production', 'Root/Workloads/Prod']) assert.ok(text.includes(part), `The hover lacks ${part}:\n${text}`);
      await workbench.press('Escape');
    },
  },
  {
    name: 'typing "@@ in a list offers exactly the four operators of lists',
    async run({ workbench }) {
      await workbench.open('customer-data.json');
      const offers = await offersFor(workbench, 'customer-data.json', 1, 1, '{ "plans": { "new": { "regions": { "@@');
      assert.deepEqual(labels(offers), ['@@assign', '@@append', '@@remove', control]);
      assert.ok(offers.every((offer) => !offer.struck));
    },
  },
  {
    name: 'typing "@@ in a single value offers exactly its two operators',
    async run({ workbench }) {
      const offers = await offersFor(workbench, 'customer-data.json', 1, 1, '{ "plans": { "new": { "rules": { "r": { "target_backup_vault_name": { "@@');
      assert.deepEqual(labels(offers), ['@@assign', control]);
    },
  },
  {
    name: 'typing "@@ in a container offers exactly the control',
    async run({ workbench }) {
      const offers = await offersFor(workbench, 'customer-data.json', 1, 1, '{ "plans": { "new": { "rules": { "@@');
      assert.deepEqual(labels(offers), [control]);
    },
  },
  {
    name: 'below a locked setting the operator is offered last, struck through, with the policy that blocks it',
    async run({ workbench }) {
      await workbench.open('nonprod.json');
      const offers = await offersFor(workbench, 'nonprod.json', 7, 39, '{ "@@');
      assert.deepEqual(offers.map(({ label, struck }) => [label, struck]), [[control, false], ['@@assign', true]]);
      assert.match(offers[1].text, /Blocked by baseline at Root/);
      await assertProblems(workbench, planted);
    },
  },
  {
    name: 'a wrong field of a schedule is underlined alone, its hover tells the next runs, and the light bulb mends it',
    async run({ workbench }) {
      await workbench.open('nonprod.json');
      const wrong = '"schedule_expression": { "@@assign": "cron(0 20 ';
      const column = wrong.length + 11;
      await workbench.goTo(6, column);
      await workbench.press('Shift+ArrowRight');
      await workbench.type('*');
      const squiggle = workbench.page.locator('.editor-group-container.active .squiggly-error');
      const width = await eventually(async () => {
        assert.equal(await squiggle.count(), 1);
        return (await squiggle.boundingBox({ timeout: 1000 })).width;
      });
      assert.ok(width < 80, `${width} pixels are underlined`);
      const text = await workbench.hoverAt(squiggle, ['invalid-schedule', 'UTC', 'Quick Fix']);
      assert.ok((text.match(/20:00/g) ?? []).length >= 5, `The hover does not list five runs:\n${text}`);
      await workbench.press('Escape', 'Control+.');
      await workbench.page.locator('.action-widget .monaco-list-row').first().waitFor();
      await workbench.press('Enter');
      await eventually(async () => assert.equal(await squiggle.count(), 0));
      assert.match(await workbench.editorText(), /cron\(0 20 \? \* MON-FRI \*\)/);
      await workbench.undoAll('nonprod.json');
      await assertProblems(workbench, planted);
    },
  },
  {
    name: 'what an unsaved edit means for each account appears while typing, and a row leads to the statement',
    async run({ workbench }) {
      await workbench.open('baseline.json');
      await workbench.command('Backup Policies: Show Impact of Changes');
      const view = workbench.page.locator('.pane:has([aria-label*="Impact of Unsaved Changes"])').last();
      await view.getByText('No account gets another effective policy').waitFor();
      await workbench.page.locator('.editor-group-container.active .view-line', { hasText: '"delete_after_days": { "@@assign": "35" }' }).first().click();
      await workbench.press('End');
      for (let count = 0; count < 4; count++) await workbench.press('ArrowLeft');
      await workbench.press('Backspace');
      await view.locator('.monaco-list-row', { hasText: 'weaker: 7 accounts' }).waitFor();
      const row = view.locator('.monaco-list-row', { hasText: 'delete_after_days' }).first();
      assert.match((await row.innerText()).replaceAll('\u00a0', ' '), /35 → 5/);
      await workbench.goTo(1, 1);
      await row.click();
      await eventually(async () => assert.match(await workbench.cursor(), /^Ln 18,/));
      await workbench.undoAll('baseline.json');
      await view.getByText('No account gets another effective policy').waitFor();
      await workbench.command('Backup Policies: Focus on Effective Policy View');
    },
  },
  {
    name: 'Attach from the lens changes the model file, the tree, the panel and the problems at once',
    async run({ workbench }) {
      await (await workbench.treeRow('sandbox-platform')).click();
      await workbench.panelOf('sandbox-platform');
      await workbench.open('backup-organization.json');
      await workbench.open('database-schedule.json');
      await workbench.page.locator('.codelens-decoration a', { hasText: 'Attach…' }).click();
      await workbench.quickRows.first().waitFor();
      await workbench.type('ou-h4rb-sandb0x1');
      await eventually(async () => assert.equal(await workbench.quickRows.count(), 1));
      await workbench.press('ArrowDown', 'Control+Space');
      await workbench.quickInput.locator('.quick-input-count', { hasText: '1 Selected' }).waitFor();
      await workbench.press('Enter');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      await dialog.waitFor();
      const text = await dialog.innerText();
      for (const part of ['Attach database-schedule', '1 account', 'Invalid, so that AWS keeps the last valid policy: Root/Sandbox/sandbox-platform', 'KEY_REQUIRED', 'Attach to 1 Target', 'Cancel']) {
        assert.ok(text.toLowerCase().includes(part.toLowerCase()), `The confirmation lacks ${part}:\n${text}`);
      }
      await workbench.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await eventually(async () => assert.ok(await workbench.isDirty('backup-organization.json'), 'The model file has no changes'));
      const schedule = { file: 'database-schedule.json', place: '[Ln 3, Col 5]' };
      await assertProblems(workbench, [...planted, { ...schedule, message: "'regions' is missing" }, { ...schedule, message: "'selections' is missing" }]);
      await eventually(async () => assert.deepEqual(await workbench.treeRowsBelow('Sandbox', 3), ['Sandbox', '1. database-schedule', 'sandbox-platform']));
      const panel = await workbench.panelOf('sandbox-platform');
      await panel.locator('.alert', { hasText: 'AWS withholds this policy' }).waitFor();
      await panel.getByRole('treeitem', { name: /^databases/ }).waitFor();
    },
  },
  {
    name: 'undo in the model file takes all of it back',
    async run({ workbench }) {
      await workbench.open('backup-organization.json');
      await workbench.press('Control+z');
      await eventually(async () => assert.ok(!(await workbench.isDirty('backup-organization.json')), 'The model file still has changes'));
      await assertProblems(workbench, planted);
      await eventually(async () => assert.deepEqual(await workbench.treeRowsBelow('Sandbox', 2), ['Sandbox', 'sandbox-platform']));
      const panel = await workbench.panelOf('sandbox-platform');
      await eventually(async () => {
        assert.equal((await panel.locator('.alert').innerText()).trim(), '');
        assert.deepEqual(await panel.locator('.row.level-1 > .main > [aria-hidden]').allInnerTexts(), ['everyday']);
      });
      await workbench.command('Notifications: Clear All Notifications');
    },
  },
  {
    name: 'the keyboard alone reaches the target in the status bar and changes it',
    async run({ workbench }) {
      await workbench.open('point-in-time.json');
      const item = workbench.page.locator('.statusbar-item[id*="awsBackupPolicy.target"]');
      await eventually(async () => assert.equal((await item.innerText({ timeout: 1000 })).trim(), 'Root'));
      await workbench.command('View: Focus Status Bar');
      await eventually(async () => {
        if (await item.evaluate((element) => element.contains(document.activeElement))) return;
        await workbench.press('ArrowRight');
        throw new Error('The arrow keys do not reach the target in the status bar.');
      });
      await workbench.press('Enter');
      await workbench.quickRows.first().waitFor();
      await workbench.type('finance-prod');
      await eventually(async () => assert.match(await workbench.quickRows.first().innerText({ timeout: 1000 }), /finance-prod/));
      await workbench.press('Enter');
      await eventually(async () => assert.equal((await item.innerText({ timeout: 1000 })).trim(), 'Root/Workloads/Prod/Corporate/finance-prod'));
      const panel = await workbench.panelOf('finance-prod');
      await panel.locator('.problems', { hasText: 'CROSS_ATTRIBUTE_VALIDATION' }).waitFor();
    },
  },
  {
    name: 'the effective policy opens as a JSON document',
    async run({ workbench }) {
      await workbench.command('Backup Policies: Show Effective Policy as JSON');
      await eventually(async () => assert.equal(await workbench.activeTab(), 'finance-prod.json'));
      await workbench.line('"plans"').waitFor();
      await eventually(async () => assert.doesNotMatch(await workbench.editorText(), /@@/));
    },
  },
  {
    name: 'two targets are compared side by side',
    async run({ workbench }) {
      await workbench.command('Backup Policies: Compare Effective Policies…');
      await workbench.quickRows.first().waitFor();
      await workbench.type('people-prod');
      await eventually(async () => assert.match(await workbench.quickRows.first().innerText({ timeout: 1000 }), /people-prod/));
      await workbench.press('Enter');
      const diff = workbench.page.locator('.monaco-diff-editor');
      const changed = (side) => diff.locator(`.editor.${side} .view-line`, { hasText: 'delete_after_days' });
      await changed('original').filter({ hasText: '90' }).first().waitFor();
      await changed('modified').filter({ hasText: '35' }).first().waitFor();
      await diff.locator('.line-insert').first().waitFor();
      assert.equal(await workbench.activeTab(), 'finance-prod ↔ people-prod (Effective Policies)');
    },
  },
  {
    name: 'the walkthrough opens with its five steps',
    async run({ workbench }) {
      await workbench.command('Backup Policies: Open Walkthrough');
      const page = workbench.page.locator('.gettingStartedContainer');
      await page.getByText('Get Started with Backup Policies').first().waitFor();
      await eventually(async () => assert.equal(await page.locator('.getting-started-step').count(), 5));
      await workbench.closeEditor();
      await page.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'a new policy from a template has no problems',
    async run({ workbench }) {
      await workbench.command('Backup Policies: New Backup Policy…');
      await workbench.quickRows.first().waitFor();
      const title = await workbench.quickRows.first().locator('.label-name').first().innerText();
      assert.equal(title.trim(), 'Daily backups of tagged resources');
      await workbench.press('Enter');
      await eventually(async () => assert.match(await workbench.activeTab(), /Untitled/));
      await workbench.line('"plans"').waitFor();
      await workbench.page.locator('.editor-group-container.active .codelens-decoration').first().waitFor();
      await assertProblems(workbench, planted);
    },
  },
  ...inheritanceSteps,
  ...changeSteps,
  ...pushSteps,
  ...setUpSteps,
  ...attachmentSteps,
  ...canarySteps,
  ...revisionSteps,
  ...wireSteps,
  {
    name: 'a folder without a model says so in the tree and in the panel, and offers to make one',
    async run({ workbench, openEmptyFolder }) {
      await openEmptyFolder();
      await workbench.page.locator('.activitybar a[aria-label^="Backup Policies"]').click();
      const welcome = workbench.page.locator('.welcome-view-content').first();
      await eventually(async () => {
        const text = await welcome.innerText({ timeout: 1000 });
        assert.match(text, /No organization is modelled here yet/);
        assert.match(text, /New Organization Model/);
      });
      const panel = await workbench.panel();
      await panel.locator('.welcome', { hasText: 'No organization model was found' }).waitFor();
      await panel.locator('vscode-button', { hasText: 'New Organization Model' }).waitFor();
    },
  },
];
