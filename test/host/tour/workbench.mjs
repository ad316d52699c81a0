// What a person does in a VS Code window, and what can be read off it.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds until something that must appear counts as missing. */
const patience = 15_000;

/**
 * Repeats a check until it holds and gives what it gives. Rejects with its last error when time is up.
 * @param check throws, or rejects, as long as it does not hold.
 */
export async function eventually(check, limit = patience) {
  for (const end = Date.now() + limit; ; await pause(100)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** One VS Code window. */
export class Workbench {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(patience);
  }

  /** Opens the address and waits until the workbench can be used. */
  async load(address) {
    await this.page.goto(address);
    await this.#ready();
  }

  /** Starts the window again, as after a crash: the extension begins anew. */
  async reload() {
    await this.page.reload();
    await this.#ready();
  }

  async #ready() {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.activitybar a.action-label').first().waitFor();
  }

  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  /** @param delay between two keys, in milliseconds. */
  type(text, delay = 15) {
    return this.page.keyboard.type(text, { delay });
  }

  get quickInput() {
    return this.page.locator('.quick-input-widget:not([style*="display: none"])');
  }

  /** The rows of the open quick pick, without separators. */
  get quickRows() {
    return this.quickInput.locator('.monaco-list-row:not(:has(.quick-input-list-separator-as-item))');
  }

  /** Runs a command by its full title, as the palette shows it. */
  async command(title) {
    await this.accept('F1', `>${title}`, title);
  }

  /** Opens the quick input with a key, again if something closed it, types, and accepts the first row once it is the wanted one. */
  async accept(key, text, wanted) {
    let attempts = 0;
    await eventually(async () => {
      const input = this.quickInput.locator('input[type="text"]').first();
      // An open list does not look for commands that come while the window starts.
      if (attempts++ % 20 === 19 && (await input.isVisible())) await this.press('Escape');
      if (!(await input.isVisible())) await this.press(key);
      await input.fill(text, { timeout: 1000 });
      const label = await this.quickRows.first().locator('.label-name').first().innerText({ timeout: 1000 });
      assert.equal(label.trim(), wanted);
    }, 2 * patience);
    await this.press('Enter');
  }

  /** Types into the open quick pick and accepts the first row once its label is the wanted one. */
  async pick(text, wanted) {
    await this.quickRows.first().waitFor();
    await this.quickInput.locator('input[type="text"]').first().fill(text);
    await eventually(async () => assert.match((await this.quickRows.first().locator('.label-name').first().innerText({ timeout: 1000 })).trim(), wanted));
    await this.press('Enter');
  }

  /** Types into the open quick pick of several and ticks the row with this label once it is the first. */
  async check(text, label) {
    const row = this.quickRows.first();
    const box = row.locator('[role="checkbox"], .monaco-checkbox').first();
    await row.waitFor();
    await this.quickInput.locator('input[type="text"]').first().fill(text);
    await eventually(async () => assert.equal((await row.locator('.label-name').first().innerText({ timeout: 1000 })).trim(), label));
    await box.click();
    await eventually(async () => assert.ok(await row.locator('[aria-checked="true"], .codicon-check').count() > 0, `${label} is not ticked`));
  }

  /** Chooses from the open context menu with the mouse. */
  async chooseInMenu(action) {
    const entry = this.page.locator('.monaco-menu .action-label', { hasText: action }).and(this.page.getByText(action, { exact: true }));
    await entry.waitFor();
    // A menu takes no click in the first moment.
    await eventually(async () => {
      if ((await entry.count()) === 0) return;
      await entry.click({ timeout: 1000 });
      await entry.waitFor({ state: 'detached', timeout: 1000 });
    });
  }

  /** Opens a file of the workspace by its name. */
  async open(name) {
    await this.accept('Control+p', name, name);
    await eventually(async () => assert.equal(await this.activeTab(), name));
    await this.page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor();
    await eventually(async () => assert.match(await this.cursor(), /^Ln /));
  }

  /** Closes the editor in use. */
  async closeEditor() {
    const name = await this.activeTab();
    await this.page.locator('.editor-group-container.active .tab.active .codicon-close').click();
    await this.page.locator('.editor-group-container.active .tab.active', { hasText: name }).waitFor({ state: 'detached' });
  }

  /** The name on the tab of the editor in use. */
  async activeTab() {
    return (await this.page.locator('.editor-group-container.active .tab.active .label-name').first().innerText({ timeout: 1000 })).trim();
  }

  /** Whether a file has changes that are not saved; it must have a tab. */
  async isDirty(name) {
    return (await this.page.locator(`.tab.dirty[data-resource-name="${name}"]`).count()) > 0;
  }

  /** Puts the cursor of the editor at a line and column, both counted from 1. */
  async goTo(line, column = 1) {
    await this.press('Control+g');
    await this.quickInput.locator('input[type="text"]').first().fill(`:${line}:${column}`);
    await this.press('Enter');
    await eventually(async () => assert.equal(await this.cursor(), `Ln ${line}, Col ${column}`));
  }

  /** What the status bar says of the cursor: `Ln 7, Col 36`. */
  async cursor() {
    return (await this.page.locator('[id="status.editor.selection"]').innerText({ timeout: 1000 })).trim();
  }

  /** The text of the rendered line that holds `part`. */
  line(part) {
    return this.page.locator('.editor-group-container.active .monaco-editor:not(.original-in-monaco-diff-editor) .view-line', { hasText: part }).first();
  }

  /** The offered completions: label, struck through or not, and what stands beside the label. */
  async suggestions() {
    const widget = this.page.locator('.suggest-widget.visible');
    await widget.locator('.monaco-list-row').first().waitFor();
    return widget.locator('.monaco-list-row').evaluateAll((rows) => rows.map((row) => {
      const name = row.querySelector('.label-name');
      const struck = [name, name.parentElement, name.parentElement.parentElement].some((each) => getComputedStyle(each).textDecorationLine === 'line-through');
      return { label: name.textContent, struck, text: row.textContent, name: row.getAttribute('aria-label') ?? '' };
    }));
  }

  /** The rows of the Problems panel, files included, top to bottom. */
  async problems() {
    const rows = await this.page.locator('.markers-panel .monaco-list-row').all();
    return Promise.all(rows.map(async (row) => (await row.innerText({ timeout: 1000 })).replace(/\s+/g, ' ').trim()));
  }

  /** The rows of the organization view that are drawn now. */
  get treeRows() {
    return this.page.locator('[id="workbench.parts.sidebar"] .pane:has([aria-label*="Organization"]) .monaco-list-row');
  }

  /** Turns the wheel over the organization view until a row can be seen whole, and gives it. */
  async treeRow(name) {
    const row = this.treeRows.filter({ has: this.page.locator('.label-name', { hasText: new RegExp(`^${name}$`) }) }).first();
    const list = this.page.locator('[id="workbench.parts.sidebar"] .pane:has([aria-label*="Organization"]) .monaco-list').first();
    await this.treeRows.first().waitFor();
    await list.hover();
    await this.page.mouse.wheel(0, -5000);
    return eventually(async () => {
      const [seen, frame] = [await row.boundingBox({ timeout: 200 }).catch(() => null), await list.boundingBox()];
      if (seen !== null && seen.y >= frame.y && seen.y + seen.height <= frame.y + frame.height) return row;
      await this.page.mouse.wheel(0, 120);
      throw new Error(`The organization view has no row ${name}.`);
    });
  }

  /** The frame of the effective policy in the side bar. Rejects while there is none. */
  panel() {
    return eventually(async () => {
      for (const frame of this.page.frames()) {
        // An editor tab with an effective policy cannot be opened in an editor once more.
        if (await frame.locator('main').count().catch(() => 0) > 0 && await frame.locator('vscode-toolbar-button[label="Open in Editor"], main > div > .welcome:only-child').count() > 0) return frame;
      }
      throw new Error('The panel "Effective Policy" is not there.');
    });
  }

  /** The panel's frame as soon as it shows a target. */
  async panelOf(target) {
    return eventually(async () => {
      const frame = await this.panel();
      assert.equal((await frame.locator('.entity-name').innerText({ timeout: 1000 })).trim(), target);
      return frame;
    });
  }

  /** Drags a row of the organization view onto another one; both must be drawn. */
  async drag(from, onto) {
    const middle = async (name) => {
      const box = await this.treeRows.filter({ has: this.page.locator('.label-name', { hasText: new RegExp(`^${name}$`) }) }).first().boundingBox();
      return [box.x + 120, box.y + box.height / 2];
    };
    await this.page.mouse.move(...await middle(from));
    await this.page.mouse.down();
    await this.page.mouse.move(...await middle(onto), { steps: 10 });
    // The list takes a row only once it has said that it would.
    await this.treeRows.and(this.page.locator('.drop-target')).first().waitFor();
    await this.page.mouse.up();
  }

  /** The modal dialog. */
  get dialog() {
    return this.page.locator('.monaco-dialog-box');
  }

  /** What the modal dialog says, as soon as there is one. */
  async dialogText() {
    await this.dialog.waitFor();
    return this.dialog.innerText();
  }

  /** The names of a row of the organization view and of those after it, as soon as `count` of them can be seen. */
  async treeRowsBelow(name, count) {
    await this.treeRow(name);
    await this.page.mouse.wheel(0, 5000);
    return eventually(async () => {
      const rows = await this.treeRows.evaluateAll((all) => all
        .map((row) => ({ top: row.getBoundingClientRect().top, name: row.querySelector('.label-name').textContent }))
        .sort((one, other) => one.top - other.top)
        .map((row) => row.name));
      const start = rows.indexOf(name);
      assert.ok(start >= 0, `The organization view has no row ${name}.`);
      return rows.slice(start, start + count);
    });
  }

  /** Rests the mouse on a word of the editor in use and gives what the hover says. */
  async hover(word) {
    const span = this.line(word).locator('span', { hasText: word }).last();
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
    await eventually(async () => {
      await this.page.mouse.move(700, 300);
      await span.hover({ timeout: 1000 });
      await hover.waitFor({ timeout: 3000 });
    });
    return eventually(async () => {
      const texts = await this.page.locator('.monaco-hover:not(.hidden) .hover-contents').allInnerTexts();
      assert.doesNotMatch(texts.join(), /^Loading/);
      return texts.join('\n').replaceAll('\u00a0', ' ');
    });
  }

  /**
   * Rests the mouse on a mark in the editor and gives what the hover says as soon as it has all `parts`:
   * VS Code adds the quick fixes to a hover that is already open.
   */
  async hoverAt(mark, parts) {
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
    return eventually(async () => {
      const box = await mark.boundingBox({ timeout: 1000 });
      await this.page.mouse.move(700, 300);
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await hover.waitFor({ timeout: 3000 });
      return eventually(async () => {
        const text = (await this.page.locator('.monaco-hover:not(.hidden)').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
        assert.doesNotMatch(text, /Loading/);
        for (const part of parts) assert.ok(text.includes(part), `The hover lacks ${part}:\n${text}`);
        return text;
      }, 4000);
    });
  }

  /** Takes back every change that is not saved. */
  async undoEverything() {
    for (let dirty = this.page.locator('.tab.dirty').first(); (await dirty.count()) > 0;) {
      const name = await dirty.getAttribute('data-resource-name');
      await dirty.click();
      await this.undoAll(name);
    }
  }

  /** Undoes until the file is as it was saved. */
  async undoAll(name) {
    await eventually(async () => {
      if (!(await this.isDirty(name))) return;
      await this.press('Control+z');
      throw new Error(`${name} still has changes.`);
    });
  }

  /** The rendered text of the editor in use. */
  async editorText() {
    return (await this.page.locator('.editor-group-container.active .view-lines').first().innerText({ timeout: 1000 })).replaceAll('\u00a0', ' ');
  }
}
