// What a person does with the keyboard in the pages of the extension, and what can be read off them.
import assert from 'node:assert/strict';
import { eventually } from './workbench.mjs';

/** Keys until something that must be reached counts as out of reach. */
const mostKeys = 120;

/** The frame that has the keyboard, as soon as an element with a text is in it. Rejects when it does not get both by itself. */
export function pageWithKeyboard(workbench, selector, text) {
  return eventually(async () => {
    for (const frame of workbench.page.frames()) {
      if ((await frame.locator(selector, { hasText: text }).count().catch(() => 0)) > 0 && (await hasKeyboard(frame))) return frame;
    }
    throw new Error(`No page that has the keyboard has ${selector} with ${text}.`);
  });
}

/** The editor tab with the effective policy of a target, as soon as it has the keyboard. */
export async function policyTab(workbench, target) {
  await eventually(async () => assert.equal(await workbench.activeTab(), `${target}: Effective Policy`));
  return pageWithKeyboard(workbench, '.title-bar:not(:has([label="Open in Editor"])) .entity-name', target);
}

/** Whether keys go to a frame: it is the active element of the page around it, and so on outwards. */
async function hasKeyboard(frame) {
  for (let inner = frame; inner.parentFrame() !== null; inner = inner.parentFrame()) {
    const element = await inner.frameElement();
    if (!(await element.evaluate((each) => each.ownerDocument.activeElement === each))) return false;
  }
  return true;
}

/** Whether the element that has the keyboard in a frame is one of these. */
export function isAt(frame, selector) {
  return frame.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
}

/** What the element that has the keyboard says of itself: its label, else its text. */
export function focusedText(frame) {
  return frame.evaluate(() => (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').replace(/\s+/g, ' ').trim());
}

/** Presses a key, or the one that `key` gives, until `isThere`. Rejects when that leads nowhere. */
export async function pressUntil(workbench, key, isThere, what) {
  for (let count = 0; count < mostKeys; count++) {
    if (await isThere()) return;
    await workbench.press(typeof key === 'string' ? key : await key());
  }
  throw new Error(`The keyboard does not reach ${what}.`);
}

/** Tab, or Shift+Tab, to an element as soon as there is one. @param text what it says of itself, or the start of it. */
export async function tabTo(workbench, frame, selector, { text = '', key = 'Tab' } = {}) {
  await frame.locator(selector).first().waitFor();
  return pressUntil(workbench, key, async () => (await isAt(frame, selector)) && (await focusedText(frame)).startsWith(text), `${selector} ${text}`);
}

/** Chooses one of the pages of the panel by keyboard. */
export async function choosePage(workbench, frame, title) {
  await tabTo(workbench, frame, '[role="tab"]', { key: 'Shift+Tab' });
  await pressUntil(workbench, 'ArrowRight', async () => (await focusedText(frame)) === title, `the tab ${title}`);
  await frame.locator('[role="tab"][aria-selected="true"]', { hasText: title }).waitFor();
}

/** Chooses the target of the panel and opens it in an editor tab, all by keyboard. */
export async function openPolicyTab(workbench, target) {
  await workbench.command('Backup Policies: Choose Target…');
  await workbench.pick(target, new RegExp(`^${target}\\b`));
  await workbench.panelOf(target);
  await workbench.command('Backup Policies: Open Effective Policy in Editor');
  return policyTab(workbench, target);
}

/** Walks down the cascade with arrow keys, opening what is closed, until the details are about a setting. */
export function walkTo(workbench, page, path) {
  const key = async () => ((await isAt(page, '[data-setting][aria-expanded="false"]')) ? 'ArrowRight' : 'ArrowDown');
  const isThere = async () => {
    const title = page.locator('.cascade-detail .detail-path');
    return (await title.count()) > 0 && (await title.innerText()) === path;
  };
  return pressUntil(workbench, key, isThere, path);
}

/** A page with columns is shown with all of them. */
export async function hideSideBar(workbench) {
  const sideBar = workbench.page.locator('[id="workbench.parts.sidebar"]');
  if (await sideBar.isVisible()) await workbench.press('Control+b');
  await sideBar.waitFor({ state: 'hidden' });
}
