import { describe, expect, test } from 'vitest';
import type { PanelState } from '../../client/webview/messages.ts';
import { themes, type ThemeKind } from './themes.ts';
import { container, emptyPolicy, invalidPolicy, origin, paymentsPolicy, placeIn, root, single } from './views.ts';
import { panelSession } from './panelSession.ts';

const session = panelSession();

describe('an invalid effective policy', () => {
  test('is announced in a sentence and listed with code, message, path, policies and place', async () => {
    await session.openPolicy(invalidPolicy());
    const alert = session.panel.page.getByRole('alert');
    expect(await alert.textContent()).toContain('AWS withholds this policy: the account keeps its last valid one.');
    expect(await alert.getAttribute('aria-live')).toBe('polite');
    const [first, second] = await session.panel.page.getByRole('list', { name: 'Errors of the effective policy' }).getByRole('listitem').all();
    expect(await first?.textContent()).toMatch(/'selections' is missing\s+KEY_REQUIRED\s+Go to plans\/databases\s*from database-schedule, databases-prod/);
    await first?.getByRole('button').click();
    expect(await session.panel.lastSent()).toEqual({ type: 'reveal', location: placeIn('database-schedule', 2) });
    expect(await second?.getByRole('button').count()).toBe(0);
  });

  test('of an OU speaks of an account placed there', async () => {
    const view = invalidPolicy();
    await session.openPolicy({ ...view, target: { ...view.target, kind: 'organizationalUnit' } });
    expect(await session.panel.page.getByRole('alert').textContent()).toContain('AWS would withhold this policy from an account placed here');
  });

  test('is no longer announced once it is mended', async () => {
    await session.openPolicy(invalidPolicy());
    await session.panel.show({ kind: 'policy', view: paymentsPolicy() });
    expect((await session.panel.page.getByRole('alert').textContent())?.trim()).toBe('');
    expect(await session.panel.page.getByRole('list', { name: 'Errors of the effective policy' }).count()).toBe(0);
  });
});

describe('without a policy', () => {
  test.each<[string, PanelState, RegExp, string, string]>([
    ['no model', { kind: 'noModel' }, /No organization model was found/, 'New Organization Model', 'newModel'],
    ['no choice', { kind: 'nothingSelected' }, /Choose a root, organizational unit \(OU\) or account/, 'Choose Target', 'chooseTarget'],
    ['a failure', { kind: 'failed', message: 'The server stopped.' }, /The server stopped\./, 'Restart Server', 'restartServer'],
    ['nothing attached', { kind: 'policy', view: emptyPolicy() }, /Nothing is attached .* AWS returns \{\}/, 'Choose Target', 'chooseTarget'],
    ['nothing set', { kind: 'policy', view: emptyPolicy(['controls-only']) }, /set nothing that makes a backup plan, so AWS returns \{\}/, 'Choose Target', 'chooseTarget'],
  ])('because of %s, the panel says so below one heading and offers the next step', async (_, state, sentence, button, command) => {
    await session.open();
    await session.panel.show(state);
    expect(await session.panel.page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await session.panel.page.getByText(sentence).waitFor();
    await session.panel.page.getByRole('main').getByRole('button', { name: button }).focus();
    await session.panel.press('Enter');
    expect(await session.panel.lastSent()).toEqual({ type: 'command', command });
  });

  test('the statements that lost are shown all the same: they tell why', async () => {
    const from = origin(root, 'baseline', 1);
    const lost = { outcome: 'blocked', values: [], origin: from, reason: 'by baseline at Root, which allows lower policies no operator here' } as const;
    const plans = [container('p', 'plan', from, [single('p/regions', '', from, { values: [], attempts: [lost] })])];
    await session.openPolicy({ ...emptyPolicy(['baseline']), plans });
    await session.panel.page.getByText('No backup policy applies to management.').waitFor();
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    expect(await session.panel.rowNames()).toEqual([
      'p, plan, set by Root · baseline',
      'regions: no value, 1 attempt blocked',
      'empty list, attempted by Root · baseline , blocked by baseline at Root, which allows lower policies no operator here',
    ]);
  });

  test('because it is being worked out, the panel says so', async () => {
    await session.open();
    await session.panel.page.getByRole('heading', { level: 1, name: 'Working out the effective policy…' }).waitFor();
  });

  test('the memory of the last one is not lost', async () => {
    await session.openPolicy();
    await session.panel.row('daily').click();
    await session.panel.show({ kind: 'failed', message: 'The server stopped.' });
    await session.panel.show({ kind: 'policy', view: paymentsPolicy() });
    expect(await session.panel.row('daily').getAttribute('aria-expanded')).toBe('true');
  });
});

describe('names out of policies', () => {
  const hostile = '<img src=x onerror="standIn.intruder = true">';

  test('are shown as text, wherever they stand', async () => {
    const from = { ...origin(root, hostile, 1), levelName: hostile };
    const view = paymentsPolicy();
    const attempt = { outcome: 'blocked', values: [hostile], origin: from, reason: hostile, cause: from.location } as const;
    await session.openPolicy({
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
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    await session.panel.row('__proto__').waitFor();
    expect(await session.panel.page.locator('img').count()).toBe(0);
    expect(await session.panel.page.evaluate('standIn.intruder')).toBeUndefined();
    expect(await session.panel.page.getByRole('treeitem').count()).toBe(4);
    expect(await session.panel.page.getByText(hostile).count()).toBeGreaterThan(5);
  });
});

describe('assistive technology', () => {
  test('gets names, levels and states of everything', async () => {
    await session.openPolicy(invalidPolicy());
    await session.panel.row('everyday').locator('.twistie').click();
    await expect(session.panel.page.locator('body').ariaSnapshot()).resolves.toMatchInlineSnapshot(`
      "- banner:
        - heading "account payments-prod" [level=1]:
          - button "account payments-prod"
        - group "Actions":
          - button "Change Target"
          - button "Show as JSON"
          - button "Compare with Another Target"
          - button "Open in Editor"
          - button "Expand All"
          - button "Collapse All"
      - navigation "Pages":
        - tablist "What is shown of the effective policy":
          - tab "Policy" [selected]
          - tab "Cascade"
          - tab "Schedule"
          - tab "Resources"
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
        - tabpanel "Policy":
          - tree "Effective policy of payments-prod":
            - treeitem "everyday, plan, set by Root · baseline" [level=1] [selected]:
              - text: everyday, plan,
              - button "set by Root · baseline"
            - treeitem "databases, plan, set by Workloads · database-schedule" [expanded] [level=1]:
              - text: databases, plan,
              - button "set by Workloads · database-schedule"
            - 'treeitem "regions: eu-west-1, eu-central-1, set by Prod · databases-prod" [level=2]':
              - text: "regions: eu-west-1, eu-central-1,"
              - button "set by Prod · databases-prod"
            - treeitem "rules, set by Workloads · database-schedule" [expanded] [level=2]:
              - text: rules,
              - button "set by Workloads · database-schedule"
            - treeitem "nightly, rule, every day at 01:30 UTC, set by Workloads · database-schedule" [level=3]:
              - text: nightly, rule, every day at 01:30 UTC,
              - button "set by Workloads · database-schedule""
    `);
  });

  test('gets level and place of each row', async () => {
    await session.openPolicy();
    const monthly = session.panel.row('monthly');
    expect(await monthly.getAttribute('aria-level')).toBe('3');
    expect(await monthly.getAttribute('aria-posinset')).toBe('2');
    expect(await monthly.getAttribute('aria-setsize')).toBe('2');
  });
});

describe('looks', () => {
  test.each([320, 200])('fit a width of %i pixels without scrolling sideways', async (width) => {
    await session.openPolicy(invalidPolicy(), { width });
    await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
    const tooWide = await session.panel.page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > innerWidth || it === document.documentElement && it.scrollWidth > innerWidth).map((it) => it.className + ': ' + it.textContent.trim())",
    );
    expect(tooWide).toEqual([]);
  });

  test.each(Object.keys(themes) as ThemeKind[])('follow the theme %s, with a visible focus', async (theme) => {
    await session.openPolicy(paymentsPolicy(), { theme });
    await session.panel.row('daily').focus();
    const outline = await session.panel.page.evaluate<{ readonly style: string; readonly width: string }>(
      "(() => { const { outlineStyle: style, outlineWidth: width } = getComputedStyle(document.activeElement); return { style, width }; })()",
    );
    expect(outline).toEqual({ style: 'solid', width: '1px' });
  });

  test('use no colours but those of the theme', async () => {
    await session.open();
    const own = (await session.browser.text('effectivePolicy.css')).replace(/@font-face[^}]*\}/, '');
    expect(own.match(/#[0-9a-f]{3,8}\b(?=[;}])|\brgba?\(|\bhsla?\(/gi)).toBeNull();
  });

  test.each([
    ['keep still for those who asked for it', 'reduce', false],
    ['move a bar while something is worked out for all others', 'no-preference', true],
  ] as const)('%s', async (_, reducedMotion, moves) => {
    await session.openPolicy(paymentsPolicy(), { context: { reducedMotion } });
    await session.panel.show({ kind: 'loading' });
    await session.panel.page.getByRole('progressbar').waitFor();
    expect(await session.panel.page.evaluate("document.querySelector('vscode-progress-bar').shadowRoot.getAnimations().some((it) => it.playState === 'running')")).toBe(moves);
  });
});
