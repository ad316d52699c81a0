import { parseTree, type Node } from 'jsonc-parser';
import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';
import { rememberingLast } from './rememberingLast.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** The places of all values, and of all members and elements with the comma that parts them from the next. */
interface Places {
  readonly values: readonly Place[];
  readonly entries: readonly Place[];
}

function findPlaces(text: string): Places {
  const values: Place[] = [];
  const entries: Place[] = [];
  const visit = (node: Node): void => {
    const place = { start: node.offset, end: node.offset + node.length };
    if (node.type === 'property') {
      entries.push(place);
      for (const value of node.children?.slice(1) ?? []) visit(value);
      return;
    }
    values.push(place);
    for (const child of node.children ?? []) {
      if (node.type === 'array') entries.push({ start: child.offset, end: child.offset + child.length });
      visit(child);
    }
  };
  const root = shallow(text) ? parseTree(text) : undefined;
  if (root !== undefined) visit(root);
  return { values, entries };
}

const placesOf = rememberingLast(findPlaces);

/** The parser that finds the places is recursive. */
function shallow(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > 400) return false;
  }
  return true;
}

function onPlaces(which: keyof Places, change: (text: string, places: readonly Place[], random: Random) => string): Mutation['apply'] {
  return (text, random) => {
    const places = placesOf(text)[which];
    return places.length === 0 ? text : change(text, places, random);
  };
}

function part(text: string, { start, end }: Place): string {
  return text.slice(start, end);
}

function withPart(text: string, { start, end }: Place, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** A place and the comma after it, or else before it. */
function withComma(text: string, { start, end }: Place): Place {
  const after = /^\s*,/.exec(text.slice(end, end + 20));
  if (after !== null) return { start, end: end + after[0].length };
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 20), start));
  return { start: start - (before?.[0].length ?? 0), end };
}

function swapped(text: string, places: readonly Place[], random: Random): string {
  const [first, second] = [random.pick(places), random.pick(places)].sort((a, b) => a.start - b.start);
  if (first === undefined || second === undefined || first.end > second.start) return text;
  return text.slice(0, first.start) + part(text, second) + text.slice(first.end, second.start) + part(text, first) + text.slice(second.end);
}

/** JSON of any shape, of keys that a policy has and others. */
function anyJson(random: Random, depth: number): string {
  switch (random.below(depth > 5 ? 5 : 8)) {
    case 0: return random.pick(['null', 'true', 'false']);
    case 1: return random.pick(['0', '-1', '60', '1.5', '1e9', '12345678901234567890']);
    case 2: return '""';
    case 3: case 4: return JSON.stringify(random.pick(['x', 'cron(0 5 ? * * *)', 'us-east-1', '@@assign', '@@none', 'é😀']));
    case 5: return `[${Array.from({ length: random.below(4) }, () => anyJson(random, depth + 1)).join(',')}]`;
    default: return `{${Array.from({ length: random.below(5) }, () => `${JSON.stringify(random.pick(keys))}:${anyJson(random, depth + 1)}`).join(',')}}`;
  }
}

const keys = ['plans', 'regions', 'rules', 'selections', 'tags', 'resources', 'conditions', 'string_like', 'lifecycle', 'copy_actions', 'delete_after_days', 'tag_key', 'tag_value', 'a', 'b', '__proto__', '@@assign', '@@append', '@@remove', '@@operators_allowed_for_child_policies', '', 'é'];

/** Mutations of whole values, members and elements: most results are JSON. */
export const subtreeMutations: readonly Mutation[] = [
  { name: 'subtrees deleted', weight: 6, apply: onPlaces('entries', (text, places, random) => withPart(text, withComma(text, random.pick(places)), '')) },
  { name: 'subtrees doubled', weight: 5, apply: onPlaces('entries', (text, places, random) => {
    const place = random.pick(places);
    return withPart(text, { start: place.end, end: place.end }, `,${part(text, place)}`);
  }) },
  { name: 'subtrees swapped', weight: 5, apply: onPlaces('values', swapped) },
  { name: 'entries swapped', weight: 4, apply: onPlaces('entries', swapped) },
  { name: 'subtrees inserted', weight: 5, apply: onPlaces('values', (text, places, random) => withPart(text, random.pick(places), part(text, random.pick(places)))) },
  { name: 'entries inserted', weight: 5, apply: onPlaces('entries', (text, places, random) => {
    const place = random.pick(places);
    return withPart(text, { start: place.end, end: place.end }, `,${part(text, random.pick(places))}`);
  }) },
  { name: 'values unwrapped', weight: 3, apply: onPlaces('values', (text, places, random) => {
    const place = random.pick(places);
    return withPart(text, place, /^\{\s*"[^"]*"\s*:([^]*)\}$/.exec(part(text, place))?.[1] ?? `[${part(text, place)}]`);
  }) },
  { name: 'any JSON inside', weight: 5, apply: onPlaces('values', (text, places, random) => withPart(text, random.pick(places), anyJson(random, 0))) },
  { name: 'any JSON', weight: 2, apply: (_text, random) => anyJson(random, random.oneIn(4) ? 3 : 0) },
];
