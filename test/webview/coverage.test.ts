import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { webviewPage } from '../../client/webview/page.ts';
import { coverage } from '../../server/features/coverage.ts';
import type { OrganizationCoverageView } from '../../server/protocol.ts';
import { organization, sampleOrganization } from '../features/organizations.ts';
import { axeViolations, looks, themeKinds } from './axe.ts';
import { browserPath, editorScript } from './panelPage.ts';
import type { ThemeKind } from './themes.ts';

const address = 'https://panel.test';
const contentTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

const sample = coverage(sampleOrganization());
const bare = coverage(organization({ name: 'Root', accounts: [{ name: 'bare' }, { name: '<b>bold</b>' }] }, {}));

/** Accounts that all get something else, as many as asked for. */
function large(accounts: number): readonly OrganizationCoverageView[] {
  const [first] = sample;
  const group = first?.groups[1];
  if (first === undefined || group === undefined) throw new Error('The sample has groups.');
  const groups = Array.from({ length: accounts }, (_, index) => ({ ...group, accounts: [{ target: { organization: first.uri, key: String(index) }, name: `account-${String(index)}`, path: `Root/account-${String(index)}` }] }));
  return [{ ...first, accounts, groups }];
}

let browser: Browser;
let folder: string;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coverage-'));
  await build({ entryPoints: ['client/webview/coverage.ts'], outdir: folder, bundle: true, minify: true, format: 'iife', target: 'es2022', loader: { '.ttf': 'file' }, assetNames: '[name]', logLevel: 'error' });
  browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });
}, 60_000);

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  expect(await page.evaluate<readonly string[]>('standIn.violations')).toEqual([]);
  await page.context().close();
});

interface Look {
  readonly theme?: ThemeKind;
  readonly width?: number;
  readonly height?: number;
  readonly zoom?: number;
  readonly kept?: unknown;
}

async function open(organizations: readonly OrganizationCoverageView[], look: Look = {}): Promise<void> {
  await openAtFirst(look);
  await send({ type: 'coverage', state: { kind: 'coverage', organizations } });
}

/** The page waits for its state. */
async function openAtFirst({ theme = 'vscode-dark', width = 1100, height = 700, zoom = 1, kept }: Look): Promise<void> {
  // A zoomed window has fewer, larger pixels.
  page = await (await browser.newContext({ viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) }, deviceScaleFactor: zoom, bypassCSP: false })).newPage();
  await page.addInitScript(editorScript(theme, kept));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: webviewPage({ title: 'Backup Coverage', scriptUri: `${address}/coverage.js`, styleUri: `${address}/coverage.css`, cspSource: address, nonce: 'c0ffee0123456789' }) });
    else await route.fulfill({ contentType: contentTypes[extname(pathname)] ?? 'text/plain', path: join(folder, pathname) });
  });
  await page.goto(`${address}/`);
}

async function send(message: unknown): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    addEventListener('message', () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))), { once: true });
    postMessage(${JSON.stringify(message)}, '*');
  })`);
}

const sent = async (): Promise<unknown> => page.evaluate('standIn.sent.at(-1)');
const focused = async (): Promise<string> => page.evaluate<string>('document.activeElement.textContent.replace(/\\s+/g, " ").trim()');
const names = async (): Promise<readonly string[]> => page.locator('tbody th .name').allTextContents();

describe('the table of coverage', () => {
  test('says in words what each account gets, those in trouble first', async () => {
    await open([...sample]);
    expect(await page.locator('caption').textContent()).toContain('Root, 18 accounts: every account gets a backup plan, 1 with an invalid effective policy.');
    expect((await names())[0]).toBe('finance-prod');
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(['Account', 'Coverage', 'everyday', 'databases', 'point-in-time', 'warehouse'].map((name) => expect.stringContaining(name) as string));
    expect(await page.getByRole('row', { name: /central-vault/ }).textContent()).toMatch(/35 days.*At 05:00 UTC, every day.*no backup/s);
  });

  test('shows names as text and says that nothing is backed up', async () => {
    await open(bare);
    expect(await names()).toEqual(['bare', '<b>bold</b>']);
    expect(await page.getByRole('gridcell', { name: 'No backup plan' }).count()).toBe(2);
  });

  test('filters by name, id and coverage, and says how many are left', async () => {
    await open([...sample]);
    const box = page.getByRole('searchbox');
    await box.fill('shop');
    expect(await names()).toEqual(['shop-prod', 'shop-staging', 'shop-dev']);
    expect(await page.getByRole('status').textContent()).toBe('3 of 18 accounts');
    await box.fill('invalid');
    expect(await names()).toEqual(['finance-prod']);
    await box.fill('nobody');
    expect(await page.locator('main').textContent()).toContain('No account of Root fits "nobody".');
    expect(await page.evaluate('standIn.kept().filter')).toBe('nobody');
  });

  test('sorts by a column and back, and tells it', async () => {
    await open([...sample]);
    const everyday = page.getByRole('columnheader', { name: 'everyday' });
    await everyday.getByRole('button').click();
    expect(await everyday.getAttribute('aria-sort')).toBe('ascending');
    expect(await page.locator('tbody tr:first-child td:nth-child(3)').textContent()).toContain('7 days');
    await everyday.getByRole('button').click();
    expect(await everyday.getAttribute('aria-sort')).toBe('descending');
    expect(await page.locator('tbody tr:first-child td:nth-child(3)').textContent()).toContain('2555 days');
  });

  test('puts accounts that get the same together when asked to, and opens them', async () => {
    await open([...sample]);
    expect((await names()).length).toBe(18);
    await page.getByRole('checkbox').click();
    expect(await names()).toContain('central-vault and 6 more');
    const group = page.getByRole('button', { name: /central-vault and 6 more/ });
    expect(await group.getAttribute('aria-expanded')).toBe('false');
    await group.click();
    expect(await group.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('tbody tr.inside').count()).toBe(7);
  });

  test('leads to the plan, to the effective policy and to files', async () => {
    await open([...sample]);
    await page.getByRole('row', { name: /central-vault/ }).getByRole('button', { name: /35 days/ }).click();
    expect(await sent()).toMatchObject({ type: 'reveal', location: { uri: 'file:///project/backup-policies/baseline.json' } });
    await page.getByRole('button', { name: /central-vault/ }).click();
    expect(await sent()).toMatchObject({ type: 'showPolicy', target: { key: '222233334444' } });
    await page.getByRole('row', { name: /central-vault/ }).getByRole('button', { name: 'no backup' }).first().click();
    expect(await sent()).toMatchObject({ type: 'showPolicy', target: { key: '222233334444' } });
    await page.getByRole('button', { name: 'Export as Markdown…' }).click();
    expect(await sent()).toEqual({ type: 'export', format: 'markdown' });
  });

  test('is one stop for the tab key, with arrows from cell to cell', async () => {
    await open([...sample]);
    await page.getByRole('searchbox').focus();
    for (const name of ['', 'Export as CSV…', 'Export as Markdown…']) {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe(name);
    }
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('finance-prod');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain('Invalid');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain('90 to 365 days');
    await page.keyboard.press('Control+End');
    expect(await focused()).toContain('no backup');
    await page.keyboard.press('Control+Home');
    expect(await focused()).toBe('Account');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('columnheader', { name: 'Account' }).getAttribute('aria-sort')).toBe('ascending');
    expect(await page.locator('table [tabindex="0"]').count()).toBe(1);
  });

  test('draws ten thousand rows part by part, and goes on with the arrow key', async () => {
    const start = performance.now();
    await open(large(10_000), { kept: { grouped: false } });
    expect(await page.locator('tbody tr').count()).toBe(200);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
    await page.getByRole('searchbox').fill('account-9999');
    expect(await names()).toEqual(['account-9999']);
    expect(performance.now() - start).toBeLessThan(10_000);
    await page.getByRole('searchbox').fill('');
    await page.locator('tbody tr:nth-child(200) [data-column="0"]').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('tbody tr').count()).toBe(400);
    expect(await focused()).toContain('account-200');
  });

  test('ignores what is not well-formed, and says what failed', async () => {
    await open([...sample]);
    await send({ type: 'coverage', state: { kind: 'coverage', organizations: [{ uri: 1 }] } });
    expect((await names()).length).toBe(18);
    await send({ type: 'coverage', state: { kind: 'failed', message: 'The server stopped.' } });
    expect(await page.getByRole('alert').textContent()).toBe('The server stopped.');
    await send({ type: 'coverage', state: { kind: 'coverage', organizations: [] } });
    expect(await page.locator('main').textContent()).toContain('No organization with accounts is modelled here.');
  });
});

describe('for everybody', () => {
  const fits = (): Promise<boolean> => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
  // A window of this size, zoomed, has half of it in each direction.
  const narrow = looks.map(([look, { context, ...size }]) => [look, { ...size, ...(context?.deviceScaleFactor === undefined ? {} : { width: size.width * 2, height: size.height * 2, zoom: 2 }) }] as const);

  test.each([...themeKinds.map((theme) => [`in ${theme}`, { theme }] as const), ...narrow])('axe-core finds no violation %s', async (_look, options) => {
    await open([...sample, ...bare], options);
    expect([await axeViolations(page), await fits()]).toEqual([[], true]);
    await page.getByRole('searchbox').fill('prod');
    await page.getByRole('checkbox').click();
    expect([await axeViolations(page), await fits()]).toEqual([[], true]);
  });

  test.each(narrow)('axe-core finds no violation %s without a table', async (_look, options) => {
    await openAtFirst(options);
    await page.getByText('Reading the organization').waitFor();
    expect([await axeViolations(page), await fits()]).toEqual([[], true]);
    await send({ type: 'coverage', state: { kind: 'failed', message: 'The server stopped.' } });
    await page.getByText('The server stopped.').waitFor();
    expect([await axeViolations(page), await fits()]).toEqual([[], true]);
    await send({ type: 'coverage', state: { kind: 'coverage', organizations: [] } });
    await page.getByText('No organization with accounts').waitFor();
    expect([await axeViolations(page), await fits()]).toEqual([[], true]);
    await send({ type: 'coverage', state: { kind: 'coverage', organizations: sample } });
    await page.getByRole('searchbox').fill('nobody');
    expect([await axeViolations(page), await fits()]).toEqual([[], true]);
  });

  test.each([
    ['aria-.*', "document.querySelector('tbody button.cell').setAttribute('aria-expanded', 'perhaps')"],
    ['color-contrast', "document.documentElement.style.setProperty('--vscode-foreground', '#2a2a2a')"],
    ['page-has-heading-one', "document.querySelector('h1').remove()"],
  ])('axe-core finds a violation that is planted: %s', async (rule, plant) => {
    await open([...sample]);
    await page.evaluate(plant);
    expect(await axeViolations(page)).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: `)));
  });

  test.each(narrow)('the cell with the focus is in sight %s', async (_look, options) => {
    await open([...sample], options);
    await page.locator('tbody tr:nth-child(9) [data-column="3"]').focus();
    const box = await page.locator(':focus').boundingBox();
    const view = page.viewportSize();
    expect(box !== null && view !== null && box.x >= 0 && box.x < view.width && box.y >= 0 && box.y < view.height).toBe(true);
  });
});
