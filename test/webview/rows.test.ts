import { describe, expect, test } from 'vitest';
import type { AttemptView, NodeView, ValueView } from '../../server/protocol.ts';
import { expansionOf, emptyMemory, readMemory } from '../../client/webview/panelMemory.ts';
import { expandableIds, isInline, rowsOf, type Row } from '../../client/webview/rows.ts';
import { attemptCounts, attemptText, lockText } from '../../client/webview/words.ts';
import { container, list, lock, origin, paymentsPolicy, prod, root, single } from './views.ts';

const baseline = origin(root, 'baseline', 1);
const production = origin(prod, 'production', 2, '@@append');

const atFirst = (plans: readonly NodeView[]): readonly Row[] => rowsOf(plans, (_, byDefault) => byDefault);
const everything = (plans: readonly NodeView[]): readonly Row[] => rowsOf(plans, () => true);
const outline = (rows: readonly Row[]): readonly string[] => rows.map((row) => `${'  '.repeat(row.level - 1)}${row.id}`);

function attempt(change: Partial<AttemptView>): AttemptView {
  return { outcome: 'overridden', values: ['14'], origin: baseline, reason: 'by @@assign of production at Root/Prod', ...change };
}

describe('rows', () => {
  test('at first show the names of rules and selections, and hide what is in them', () => {
    expect(outline(atFirst(paymentsPolicy().plans))).toEqual([
      'everyday',
      '  everyday/regions',
      '  everyday/rules',
      '    everyday/rules/daily',
      '    everyday/rules/monthly',
      '  everyday/selections',
      '    everyday/selections/tags',
      '      everyday/selections/tags/by-tier',
      '  everyday/backup_plan_tags',
      'databases',
      '  databases/regions',
      '  databases/rules',
      '    databases/rules/nightly',
    ]);
  });

  test('know their place among their siblings', () => {
    const daily = atFirst(paymentsPolicy().plans).find((row) => row.id === 'everyday/rules/daily');
    expect(daily).toMatchObject({ level: 3, position: 1, siblings: 2, parent: 'everyday/rules', expanded: false });
  });

  test('have different ids, equal attempts on the same value included', () => {
    const twice = attempt({});
    const rows = everything([container('p', 'plan', baseline, [single('p/v', '1', baseline, { attempts: [twice, twice] })])]);
    expect(new Set(rows.map((row) => row.id)).size).toBe(4);
    const all = everything(paymentsPolicy().plans).map((row) => row.id);
    expect(new Set(all).size).toBe(all.length);
  });

  test('keep their ids when a line moves, an element is added before, or a value changes', () => {
    const before = list('p/l', [{ text: 'b', origin: baseline }, { text: 'c', origin: production }]);
    const after = list('p/l', [{ text: 'a', origin: baseline }, { text: 'b', origin: origin(root, 'baseline', 9) }, { text: 'c', origin: production }]);
    const ids = (value: ValueView): readonly string[] => everything([value]).map((row) => row.id);
    expect(ids(after)).toEqual(expect.arrayContaining([...ids(before)]));
  });

  test('follow the user where he expanded or collapsed', () => {
    const { plans } = paymentsPolicy();
    const memory = { ...emptyMemory, expanded: { everyday: false, 'databases/rules/nightly': true } };
    expect(rowsOf(plans, expansionOf(memory)).map((row) => row.id)).toEqual([
      'everyday',
      'databases',
      'databases/regions',
      'databases/rules',
      'databases/rules/nightly',
      'databases/rules/nightly/schedule_expression',
      'databases/rules/nightly/target_backup_vault_name',
    ]);
  });

  test('can be expanded exactly where something is below them', () => {
    const { plans } = paymentsPolicy();
    const ids = expandableIds(plans);
    expect(ids).toContain('everyday/rules/daily/lifecycle/delete_after_days');
    expect(ids).not.toContain('everyday/rules/daily/schedule_expression');
  });

  test('open the statement that set the value, and for an emptied list the one that lost', () => {
    const emptied = list('p/l', [], { attempts: [attempt({ origin: production })] });
    expect(everything([single('p/v', '1', baseline), emptied]).map((row) => row.reveal)).toEqual([
      baseline.location,
      production.location,
      production.location,
    ]);
  });
});

describe('a list', () => {
  const one = (text: string, from = baseline): ValueView['values'][number] => ({ text, origin: from });
  test.each([
    ['empty', [], true],
    ['of one long element', [one('x'.repeat(80))], true],
    ['of two short elements', [one('eu-west-1'), one('eu-central-1')], true],
    ['of two origins', [one('eu-west-1'), one('eu-central-1', production)], false],
    ['of four elements', [one('a'), one('b'), one('c'), one('d')], false],
    ['of two long elements', [one('x'.repeat(30)), one('y'.repeat(30))], false],
  ])('%s: in one row = %s', (_, values, inline) => {
    expect(isInline(list('l', values))).toBe(inline);
  });
});

describe('words', () => {
  test('of the number of attempts, each outcome once', () => {
    const [overridden, blocked, noEffect] = [attempt({}), attempt({ outcome: 'blocked' }), attempt({ outcome: 'noEffect' })];
    expect(attemptCounts([noEffect, blocked, noEffect, overridden])).toEqual([
      { count: 1, noun: 'attempt', outcome: 'overridden' },
      { count: 1, noun: 'attempt', outcome: 'blocked' },
      { count: 2, noun: 'attempts', outcome: 'without effect' },
    ]);
    expect(attemptCounts([])).toEqual([]);
  });

  test.each([
    ['overridden', 'by @@assign of p at Root', 'overridden by @@assign of p at Root'],
    ['blocked', 'Blocked by p at Root.', 'Blocked by p at Root.'],
    ['noEffect', 'every value is in the list already', 'no effect: every value is in the list already'],
  ] as const)('of an attempt that is %s', (outcome, reason, text) => {
    expect(attemptText(attempt({ outcome, reason }))).toBe(text);
  });

  test.each([
    ['@@append', 'value', 'locked: lower policies may only @@append'],
    ['@@append, @@remove', 'value', 'locked: lower policies may only @@append or @@remove'],
    ['@@none', 'value', 'locked: lower policies cannot change it'],
    ['@@none', 'container', 'locked: lower policies cannot add to it'],
  ] as const)('of a lock that allows %s on a %s', (allowed, on, text) => {
    expect(lockText(lock(allowed, baseline), on)).toBe(text);
  });
});

describe('what the editor kept', () => {
  test('comes back', () => {
    const memory = { target: 'm 1', expanded: { everyday: false }, pages: { schedule: { days: 14 } }, scrollTop: 40, currentRow: 'everyday' };
    expect(readMemory(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
  });

  test.each([undefined, null, 'x', {}, { target: 1, expanded: {}, scrollTop: 0 }, { target: '', expanded: [], scrollTop: 0 }])(
    'counts as nothing when it is %j',
    (kept) => {
      expect(readMemory(kept)).toEqual(emptyMemory);
    },
  );

  test('has no use for rows that are neither expanded nor collapsed', () => {
    expect(readMemory({ target: '', expanded: { a: true, b: 'yes' }, scrollTop: 0 }).expanded).toEqual({ a: true });
  });
});
