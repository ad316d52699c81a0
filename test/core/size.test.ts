import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countCharacters, minified } from '../../server/core/admission/size.ts';

describe('the size of a document', () => {
  test('counts characters, not bytes or halves of characters', () => {
    expect(countCharacters('aé€😀')).toBe(4);
    expect(countCharacters('\ud83d')).toBe(1);
  });

  test('without white space is what JSON.stringify writes, strings kept as they are', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(minified(JSON.stringify(value, undefined, 2))).toBe(JSON.stringify(value));
    }), { seed: 20261121, numRuns: 1000 });
  });

  test('is found for 20 MB too', () => {
    expect(minified(`"${'x '.repeat(10_000_000)}"`).length).toBe(20_000_002);
  });
});
