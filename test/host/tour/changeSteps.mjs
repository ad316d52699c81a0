// The tour of what changes several files or the organization, and of the questions and guardrails around it.
import assert from 'node:assert/strict';
import { eventually } from './workbench.mjs';

const model = 'backup-organization.json';

/** The steps, each a named check. */
export const changeSteps = [
  {
    name: 'F2 renames a plan in every policy that speaks of it, and one undo takes it back',
    async run({ workbench }) {
      await workbench.open('point-in-time.json');
      await workbench.goTo(3, 8);
      await rename(workbench, 'continuous-gold');
      const files = ['point-in-time.json', 'finance-ledger.json'];
      for (const file of files) await eventually(async () => assert.ok(await workbench.isDirty(file), `${file} has no changes`));
      assert.match(await workbench.editorText(), /"continuous-gold": \{/);
      await undoInFiles(workbench, files);
    },
  },
  {
    name: 'a rename that would change what accounts get is refused with its reason',
    async run({ workbench }) {
      await workbench.open('point-in-time.json');
      await workbench.goTo(3, 8);
      await rename(workbench, 'everyday');
      const refusal = workbench.page.locator('.monaco-editor-overlaymessage, .notification-toast', { hasText: 'everyday' }).first();
      await refusal.waitFor();
      assert.match(await refusal.innerText(), /"baseline", attached to Root, has a plan "everyday" already/);
      assert.ok(!(await workbench.isDirty('point-in-time.json')));
      await workbench.press('Escape', 'Escape');
    },
  },
  {
    name: 'an account that is dragged onto another OU asks with the impact, and cancel leaves the model as it is',
    async run({ workbench }) {
      await workbench.open(model);
      await workbench.treeRow('Sandbox');
      await workbench.drag('shop-dev', 'Sandbox');
      const text = await workbench.dialogText();
      for (const part of ['Move Root/Workloads/NonProd/Development/shop-dev to Root/Sandbox?', 'Loses a plan, a rule or a selection: Root/Sandbox/shop-dev (databases removed)', 'Move in Model', 'Show Impact', 'Cancel']) assert.ok(text.includes(part), `The confirmation lacks ${part}:\n${text}`);
      await workbench.press('Escape');
      await workbench.dialog.waitFor({ state: 'detached' });
      assert.ok(!(await workbench.isDirty(model)));
    },
  },
  {
    name: 'the keyboard alone moves an account, and undo takes it back',
    async run({ workbench }) {
      await workbench.open(model);
      await workbench.command('Backup Policies: Move Account or OU…');
      await workbench.pick('data-dev', /data-dev$/);
      await workbench.quickInput.locator('input[placeholder*="moves to"]').waitFor();
      await workbench.pick('Staging', /Staging$/);
      assert.match(await workbench.dialogText(), /Move Root\/Workloads\/NonProd\/Development\/data-dev to Root\/Workloads\/NonProd\/Staging\?/);
      await workbench.press('Enter');
      await workbench.dialog.waitFor({ state: 'detached' });
      await eventually(async () => assert.ok(await workbench.isDirty(model), 'The model file has no changes'));
      await eventually(async () => assert.deepEqual(await workbench.treeRowsBelow('Staging', 4), ['Staging', 'shop-staging', 'orders-staging', 'data-dev']));
      await workbench.open(model);
      await workbench.undoAll(model);
      await eventually(async () => assert.deepEqual(await workbench.treeRowsBelow('Staging', 4), ['Staging', 'shop-staging', 'orders-staging', 'Development']));
      await workbench.command('Notifications: Clear All Notifications');
    },
  },
  {
    name: 'the light bulb pulls a setting up to a policy of a higher level, and one undo takes it back',
    async run({ workbench }) {
      await workbench.open('databases-prod.json');
      await workbench.goTo(4, 10);
      const offered = workbench.page.locator('.action-widget .monaco-list-row', { hasText: 'Pull "regions" up to database-schedule at Root/Workloads' });
      await eventually(async () => {
        await workbench.press('Escape', 'Control+.');
        await offered.waitFor({ timeout: 4000 });
      });
      await eventually(async () => {
        if ((await offered.getAttribute('class')).includes('focused')) return;
        await workbench.press('ArrowDown');
        throw new Error('The arrow keys do not reach the refactoring.');
      });
      await workbench.press('Enter');
      const files = ['databases-prod.json', 'database-schedule.json'];
      for (const file of files) await eventually(async () => assert.ok(await workbench.isDirty(file), `${file} has no changes`));
      assert.doesNotMatch(await workbench.editorText(), /"regions"/);
      await workbench.open('databases-prod.json');
      await undoInFiles(workbench, files);
    },
  },
  {
    name: 'a guardrail that is not met says so at its line and at the policy, and its failed test leads to the policy',
    async run({ workbench }) {
      await workbench.command('Problems: Focus on Problems View');
      await workbench.open('backup-guardrails.json');
      await workbench.goTo(9, 39);
      await workbench.press('Shift+ArrowRight', 'Shift+ArrowRight');
      await workbench.type('120');
      await eventually(async () => {
        const rows = (await workbench.problems()).filter((row) => row.includes('guardrail-not-met') && row.includes('kept for 90 days (production at Root/Workloads/Prod), not 120 days or more'));
        assert.deepEqual(rows.map((row) => /\[Ln \d+, Col \d+\]/.exec(row)?.[0]), ['[Ln 3, Col 5]', '[Ln 8, Col 48]']);
      });
      await workbench.command('Test: Run All Tests');
      await workbench.command('Testing: Focus on Test Explorer View');
      const tests = workbench.page.locator('.test-explorer .monaco-list-row');
      await tests.filter({ hasText: 'backup-guardrails.json' }).click();
      await tests.filter({ hasText: 'silver-90-days' }).click();
      const failed = tests.filter({ hasText: 'shop-prod' });
      await failed.waitFor();
      await failed.click();
      const peek = workbench.page.locator('.test-output-peek, .test-output-peek-message-container');
      await eventually(async () => {
        assert.equal(await workbench.activeTab(), 'production.json');
        assert.match((await peek.allInnerTexts()).join(' ').replaceAll('\u00a0', ' '), /kept for 90 days/);
      });
      await workbench.press('Escape');
      await workbench.open('backup-guardrails.json');
      await workbench.undoAll('backup-guardrails.json');
      await workbench.command('Problems: Focus on Problems View');
    },
  },
  {
    name: 'the menu of a policy says why a blocked setting is not what it says',
    async run({ workbench }) {
      await workbench.command('Backup Policies: Focus on Effective Policy View');
      await workbench.command('Backup Policies: Choose Target…');
      await workbench.pick('shop-dev', /shop-dev$/);
      await workbench.panelOf('shop-dev');
      await workbench.open('nonprod.json');
      await workbench.goTo(7, 16);
      await workbench.press('Shift+F10');
      await workbench.chooseInMenu('Why Is This Not Set?');
      const panel = await workbench.panel();
      const answer = panel.locator('.why');
      await answer.waitFor();
      assert.match((await answer.innerText()).replace(/\s+/g, ' '), /company-vault, by baseline at Root\. nonprod at Root\/Workloads\/NonProd states it, but baseline at Root lets lower policies use no operator here.* baseline\.json:13/);
      await panel.locator('[role="tab"]', { hasText: 'Policy' }).click();
    },
  },
];

/** What needs another folder: nothing of the sample is open after it. */
export const revisionSteps = [
  {
    name: 'the impact since a git revision tells what a saved change means for accounts',
    async run({ workbench, openRepository }) {
      await openRepository((text) => text.replace('{ "@@assign": "90" }', '{ "@@assign": "60" }'));
      await workbench.page.locator('.monaco-editor .codelens-decoration', { hasText: 'Attach…' }).waitFor({ timeout: 30_000 });
      await eventually(async () => {
        await workbench.command('Backup Policies: Show Impact Since Git Revision…');
        // The git extension looks for repositories after the window has opened.
        await workbench.quickInput.locator('input[placeholder*="compared with"]').waitFor({ timeout: 4000 });
      });
      await workbench.pick('HEAD', /HEAD$/);
      const view = workbench.page.locator('.pane:has([aria-label*="Impact Since HEAD"])').last();
      await view.getByText('7 of 18 accounts').first().waitFor();
      await view.locator('.monaco-list-row', { hasText: /delete_after_days.*90.→.60/ }).first().waitFor();
    },
  },
];

/** Renames what the cursor is on. */
async function rename(workbench, name) {
  const box = workbench.page.locator('.rename-box input');
  await eventually(async () => {
    await workbench.press('F2');
    await box.waitFor({ timeout: 4000 });
  });
  await box.fill(name);
  await box.press('Enter');
}

/** Undoes the last edit once, in all of its files; VS Code asks before it does that for some edits. */
async function undoInFiles(workbench, files) {
  await workbench.press('Control+z');
  await eventually(async () => {
    if (await workbench.dialog.isVisible()) await workbench.press('Enter');
    for (const file of files) assert.ok(!(await workbench.isDirty(file)), `${file} still has changes`);
  });
}
