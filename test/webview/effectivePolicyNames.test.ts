/** What a screen reader says for a row of the effective policy: the name that the browser makes of what stands in it. */

import { describe, expect, test } from 'vitest';
import type { AttemptView, NodeView } from '../../server/protocol.ts';
import { panelSession } from './panelSession.ts';
import { container, list, lock, origin, paymentsPolicy, prod, root, single } from './views.ts';

const session = panelSession();
const baseline = origin(root, 'baseline', 1);
const production = origin(prod, 'production', 2, '@@append');

function attempt(change: Partial<AttemptView>): AttemptView {
  return { outcome: 'overridden', values: ['14'], origin: baseline, reason: 'by @@assign of production at Root/Prod', ...change };
}

/** The names of all rows of a policy with these nodes, opened or as they come at first. */
async function names(nodes: readonly NodeView[], { opened = true, width = 480 } = {}): Promise<readonly string[]> {
  await session.openPolicy({ ...paymentsPolicy(), plans: nodes }, { width });
  await session.panel.page.getByRole('button', { name: opened ? 'Expand All' : 'Collapse All' }).click();
  return session.panel.rowNames();
}

const attempts = [attempt({ outcome: 'blocked' }), attempt({ outcome: 'noEffect' }), attempt({ outcome: 'noEffect' })];
const regions = list('regions', [{ text: 'eu-west-1', origin: baseline }, { text: 'eu-central-1', origin: production }]);
const four = ['a', 'b', 'c', 'd'].map((text) => ({ text, origin: baseline }));

describe('a screen reader hears', () => {
  // Where a line ends, a browser drops the space.
  test.each([900, 320, 200])('key and value, how many attempts lost, and who set it, at %i pixels', async (width) => {
    expect(await names([single('delete_after_days', '35', baseline, { attempts: [attempt({})] }), single('v', '1', baseline, { attempts })], { opened: false, width })).toEqual([
      'delete_after_days: 35, 1 attempt overridden, set by Root · baseline',
      'v: 1, 1 attempt blocked, 2 attempts without effect, set by Root · baseline',
    ]);
  });

  test('the meaning and the lock', async () => {
    const schedule = single('schedule_expression', 'cron(0 5 ? * * *)', baseline, { meaning: 'every day at 05:00 UTC', locks: [lock('@@none', baseline)] });
    expect(await names([schedule])).toEqual([
      'schedule_expression: cron(0 5 ? * * *), every day at 05:00 UTC, locked: lower policies cannot change it , set by Root · baseline',
    ]);
  });

  test('all origins of a list, and each element with its own', async () => {
    expect(await names([regions])).toEqual([
      'regions: 2 elements, set by Root · baseline and Prod · production',
      'eu-west-1, set by Root · baseline',
      'eu-central-1, set by Prod · production',
    ]);
  });

  test('the first elements of a closed list, and how many more there are', async () => {
    expect(await names([regions, list('l', four)], { opened: false })).toEqual([
      'regions: eu-west-1, eu-central-1, set by Root · baseline and Prod · production',
      'l: a, b, c, 1 more, set by Root · baseline',
    ]);
  });

  test('what a container is, and nothing of what stands below it', async () => {
    const rule = container('p/rules/daily', 'rule', baseline, [single('p/rules/daily/v', '1', baseline)], { detail: 'every day at 05:00 UTC' });
    expect(await names([container('p', 'plan', baseline, [container('p/rules', 'rules', baseline, [rule])])])).toEqual([
      'p, plan, set by Root · baseline',
      'rules, set by Root · baseline',
      'daily, rule, every day at 05:00 UTC, set by Root · baseline',
      'v: 1, set by Root · baseline',
    ]);
  });

  test('what became of an attempt', async () => {
    expect(await names([single('v', '35', baseline, { attempts: [attempt({})] })])).toEqual([
      'v: 35, 1 attempt overridden, set by Root · baseline',
      '14, attempted by Root · baseline , overridden by @@assign of production at Root/Prod',
    ]);
  });
});
