import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { effectivePolicyView } from '../../server/features/effectivePolicyView.ts';
import { reachView } from '../../server/features/reach/reachView.ts';
import { modelUri, sampleOrganization } from '../features/organizations.ts';
import { axeViolations, looks, themeKinds } from './axe.ts';
import { panelSession } from './panelSession.ts';
import type { PanelPageOptions } from './panelPage.ts';
import { paymentsPolicy } from './views.ts';

const session = panelSession();
const sample = sampleOrganization();
const inventory = readFileSync('samples/inventory.csv', 'utf8');

interface Question {
  readonly text?: string;
  readonly uri?: string;
  readonly filter: string;
}

/** Answers as the extension host does, with the real view of the sample: the last question, unless it is answered. */
async function answer(key = 'Root'): Promise<Question> {
  const asked = (await session.panel.sent()).filter((message) => message.type === 'ask').at(-1);
  const params = asked?.params as Question;
  const result = reachView(sample, { organization: modelUri, key }, { text: params.uri === undefined ? params.text ?? '' : inventory, ...(params.uri === undefined ? {} : { uri: params.uri }) }, { filter: params.filter });
  await session.panel.send({ type: 'page', page: 'resources', params, result });
  return params;
}

/** Waits for a question that is not `before`, and answers it. */
async function answerNext(before: number): Promise<Question> {
  await expect.poll(async () => (await session.panel.sent()).length).toBeGreaterThan(before);
  return answer();
}

async function open(options?: PanelPageOptions, key = 'Root'): Promise<void> {
  const view = effectivePolicyView(sample, { organization: modelUri, key });
  if (view === undefined) throw new Error(`There is no ${key}.`);
  await session.openPolicy(view, options);
  await session.panel.page.getByRole('tab', { name: 'Resources' }).click();
  await answer(key);
}

const field = () => session.panel.page.getByRole('textbox', { name: 'Resources' });
const summary = () => session.panel.page.locator('.summary').innerText();
const head = (name: string) => session.panel.page.getByRole('button', { name: new RegExp(`^${name}\\b`) });

async function enter(text: string): Promise<void> {
  const before = (await session.panel.sent()).length;
  await field().fill(text);
  await answerNext(before);
}

describe('the page "Resources"', () => {
  test('asks for what is typed once typing pauses, and announces the result', async () => {
    await open();
    const before = (await session.panel.sent()).length;
    await field().pressSequentially('arn:aws:ec2:eu-west-1:777788889999:volume/vol-1 backup-tier=silver', { delay: 1 });
    expect(await answerNext(before)).toEqual({ text: 'arn:aws:ec2:eu-west-1:777788889999:volume/vol-1 backup-tier=silver', filter: '' });
    expect((await session.panel.sent()).filter(({ type }) => type === 'ask').length).toBeLessThan(10);
    expect(await summary()).toBe('1 of 1 resource is backed up; none is left out.');
    expect(await session.panel.page.locator('.summary').getAttribute('aria-live')).toBe('polite');
    expect(await field().inputValue()).toContain('backup-tier=silver');
  });

  test('puts what nothing backs up first, with the reason that is nearest', async () => {
    await open();
    await enter(inventory);
    expect(await summary()).toBe('8 of 14 resources are backed up, 3 by several plans; 6 by nothing.');
    expect(await session.panel.page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Not backed up\n6', 'Backed up by several plans\n3', 'Backed up\n5']);
    expect(await head('shop-web').first().innerText()).toContain('everyday: tag "backup-tier" is "Silver", not "silver" or "bronze": AWS Backup compares tags with their letter case');
    expect(await head('orders-incoming').innerText()).toContain('Backup policies select no resources of this kind of "sqs"');
    expect(await head('shop-catalogue').innerText()).toContain('by databases and point-in-time');
  });

  test('opens a resource: rules and schedules of what reaches it, the statement behind a reason', async () => {
    await open();
    await enter(inventory);
    await head('orders').first().click();
    await head('shop-catalogue').click();
    const details = session.panel.page.locator('.resource-details:not([hidden])').last();
    expect(await details.innerText()).toContain('At 01:30 UTC, every day');
    await head('viewing-history').click();
    await session.panel.page.getByRole('listitem').filter({ hasText: 'viewing-history' }).getByRole('button', { name: 'Go to regions' }).first().click();
    expect(await session.panel.lastSent()).toMatchObject({ type: 'reveal', location: { uri: 'file:///project/backup-policies/customer-data.json' } });
  });

  test('is worked by keyboard alone', async () => {
    await open();
    await enter(inventory);
    const before = (await session.panel.sent()).length;
    await session.panel.press('Tab', 'Tab', 'Enter');
    expect((await session.panel.sent()).slice(before)).toEqual([{ type: 'command', command: 'chooseInventory' }]);
    await session.panel.press('Tab', 'Tab');
    expect(await session.panel.focused()).toContain('shop-web');
    await session.panel.press('ArrowDown', 'ArrowDown');
    expect(await session.panel.focused()).toContain('orders-load-test');
    await session.panel.press('Enter');
    expect(await head('orders-load-test').getAttribute('aria-expanded')).toBe('true');
    await session.panel.press('Tab');
    expect(await session.panel.focused()).toContain('everyday');
    await session.panel.press('Shift+Tab', 'End');
    expect(await session.panel.focused()).toContain('bastion');
    await session.panel.press('Home', 'ArrowUp');
    expect(await session.panel.focused()).toContain('shop-web');
  });

  test('fills in an example of the target\'s own plans', async () => {
    await open();
    const before = (await session.panel.sent()).length;
    await session.panel.page.getByRole('button', { name: 'Use an Example' }).click();
    await answerNext(before);
    expect(await field().inputValue()).toContain('backup-tier=silver');
    expect(await summary()).toBe('1 of 2 resources is backed up; 1 by nothing.');
  });

  test('names lines that cannot be read, and goes to them', async () => {
    await open();
    await enter('arn:aws:s3:::photos\nnonsense\n');
    await session.panel.page.getByText('1 problem of the inventory').click();
    await session.panel.page.getByRole('button', { name: 'Go to Line 2' }).click();
    expect(await session.panel.page.evaluate('getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)')).toBe('nonsense');
  });

  test('filters, and says when nothing is left', async () => {
    await open();
    await enter(inventory);
    const before = (await session.panel.sent()).length;
    await session.panel.page.getByRole('searchbox', { name: 'Filter' }).fill('environment=shared');
    expect((await answerNext(before)).filter).toBe('environment=shared');
    expect(await session.panel.page.locator('.resource').count()).toBe(1);
    expect(await summary()).toContain('8 of 14 resources');
    const again = (await session.panel.sent()).length;
    await session.panel.page.getByRole('searchbox', { name: 'Filter' }).fill('nowhere');
    await answerNext(again);
    expect(await session.panel.page.getByText('No resource has these words.').isVisible()).toBe(true);
  });

  test('reads a file that the host chose, and comes back to the text', async () => {
    await open();
    await enter('arn:aws:s3:::photos');
    await session.panel.page.getByRole('button', { name: 'Choose Inventory File…' }).click();
    expect(await session.panel.lastSent()).toEqual({ type: 'command', command: 'chooseInventory' });
    await session.panel.send({ type: 'open', page: 'resources', memory: { file: { uri: 'file:///project/inventory.csv', name: 'inventory.csv' } } });
    expect(await answer()).toEqual({ uri: 'file:///project/inventory.csv', filter: '' });
    expect(await session.panel.page.getByText('Resources of inventory.csv').isVisible()).toBe(true);
    expect(await session.panel.page.locator('.resource').count()).toBe(14);
    const before = (await session.panel.sent()).length;
    await session.panel.page.getByRole('button', { name: 'Enter Resources' }).click();
    await answerNext(before);
    expect(await field().inputValue()).toBe('arn:aws:s3:::photos');
  });

  test('comes back with its text when the editor made the page anew', async () => {
    await open();
    await enter(inventory);
    await head('bastion').click();
    const kept = await session.panel.kept();
    await session.panel.close();
    const view = effectivePolicyView(sample, { organization: modelUri, key: 'Root' });
    await session.openPolicy(view, { kept });
    await answer();
    expect(await field().inputValue()).toBe(inventory);
    expect(await head('bastion').getAttribute('aria-expanded')).toBe('true');
  });

  test('ignores an answer of another shape', async () => {
    await open();
    const [asked] = (await session.panel.sent()).filter(({ type }) => type === 'ask');
    await enter(inventory);
    const params = ((await session.panel.sent()).filter((message) => message.type === 'ask').at(-1) as { readonly params: unknown }).params;
    await session.panel.send({ type: 'page', page: 'resources', params, result: { resources: 'many' } });
    expect(asked).toBeDefined();
    expect(await session.panel.page.locator('.resource').count()).toBe(0);
    expect(await field().inputValue()).toBe(inventory);
  });
});

describe('axe-core finds no violation, and nothing is out of reach', () => {
  const outOfReach = (): Promise<readonly string[]> => session.panel.page.evaluate<readonly string[]>('[...document.querySelectorAll("body *")].filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && it.closest(".visually-hidden, textarea") === null).map((it) => it.outerHTML)');
  const all = [...themeKinds.map((theme) => [`in ${theme}`, { theme, width: 900, height: 900 }] as const), ...looks];

  test.each(all)('%s', async (look, options) => {
    await open(options);
    await enter(`${inventory}nonsense\n`);
    for (const name of ['shop-web', 'orders-incoming', 'shop-catalogue']) await head(name).first().click();
    await session.panel.page.getByText('1 problem of the inventory').click();
    const folder = process.env['SCREENSHOTS'];
    if (folder !== undefined) await session.panel.page.screenshot({ path: `${folder}/resources-${look.replace(/\W+/g, '-')}.png` });
    expect([await axeViolations(session.panel.page), await outOfReach()]).toEqual([[], []]);
  });

  test.each(looks)('%s before the answer comes, and before one has asked', async (_look, options) => {
    await session.openPolicy(paymentsPolicy(), options);
    await session.panel.page.getByRole('tab', { name: 'Resources' }).click();
    expect([await axeViolations(session.panel.page), await outOfReach()]).toEqual([[], []]);
    await answer();
    expect([await axeViolations(session.panel.page), await outOfReach()]).toEqual([[], []]);
  });

  test.each([
    ['label', "const label = document.querySelector('textarea'); for (const name of ['aria-label', 'aria-labelledby', 'id', 'placeholder', 'title']) label.removeAttribute(name)"],
    ['color-contrast', "document.documentElement.style.setProperty('--vscode-foreground', '#2a2a2a')"],
    ['page-has-heading-one', "document.querySelector('h1').remove()"],
  ])('but finds one that is planted: %s', async (rule, plant) => {
    await open();
    await enter(inventory);
    await session.panel.page.evaluate(plant);
    expect(await axeViolations(session.panel.page)).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: `)));
  });
});
