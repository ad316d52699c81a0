import { describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { fourLevels, shopTarget } from '../features/fourLevels.ts';
import { modelUri, organization, policyUri } from '../features/organizations.ts';
import { axeViolations, looks, themeKinds } from './axe.ts';
import { answerCascade, openCascade } from './cascadePage.ts';
import type { PanelPageOptions } from './panelPage.ts';
import { panelSession } from './panelSession.ts';
import { emptyPolicy } from './views.ts';

const session = panelSession();
const wide = { width: 1200, height: 800 };

function row(name: RegExp): Locator {
  return session.panel.page.getByRole('row', { name });
}

/** The row or cell that has the focus: its name, and the number of the cell. */
async function focused(): Promise<string> {
  return session.panel.page.evaluate<string>(`(() => {
    const it = document.activeElement;
    const row = it.closest('[data-setting]');
    return row.getAttribute('aria-label').split(/[,:]/)[0] + (it === row ? '' : ' ' + it.dataset.column);
  })()`);
}

async function openAll(options: PanelPageOptions = wide): Promise<void> {
  await openCascade(session, fourLevels, shopTarget, options);
  await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
}

describe('the cascade', () => {
  test('has a column for each level with its policies, and at first a row for each rule, not more', async () => {
    await openCascade(session, fourLevels, shopTarget, wide);
    const { page } = session.panel;
    expect(await page.getByRole('treegrid').getAttribute('aria-colcount')).toBe('6');
    const headings = await page.getByRole('columnheader').allTextContents();
    expect(headings.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'Setting',
      'root Root baseline',
      'organizational unit Workloads 1workloads2second',
      'organizational unit Prod no policy',
      'account shop 1shop2unknownThe model file does not define the policy unknown, so what it says is not known.',
      'Effective',
    ]);
    expect(await page.locator('[data-setting] .row-name').allTextContents()).toEqual(['Daily', 'regions', 'rules', 'nightly', 'weekly', 'selections', 'tags', 'gold', 'backup_plan_tags', 'empty', 'regions']);
  });

  test('says in words what is shown by lines and icons', async () => {
    await openAll();
    const cells = row(/^delete_after_days: 120/).getByRole('gridcell');
    expect((await cells.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'Root35: baseline at Root is overridden by @@assign of workloads at Root/Workloads.',
      'Workloads90 workloads: workloads at Root/Workloads is overridden by @@assign of shop at Root/Workloads/Prod/shop.60 second no effect: second at Root/Workloads has no effect: workloads is attached there before it and sets the value.',
      '',
      'shop120 shop: shop at Root/Workloads/Prod/shop sets 120.',
      'Effective120about 4 months',
    ]);
    expect(await row(/^delete_after_days: 120/).getAttribute('aria-label')).toBe('delete_after_days: 120, about 4 months, set by shop at shop, 2 overridden, 1 no effect');
    expect(await cells.nth(0).locator('s').textContent()).toBe('35');
    expect(await cells.nth(3).locator('s').count()).toBe(0);
    const blocked = row(/^target_backup_vault_name: vault/).getByRole('gridcell').nth(3);
    expect(await blocked.locator('s').textContent()).toBe('own-vault');
    expect(await blocked.textContent()).toContain('blocked');
    expect(await blocked.locator('.codicon-lock').count()).toBe(1);
  });

  test('strikes single elements of a list that a lower level takes out', async () => {
    await openCascade(session, fourLevels, shopTarget, wide);
    const first = row(/^regions: eu-west-1, eu-central-1/).getByRole('gridcell').nth(0);
    expect(await first.locator('s').allTextContents()).toEqual(['eu-north-1']);
    expect(await first.textContent()).toContain('(taken out again)');
  });

  test('tells of the chosen row every reason in a sentence, with links to the lines', async () => {
    await openAll();
    await row(/^target_backup_vault_name: vault/).click({ position: { x: 400, y: 4 } });
    const details = session.panel.page.getByRole('region', { name: 'Details of target_backup_vault_name' });
    expect(await details.getByRole('listitem').count()).toBe(4);
    await details.getByRole('button', { name: /^Go to what keeps it out, baseline\.json:\d+$/ }).click();
    expect(await session.panel.lastSent()).toMatchObject({ type: 'reveal', location: { uri: policyUri('baseline') } });
  });

  test('sums up what a level says below a closed group', async () => {
    await openCascade(session, fourLevels, shopTarget, wide);
    expect(await row(/^nightly/).getByRole('gridcell').nth(1).getByRole('button').allTextContents()).toEqual(['1 overridden, 1 no effect']);
  });

  test('keeps the chosen row, its place and what is open when the policy changes', async () => {
    await openAll();
    await row(/^delete_after_days: 120/).focus();
    await answerCascade(session, fourLevels, shopTarget, { why: null });
    expect(await focused()).toBe('delete_after_days');
    expect(await row(/^delete_after_days: 120/).getAttribute('aria-selected')).toBe('true');
  });

  test('without any plan says so', async () => {
    const nothing = organization({ name: 'Root' }, {});
    await openCascade(session, nothing, { organization: modelUri, key: 'Root' }, wide);
    await session.panel.page.getByText('No policy on the path to Root speaks of a plan.').waitFor();
  });

  test('shows names out of policies as text', async () => {
    const hostile = '<img src=x onerror="standIn.intruder = true">';
    const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: { plans: { [hostile]: { rules: { [hostile]: { target_backup_vault_name: { '@@assign': hostile } } } } } } });
    await openCascade(session, snapshot, { organization: modelUri, key: 'Root' }, wide, ['plans', hostile, 'regions']);
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    await row(/^target_backup_vault_name/).focus();
    expect(await session.panel.page.locator('img').count()).toBe(0);
    expect(await session.panel.page.evaluate('standIn.intruder')).toBeUndefined();
  });
});

describe('by keyboard alone', () => {
  test('Tab reaches one row; arrows walk over rows and into cells, Home and End to their ends', async () => {
    await openCascade(session, fourLevels, shopTarget, wide);
    expect(await session.panel.page.locator('.cascade-grid [data-setting][tabindex="0"], .cascade-grid [data-column][tabindex="0"]').count()).toBe(1);
    await session.panel.page.getByRole('button', { name: 'second' }).first().focus();
    for (let presses = 0; presses < 6 && (await session.panel.page.evaluate('document.activeElement.dataset.setting')) === undefined; presses++) await session.panel.press('Tab');
    expect(await focused()).toBe('Daily');
    await session.panel.press('ArrowDown', 'ArrowRight');
    expect(await focused()).toBe('regions 1');
    await session.panel.press('ArrowRight', 'ArrowDown');
    expect(await focused()).toBe('rules 2');
    await session.panel.press('End');
    expect(await focused()).toBe('rules 6');
    await session.panel.press('Control+End');
    expect(await focused()).toBe('regions 6');
    await session.panel.press('Control+Home', 'Home');
    expect(await focused()).toBe('Daily 1');
    await session.panel.press('ArrowLeft');
    expect(await focused()).toBe('Daily');
    await session.panel.press('End');
    expect(await focused()).toBe('regions');
    await session.panel.press('Home');
    expect(await focused()).toBe('Daily');
  });

  test('Right opens a row, Left closes it and goes to its parent; letters find a row', async () => {
    await openCascade(session, fourLevels, shopTarget, wide);
    await row(/^Daily/).focus();
    await session.panel.press('n');
    expect(await focused()).toBe('nightly');
    await session.panel.press('ArrowRight');
    expect(await row(/^nightly/).getAttribute('aria-expanded')).toBe('true');
    expect(await focused()).toBe('nightly');
    await session.panel.press('ArrowLeft');
    expect(await row(/^nightly/).getAttribute('aria-expanded')).toBe('false');
    await session.panel.press('ArrowLeft');
    expect(await focused()).toBe('rules');
    await session.panel.press(' ');
    expect(await row(/^rules/).getAttribute('aria-expanded')).toBe('false');
    await session.panel.press('*');
    expect(await row(/^rules/).getAttribute('aria-expanded')).toBe('true');
  });

  test('Enter goes to the line: of the winner on a row, of the level in its cell; a link in a cell is reached by Tab', async () => {
    await openAll();
    await row(/^delete_after_days: 120/).focus();
    await session.panel.press('Enter');
    expect(await session.panel.lastSent()).toMatchObject({ type: 'reveal', location: { uri: policyUri('shop') } });
    await session.panel.press('ArrowRight', 'ArrowRight', 'Enter');
    expect(await session.panel.lastSent()).toMatchObject({ type: 'reveal', location: { uri: policyUri('baseline') } });
    await session.panel.press('Tab', 'Tab', 'Tab', 'Enter');
    expect(await session.panel.lastSent()).toMatchObject({ type: 'reveal', location: { uri: policyUri('second') } });
  });

  test('in a narrow panel the arrows pass the cells that are not shown', async () => {
    await openAll({ width: 320, height: 800 });
    await row(/^schedule_expression/).focus();
    await session.panel.press('ArrowRight', 'ArrowRight');
    expect(await focused()).toBe('schedule_expression 2');
    await session.panel.press('ArrowRight');
    expect(await focused()).toBe('schedule_expression 6');
    await session.panel.press('ArrowDown');
    expect(await focused()).toBe('target_backup_vault_name 6');
  });
});

describe('why is this not set', () => {
  test('is answered above the grid, with the nearest row chosen and its groups open', async () => {
    await openCascade(session, fourLevels, shopTarget, wide, ['plans', 'daily', 'rules', 'WEEKLY', 'target_backup_vault_name']);
    const answer = session.panel.page.getByRole('region', { name: 'Why is this not set?' });
    expect(await answer.getByRole('heading').textContent()).toBe('plans/Daily/rules/weekly/target_backup_vault_name is not set for Root/Workloads/Prod/shop.');
    expect(await row(/^target_backup_vault_name: not set: kept out/).getAttribute('aria-selected')).toBe('true');
    await answer.getByRole('button', { name: /^Go to the reason, baseline\.json/ }).click();
    expect(await session.panel.lastSent()).toMatchObject({ type: 'reveal', location: { uri: policyUri('baseline') } });
    await answer.getByRole('button', { name: 'Close' }).click();
    expect(await session.panel.lastSent()).toEqual({ type: 'ask', page: 'cascade', params: { why: null } });
    await answerCascade(session, fourLevels, shopTarget, { why: null });
    expect(await answer.count()).toBe(0);
  });
});

describe('axe-core finds no violation', () => {
  const why = ['plans', 'daily', 'rules', 'weekly', 'target_backup_vault_name'];
  const all = [...themeKinds.map((theme) => [`in ${theme}`, { ...wide, theme }] as const), ...looks];
  const overflows = (): Promise<boolean> => session.panel.page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');

  test.each(all)('%s', async (_look, options) => {
    await openCascade(session, fourLevels, shopTarget, options, why);
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    await row(/^delete_after_days: 120/).focus();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
  }, 30_000);

  test.each(looks)('%s before the answer comes, with none, and without a plan', async (_look, options) => {
    await session.openPolicy(emptyPolicy(), options);
    await session.panel.page.getByRole('tab', { name: 'Cascade' }).click();
    await session.panel.page.getByText('Working out what each level says…').waitFor();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
    await session.panel.send({ type: 'page', page: 'cascade', params: { why: null }, result: null });
    await session.panel.page.getByText('The cascade is not available.').waitFor();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
    await answerCascade(session, organization({ name: 'Root', accounts: [{ name: 'bare' }] }, {}), { organization: modelUri, key: 'Root' }, { why: null });
    await session.panel.page.getByText('No policy on the path to Root speaks of a plan.').waitFor();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
  }, 30_000);

  test.each([
    ['aria-.*', "document.querySelector('[role=rowheader]').setAttribute('aria-checked', 'perhaps')"],
    ['color-contrast', "document.documentElement.style.setProperty('--vscode-foreground', '#2a2a2a')"],
    ['page-has-heading-one', "document.querySelector('h1').remove()"],
  ])('and finds one that is planted: %s', async (rule, plant) => {
    await openCascade(session, fourLevels, shopTarget, wide);
    await session.panel.page.evaluate(plant);
    expect(await axeViolations(session.panel.page)).toContainEqual(expect.stringMatching(new RegExp(`^(${rule}): `)));
  }, 30_000);
});
