import { describe, expect, test } from 'vitest';
import type { EffectivePolicyView } from '../../server/protocol.ts';
import { container, invalidPolicy, origin, paymentsPolicy, placeIn, root, single } from './views.ts';
import { panelSession } from './panelSession.ts';

const session = panelSession();

describe('the page', () => {
  test('asks for its state once it can show one', async () => {
    await session.open();
    expect(await session.panel.sent()).toEqual([{ type: 'ready' }]);
  });

  test('ignores what is not a state', async () => {
    await session.openPolicy();
    await session.panel.send({ type: 'state', state: { kind: 'policy', view: {} } });
    await session.panel.send('loading');
    await session.panel.row('everyday').waitFor();
  });

  test('loads its icon font from the bundle', async () => {
    await session.openPolicy();
    expect(await session.panel.page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px codicon'))")).toBe(true);
  });

  test('runs no script and takes no style but its own', async () => {
    await session.openPolicy();
    await session.panel.page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'standIn.intruder = true';
      document.body.append(script);
      document.body.setAttribute('style', 'display: none');
    })()`);
    expect(await session.panel.page.evaluate('standIn.intruder')).toBeUndefined();
    await session.panel.row('everyday').waitFor({ state: 'visible' });
    const failures = await session.panel.failures();
    expect(failures).toEqual(expect.arrayContaining([expect.stringMatching(/^script-src-elem/), expect.stringMatching(/^style-src-attr/)]));
    session.panel.forgetFailures();
  });

  test('stays small', async () => {
    await session.open();
    expect(await session.browser.size('effectivePolicy.js')).toBeLessThan(140_000);
  });
});

describe('with the keyboard', () => {
  test('Tab reaches the tree at one row, arrows walk and expand, Enter goes to the line', async () => {
    await session.openPolicy();
    await session.panel.row('everyday').focus();
    await session.panel.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(await session.panel.focused()).toMatch(/^daily, rule/);
    await session.panel.press('ArrowRight', 'ArrowRight');
    expect(await session.panel.focused()).toMatch(/^schedule_expression: /);
    await session.panel.press('Enter');
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 9) });
    await session.panel.press('ArrowLeft', 'ArrowLeft');
    expect(await session.panel.row('daily').getAttribute('aria-expanded')).toBe('false');
    await session.panel.press('Enter');
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 8) });
    expect(await session.panel.page.locator('[role="treeitem"][tabindex="0"]').count()).toBe(1);
  });

  test('an attempt that lost is opened below the value, and Enter goes to the attempt', async () => {
    await session.openPolicy();
    await session.panel.row('daily').focus();
    await session.panel.press('ArrowRight', 'd', 'e');
    expect(await session.panel.focused()).toBe('delete_after_days: 90, 1 attempt overridden, set by Prod · production');
    await session.panel.press('ArrowRight', 'ArrowRight');
    expect(await session.panel.focused()).toBe('35, attempted by Root · baseline , overridden by @@assign of production at Root/Workloads/Prod');
    await session.panel.press('Enter');
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 19) });
  });

  test('Tab goes on from the row to its links: the lock, the origin, the cause', async () => {
    await session.openPolicy();
    await session.panel.row('daily').focus();
    await session.panel.press('ArrowRight', 't', 'ArrowRight', 'Tab');
    expect(await session.panel.focused()).toBe('locked: lower policies cannot change it');
    await session.panel.press('Enter');
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 13) });
    await session.panel.press('Tab');
    expect(await session.panel.focused()).toBe('set by Root · baseline');
    await session.panel.press('ArrowDown');
    expect(await session.panel.focused()).toMatch(/^commerce-vault, attempted by Commerce · point-in-time , blocked by baseline at Root/);
    await session.panel.press('Tab', 'Tab');
    expect(await session.panel.focused()).toMatch(/^blocked by baseline at Root/);
    await session.panel.press(' ');
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 13) });
    await session.panel.press('ArrowLeft');
    expect(await session.panel.focused()).toMatch(/^commerce-vault/);
  });

  test('Home, End, letters and * work as in every tree', async () => {
    await session.openPolicy();
    await session.panel.row('everyday').focus();
    await session.panel.press('End');
    expect(await session.panel.focused()).toMatch(/^nightly, rule/);
    await session.panel.press('Home');
    expect(await session.panel.focused()).toMatch(/^everyday, plan/);
    await session.panel.press('m');
    expect(await session.panel.focused()).toMatch(/^monthly, rule/);
    await session.panel.press('*');
    expect(await session.panel.row('daily').getAttribute('aria-expanded')).toBe('true');
    expect(await session.panel.row('monthly').getAttribute('aria-expanded')).toBe('true');
  });

  test('no row is selected before one chooses, yet Tab reaches the first', async () => {
    await session.openPolicy();
    expect(await session.panel.page.locator('[role="treeitem"][aria-selected="true"]').count()).toBe(0);
    await session.panel.page.getByRole('button', { name: 'Collapse All' }).focus();
    await session.panel.press('Tab', 'Tab');
    expect(await session.panel.focused()).toMatch(/^everyday, plan/);
    expect(await session.panel.row('everyday').getAttribute('aria-selected')).toBe('true');
  });

  test('the focus comes to the current row when the page gets it', async () => {
    await session.openPolicy();
    await session.panel.page.evaluate("window.dispatchEvent(new Event('focus'))");
    expect(await session.panel.focused()).toMatch(/^everyday, plan/);
  });
});

describe('with the mouse', () => {
  test('a click on a value goes to its line, a click on its origin too', async () => {
    await session.openPolicy();
    await session.panel.row('daily').click();
    await session.panel.row('start_backup_window_minutes').click();
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 15) });
    await session.panel.row('delete_after_days').getByRole('button', { name: 'Prod · production' }).click();
    expect(await session.panel.sent()).toHaveLength(3);
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('production', 7) });
  });

  test('a click on a rule opens it without leaving the panel, its arrow too', async () => {
    await session.openPolicy();
    await session.panel.row('daily').click();
    expect(await session.panel.row('daily').getAttribute('aria-expanded')).toBe('true');
    await session.panel.row('daily').locator('.twistie').click();
    expect(await session.panel.row('daily').getAttribute('aria-expanded')).toBe('false');
    expect(await session.panel.sent()).toEqual([{ type: 'ready' }]);
  });

  test('attempts are struck through and say what became of them', async () => {
    await session.openPolicy();
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    const lost = session.panel.row('commerce-vault, attempted by Commerce · point-in-time , blocked');
    expect(await lost.locator('s').textContent()).toBe('commerce-vault');
    expect(await lost.locator('.codicon-circle-slash').count()).toBe(1);
    expect(await lost.textContent()).toContain('blocked by baseline at Root');
    await lost.click({ position: { x: 100, y: 8 } });
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('point-in-time', 6) });
    const refused = session.panel.row('arn:aws:backup:eu-central-1:777788889999:backup-vault:own-copies, attempted by Commerce · point-in-time , blocked');
    expect(await refused.locator('s').count()).toBe(1);
    expect(await session.panel.row('us-east-1, attempted by Commerce · point-in-time , no effect: none of these').count()).toBe(1);
  });

  test('the buttons at the top ask for their commands', async () => {
    await session.openPolicy();
    for (const [name, command] of [
      ['Change Target', 'chooseTarget'],
      ['Show as JSON', 'showJson'],
      ['Compare with Another Target', 'compare'],
    ] as const) {
      await session.panel.page.getByRole('button', { name }).click();
      expect(await session.panel.lastSent()).toEqual({ type: 'command', command });
    }
    await session.panel.page.getByRole('heading').getByRole('button').click();
    expect(await session.panel.lastSent()).toEqual({ type: 'openEntity', target: paymentsPolicy().target.target });
  });

  test('everything collapses and expands at once', async () => {
    await session.openPolicy();
    await session.panel.page.getByRole('button', { name: 'Collapse All' }).click();
    expect(await session.panel.page.getByRole('treeitem').count()).toBe(2);
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    expect(await session.panel.page.locator('[aria-expanded="false"]').count()).toBe(0);
  });
});

describe('while the policy is edited', () => {
  const withNewPlanOnTop = (view: EffectivePolicyView): EffectivePolicyView => {
    const from = origin(root, 'baseline', 1);
    return { ...view, plans: [container('added', 'plan', from, [single('added/regions', 'eu-north-1', from)]), ...view.plans] };
  };

  test('focus, expansion and what one looks at stay, though rows appear above', async () => {
    await session.openPolicy(paymentsPolicy(), { height: 300 });
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    const row = session.panel.row('delete_after_days: 90');
    await row.focus();
    await row.scrollIntoViewIfNeeded();
    const top = await session.panel.topOf(row);
    expect(await session.panel.scrollTop()).toBeGreaterThan(0);

    await session.panel.show({ kind: 'policy', view: withNewPlanOnTop({ ...invalidPolicy(), plans: paymentsPolicy('91').plans }) });

    expect(await session.panel.focused()).toBe('delete_after_days: 91, 1 attempt overridden, set by Prod · production');
    expect(await session.panel.row('delete_after_days: 91').getAttribute('aria-expanded')).toBe('true');
    expect(Math.abs((await session.panel.topOf(session.panel.row('delete_after_days: 91'))) - top)).toBeLessThan(1);
  });

  test('what one looks at stays without the focus as well', async () => {
    await session.openPolicy(paymentsPolicy(), { height: 300 });
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    await session.panel.scrollTo(400);
    const row = session.panel.row('move_to_cold_storage_after_days');
    const top = await session.panel.topOf(row);
    await session.panel.show({ kind: 'policy', view: withNewPlanOnTop(paymentsPolicy()) });
    expect(Math.abs((await session.panel.topOf(row)) - top)).toBeLessThan(1);
  });

  test('a link keeps the focus', async () => {
    await session.openPolicy();
    await session.panel.row('everyday').focus();
    await session.panel.press('Tab');
    await session.panel.show({ kind: 'policy', view: withNewPlanOnTop(paymentsPolicy()) });
    expect(await session.panel.focused()).toBe('set by Root · baseline');
  });

  test('the focus goes to the row that takes the place of a deleted one', async () => {
    await session.openPolicy();
    await session.panel.row('databases').focus();
    await session.panel.show({ kind: 'policy', view: { ...paymentsPolicy(), plans: paymentsPolicy().plans.slice(0, 1) } });
    expect(await session.panel.focused()).toMatch(/^backup_plan_tags/);
  });

  test('the focus is not taken from the editor in which one types', async () => {
    await session.openPolicy();
    await session.panel.row('databases').focus();
    await session.panel.page.evaluate('document.hasFocus = () => false');
    await session.panel.show({ kind: 'policy', view: { ...paymentsPolicy(), plans: paymentsPolicy().plans.slice(0, 1) } });
    expect(await session.panel.page.evaluate('document.activeElement === document.body')).toBe(true);
  });

  test('the policy stays on display while the next one is worked out', async () => {
    await session.openPolicy();
    await session.panel.row('daily').click();
    await session.panel.show({ kind: 'loading' });
    expect(await session.panel.row('daily').getAttribute('aria-expanded')).toBe('true');
    expect(await session.panel.page.getByRole('main').getAttribute('aria-busy')).toBe('true');
    await session.panel.page.getByRole('progressbar').waitFor();
    await session.panel.show({ kind: 'policy', view: paymentsPolicy() });
    expect(await session.panel.page.getByRole('progressbar').count()).toBe(0);
  });

  test('a page that the editor throws away comes back as it was', async () => {
    await session.openPolicy(paymentsPolicy(), { height: 300 });
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    await session.panel.row('monthly').focus();
    await session.panel.scrollTo(300);
    const kept = await session.panel.kept();
    await session.panel.close();

    await session.openPolicy(paymentsPolicy(), { height: 300, kept });
    expect(await session.panel.scrollTop()).toBe(300);
    expect(await session.panel.page.locator('[aria-expanded="false"]').count()).toBe(0);
    expect(await session.panel.row('monthly').getAttribute('tabindex')).toBe('0');
  });

  test('another target begins at the top', async () => {
    await session.openPolicy(paymentsPolicy(), { height: 200 });
    await session.panel.scrollTo(100);
    const other = paymentsPolicy();
    await session.panel.show({ kind: 'policy', view: { ...other, target: { ...other.target, target: { ...other.target.target, key: '222233334444' } } } });
    expect(await session.panel.scrollTop()).toBe(0);
  });
});
