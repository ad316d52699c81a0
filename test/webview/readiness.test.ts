import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { webviewPage } from '../../client/webview/page.ts';
import { readiness } from '../../server/features/readiness/readiness.ts';
import type { OrganizationReadinessView, ReadinessCheckView } from '../../server/protocol.ts';
import { organization, sampleOrganization } from '../features/organizations.ts';
import { plan, rule } from '../features/readiness/needing.ts';
import { axeViolations } from './axe.ts';
import { browserPath, editorScript } from './panelPage.ts';
import { themes, type ThemeKind } from './themes.ts';

const address = 'https://panel.test';
const contentTypes: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

const sample = readiness(sampleOrganization());
const bare = readiness(organization({ name: 'Root', policies: ['p'], accounts: [{ name: '<b>bold</b>' }] }, { p: { plans: { p: plan({ r: rule('Default') }) } } }));

const check: ReadinessCheckView = {
  at: Date.UTC(2026, 10, 21, 10),
  others: 'Other accounts were not looked at.',
  findings: [
    { account: '222233334444', item: 'role /service-role/AWSBackupDefaultServiceRole backup', state: 'missing', message: 'Account 222233334444 has no such role.' },
    { account: '222233334444', item: 'vault eu-west-1 company-vault', state: 'found', message: 'The vault exists.' },
    { account: '222233334444', item: 'centralVault 222233334444 eu-west-1 central-vault', state: 'found', message: 'The vault exists.' },
  ],
};

/** Accounts that all need something else, as many as asked for. */
function large(accounts: number): readonly OrganizationReadinessView[] {
  const [first] = sample;
  const group = first?.groups[1];
  if (first === undefined || group === undefined) throw new Error('The sample has groups.');
  const groups = Array.from({ length: accounts }, (_, index) => ({ ...group, key: String(index), places: [`Root/account-${String(index)}`], accounts: [{ name: `account-${String(index)}`, path: `Root/account-${String(index)}` }] }));
  return [{ ...first, accounts, groups }];
}

let browser: Browser;
let folder: string;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readiness-'));
  await build({ entryPoints: ['client/webview/readiness.ts'], outdir: folder, bundle: true, minify: true, format: 'iife', target: 'es2022', loader: { '.ttf': 'file' }, assetNames: '[name]', logLevel: 'error' });
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

interface View {
  readonly theme?: ThemeKind;
  readonly width?: number;
  readonly height?: number;
  readonly zoom?: number;
  readonly check?: ReadinessCheckView;
}

async function open(organizations: readonly OrganizationReadinessView[], { theme = 'vscode-dark', width = 1100, height = 700, zoom = 1, ...rest }: View = {}): Promise<void> {
  // A zoomed window has fewer, larger pixels.
  page = await (await browser.newContext({ viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) }, deviceScaleFactor: zoom, bypassCSP: false })).newPage();
  await page.addInitScript(editorScript(theme, undefined));
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') await route.fulfill({ contentType: 'text/html', body: webviewPage({ title: 'Readiness', scriptUri: `${address}/readiness.js`, styleUri: `${address}/readiness.css`, cspSource: address, nonce: 'c0ffee0123456789' }) });
    else await route.fulfill({ contentType: contentTypes[extname(pathname)] ?? 'text/plain', path: join(folder, pathname) });
  });
  await page.goto(`${address}/`);
  await send({ kind: 'readiness', organizations, canCheck: true, ...rest });
}

async function send(state: unknown): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    addEventListener('message', () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))), { once: true });
    postMessage(${JSON.stringify({ type: 'readiness', state })}, '*');
  })`);
}

const sent = async (): Promise<unknown> => page.evaluate('standIn.sent.at(-1)');
const focused = async (): Promise<string> => page.evaluate<string>('document.activeElement.textContent.replace(/\\s+/g, " ").trim()');
const names = async (rows = 'tbody'): Promise<readonly string[]> => page.locator(`${rows} th .name`).allTextContents();

describe('the checklist of readiness', () => {
  test('has what accounts need below them, central accounts first', async () => {
    await open(sample);
    expect((await names()).slice(0, 6)).toEqual([
      'Central account central-vault',
      'Vault central-vault in eu-west-1, with an access policy that lets the organization copy into it',
      '7 accounts that need the same',
      'Role service-role/AWSBackupDefaultServiceRole',
      'Vault company-vault in eu-west-1',
      'Service opt-in in eu-west-1 for every type that is selected by tags',
    ]);
    expect(await page.locator('tbody tr.group').nth(1).textContent()).toContain('Root/Infrastructure, Root/Security, Root/Sandbox, Root/management');
    expect(await page.getByRole('row', { name: /Role service-role/ }).first().textContent()).toMatch(/AWS creates this role.*Not checked.*baseline at Root/s);
  });

  test('shows names as text', async () => {
    await open(bare);
    expect((await names())[0]).toBe('<b>bold</b>');
  });

  test('tells what AWS answered, and filters by it', async () => {
    await open(sample, { check });
    expect(await page.locator('caption').textContent()).toMatch(/1 of \d+ are missing, 1 found/);
    const state = page.getByRole('combobox', { name: 'State' });
    await state.selectOption('missing');
    expect(await names('tbody tr.item')).toEqual(['Role service-role/AWSBackupDefaultServiceRole']);
    expect(await page.locator('tbody tr.item td.state').textContent()).toMatch(/Missing\s*Account 222233334444 has no such role\./);
    await state.selectOption('found');
    expect(await page.locator('tbody tr.item td.state').allTextContents()).toEqual([expect.stringMatching(/^\s*Found\s/) as string, expect.stringMatching(/^\s*Found where checked\s/) as string]);
    await state.selectOption('notFound');
    expect(await names('tbody tr.item')).not.toContain('Vault central-vault in eu-west-1, with an access policy that lets the organization copy into it');
    expect(await page.locator('header').textContent()).toContain('Other accounts were not looked at.');
  });

  test('filters by account, and by what is needed', async () => {
    await open(sample);
    const box = page.getByRole('searchbox');
    await box.fill('warehouse-prod');
    expect(await names('tbody tr.group')).toEqual(['2 accounts that need the same']);
    await box.fill('continuous');
    expect(new Set(await names('tbody tr.item'))).toEqual(new Set(['Vault continuous-vault in eu-west-1']));
    await box.fill('nobody');
    expect(await page.locator('main').textContent()).toContain('No line of Root fits "nobody".');
  });

  test('leads to policy lines, to effective policies and to files', async () => {
    await open(sample);
    const role = page.getByRole('row', { name: /Role service-role/ }).first();
    await role.getByRole('button', { name: /baseline at Root/ }).click();
    expect(await sent()).toMatchObject({ type: 'reveal', location: { uri: 'file:///project/backup-policies/baseline.json' } });
    await page.locator('tr.group').nth(1).getByRole('button', { name: 'Effective policy' }).click();
    expect(await sent()).toMatchObject({ type: 'showPolicy', target: { key: '222233334444' } });
    await page.getByRole('button', { name: 'Export StackSet Template…' }).click();
    expect(await sent()).toEqual({ type: 'export', format: 'cloudformation', place: { organization: sample[0]?.uri } });
    await page.getByRole('button', { name: 'Export as CSV…' }).click();
    expect(await sent()).toEqual({ type: 'export', format: 'csv' });
    await page.getByRole('button', { name: 'Check in AWS' }).click();
    expect(await sent()).toEqual({ type: 'check' });
  });

  test('opens every line that needs a thing, and closes groups', async () => {
    await open(sample);
    const vault = page.getByRole('button', { name: /Vault company-vault in eu-west-1/ }).first();
    await vault.click();
    expect(await vault.getAttribute('aria-expanded')).toBe('true');
    expect(await page.locator('tr.reason th').allTextContents()).toEqual([expect.stringContaining('plans/everyday/rules/daily/target_backup_vault_name') as string, expect.stringContaining('plans/everyday/regions') as string]);
    const before = await page.locator('tbody tr').count();
    await page.getByRole('button', { name: /7 accounts that need the same/ }).click();
    expect(await page.locator('tbody tr').count()).toBe(before - 5);
  });

  test('is one stop for the tab key, with arrows from cell to cell', async () => {
    await open(sample);
    await page.getByRole('button', { name: 'Export StackSet Template…' }).focus();
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Central account central-vault');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Not checked');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain('production at Root/Workloads/Prod');
    await page.keyboard.press('Enter');
    expect(await sent()).toMatchObject({ type: 'reveal', location: { uri: 'file:///project/backup-policies/production.json' } });
    await page.keyboard.press('Control+Home');
    expect(await focused()).toBe('What has to exist');
    expect(await page.locator('table [tabindex="0"]').count()).toBe(1);
  });

  test('draws thousands of groups part by part', async () => {
    const start = performance.now();
    await open(large(5_000));
    expect(await page.locator('tbody tr').count()).toBe(200);
    await page.getByRole('searchbox').fill('account-4999');
    expect(await names('tbody tr.group')).toEqual(['account-4999']);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  test('ignores what is not well-formed, and says what failed', async () => {
    await open(sample);
    await send({ kind: 'readiness', organizations: [{ uri: 1 }], canCheck: true });
    expect((await names()).length).toBeGreaterThan(10);
    await send({ kind: 'failed', message: 'The server stopped.' });
    expect(await page.getByRole('alert').textContent()).toBe('The server stopped.');
    await send({ kind: 'readiness', organizations: [], canCheck: true });
    expect(await page.locator('main').textContent()).toContain('No organization with accounts is modelled here.');
  });
});

describe('for everybody', () => {
  const all: readonly ThemeKind[] = Object.keys(themes).filter((name): name is ThemeKind => name in themes);

  test.each(all)('nothing is in the way in %s', async (theme) => {
    await open(sample, { theme, check });
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: /Vault company-vault in eu-west-1/ }).first().click();
    await page.getByRole('searchbox').fill('prod');
    expect(await axeViolations(page)).toEqual([]);
  });

  test.each([
    ['320 pixels wide', { width: 320, height: 640 }],
    ['zoomed to 200 %', { width: 1280, height: 720, zoom: 2 }],
  ])('it works %s: only the table scrolls sideways', async (_title, size) => {
    await open(sample, { ...size, check });
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.locator('tbody tr:nth-child(9) [data-column="2"]').focus();
    const box = await page.locator(':focus').boundingBox();
    const view = page.viewportSize();
    expect(box !== null && view !== null && box.x >= 0 && box.x < view.width && box.y >= 0 && box.y < view.height).toBe(true);
  });
});
