import { describe, expect, test } from 'vitest';
import { fuzzDocument, prefixes } from './documents.ts';
import { pass, secondLook, Surroundings } from './pass.ts';

const seed = 20261121;
/** `node test/fuzz/run.mjs` looks at many more. */
const mutated = 240;
const everyPrefix = 149;

describe('whatever is in a file', () => {
  const surroundings = new Surroundings();
  const again = new Surroundings();

  /** What is wrong with the answers to documents; the longest time is told, and no matter here: machines differ. */
  function faultsOf(numbers: readonly number[]): readonly string[] {
    let longest = { milliseconds: 0, number: 0 };
    const faults = numbers.flatMap((number) => {
      const document = fuzzDocument(seed, number);
      const result = pass(document, surroundings);
      if (result.afterKeystroke > longest.milliseconds) longest = { milliseconds: result.afterKeystroke, number };
      const differs = number % 5 === 0 ? secondLook(document, result, again) : [];
      return [...result.faults, ...differs].map((fault) => `document ${String(number)} (${document.kind}, ${document.mutation}): ${fault}`);
    });
    console.log(`${String(numbers.length)} documents of seed ${String(seed)}; the longest took ${longest.milliseconds.toFixed(0)} ms: ${String(longest.number)}`);
    return faults.slice(0, 20);
  }

  test('every feature answers the beginning of a file, twice the same, with edits that fit', () => {
    expect(faultsOf(Array.from({ length: Math.floor(prefixes / everyPrefix) }, (_, index) => index * everyPrefix))).toEqual([]);
  });

  test('every feature answers spoilt documents, twice the same, with edits that fit', () => {
    expect(faultsOf(Array.from({ length: mutated }, (_, index) => prefixes + index))).toEqual([]);
  });
});
