/** The effective policy, and each state without one, under all rules of axe-core, best practices included. */

import { describe, expect, test } from 'vitest';
import type { PanelState } from '../../client/webview/messages.ts';
import { axeViolations, looks } from './axe.ts';
import { panelSession } from './panelSession.ts';
import { container, emptyPolicy, invalidPolicy, origin, paymentsPolicy, root, single } from './views.ts';

const session = panelSession();

/** Everything opened, so that rows of all kinds are there, and one of them with the focus. */
async function violationsOfTree(): Promise<readonly string[]> {
  await session.panel.page.getByRole('button', { name: 'Expand All' }).click();
  await session.panel.page.getByRole('treeitem').nth(1).focus();
  return axeViolations(session.panel.page);
}

const overflows = (): Promise<boolean> =>
  session.panel.page.evaluate<boolean>("[document.documentElement, document.querySelector('main')].some((it) => it.scrollWidth > it.clientWidth)");

/** An empty policy that has statements all the same: each of them lost. */
function onlyLost(): PanelState {
  const from = origin(root, 'baseline', 1);
  const lost = { outcome: 'blocked', values: [], origin: from, reason: 'by baseline at Root, which allows lower policies no operator here' } as const;
  const plans = [container('p', 'plan', from, [single('p/regions', '', from, { values: [], attempts: [lost] })])];
  return { kind: 'policy', view: { ...emptyPolicy(['baseline']), plans } };
}

const withoutTree: readonly (readonly [string, PanelState])[] = [
  ['no model', { kind: 'noModel' }],
  ['no target', { kind: 'nothingSelected' }],
  ['a policy that is being worked out', { kind: 'loading' }],
  ['a server that does not answer', { kind: 'failed', message: 'The server stopped.' }],
  ['nothing attached', { kind: 'policy', view: emptyPolicy() }],
  ['policies that set nothing', { kind: 'policy', view: emptyPolicy(['controls-only']) }],
];

describe.each(looks)('%s, axe-core finds no violation', (_look, options) => {
  test('with a policy', async () => {
    await session.openPolicy(paymentsPolicy(), options);
    expect(await axeViolations(session.panel.page)).toEqual([]);
    expect([await violationsOfTree(), await overflows()]).toEqual([[], false]);
  });

  test('with an invalid policy', async () => {
    await session.openPolicy(invalidPolicy(), options);
    expect([await violationsOfTree(), await overflows()]).toEqual([[], false]);
  });

  test('with an empty policy whose statements all lost', async () => {
    await session.open(options);
    await session.panel.show(onlyLost());
    expect([await violationsOfTree(), await overflows()]).toEqual([[], false]);
  });

  test('while the next policy is worked out, and when a page cannot be shown', async () => {
    await session.openPolicy(paymentsPolicy(), options);
    await session.panel.show({ kind: 'loading' });
    await session.panel.page.getByRole('progressbar').waitFor();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
    await session.panel.send({ type: 'open', page: 'cascade' });
    await session.panel.send({ type: 'pageFailed', page: 'cascade', message: 'The server stopped.' });
    await session.panel.page.getByText('This page cannot be shown.').waitFor();
    expect([await axeViolations(session.panel.page), await overflows()]).toEqual([[], false]);
  });

  test('without a policy', async () => {
    await session.open(options);
    for (const [, state] of withoutTree) {
      await session.panel.show(state);
      if (state.kind === 'loading') await session.panel.page.getByRole('progressbar').waitFor();
      expect([state.kind, await axeViolations(session.panel.page), await overflows()]).toEqual([state.kind, [], false]);
    }
  });
});

describe('axe-core finds a violation that is planted', () => {
  test.each([
    ['a label of a row that does not say what is seen', 'label-content-name-mismatch', `document.querySelector('[role=treeitem]').setAttribute('aria-label', 'Plan, set by baseline at Root')`],
    ['a state that a row cannot have', 'aria-valid-attr-value', `document.querySelector('[role=treeitem]').setAttribute('aria-expanded', 'perhaps')`],
    ['words that cannot be told from what is behind them', 'color-contrast', `document.documentElement.style.setProperty('--vscode-descriptionForeground', '#333333')`],
    ['a row outside of the tree', 'aria-required-parent', `document.querySelector('main').append(document.querySelector('[role=treeitem]').cloneNode(true))`],
  ])('in a policy: %s', async (_title, rule, plant) => {
    await session.openPolicy();
    await session.panel.page.evaluate(plant);
    expect(await axeViolations(session.panel.page)).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: `)));
  });

  test.each(withoutTree)('with %s: no heading', async (_title, state) => {
    await session.open();
    await session.panel.show(state);
    await session.panel.page.evaluate("document.querySelector('h1').remove()");
    expect(await axeViolations(session.panel.page)).toContainEqual(expect.stringMatching(/^page-has-heading-one: /));
  });
});
