import { operators, suggestedValues } from '../../server/core/grammar.ts';
import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';
import { rememberingLast } from './rememberingLast.ts';
import { subtreeMutations } from './subtreeMutations.ts';

const characters = ['{', '}', '[', ']', ':', ',', '"', '\\', '/', '\'', '@', '$', '%', '#', '-', '+', '.', '*', '?', 'e', '0', '9', ' ', '\t', '\n', '\r', '\u00a0', '\u2028', '\ufeff', 'é', 'İ', 'ß', '😀'];
const controls = ['\0', '\u0001', '\b', '\u001b', '\u007f', '\u0085', '\\u0000', '\\u001f', '\\u2028', '\\u'];
const surrogates = ['\ud83d', '\ude00', '\\ud83d', '\\ude00', '\ude00\ud83d', '\\ud83d\ude00'];
const tokens = ['{', '}', '[', ']', ':', ',', 'null', 'true', 'false', '0', '-1', '-0', '1e400', '60.0', '00', '""', '"@@assign"', '"plans"', '{}', '[]', '// note\n', '/* note */', '/*', 'NaN', '${x}', '{{ x }}', '%[1]s', '"${x}"', 'undefined'];
const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '@@', '@@assign ', '@@ASSIGN', '', ' ', '.', '..', '$account', 'plans/x', 'K', 'ſ'];
const others = ['cron(0 5 ? * * *)', 'rate(1 day)', 'us-east-1', '*', 'true', 'True', '60', '59', '35', '36', '-1', '1e2', '9'.repeat(17), 'Default', 'enabled', 'arn:aws:backup:us-east-1:111122223333:backup-vault:A', 'arn:aws:backup:$region:$account:backup-vault:A', 'arn:aws:iam::111122223333:role/A', ...suggestedValues('resourceType').slice(0, 3).map(({ value }) => value), ...operators.map(({ name }) => name)];
const schedulePieces = ['*', '?', ',', '-', '/', '#', 'L', 'W', 'LW', 'L-3', '0', '1', '31', '59', '60', '99999999999', '1-5', '*/2', '1/1', 'MON', 'MON#5', 'FEB', '2199', ' ', '  ', '\\t', ')', '('];

function replaced(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

function inserted(text: string, random: Random, what: string): string {
  const place = random.below(text.length + 1);
  return replaced(text, place, place, what);
}

/** A stretch of a few characters. */
function stretch(text: string, random: Random): readonly [number, number] {
  const start = random.below(text.length);
  return [start, Math.min(text.length, start + 1 + random.below(random.oneIn(4) ? 30 : 3))];
}

/** One part of the text that fits the pattern, replaced; the text itself when none fits. */
function onPart(partsOf: PartsOf, change: (part: string, random: Random) => string): Mutation['apply'] {
  return (text, random) => {
    const parts = partsOf(text);
    if (parts.length === 0) return text;
    const part = random.pick(parts);
    return replaced(text, part.index, part.index + part[0].length, change(part[0], random));
  };
}

function swapped(text: string, random: Random, partsOf: PartsOf): string {
  const parts = partsOf(text);
  if (parts.length < 2) return text;
  const [first, second] = [random.pick(parts), random.pick(parts)].sort((a, b) => a.index - b.index);
  if (first === undefined || second === undefined || first.index === second.index) return text;
  return text.slice(0, first.index) + second[0] + text.slice(first.index + first[0].length, second.index) + first[0] + text.slice(second.index + second[0].length);
}

type PartsOf = (text: string) => readonly RegExpExecArray[];

const tokensOf: PartsOf = rememberingLast((text) => [...text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g)]);
const stringsOf: PartsOf = rememberingLast((text) => [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)]);
const schedulesOf: PartsOf = rememberingLast((text) => [...text.matchAll(/cron\([^)"]*\)/g)]);
const bracketsOf: PartsOf = rememberingLast((text) => [...text.matchAll(/[{}[\]]/g)]);

const textMutations: readonly Mutation[] = [
  { name: 'characters deleted', weight: 8, apply: (text, random) => replaced(text, ...stretch(text, random), '') },
  { name: 'characters doubled', weight: 5, apply: (text, random) => {
    const [start, end] = stretch(text, random);
    return replaced(text, end, end, text.slice(start, end));
  } },
  { name: 'characters swapped', weight: 5, apply: (text, random) => {
    const start = random.below(text.length - 1);
    return replaced(text, start, start + 2, text.slice(start + 1, start + 2) + text.slice(start, start + 1));
  } },
  { name: 'characters inserted', weight: 8, apply: (text, random) => inserted(text, random, random.pick(characters)) },
  { name: 'control characters', weight: 3, apply: (text, random) => (random.oneIn(2) ? inserted(text, random, random.pick(controls)) : onPart(stringsOf, (part) => `"${random.pick(controls)}${part.slice(1)}`)(text, random)) },
  { name: 'lone surrogates', weight: 3, apply: (text, random) => (random.oneIn(2) ? inserted(text, random, random.pick(surrogates)) : onPart(stringsOf, (part) => `${part.slice(0, -1)}${random.pick(surrogates)}"`)(text, random)) },
  { name: 'truncated', weight: 5, apply: (text, random) => (random.oneIn(5) ? text.slice(random.below(text.length)) : text.slice(0, random.below(text.length + 1))) },
  { name: 'brackets', weight: 6, apply: onPart(bracketsOf, (_part, random) => random.pick(['', '{', '}', '[', ']', '{{', '}}', '[[[', ']]]'])) },
  { name: 'tokens deleted', weight: 6, apply: onPart(tokensOf, () => '') },
  { name: 'tokens doubled', weight: 4, apply: onPart(tokensOf, (part, random) => `${part}${random.pick(['', ' ', ',', ':'])}${part}`) },
  { name: 'tokens swapped', weight: 5, apply: (text, random) => swapped(text, random, tokensOf) },
  { name: 'tokens inserted', weight: 6, apply: onPart(tokensOf, (part, random) => (random.oneIn(2) ? part + random.pick(tokens) : random.pick(tokens) + part)) },
  { name: 'tokens replaced', weight: 5, apply: onPart(tokensOf, (_part, random) => random.pick(tokens)) },
  { name: 'strings of other places', weight: 6, apply: onPart(stringsOf, (_part, random) => JSON.stringify(random.pick(others))) },
  { name: 'strings swapped', weight: 4, apply: (text, random) => swapped(text, random, stringsOf) },
  { name: 'dangerous names', weight: 4, apply: onPart(stringsOf, (_part, random) => JSON.stringify(random.pick(names))) },
  { name: 'schedules', weight: 10, apply: onPart(schedulesOf, (part, random) => {
    const fields = part.slice(5, -1).split(' ');
    for (let times = 1 + random.below(3); times > 0; times--) {
      const piece = random.pick(schedulePieces);
      fields[random.below(fields.length + 1)] = random.oneIn(3) ? `${random.pick(fields)}${piece}${random.pick(schedulePieces)}` : piece;
    }
    return `cron(${fields.join(' ')})`;
  }) },
  { name: 'very long strings', weight: 1, apply: onPart(stringsOf, (part, random) => {
    const unit = random.pick(['a', '\\u0041', '😀', '${', '{{', '0', '1,', '@@', '*', 'L-', 'A-', ' ', 'arn:aws:', '/', '%[', '"', '\\\\']);
    return `${part.slice(0, -1)}${unit.repeat(Math.ceil((500 + random.below(11_000)) / unit.length))}"`;
  }) },
  { name: 'very many elements', weight: 1, apply: onPart(stringsOf, (part, random) => `${part}${random.pick([', 1', `,${part}`, ',{}', ',"x":{}', `:{},${part}`, ',', '{', ':']).repeat(50 + random.below(800))}`) },
  { name: 'very deep nesting', weight: 1, apply: onPart(tokensOf, (_part, random) => {
    const depth = random.pick([150, 199, 200, 201, 1000, 4000]);
    const [open, close] = random.pick([['[', ']'], ['{"a":', '}'], ['{"plans":', '}'], ['[{"a":', '}]'], ['{', '}']] as const);
    return open.repeat(depth) + (random.oneIn(3) ? '' : '1' + close.repeat(depth));
  }) },
  { name: 'random tokens', weight: 2, apply: (_text, random) => Array.from({ length: random.below(200) }, () => random.pick(random.oneIn(6) ? characters : tokens)).join('') },
  { name: 'random characters', weight: 1, apply: (_text, random) => Array.from({ length: random.below(120) }, () => (random.oneIn(3) ? random.pick(characters) : String.fromCharCode(random.below(random.oneIn(2) ? 128 : 65_536)))).join('') },
];

const single: readonly Mutation[] = [...textMutations, ...subtreeMutations];
const chosenByWeight: readonly Mutation[] = single.flatMap((mutation) => Array.from({ length: mutation.weight }, () => mutation));

/** Every mutation; the last one applies several of the others in a row. */
export const mutations: readonly Mutation[] = [...single, {
  name: 'several',
  weight: 20,
  apply: (text, random) => Array.from({ length: 2 + random.below(5) }, () => random.pick(chosenByWeight)).reduce((spoilt, { apply }) => apply(spoilt, random), text),
}];

/** The mutations, each as often as its weight says. */
export const weightedMutations: readonly Mutation[] = mutations.flatMap((mutation) => Array.from({ length: mutation.weight }, () => mutation));
