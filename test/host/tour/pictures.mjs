// The README's pictures, and pictures of the high contrast theme to look at.
import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { choosePage, hideSideBar, openPolicyTab, pageWithKeyboard, tabTo, walkTo } from './pages.mjs';
import { takePushPictures } from './pushPictures.mjs';
import { eventually, Workbench } from './workbench.mjs';

/** Where an icon of the activity bar is not covered by its number. */
const besideBadge = { x: 8, y: 8 };

/** Bytes: a README that loads slowly is not read. */
const largest = 200_000;

/**
 * Takes all pictures. Rejects when one cannot be taken or is too large.
 * @param options images, results: the folders of the README's pictures and of the others. address: gives that of a
 *   fresh copy of the sample with a theme and an open policy. place: gives the folder of that copy.
 */
export async function takePictures({ browser, viewport, images, results, address, place }) {
  const shoot = async (theme, file, prepare) => {
    const page = await browser.newPage({ viewport });
    try {
      const workbench = new Workbench(page);
      await workbench.load(address(theme, file));
      await page.locator('.monaco-editor .codelens-decoration', { hasText: 'Attach…' }).waitFor({ timeout: 30_000 });
      await workbench.page.locator('.activitybar a[aria-label^="Backup Policies"]').click({ position: besideBadge });
      await prepare(workbench);
    } finally {
      await page.close();
    }
  };
  const take = async ({ page }, folder, name) => {
    mkdirSync(folder, { recursive: true });
    const picture = path.join(folder, name);
    await page.screenshot({ path: picture });
    const { size } = statSync(picture);
    assert.ok(folder !== images || size < largest, `${name} has ${size} bytes, more than ${largest}.`);
    console.log(`Picture: ${name} (${Math.round(size / 1000)} kB)`);
  };

  await shoot('Default Dark Modern', 'finance-ledger.json', async (workbench) => {
    await showPolicyOf(workbench, 'finance-prod');
    await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await workbench.hover('delete_after_days');
    await take(workbench, images, 'overview-dark.png');
  });
  await shoot('Default Dark Modern', 'nonprod.json', async (workbench) => {
    await workbench.page.locator('.activitybar a[aria-label^="Explorer"]').click({ position: besideBadge });
    await workbench.page.mouse.move(1200, 700);
    await workbench.page.locator('.monaco-hover.workbench-hover').waitFor({ state: 'detached' });
    await workbench.open('nonprod.json');
    await workbench.goTo(7, 39);
    await workbench.press('Shift+End');
    await workbench.type('{ "@@', 120);
    await workbench.suggestions();
    // The reason stands beside the row in use.
    await workbench.press('ArrowDown');
    await workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'Blocked by' }).waitFor();
    await take(workbench, images, 'completion-dark.png');
  });
  await shoot('Default Light Modern', 'payments-retention.json', async (workbench) => {
    await showPolicyOf(workbench, 'payments-prod');
    await openRule(workbench, 'payments-prod', 'monthly');
    await take(workbench, images, 'panel-light.png');
  });
  const cascade = async (workbench) => {
    const page = await openPage(workbench, 'payments-prod', 'Cascade');
    await page.locator('.cascade-grid [data-setting]').first().waitFor();
    return page;
  };
  const schedule = async (workbench) => {
    const page = await openPage(workbench, 'payments-prod', 'Schedule');
    await page.locator('.chart .lane').first().waitFor();
    return page;
  };
  const coverage = async (workbench) => {
    await workbench.command('Backup Policies: Show Coverage');
    await pageWithKeyboard(workbench, 'caption', /accounts/);
    await hideSideBar(workbench);
  };
  await shoot('Default Dark Modern', 'payments-retention.json', async (workbench) => {
    const page = await cascade(workbench);
    await tabTo(workbench, page, '.cascade-grid [data-setting]');
    await walkTo(workbench, page, 'everyday › rules › monthly › lifecycle › delete_after_days');
    await take(workbench, images, 'cascade-dark.png');
  });
  await shoot('Default Light Modern', 'payments-retention.json', async (workbench) => {
    await schedule(workbench);
    await take(workbench, images, 'schedule-light.png');
  });
  await shoot('Default Dark Modern', 'payments-retention.json', async (workbench) => {
    await coverage(workbench);
    await take(workbench, images, 'coverage-dark.png');
  });
  await shoot('Default High Contrast', 'payments-retention.json', async (workbench) => {
    await cascade(workbench);
    await take(workbench, results, 'cascade-high-contrast.png');
    await coverage(workbench);
    await take(workbench, results, 'coverage-high-contrast.png');
  });
  await shoot('Default High Contrast', 'payments-retention.json', async (workbench) => {
    await schedule(workbench);
    await take(workbench, results, 'schedule-high-contrast.png');
  });
  await shoot('Default High Contrast', 'finance-ledger.json', async (workbench) => {
    await showPolicyOf(workbench, 'finance-prod');
    await workbench.press('Control+Shift+m');
    await take(workbench, results, 'editor-high-contrast.png');
    await workbench.press('Control+j');
    await showPolicyOf(workbench, 'payments-prod');
    await openRule(workbench, 'payments-prod', 'monthly');
    await take(workbench, results, 'panel-high-contrast.png');
  });
  await takePushPictures({ shoot, take, images, results, place });
}

/** Shows an account in the panel, with a side bar wide enough for both. */
async function showPolicyOf(workbench, account) {
  await widen(workbench, 440);
  await (await workbench.treeRow(account)).click();
  const panel = await workbench.panelOf(account);
  await panel.locator('.tree').waitFor();
}

async function openRule(workbench, account, rule) {
  const panel = await workbench.panelOf(account);
  // Only the rule that the picture is about stays open.
  for (const name of [rule, 'lifecycle']) {
    const row = panel.getByRole('treeitem', { name: new RegExp(`^${name}`) }).first();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
  }
  const attempts = panel.getByRole('treeitem', { name: /^delete_after_days: 2555/ }).first();
  if ((await attempts.getAttribute('aria-expanded')) === 'false') await attempts.locator('.twistie').click();
  await panel.locator('.row.attempt').first().waitFor();
}

/** Opens a page of the panel in an editor tab that has the room to itself. */
async function openPage(workbench, account, title) {
  const page = await openPolicyTab(workbench, account);
  await hideSideBar(workbench);
  await choosePage(workbench, page, title);
  return page;
}

/** Drags the edge of the side bar until it has a width, in pixels. */
async function widen({ page }, width) {
  const sideBar = page.locator('[id="workbench.parts.sidebar"]');
  await eventually(async () => {
    const box = await sideBar.boundingBox();
    if (Math.abs(box.width - width) < 20) return;
    await page.mouse.move(box.x + box.width, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(box.x + width, box.y + 300, { steps: 5 });
    await page.mouse.up();
    throw new Error('The side bar keeps its width.');
  });
}
