// What a suite in the browser's extension host cannot do itself: it prints a request for a hand, which acts on the page.
import assert from 'node:assert/strict';
import { eventually } from './tour/workbench.mjs';

/** Milliseconds: a suite that asks for a hand has a minute. */
const patience = 45_000;

/** Does one request of a suite. Rejects when what it is about does not appear. */
export async function lendHand(page, request) {
  page.setDefaultTimeout(patience);
  await hands[request.type](page, request);
}

const hands = {
  /** Closes a message after it has been read. */
  async dismiss(page, { text }) {
    const toast = page.locator('.notification-toast', { hasText: text }).first();
    await toast.waitFor();
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await toast.waitFor({ state: 'detached' });
  },
  /** Reads a web view, then says so. */
  async read(page, { texts, answer }) {
    await eventually(async () => {
      const contents = await Promise.all(page.frames().map((frame) => frame.locator('body').innerText({ timeout: 500 }).catch(() => '')));
      const whole = contents.find((content) => texts.every((text) => content.includes(text)));
      assert.ok(whole !== undefined, `${texts.join(', ')} is on no page of: ${contents.map((content) => content.slice(0, 300)).join(' | ')}`);
    }, patience);
    await page.locator('.notification-toast', { hasText: answer }).locator('.monaco-button', { hasText: 'Done' }).first().click();
  },
};
