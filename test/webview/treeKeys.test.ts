import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../client/webview/rows.ts';
import { treeAction, typeAhead } from '../../client/webview/treeKeys.ts';
import { paymentsPolicy } from './views.ts';

const rows = rowsOf(paymentsPolicy().plans, (_, byDefault) => byDefault);
const press = (current: string, key: string, modifiers: object = {}): unknown =>
  treeAction(rows, current, { key, ctrlKey: false, altKey: false, metaKey: false, ...modifiers });

describe('keys of the tree', () => {
  test.each([
    ['ArrowDown', 'everyday', 'everyday/regions'],
    ['ArrowUp', 'everyday/regions', 'everyday'],
    ['Home', 'databases', 'everyday'],
    ['End', 'everyday', 'databases/rules/nightly'],
    ['ArrowRight', 'everyday', 'everyday/regions'],
    ['ArrowLeft', 'everyday/rules/daily', 'everyday/rules'],
  ])('%s on %s goes to %s', (key, current, id) => {
    expect(press(current, key)).toEqual({ type: 'focus', id });
  });

  test.each([
    ['ArrowRight', 'everyday/rules/daily', true],
    ['ArrowLeft', 'everyday', false],
    [' ', 'everyday', false],
    [' ', 'everyday/rules/daily', true],
  ])('"%s" on %s sets expanded to %s', (key, id, expanded) => {
    expect(press(id, key)).toEqual({ type: 'expand', changes: [{ id, expanded }] });
  });

  test('* expands all siblings that are closed', () => {
    expect(press('everyday/rules/daily', '*')).toEqual({
      type: 'expand',
      changes: [
        { id: 'everyday/rules/daily', expanded: true },
        { id: 'everyday/rules/monthly', expanded: true },
      ],
    });
  });

  test.each([
    ['everyday', 'ArrowUp'],
    ['databases/rules/nightly', 'ArrowDown'],
    ['databases/regions', 'ArrowRight'],
    ['everyday', 'Tab'],
    ['no such row', 'ArrowDown'],
  ])('on %s, %s does nothing', (current, key) => {
    expect(press(current, key)).toBeUndefined();
  });

  test('Space opens a row that cannot be expanded, as Enter does', () => {
    expect(press('databases/regions', ' ')).toEqual(press('databases/regions', 'Enter'));
  });

  test.each(['ctrlKey', 'altKey', 'metaKey'])('with %s they are left to the editor', (modifier) => {
    expect(press('everyday', 'ArrowDown', { [modifier]: true })).toBeUndefined();
  });
});

describe('typed letters', () => {
  test.each([
    ['d', 'everyday', 'everyday/rules/daily'],
    ['D', 'everyday/rules/daily', 'databases'],
    ['dd', 'databases', 'everyday/rules/daily'],
    ['da', 'everyday/rules/daily', 'everyday/rules/daily'],
    ['dat', 'everyday/rules/daily', 'databases'],
    ['r', 'databases/rules/nightly', 'everyday/regions'],
  ])('"%s" on %s go to %s', (typed, current, id) => {
    expect(typeAhead(rows, current, typed)).toBe(id);
  });

  test('that no row begins with go nowhere', () => {
    expect(typeAhead(rows, 'everyday', 'zz')).toBeUndefined();
  });
});
