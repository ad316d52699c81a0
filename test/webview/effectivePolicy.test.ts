import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EffectivePolicyView } from '../../server/protocol.ts';
import type { PanelState } from '../../client/webview/messages.ts';
import { PanelBrowser, type PanelPage, type PanelPageOptions } from './panelPage.ts';
import { themes, type ThemeKind } from './themes.ts';
import { container, emptyPolicy, invalidPolicy, origin, paymentsPolicy, placeIn, root, single } from './views.ts';

let browser: PanelBrowser;
let panel: PanelPage;

beforeAll(async () => {
  browser = await PanelBrowser.start();
}, 60_000);

afterAll(async () => {
  await browser.stop();
});

/** Every page, whatever was done with it, ends without errors and without breaches of its content security policy. */
afterEach(async () => {
  const failures = await panel.failures();
  await panel.close();
  expect(failures).toEqual([]);
});

async function open(options?: PanelPageOptions): Promise<void> {
  panel = await browser.open(options);
}

async function openPolicy(view: EffectivePolicyView = paymentsPolicy(), options?: PanelPageOptions): Promise<void> {
  await open(options);
  await panel.show({ kind: 'policy', view });
}

describe('the page', () => {
  test('asks for its state once it can show one', async () => {
    await open();
    expect(await panel.sent()).toEqual([{ type: 'ready' }]);
  });

  test('ignores what is not a state', async () => {
    await openPolicy();
    await panel.send({ type: 'state', state: { kind: 'policy', view: {} } });
    await panel.send('loading');
    await panel.row('everyday').waitFor();
  });

  test('loads its icon font from the bundle', async () => {
    await openPolicy();
    expect(await panel.page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px codicon'))")).toBe(true);
  });

  test('runs no script and takes no style but its own', async () => {
    await openPolicy();
    await panel.page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'standIn.intruder = true';
      document.body.append(script);
      document.body.setAttribute('style', 'display: none');
    })()`);
    expect(await panel.page.evaluate('standIn.intruder')).toBeUndefined();
    await panel.row('everyday').waitFor({ state: 'visible' });
    const failures = await panel.failures();
    expect(failures).toEqual(expect.arrayContaining([expect.stringMatching(/^script-src-elem/), expect.stringMatching(/^style-src-attr/)]));
    panel.forgetFailures();
  });

  test('stays small', async () => {
    await open();
    expect(await browser.size('effectivePolicy.js')).toBeLessThan(100_000);
  });
});

describe('with the keyboard', () => {
  test('Tab reaches the tree at one row, arrows walk and expand, Enter goes to the line', async () => {
    await openPolicy();
    await panel.row('everyday').focus();
    await panel.press('ArrowDown', 'ArrowDown', 'ArrowDown');
    expect(await panel.focused()).toMatch(/^daily, rule/);
    await panel.press('ArrowRight', 'ArrowRight');
    expect(await panel.focused()).toMatch(/^schedule_expression: /);
    await panel.press('Enter');
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 9) });
    await panel.press('ArrowLeft', 'ArrowLeft');
    expect(await panel.row('daily').getAttribute('aria-expanded')).toBe('false');
    await panel.press('Enter');
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 8) });
    expect(await panel.page.locator('[role="treeitem"][tabindex="0"]').count()).toBe(1);
  });

  test('an attempt that lost is opened below the value, and Enter goes to the attempt', async () => {
    await openPolicy();
    await panel.row('daily').focus();
    await panel.press('ArrowRight', 'd', 'e');
    expect(await panel.focused()).toBe('delete_after_days: 90, set by production at Prod, 1 attempt overridden');
    await panel.press('ArrowRight', 'ArrowRight');
    expect(await panel.focused()).toBe('35, overridden by @@assign of production at Root/Workloads/Prod, attempted by baseline at Root');
    await panel.press('Enter');
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 19) });
  });

  test('Tab goes on from the row to its links: the lock, the origin, the cause', async () => {
    await openPolicy();
    await panel.row('daily').focus();
    await panel.press('ArrowRight', 't', 'ArrowRight', 'Tab');
    expect(await panel.focused()).toBe('locked: lower policies cannot change it');
    await panel.press('Enter');
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 13) });
    await panel.press('Tab');
    expect(await panel.focused()).toBe('Root · baseline');
    await panel.press('ArrowDown');
    expect(await panel.focused()).toMatch(/^commerce-vault, blocked by baseline at Root/);
    await panel.press('Tab', 'Tab');
    expect(await panel.focused()).toMatch(/^blocked by baseline at Root/);
    await panel.press(' ');
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 13) });
    await panel.press('ArrowLeft');
    expect(await panel.focused()).toMatch(/^commerce-vault/);
  });

  test('Home, End, letters and * work as in every tree', async () => {
    await openPolicy();
    await panel.row('everyday').focus();
    await panel.press('End');
    expect(await panel.focused()).toMatch(/^nightly, rule/);
    await panel.press('Home');
    expect(await panel.focused()).toMatch(/^everyday, plan/);
    await panel.press('m');
    expect(await panel.focused()).toMatch(/^monthly, rule/);
    await panel.press('*');
    expect(await panel.row('daily').getAttribute('aria-expanded')).toBe('true');
    expect(await panel.row('monthly').getAttribute('aria-expanded')).toBe('true');
  });

  test('no row is selected before one chooses, yet Tab reaches the first', async () => {
    await openPolicy();
    expect(await panel.page.locator('[aria-selected="true"]').count()).toBe(0);
    await panel.page.getByRole('button', { name: 'Collapse All' }).focus();
    await panel.press('Tab');
    expect(await panel.focused()).toMatch(/^everyday, plan/);
    expect(await panel.row('everyday').getAttribute('aria-selected')).toBe('true');
  });

  test('the focus comes to the current row when the page gets it', async () => {
    await openPolicy();
    await panel.page.evaluate("window.dispatchEvent(new Event('focus'))");
    expect(await panel.focused()).toMatch(/^everyday, plan/);
  });
});

describe('with the mouse', () => {
  test('a click on a value goes to its line, a click on its origin too', async () => {
    await openPolicy();
    await panel.row('daily').click();
    await panel.row('start_backup_window_minutes').click();
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('baseline', 15) });
    await panel.row('delete_after_days').getByRole('button', { name: 'Prod · production' }).click();
    expect(await panel.sent()).toHaveLength(3);
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('production', 7) });
  });

  test('a click on a rule opens it without leaving the panel, its arrow too', async () => {
    await openPolicy();
    await panel.row('daily').click();
    expect(await panel.row('daily').getAttribute('aria-expanded')).toBe('true');
    await panel.row('daily').locator('.twistie').click();
    expect(await panel.row('daily').getAttribute('aria-expanded')).toBe('false');
    expect(await panel.sent()).toEqual([{ type: 'ready' }]);
  });

  test('attempts are struck through and say what became of them', async () => {
    await openPolicy();
    await panel.page.getByRole('button', { name: 'Expand All' }).click();
    const lost = panel.row('commerce-vault, blocked');
    expect(await lost.locator('s').textContent()).toBe('commerce-vault');
    expect(await lost.locator('.codicon-circle-slash').count()).toBe(1);
    expect(await lost.textContent()).toContain('blocked by baseline at Root');
    await lost.click({ position: { x: 100, y: 8 } });
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('point-in-time', 6) });
    const refused = panel.row('arn:aws:backup:eu-central-1:777788889999:backup-vault:own-copies, blocked');
    expect(await refused.locator('s').count()).toBe(1);
    expect(await panel.row('us-east-1, no effect: none of these').count()).toBe(1);
  });

  test('the buttons at the top ask for their commands', async () => {
    await openPolicy();
    for (const [name, command] of [
      ['Change Target', 'chooseTarget'],
      ['Show as JSON', 'showJson'],
      ['Compare with Another Target', 'compare'],
    ] as const) {
      await panel.page.getByRole('button', { name }).click();
      expect(await panel.lastSent()).toEqual({ type: 'command', command });
    }
    await panel.page.getByRole('heading').getByRole('button').click();
    expect(await panel.lastSent()).toEqual({ type: 'openEntity', target: paymentsPolicy().target.target });
  });

  test('everything collapses and expands at once', async () => {
    await openPolicy();
    await panel.page.getByRole('button', { name: 'Collapse All' }).click();
    expect(await panel.page.getByRole('treeitem').count()).toBe(2);
    await panel.page.getByRole('button', { name: 'Expand All' }).click();
    expect(await panel.page.locator('[aria-expanded="false"]').count()).toBe(0);
  });
});

describe('while the policy is edited', () => {
  const withNewPlanOnTop = (view: EffectivePolicyView): EffectivePolicyView => {
    const from = origin(root, 'baseline', 1);
    return { ...view, plans: [container('added', 'plan', from, [single('added/regions', 'eu-north-1', from)]), ...view.plans] };
  };

  test('focus, expansion and what one looks at stay, though rows appear above', async () => {
    await openPolicy(paymentsPolicy(), { height: 300 });
    await panel.page.getByRole('button', { name: 'Expand All' }).click();
    const row = panel.row('delete_after_days: 90');
    await row.focus();
    await row.scrollIntoViewIfNeeded();
    const top = await panel.topOf(row);
    expect(await panel.scrollTop()).toBeGreaterThan(0);

    await panel.show({ kind: 'policy', view: withNewPlanOnTop({ ...invalidPolicy(), plans: paymentsPolicy('91').plans }) });

    expect(await panel.focused()).toBe('delete_after_days: 91, set by production at Prod, 1 attempt overridden');
    expect(await panel.row('delete_after_days: 91').getAttribute('aria-expanded')).toBe('true');
    expect(Math.abs((await panel.topOf(panel.row('delete_after_days: 91'))) - top)).toBeLessThan(1);
  });

  test('what one looks at stays without the focus as well', async () => {
    await openPolicy(paymentsPolicy(), { height: 300 });
    await panel.page.getByRole('button', { name: 'Expand All' }).click();
    await panel.scrollTo(400);
    const row = panel.row('move_to_cold_storage_after_days');
    const top = await panel.topOf(row);
    await panel.show({ kind: 'policy', view: withNewPlanOnTop(paymentsPolicy()) });
    expect(Math.abs((await panel.topOf(row)) - top)).toBeLessThan(1);
  });

  test('a link keeps the focus', async () => {
    await openPolicy();
    await panel.row('everyday').focus();
    await panel.press('Tab');
    await panel.show({ kind: 'policy', view: withNewPlanOnTop(paymentsPolicy()) });
    expect(await panel.focused()).toBe('Root · baseline');
  });

  test('the focus goes to the row that takes the place of a deleted one', async () => {
    await openPolicy();
    await panel.row('databases').focus();
    await panel.show({ kind: 'policy', view: { ...paymentsPolicy(), plans: paymentsPolicy().plans.slice(0, 1) } });
    expect(await panel.focused()).toMatch(/^backup_plan_tags/);
  });

  test('the focus is not taken from the editor in which one types', async () => {
    await openPolicy();
    await panel.row('databases').focus();
    await panel.page.evaluate('document.hasFocus = () => false');
    await panel.show({ kind: 'policy', view: { ...paymentsPolicy(), plans: paymentsPolicy().plans.slice(0, 1) } });
    expect(await panel.page.evaluate('document.activeElement === document.body')).toBe(true);
  });

  test('the policy stays on display while the next one is worked out', async () => {
    await openPolicy();
    await panel.row('daily').click();
    await panel.show({ kind: 'loading' });
    expect(await panel.row('daily').getAttribute('aria-expanded')).toBe('true');
    expect(await panel.page.getByRole('main').getAttribute('aria-busy')).toBe('true');
    await panel.page.getByRole('progressbar').waitFor();
    await panel.show({ kind: 'policy', view: paymentsPolicy() });
    expect(await panel.page.getByRole('progressbar').count()).toBe(0);
  });

  test('a page that the editor throws away comes back as it was', async () => {
    await openPolicy(paymentsPolicy(), { height: 300 });
    await panel.page.getByRole('button', { name: 'Expand All' }).click();
    await panel.row('monthly').focus();
    await panel.scrollTo(300);
    const kept = await panel.kept();
    await panel.close();

    await openPolicy(paymentsPolicy(), { height: 300, kept });
    expect(await panel.scrollTop()).toBe(300);
    expect(await panel.page.locator('[aria-expanded="false"]').count()).toBe(0);
    expect(await panel.row('monthly').getAttribute('tabindex')).toBe('0');
  });

  test('another target begins at the top', async () => {
    await openPolicy(paymentsPolicy(), { height: 200 });
    await panel.scrollTo(100);
    const other = paymentsPolicy();
    await panel.show({ kind: 'policy', view: { ...other, target: { ...other.target, target: { ...other.target.target, key: '222233334444' } } } });
    expect(await panel.scrollTop()).toBe(0);
  });
});

describe('an invalid effective policy', () => {
  test('is announced in a sentence and listed with code, message, path, policies and place', async () => {
    await openPolicy(invalidPolicy());
    const alert = panel.page.getByRole('alert');
    expect(await alert.textContent()).toContain('AWS withholds this policy: the account keeps its last valid one.');
    expect(await alert.getAttribute('aria-live')).toBe('polite');
    const [first, second] = await panel.page.getByRole('list', { name: 'Errors of the effective policy' }).getByRole('listitem').all();
    expect(await first?.textContent()).toMatch(/'selections' is missing\s+KEY_REQUIRED\s+Go to plans\/databases\s*from database-schedule, databases-prod/);
    await first?.getByRole('button').click();
    expect(await panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('database-schedule', 2) });
    expect(await second?.getByRole('button').count()).toBe(0);
  });

  test('of an OU speaks of an account placed there', async () => {
    const view = invalidPolicy();
    await openPolicy({ ...view, target: { ...view.target, kind: 'organizationalUnit' } });
    expect(await panel.page.getByRole('alert').textContent()).toContain('AWS would withhold this policy from an account placed here');
  });

  test('is no longer announced once it is mended', async () => {
    await openPolicy(invalidPolicy());
    await panel.show({ kind: 'policy', view: paymentsPolicy() });
    expect((await panel.page.getByRole('alert').textContent())?.trim()).toBe('');
    expect(await panel.page.getByRole('list', { name: 'Errors of the effective policy' }).count()).toBe(0);
  });
});

describe('without a policy', () => {
  test.each<[string, PanelState, RegExp, string, string]>([
    ['no model', { kind: 'noModel' }, /No organization model was found/, 'New Organization Model', 'newModel'],
    ['no choice', { kind: 'nothingSelected' }, /Choose a root, organizational unit \(OU\) or account/, 'Choose Target', 'chooseTarget'],
    ['a failure', { kind: 'failed', message: 'The server stopped.' }, /The server stopped\./, 'Restart Server', 'restartServer'],
    ['nothing attached', { kind: 'policy', view: emptyPolicy() }, /Nothing is attached .* AWS returns \{\}/, 'Choose Target', 'chooseTarget'],
    ['nothing set', { kind: 'policy', view: emptyPolicy(['controls-only']) }, /set nothing that makes a backup plan, so AWS returns \{\}/, 'Choose Target', 'chooseTarget'],
  ])('because of %s, the panel says so and offers the next step', async (_, state, sentence, button, command) => {
    await open();
    await panel.show(state);
    await panel.page.getByText(sentence).waitFor();
    await panel.page.getByRole('main').getByRole('button', { name: button }).focus();
    await panel.press('Enter');
    expect(await panel.lastSent()).toEqual({ type: 'command', command });
  });

  test('the statements that lost are shown all the same: they tell why', async () => {
    const from = origin(root, 'baseline', 1);
    const lost = { outcome: 'blocked', values: [], origin: from, reason: 'by baseline at Root, which allows lower policies no operator here' } as const;
    const plans = [container('p', 'plan', from, [single('p/regions', '', from, { values: [], attempts: [lost] })])];
    await openPolicy({ ...emptyPolicy(['baseline']), plans });
    await panel.page.getByText('No backup policy applies to management.').waitFor();
    await panel.page.getByRole('button', { name: 'Expand All' }).click();
    expect(await panel.row('regions').getAttribute('aria-label')).toBe('regions: no value, 1 attempt blocked');
    expect(await panel.row('empty list, blocked by baseline').count()).toBe(1);
  });

  test('because it is being worked out, the panel says so', async () => {
    await open();
    await panel.page.getByText('Working out the effective policy…').waitFor();
  });

  test('the memory of the last one is not lost', async () => {
    await openPolicy();
    await panel.row('daily').click();
    await panel.show({ kind: 'failed', message: 'The server stopped.' });
    await panel.show({ kind: 'policy', view: paymentsPolicy() });
    expect(await panel.row('daily').getAttribute('aria-expanded')).toBe('true');
  });
});

describe('names out of policies', () => {
  const hostile = '<img src=x onerror="standIn.intruder = true">';

  test('are shown as text, wherever they stand', async () => {
    const from = { ...origin(root, hostile, 1), levelName: hostile };
    const view = paymentsPolicy();
    const attempt = { outcome: 'blocked', values: [hostile], origin: from, reason: hostile, cause: from.location } as const;
    await openPolicy({
      ...view,
      target: { ...view.target, name: hostile, path: hostile },
      levels: [{ name: hostile, kind: 'root', policies: [hostile] }],
      errors: [{ code: hostile, message: hostile, path: hostile, policies: [hostile] }],
      plans: [
        container(hostile, 'plan', from, [single('__proto__', hostile, from, { meaning: hostile, attempts: [attempt], locks: [{ allowed: hostile, origin: from }] })], {
          name: hostile,
          detail: hostile,
          refused: [attempt],
        }),
      ],
    });
    await panel.page.getByRole('button', { name: 'Expand All' }).click();
    await panel.row('__proto__').waitFor();
    expect(await panel.page.locator('img').count()).toBe(0);
    expect(await panel.page.evaluate('standIn.intruder')).toBeUndefined();
    expect(await panel.page.getByRole('treeitem').count()).toBe(4);
    expect(await panel.page.getByText(hostile).count()).toBeGreaterThan(5);
  });
});

describe('assistive technology', () => {
  test('gets names, levels and states of everything', async () => {
    await openPolicy(invalidPolicy());
    await panel.row('everyday').locator('.twistie').click();
    await expect(panel.page.locator('body').ariaSnapshot()).resolves.toMatchInlineSnapshot(`
      "- banner:
        - heading "account payments-prod" [level=1]:
          - button "account payments-prod"
        - group "Actions":
          - button "Change Target"
          - button "Show as JSON"
          - button "Compare with Another Target"
          - button "Expand All"
          - button "Collapse All"
      - main:
        - list "Levels and the policies attached to them":
          - listitem: "root Root: baseline"
          - listitem: "organizational unit Workloads: database-schedule"
          - listitem: "organizational unit Prod: production, databases-prod"
          - listitem: "organizational unit Commerce: point-in-time"
          - listitem: "account payments-prod: payments-retention"
        - alert:
          - paragraph: "AWS withholds this policy: the account keeps its last valid one."
        - list "Errors of the effective policy":
          - listitem:
            - paragraph: "'selections' is missing KEY_REQUIRED"
            - paragraph:
              - button "Go to plans/databases"
              - text: from database-schedule, databases-prod
          - listitem:
            - paragraph: "'regions' has more elements than allowed ELEMENTS_TOO_MANY"
            - paragraph: plans/everyday/regions
        - tree "Effective policy of payments-prod":
          - treeitem "everyday, plan, set by baseline at Root" [level=1] [selected]:
            - text: everyday
            - button "Root · baseline"
          - treeitem "databases, plan, set by database-schedule at Workloads" [expanded] [level=1]:
            - text: databases
            - button "Workloads · database-schedule"
          - 'treeitem "regions: eu-west-1, eu-central-1, set by databases-prod at Prod" [level=2]':
            - text: regions eu-west-1, eu-central-1
            - button "Prod · databases-prod"
          - treeitem "rules, set by database-schedule at Workloads" [expanded] [level=2]:
            - text: rules
            - button "Workloads · database-schedule"
          - treeitem "nightly, rule, every day at 01:30 UTC, set by database-schedule at Workloads" [level=3]:
            - text: nightly every day at 01:30 UTC
            - button "Workloads · database-schedule""
    `);
  });

  test('gets level and place of each row', async () => {
    await openPolicy();
    const monthly = panel.row('monthly');
    expect(await monthly.getAttribute('aria-level')).toBe('3');
    expect(await monthly.getAttribute('aria-posinset')).toBe('2');
    expect(await monthly.getAttribute('aria-setsize')).toBe('2');
  });
});

describe('looks', () => {
  test.each([320, 200])('fit a width of %i pixels without scrolling sideways', async (width) => {
    await openPolicy(invalidPolicy(), { width });
    await panel.page.getByRole('button', { name: 'Expand All' }).click();
    const tooWide = await panel.page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > innerWidth || it === document.documentElement && it.scrollWidth > innerWidth).map((it) => it.className + ': ' + it.textContent.trim())",
    );
    expect(tooWide).toEqual([]);
  });

  test.each(Object.keys(themes) as ThemeKind[])('follow the theme %s, with a visible focus', async (theme) => {
    await openPolicy(paymentsPolicy(), { theme });
    await panel.row('daily').focus();
    const outline = await panel.page.evaluate<{ readonly style: string; readonly width: string }>(
      "(() => { const { outlineStyle: style, outlineWidth: width } = getComputedStyle(document.activeElement); return { style, width }; })()",
    );
    expect(outline).toEqual({ style: 'solid', width: '1px' });
  });

  test('use no colours but those of the theme', async () => {
    await open();
    const own = (await browser.text('effectivePolicy.css')).replace(/@font-face[^}]*\}/, '');
    expect(own.match(/#[0-9a-f]{3,8}\b(?=[;}])|\brgba?\(|\bhsla?\(/gi)).toBeNull();
  });

  test.each([
    ['keep still for those who asked for it', 'reduce', false],
    ['move a bar while something is worked out for all others', 'no-preference', true],
  ] as const)('%s', async (_, reducedMotion, moves) => {
    await openPolicy(paymentsPolicy(), { context: { reducedMotion } });
    await panel.show({ kind: 'loading' });
    await panel.page.getByRole('progressbar').waitFor();
    expect(await panel.page.evaluate("document.querySelector('vscode-progress-bar').shadowRoot.getAnimations().some((it) => it.playState === 'running')")).toBe(moves);
  });
});
