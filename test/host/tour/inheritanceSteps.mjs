// The tour of the pages that show inheritance: cascade, schedule, resources and coverage, by keyboard alone.
import assert from 'node:assert/strict';
import { choosePage, focusedText, isAt, openPolicyTab, pageWithKeyboard, policyTab, pressUntil, tabTo, walkTo } from './pages.mjs';
import { eventually } from './workbench.mjs';

/** The steps, each a named check. */
export const inheritanceSteps = [
  {
    name: 'the keyboard alone opens the cascade in an editor tab, walks to an overridden setting, reads who won, and opens the line',
    async run({ workbench }) {
      const page = await openPolicyTab(workbench, 'payments-prod');
      await choosePage(workbench, page, 'Cascade');
      await tabTo(workbench, page, '.cascade-grid [data-setting]');
      await walkTo(workbench, page, 'everyday › rules › monthly › lifecycle › delete_after_days');
      const rows = await page.locator('.cascade-detail .detail-item').allInnerTexts();
      const says = (...parts) => assert.ok(rows.some((row) => parts.every((part) => row.includes(part))), `No detail has ${parts.join(' and ')}:\n${rows.join('\n')}`);
      says('production at Root/Workloads/Prod is overridden', 'payments-retention', 'payments-prod', 'production.json:18');
      says('payments-retention at', 'payments-prod sets 2555', 'payments-retention.json:7');
      await workbench.press('Enter');
      await eventually(async () => {
        assert.equal(await workbench.activeTab(), 'payments-retention.json');
        assert.match(await workbench.cursor(), /^Ln 7,/);
      });
    },
  },
  {
    name: 'the keyboard alone shows the schedule of 14, 35 and 366 days, zooms, and turns it into tables',
    async run({ workbench }) {
      await workbench.command('Backup Policies: Open Effective Policy in Editor');
      const page = await policyTab(workbench, 'payments-prod');
      await choosePage(workbench, page, 'Schedule');
      const chart = page.locator('.chart');
      await chart.waitFor();
      const periods = [];
      for (const days of ['14 Days', '35 Days', '366 Days']) {
        await tabTo(workbench, page, '.choice', { text: days });
        await workbench.press('Enter');
        await page.locator('.choice[aria-pressed="true"]', { hasText: days }).waitFor();
        periods.push(await eventually(async () => {
          const period = await chart.getAttribute('aria-label');
          assert.ok(!periods.includes(period), `${days} still shows ${period}`);
          return period;
        }));
      }
      await tabTo(workbench, page, '[data-mark]');
      await workbench.press('ArrowDown', 'ArrowRight', '+', '+');
      await eventually(async () => assert.ok(!periods.includes(await chart.getAttribute('aria-label')), 'The key + does not zoom.'));
      await workbench.press('0');
      await eventually(async () => assert.equal(await chart.getAttribute('aria-label'), periods[2]));
      await tabTo(workbench, page, '.choice', { text: 'Show as Table', key: 'Shift+Tab' });
      await workbench.press('Enter');
      await page.locator('.timeline-table tr', { hasText: 'everyday/monthly' }).first().waitFor();
      await workbench.press('Enter');
      await chart.waitFor();
      await workbench.closeEditor();
    },
  },
  {
    name: 'the keyboard alone tests the inventory of the sample against the selections',
    async run({ workbench }) {
      const page = await openPolicyTab(workbench, 'Root');
      await choosePage(workbench, page, 'Resources');
      await tabTo(workbench, page, 'vscode-button', { text: 'Choose Inventory File…' });
      await workbench.press('Enter');
      await workbench.pick('inventory', /^inventory\.csv$/);
      await eventually(async () => assert.match(await page.locator('.summary').innerText(), /^8 of 14 resources are backed up/));
      await workbench.closeEditor();
    },
  },
  {
    name: 'the table of coverage has accounts without backup first, and Enter opens the effective policy of one',
    async run({ workbench }) {
      await workbench.open('backup-organization.json');
      await workbench.goTo(5, 18);
      await workbench.press('Shift+End');
      await workbench.type('[],');
      await workbench.command('Backup Policies: Show Coverage');
      const page = await pageWithKeyboard(workbench, 'caption', /without a backup plan/);
      await tabTo(workbench, page, '[data-row]');
      await pressUntil(workbench, 'ArrowUp', () => isAt(page, '[data-row="0"]'), 'the header');
      await workbench.press('ArrowDown', 'ArrowRight');
      assert.equal(await focusedText(page), 'No backup plan');
      await workbench.press('ArrowLeft');
      assert.match(await focusedText(page), /^central-vault/);
      await workbench.press('ArrowDown', 'Enter');
      await workbench.panelOf('network');
      await workbench.closeEditor();
      await workbench.open('backup-organization.json');
      await workbench.undoAll('backup-organization.json');
    },
  },
];
