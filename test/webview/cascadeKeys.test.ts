import { describe, expect, test } from 'vitest';
import { gridAction, type GridKey, type GridPlace } from '../../client/webview/cascade/cascadeKeys.ts';
import { readCascadeMemory } from '../../client/webview/cascade/cascadeMemory.ts';
import { cascadeRows, groupsAround, nearestRow } from '../../client/webview/cascade/cascadeRows.ts';
import { cascadeView } from '../../server/features/cascade/cascadeView.ts';
import { fourLevels, shopTarget } from '../features/fourLevels.ts';

const view = cascadeView(fourLevels, shopTarget);
if (view === undefined) throw new Error('The fixture has its target.');
const rows = cascadeRows(view, {});
const { rows: tree } = view;
const columns = [1, 2, 3, 4, 5, 6];

function press(key: string, place: Partial<GridPlace> & { readonly row: string }, held: Partial<GridKey> = {}): unknown {
  return gridAction(rows, { column: 0, columns, ...place }, { key, ctrlKey: false, altKey: false, metaKey: false, ...held });
}

const nightly = 'plans/Daily/rules/nightly';

describe('the keys of the cascade', () => {
  test.each([
    ['ArrowRight opens a closed row', press('ArrowRight', { row: nightly }), { type: 'expand', changes: [{ id: nightly, expanded: true }] }],
    ['ArrowRight on an open row goes into its cells', press('ArrowRight', { row: 'plans/Daily/rules' }), { type: 'focus', row: 'plans/Daily/rules', column: 1 }],
    ['ArrowRight in the last cell stays', press('ArrowRight', { row: nightly, column: 6 }), undefined],
    ['ArrowRight passes cells that are not shown', press('ArrowRight', { row: nightly, column: 1, columns: [1, 4] }), { type: 'focus', row: nightly, column: 4 }],
    ['ArrowLeft in the first cell goes to the row', press('ArrowLeft', { row: nightly, column: 1 }), { type: 'focus', row: nightly, column: 0 }],
    ['ArrowLeft on a closed row goes to its parent', press('ArrowLeft', { row: nightly }), { type: 'focus', row: 'plans/Daily/rules', column: 0 }],
    ['ArrowDown keeps the column', press('ArrowDown', { row: nightly, column: 3 }), { type: 'focus', row: 'plans/Daily/rules/weekly', column: 3 }],
    ['ArrowUp on the first row stays', press('ArrowUp', { row: 'plans/Daily' }), undefined],
    ['PageDown goes ten rows on', press('PageDown', { row: 'plans/Daily' }), { type: 'focus', row: rows[10]?.id, column: 0 }],
    ['PageUp stops at the first row', press('PageUp', { row: nightly }), { type: 'focus', row: 'plans/Daily', column: 0 }],
    ['Home in a cell goes to the first cell', press('Home', { row: nightly, column: 4 }), { type: 'focus', row: nightly, column: 1 }],
    ['Ctrl+Home in a cell goes to the first row', press('Home', { row: nightly, column: 4 }, { ctrlKey: true }), { type: 'focus', row: 'plans/Daily', column: 4 }],
    ['End on a row goes to the last one', press('End', { row: nightly }), { type: 'focus', row: rows.at(-1)?.id, column: 0 }],
    ['* opens all rows beside it', press('*', { row: nightly }), { type: 'expand', changes: [{ id: nightly, expanded: true }, { id: 'plans/Daily/rules/weekly', expanded: true }] }],
    ['Enter opens', press('Enter', { row: nightly }), { type: 'open' }],
    ['Space on a setting opens its line', press(' ', { row: 'plans/Daily/regions' }), { type: 'open' }],
    ['with Alt a key is left to the editor', press('ArrowDown', { row: nightly }, { altKey: true }), undefined],
    ['with Ctrl a key but Home and End is left to the editor', press('ArrowDown', { row: nightly }, { ctrlKey: true }), undefined],
    ['a letter is left to type-ahead', press('n', { row: nightly }), undefined],
    ['a row that is gone has no keys', press('ArrowDown', { row: 'plans/gone' }), undefined],
  ])('%s', (_title, action, expected) => {
    expect(action).toEqual(expected);
  });
});

describe('the rows of the cascade', () => {
  test('know the groups around them, and which of them is nearest to a path', () => {
    expect(groupsAround(tree, `${nightly}/lifecycle`)).toEqual(['plans/Daily', 'plans/Daily/rules', nightly]);
    expect(groupsAround(tree, 'plans/gone')).toBeUndefined();
    expect(nearestRow(tree, ['plans', 'DAILY', 'rules', 'nightly', 'lifecycle', 'none'])).toBe(`${nightly}/lifecycle`);
    expect(nearestRow(tree, ['plans', 'none'])).toBeUndefined();
  });

  test('are opened by what was chosen, a name like that of a method of objects included', () => {
    expect(cascadeRows(view, { [nightly]: true }).length).toBeGreaterThan(rows.length);
    expect(cascadeRows({ ...view, rows: tree.map((row) => ({ ...row, id: 'constructor' })) }, {})[0]?.expanded).toBe(true);
  });
});

describe('the memory of the cascade', () => {
  test.each([
    [undefined, { expanded: {}, column: 0 }],
    [{ expanded: { a: true, b: 'yes' }, row: 'a', column: 2, why: ['plans', 'a'] }, { expanded: { a: true }, row: 'a', column: 2, why: ['plans', 'a'] }],
    [{ expanded: [], row: 1, column: -1, why: [1] }, { expanded: {}, column: 0 }],
  ])('of %j is %j', (kept, memory) => {
    expect(readCascadeMemory(kept)).toEqual(memory);
  });
});
