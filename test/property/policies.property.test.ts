import { describe, expect, test } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { childGrammar, operators, policyGrammar, type GrammarContainer, type GrammarNode } from '../../server/core/grammar.ts';
import { rules } from '../../server/core/rules.ts';
import { clock, corpusSeed, policyCorpus } from './corpus.ts';
import { isObject, layouts, reordered, recased, textOf, type PolicyTree } from './policyTree.ts';
import { Random } from './random.ts';
import { recorded } from './values.ts';

const trees = policyCorpus(2000);
const maximumCharacters = 10_000;
const [minified] = layouts;

/** What AWS would refuse, one line each. */
function refusals(text: string): readonly string[] {
  return admissionProblems(parseDocument(text), clock)
    .filter(({ rule }) => rules[rule].stage === 'syntax' || rules[rule].stage === 'admission')
    .map(({ rule, message, path }) => `${rule} at ${path.join('/')}: ${message}`);
}

function fits(text: string): boolean {
  return Array.from(text).length <= maximumCharacters;
}

/** Every policy whose text fits, refused: text with its reasons. */
function refusedOf(texts: readonly string[]): readonly unknown[] {
  const fitting = texts.filter(fits);
  expect(fitting.length, 'a test of few texts says little').toBeGreaterThan(texts.length * 0.7);
  return fitting.flatMap((text) => (refusals(text).length === 0 ? [] : [{ refusals: refusals(text), text }])).slice(0, 3);
}

describe('generated policies', () => {
  test('are accepted', () => {
    expect(refusedOf(trees.map((tree) => textOf(tree, minified, new Random(corpusSeed))))).toEqual([]);
  });

  test.each(layouts)('stay accepted in the layout $name', (layout) => {
    const random = new Random(corpusSeed);
    expect(refusedOf(trees.map((tree) => textOf(tree, layout, random)))).toEqual([]);
  });

  test('stay accepted with their keys in another order', () => {
    const random = new Random(corpusSeed);
    const texts = trees.map((tree) => textOf(reordered(tree, random), minified, random));
    expect(texts.filter((text, index) => text !== textOf(trees[index] ?? '', minified, random)).length).toBeGreaterThan(1000);
    expect(refusedOf(texts)).toEqual([]);
  });

  test('stay accepted with their keys, operators and names in other letter case', () => {
    const random = new Random(corpusSeed);
    const texts = trees.map((tree) => textOf(recased(tree, random), minified, random));
    expect(texts.filter((text, index) => text !== textOf(trees[index] ?? '', minified, random)).length).toBe(trees.length);
    expect(refusedOf(texts)).toEqual([]);
  });

  test('stay accepted with all of these at once', () => {
    const random = new Random(corpusSeed);
    expect(refusedOf(trees.map((tree) => textOf(recased(reordered(tree, random), random), random.pick(layouts), random)))).toEqual([]);
  });

  test('are refused with one wrong value among their settings', () => {
    const random = new Random(corpusSeed);
    const accepted = trees.flatMap((tree) => {
      const text = textOf(tree, minified, random).replace(/("delete_after_days":\{"@@assign":)"?\d+"?/, '$1"35 days"');
      return text.includes('35 days') && refusals(text).length === 0 ? [text] : [];
    });
    expect(accepted).toEqual([]);
  });
});

describe('between them, the generated policies hold', () => {
  const found = new Set<string>();
  const scalars = new Set<string>();
  const visit = (tree: PolicyTree, grammar: GrammarNode, path: string): void => {
    found.add(path);
    if (!isObject(tree)) return;
    for (const { key, value } of tree.members) {
      if (key.startsWith('@@')) {
        found.add(`${grammar.kind} ${key}`);
        for (const scalar of [value].flat()) if (typeof scalar === 'string') scalars.add(scalar);
      } else if (grammar.kind === 'container') {
        const child = childGrammar(grammar, key);
        if (child !== undefined) visit(value, child, `${path}/${grammar.names === undefined ? key : '*'}`);
      }
    }
  };
  for (const tree of trees) visit(tree, policyGrammar, '');

  test('every place of the grammar', () => {
    expect(placesOf(policyGrammar, '').filter((place) => !found.has(place))).toEqual([]);
  });

  test('every operator that each kind of place takes', () => {
    const all = operators.flatMap(({ name, kinds }) => [...kinds].map((kind) => `${kind} ${name}`));
    expect(all).toHaveLength(7);
    expect(all.filter((one) => !found.has(one))).toEqual([]);
  });

  test('every value that AWS took in a recording, and numbers and booleans both bare and in quotes', () => {
    const taken = [...recorded.values].flatMap(([type, texts]) => (type === 'days' || type === 'boolean' ? [] : [...texts]));
    expect(taken.length).toBeGreaterThan(80);
    expect(taken.filter((text) => !scalars.has(text))).toEqual([]);
    for (const spelling of [/^true$/, /^"true"$/, /^false$/, /^"false"$/, /^[1-9]\d*$/, /^"[1-9]\d*"$/, /^"0\d+"$/]) {
      expect([...scalars].some((scalar) => spelling.test(scalar)), String(spelling)).toBe(true);
    }
  });

  test('keys that are dangerous names elsewhere', () => {
    const texts = trees.map((tree) => textOf(tree, minified, new Random(corpusSeed)));
    for (const name of ['"__proto__":{', '"constructor":{', '"toString":{', '"0":{']) expect(texts.some((text) => text.includes(name)), name).toBe(true);
  });
});

function placesOf(grammar: GrammarNode, path: string): readonly string[] {
  return [path, ...(grammar.kind === 'container' ? childrenOf(grammar).flatMap(([key, child]) => placesOf(child, `${path}/${key}`)) : [])];
}

function childrenOf({ names, keys }: GrammarContainer): readonly (readonly [string, GrammarNode])[] {
  return [...names === undefined ? [] : [['*', names.child] as const], ...keys];
}
