import { describe, expect, test } from 'vitest';
import { readTimelineMemory, type TimelineMemory } from '../../client/webview/timeline/timelineMemory.ts';
import type { TimelineView } from '../../server/protocol.ts';
import { axeViolations, looks, themeKinds } from './axe.ts';
import type { PanelPageOptions } from './panelPage.ts';
import { panelSession } from './panelSession.ts';
import { busyTimeline, sampleTimeline } from './timelineViews.ts';
import { paymentsPolicy } from './views.ts';

const session = panelSession();

async function open(view: TimelineView, memory: Partial<TimelineMemory> = {}, options: PanelPageOptions = {}): Promise<void> {
  const pages = { schedule: { days: view.days, zone: 'utc', asTable: false, ...memory } };
  await session.openPolicy(paymentsPolicy(), { width: 760, height: 700, kept: { target: '', expanded: {}, scrollTop: 0, page: 'schedule', pages }, ...options });
  await answer(view);
  await session.panel.page.locator('.timeline-toolbar').waitFor();
}

async function answer(view: TimelineView): Promise<void> {
  await session.panel.send({ type: 'page', page: 'schedule', params: { days: view.days }, result: view });
}

const marks = (lane: string, kind: string): ReturnType<typeof session.panel.page.locator> => session.panel.page.locator(`[role=gridcell][data-mark^="plans/${lane} ${kind} "]`);

const kept = async (): Promise<TimelineMemory> => readTimelineMemory((await session.panel.kept() as { readonly pages?: { readonly schedule?: unknown } }).pages?.schedule);

const button = (name: string): ReturnType<typeof session.panel.page.getByRole> => session.panel.page.getByRole('button', { name, exact: true });

describe('the schedule', () => {
  test('asks for the days that were chosen last, and for others on a press of their button', async () => {
    await open(sampleTimeline(35));
    expect((await session.panel.sent()).filter(({ type }) => type === 'ask')).toContainEqual({ type: 'ask', page: 'schedule', params: { days: 35 } });
    expect(await button('35 Days').getAttribute('aria-pressed')).toBe('true');
    await button('366 Days').click();
    expect(await session.panel.lastSent()).toEqual({ type: 'ask', page: 'schedule', params: { days: 366 } });
    await answer(sampleTimeline(366));
    expect(await button('366 Days').getAttribute('aria-pressed')).toBe('true');
    expect(await kept()).toMatchObject({ days: 366 });
  });

  test('draws each start, and says it with its windows', async () => {
    const view = sampleTimeline(14);
    await open(view);
    expect(await marks('everyday/rules/daily', 'start').count()).toBe(view.plans[0]?.rules[0]?.starts.length);
    expect(await marks('everyday/rules/daily', 'start').first().getAttribute('aria-label')).toBe('daily: start, Tue 20 Oct 2026 05:00 UTC, starts by 06:00 (window 1 h), done by 11:00 (window 6 h)');
    expect(await marks('everyday/rules/monthly', 'move').first().getAttribute('aria-label')).toBe('monthly: move to cold storage, Sat 31 Oct 2026 03:00 UTC, the backup of Thu 1 Oct 2026, 30 days later, if the rule ran then');
    expect(await session.panel.page.locator('[role=rowheader]').allTextContents()).toContain('dailycompany-vaultAt 05:00 UTC, every day, kept 90 days → about 90 recovery points of each resource; longest gap 24 h');
  });

  test('draws what lies too close as cells with their number', async () => {
    const view = busyTimeline(14);
    await open(view);
    const cells = marks('core/rules/hourly', 'start');
    expect(await cells.first().getAttribute('aria-label')).toBe('hourly: 24 starts, Tue 20 Oct 2026, from 00:00 to 23:00 UTC');
    const counts = (await cells.allTextContents()).map((text) => Number(text.trim()));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(14 * 24);
    await answer(busyTimeline(366));
  });

  test('in the zone of the setting, a day with a change of clocks has 25 hours', async () => {
    await open(busyTimeline(14));
    await button('America/New_York').click();
    const labels = await Promise.all((await marks('core/rules/hourly', 'start').all()).map((cell) => cell.getAttribute('aria-label')));
    expect(labels).toContain('hourly: 25 starts, Sun 1 Nov 2026, from 00:00 to 23:00 America/New_York');
    expect(await marks('legacy/rules/bare', 'start').first().getAttribute('aria-label')).toMatch(/^bare: start, Tue 20 Oct 2026 01:00 America\/New_York, starts by 09:00 \(window 8 h, by default\)/);
    expect(await session.panel.page.locator('.clock-changes li').allTextContents()).toEqual([expect.stringContaining('clocks in America/New_York go back by 1 h')]);
    expect(await session.panel.page.locator('.axis .clock-change text').allTextContents()).toEqual(['clocks −1 h']);
    expect(await kept()).toMatchObject({ zone: 'local' });
  });

  test('labels the longest gap of a plan', async () => {
    await open(sampleTimeline(14, 'Root/Workloads/NonProd'));
    expect(await session.panel.page.locator('.gap-label').allTextContents()).toEqual(['3 d gap', '3 d gap', '24 h apart']);
    expect(await session.panel.page.locator('.lane.plan .gap').count()).toBeGreaterThan(1);
  });

  test('tells of overlaps and of resources that plans share', async () => {
    await open(busyTimeline(14));
    expect(await session.panel.page.locator('.lane.overlap').count()).toBe(2);
    expect(await session.panel.page.locator('.lane.shared [role=rowheader]').getAttribute('aria-label')).toBe('Same resources, core + legacy. Resources with the tag tier = gold in eu-west-1 are selected by core and legacy. A backup starts every 1 h. A job that starts at the end of its window makes it up to 2 h.');
  });

  test('as tables has the same starts', async () => {
    const view = sampleTimeline(14);
    await open(view);
    await button('Show as Table').click();
    expect(await session.panel.page.getByRole('grid').count()).toBe(0);
    const rows = await session.panel.page.locator('.timeline-table table').last().locator('tr').allTextContents();
    expect(rows.filter((row) => row.includes('everyday/daily') && row.includes('05:00'))).toHaveLength(view.plans[0]?.rules[0]?.starts.length ?? -1);
    expect(rows.some((row) => row.startsWith('Sun 25 Oct 2026') && row.includes('clocks in Europe/Berlin go back'))).toBe(true);
    expect(await kept()).toMatchObject({ asTable: true });
  });

  test('shows a policy that AWS withholds as such, and says where nothing is backed up', async () => {
    await open(sampleTimeline(14, 'Root/Workloads/Prod/Corporate/finance-prod'));
    expect(await session.panel.page.locator('.timeline-alert').textContent()).toContain('AWS withholds this policy');
    await answer({ ...sampleTimeline(14), plans: [], shared: [], overlaps: [] });
    expect(await session.panel.page.locator('.welcome').textContent()).toBe('No policy gives payments-prod a plan: nothing is backed up.');
  });

  test('a tooltip tells of the mark under the pointer, and goes with Escape', async () => {
    await open(sampleTimeline(14));
    await marks('everyday/rules/daily', 'start').nth(2).hover();
    expect(await session.panel.page.locator('.tooltip').textContent()).toContain('Thu 22 Oct 2026 05:00 UTC');
    await session.panel.page.mouse.move(5, 5);
    expect(await session.panel.page.locator('.tooltip').count()).toBe(0);
    await marks('everyday/rules/daily', 'start').first().focus();
    expect(await session.panel.page.locator('.tooltip').count()).toBe(1);
    await session.panel.press('Escape');
    expect(await session.panel.page.locator('.tooltip').count()).toBe(0);
  });

  test('Ctrl and the wheel zoom around the pointer, the wheel alone scrolls', async () => {
    await open(sampleTimeline(14));
    await marks('everyday/rules/daily', 'start').nth(6).hover();
    await session.panel.page.mouse.wheel(0, -100);
    expect((await kept()).window).toBeUndefined();
    await session.panel.page.evaluate("document.querySelector('main').scrollTop = 0");
    const mark = marks('everyday/rules/daily', 'start').nth(6);
    await mark.hover();
    const id = `[data-mark="${await mark.getAttribute('data-mark') ?? ''}"]`;
    const before = await mark.boundingBox();
    await session.panel.page.keyboard.down('Control');
    await session.panel.page.mouse.wheel(0, -100);
    await session.panel.page.keyboard.up('Control');
    await expect.poll(async () => (await kept()).window).toBeDefined();
    await expect.poll(async () => Math.abs(((await session.panel.page.locator(id).boundingBox())?.x ?? 0) - (before?.x ?? 0))).toBeLessThan(12);
  });
});

describe('with the keyboard alone', () => {
  test('Tab reaches the timeline once, arrows walk over lanes and marks, Enter opens the rule', async () => {
    const view = sampleTimeline(14);
    await open(view);
    expect(await session.panel.page.locator('[role=grid] [tabindex="0"]').count()).toBe(1);
    await button('Show as Table').focus();
    await session.panel.press('Tab');
    expect(await session.panel.focused()).toMatch(/^Plan everyday, /);
    await session.panel.press('ArrowDown');
    expect(await session.panel.focused()).toMatch(/^Rule daily, company-vault/);
    await session.panel.press('ArrowRight', 'ArrowRight');
    expect(await session.panel.focused()).toMatch(/^daily: deletion, Tue 20 Oct 2026 05:00/);
    await session.panel.press('ArrowRight');
    expect(await session.panel.focused()).toMatch(/^daily: start, Wed 21 Oct/);
    await session.panel.press('End', 'ArrowDown');
    expect(await session.panel.focused()).toMatch(/^monthly: start, Sun 1 Nov/);
    await session.panel.press('Enter');
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: view.plans[0]?.rules[1]?.location });
    await session.panel.press('Home');
    expect(await session.panel.focused()).toMatch(/^Rule monthly/);
    expect(await session.panel.page.locator('[role=grid] [tabindex="0"]').count()).toBe(1);
  });

  test('plus and minus zoom around the mark, Shift with arrows moves, 0 shows all, and the focus stays', async () => {
    await open(sampleTimeline(14));
    await marks('everyday/rules/daily', 'start').nth(7).focus();
    const focused = await session.panel.focused();
    await session.panel.press('+');
    const { window } = await kept();
    expect((window?.to ?? 0) - (window?.from ?? 0)).toBe(7 * 86_400_000);
    expect(await session.panel.focused()).toBe(focused);
    await session.panel.press('Shift+ArrowRight');
    expect((await kept()).window?.from).toBe((window?.from ?? 0) + 1.75 * 86_400_000);
    await session.panel.press('-', '0');
    expect((await kept()).window).toBeUndefined();
    expect(await session.panel.focused()).toMatch(/^daily: /);
  });

  test('a cell that falls apart by zooming hands the focus to the nearest mark in it', async () => {
    await open(busyTimeline(14));
    await marks('core/rules/hourly', 'start').nth(3).focus();
    for (let zooms = 0; zooms < 5; zooms++) await session.panel.press('+');
    expect(await session.panel.focused()).toMatch(/^hourly: start, (Thu 22|Fri 23) Oct 2026/);
  });

  test('the current place and the window survive that the page is thrown away', async () => {
    await open(sampleTimeline(14), { current: 'plans/databases', window: { from: Date.parse('2026-10-22T00:00:00Z'), to: Date.parse('2026-10-24T00:00:00Z') } });
    expect(await session.panel.page.locator('[role=grid] [tabindex="0"]').getAttribute('data-mark')).toBe('plans/databases');
    expect(await marks('everyday/rules/daily', 'start').count()).toBe(2);
  });
});

describe('axe-core finds no violation', () => {
  const all = [...themeKinds.map((theme) => [`in ${theme}`, { theme }] as const), ...looks];
  const overflows = (): Promise<boolean> => session.panel.page.evaluate<boolean>("[document.documentElement, document.querySelector('main')].some((it) => it.scrollWidth > it.clientWidth)");

  test.each(all)('%s', async (_look, options) => {
    await open(busyTimeline(35), { days: 35 }, options);
    await marks('core/rules/weekdays', 'start').first().focus();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
    await button('Show as Table').click();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
  });

  test.each(looks)('%s before the answer comes, with none, with a withheld policy, and without a plan', async (_look, options) => {
    await session.openPolicy(paymentsPolicy(), options);
    await session.panel.page.getByRole('tab', { name: 'Schedule' }).click();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
    await session.panel.send({ type: 'page', page: 'schedule', params: { days: 14 }, result: null });
    await session.panel.page.getByText('The server gives no schedule for this target.').waitFor();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
    await answer(sampleTimeline(14, 'Root/Workloads/Prod/Corporate/finance-prod'));
    await session.panel.page.locator('.timeline-alert').waitFor();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
    await answer({ ...sampleTimeline(14), plans: [], shared: [], overlaps: [] });
    await session.panel.page.getByText('nothing is backed up').waitFor();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
  });

  test.each([
    ['aria-.*', "document.querySelector('[role=gridcell]').setAttribute('aria-checked', 'perhaps')"],
    ['color-contrast', "document.documentElement.style.setProperty('--vscode-foreground', '#2a2a2a')"],
    ['page-has-heading-one', "document.querySelector('h1').remove()"],
  ])('and finds one that is planted: %s', async (rule, plant) => {
    await open(sampleTimeline(14));
    await session.panel.page.evaluate(plant);
    expect(await axeViolations(session.panel.page)).toContainEqual(expect.stringMatching(new RegExp(`^(${rule}): `)));
  });
});
