import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPath, matchesWildcards } from '../../../server/core/guardrails/wildcards.ts';

test.each([
  ['', '', true], ['', 'a', false], ['*', '', true], ['*', 'abc', true], ['a*', 'abc', true], ['a*', 'bac', false], ['*c', 'abc', true],
  ['a*c', 'abcbc', true], ['a*b*d', 'abcbcd', true], ['a*b*d', 'acd', false], ['(a)[b]?', '(a)[b]?', true], ['?', 'a', false], ['a.c', 'abc', false],
])('%j fits %j: %s', (pattern, text, fits) => {
  expect(matchesWildcards(pattern, text)).toBe(fits);
});

test.each([
  ['**', 'Root', true], ['**', 'Root/a/b', true], ['Root/**', 'Root', true], ['Root/**', 'Root/a/b', true], ['Root/*', 'Root/a', true], ['Root/*', 'Root/a/b', false],
  ['Root/**/shop-*', 'Root/shop-1', true], ['Root/**/shop-*', 'Root/a/b/shop-1', true], ['Root/**/Prod/*', 'Root/Prod/x/Prod/y', true], ['Root/**/Prod/*', 'Root/Prod/x/y', false],
  ['root/**', 'Root/a', false], ['Root/Shop (EU)/*', 'Root/Shop (EU)/a', true],
])('the path %j fits %j: %s', (pattern, path, fits) => {
  expect(matchesPath(pattern, path)).toBe(fits);
});

test('says what a regular expression says', () => {
  const piece = fc.constantFrom('a', 'b', '*');
  fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }), (pattern, text) => {
    const expected = new RegExp(`^${pattern.join('').replaceAll('*', '.*')}$`).test(text.join(''));
    expect(matchesWildcards(pattern.join(''), text.join(''))).toBe(expected);
  }), { seed: 1, numRuns: 2000 });
});

test('takes no longer for many wildcards', () => {
  expect(matchesWildcards(`${'*a'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
});
