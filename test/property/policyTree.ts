import type { Random } from './random.ts';

/** JSON in the order and spelling of its author: a scalar is its own JSON text. */
export type PolicyTree = string | readonly PolicyTree[] | PolicyObject;

export interface PolicyObject {
  readonly members: readonly PolicyMember[];
}

export interface PolicyMember {
  readonly key: string;
  readonly value: PolicyTree;
  /** True for a key that means the same to AWS in any letter case: fixed keys, operators and names, but no ARN. */
  readonly anyCase: boolean;
}

/** What stands between the tokens of a text; no layout changes what the text says. */
export interface Layout {
  readonly name: string;
  /** After an opening bracket and a comma, and before a closing bracket, at a depth. */
  readonly gap: (depth: number, random: Random) => string;
  readonly colon: string;
  readonly start?: string;
  readonly end?: string;
  /** Keys and texts in escapes, `\u0041` for A. */
  readonly escaped?: boolean;
}

const blanks = ['', '', ' ', '\t', '\n', '\r\n', '  \n\n   '];

/** The layouts that people, editors and tools give to JSON; the first has no white space at all. */
export const layouts: readonly [Layout, ...Layout[]] = [
  { name: 'minified', gap: () => '', colon: ':' },
  { name: 'one line', gap: () => ' ', colon: ': ' },
  { name: 'two blanks', gap: (depth) => `\n${'  '.repeat(depth)}`, colon: ': ', end: '\n' },
  { name: 'tabs and CRLF', gap: (depth) => `\r\n${'\t'.repeat(depth)}`, colon: ' : ', end: '\r\n' },
  { name: 'byte order mark', gap: (depth) => `\n${' '.repeat(depth)}`, colon: ':', start: '\uFEFF' },
  { name: 'any white space', gap: (_depth, random) => random.pick(blanks), colon: '\n:\t', start: '\n ', end: ' \r\n' },
  { name: 'escapes', gap: () => '', colon: ':', escaped: true },
];

/** The text of a tree in a layout. */
export function textOf(tree: PolicyTree, layout: Layout, random: Random): string {
  return (layout.start ?? '') + written(tree, layout, random, 0) + (layout.end ?? '');
}

function written(tree: PolicyTree, layout: Layout, random: Random, depth: number): string {
  if (typeof tree === 'string') return layout.escaped === true && tree.startsWith('"') ? escaped(JSON.parse(tree) as string, random) : tree;
  const [open, close, parts] = isObject(tree)
    ? ['{', '}', tree.members.map(({ key, value }) => `${layout.escaped === true ? escaped(key, random) : JSON.stringify(key)}${layout.colon}${written(value, layout, random, depth + 1)}`)] as const
    : ['[', ']', tree.map((item) => written(item, layout, random, depth + 1))] as const;
  if (parts.length === 0) return open + close;
  return `${open}${parts.map((part) => layout.gap(depth + 1, random) + part).join(',')}${layout.gap(depth, random)}${close}`;
}

/** True for an object of a tree, false for a list and a scalar. */
export function isObject(tree: PolicyTree): tree is PolicyObject {
  return typeof tree === 'object' && 'members' in tree;
}

function escaped(text: string, random: Random): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return `"${units.map((unit) => (random.oneIn(3) || unit < 32 || unit === 34 || unit === 92 ? `\\u${unit.toString(16).padStart(4, '0')}` : String.fromCharCode(unit))).join('')}"`;
}

/** The same tree with the members of every object in another order. */
export function reordered(tree: PolicyTree, random: Random): PolicyTree {
  if (typeof tree === 'string') return tree;
  if (!isObject(tree)) return tree.map((item) => reordered(item, random));
  return { members: random.shuffled(tree.members).map((member) => ({ ...member, value: reordered(member.value, random) })) };
}

/** The same tree with keys, operators and names in other letter case. */
export function recased(tree: PolicyTree, random: Random): PolicyTree {
  if (typeof tree === 'string') return tree;
  if (!isObject(tree)) return tree.map((item) => recased(item, random));
  return { members: tree.members.map((member) => ({ ...member, key: member.anyCase ? inOtherCase(member.key, random) : member.key, value: recased(member.value, random) })) };
}

/** Only the letters A to Z have one other case each. */
function inOtherCase(key: string, random: Random): string {
  switch (random.below(3)) {
    case 0: return key.replace(/[a-z]/g, (letter) => letter.toUpperCase());
    case 1: return key.replace(/(^|[@_])([a-z])/g, (_match, before: string, letter: string) => before + letter.toUpperCase());
    default: return key.replace(/[A-Za-z]/g, (letter) => (random.oneIn(2) ? letter.toUpperCase() : letter.toLowerCase()));
  }
}

/** What a scalar says once AWS has made text of it: `60` and `"60"` say the same. */
export function scalarText(scalar: string): string {
  return scalar.startsWith('"') ? JSON.parse(scalar) as string : scalar;
}
