import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isAllowed, licenceProblems, shippedLicences, toolLicences } from '../../packaging/licences.mjs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Parameters<typeof licenceProblems>[0];

/** A lock file with one package. */
const locked = (place: string, license?: string): Parameters<typeof licenceProblems>[0] => ({ packages: { '': { license: 'UNLICENSED' }, [place]: license === undefined ? {} : { license } } });

describe('a licence', () => {
  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(GPL-2.0-only OR (BSD-3-Clause AND ISC))', true],
    ['MIT AND Apache-2.0', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['AGPL-3.0-or-later OR LGPL-2.1-only', false],
    ['Apache-2.0 WITH LLVM-exception', false],
    ['MPL-2.0', false],
    ['SEE LICENSE IN LICENSE.txt', false],
    ['UNLICENSED', false],
    ['mit', false],
    ['', false],
    [undefined, false],
  ])('%s may ship: %s', (expression, allowed) => {
    expect(isAllowed(expression, shippedLicences)).toBe(allowed);
  });

  test('of a tool may be one that must not ship', () => {
    expect(isAllowed('MPL-2.0', toolLicences)).toBe(true);
    expect(isAllowed('GPL-3.0-only', toolLicences)).toBe(false);
  });
});

describe('the packages of the lock file', () => {
  test('have licences from the list', () => {
    expect(licenceProblems(lock)).toEqual([]);
    expect(Object.keys(lock.packages).length).toBeGreaterThan(500);
  });

  test.each([
    ['an unknown licence', locked('node_modules/a/node_modules/@s/b', 'Elastic-2.0'), '@s/b has the licence "Elastic-2.0"'],
    ['no licence', locked('node_modules/c'), 'c has the licence undefined'],
    ['a text instead of an identifier', locked('node_modules/d', 'SEE LICENSE IN LICENSE.txt'), 'd has the licence "SEE LICENSE IN LICENSE.txt"'],
  ])('are refused with %s', (_what, given, problem) => {
    expect(licenceProblems(given)).toEqual([expect.stringContaining(problem)]);
  });

  test('may have a licence that was read by hand, for that package alone', () => {
    expect(licenceProblems(locked('node_modules/@vscode/vsce-sign-linux-x64', 'SEE LICENSE IN LICENSE.txt'))).toEqual([]);
    expect(licenceProblems(locked('node_modules/@vscode/vsce-signature', 'SEE LICENSE IN LICENSE.txt'))).toHaveLength(1);
  });
});
