import { readFileSync, readdirSync } from 'node:fs';
import { policyCorpus } from '../property/corpus.ts';
import { weightedMutations } from '../property/mutations.ts';
import { layouts, reordered, recased, textOf } from '../property/policyTree.ts';
import { Random } from '../property/random.ts';
import { spoiltMembers } from './memberMutations.ts';

/** What a document is taken for. */
export type DocumentKind = 'policy' | 'model' | 'guardrails' | 'inventory' | 'configuration';

/** One document of the fuzz; seed and number are all that it takes to make it again. */
export interface FuzzDocument {
  readonly number: number;
  readonly kind: DocumentKind;
  /** What was done to it. */
  readonly mutation: string;
  readonly text: string;
}

interface Source {
  readonly kind: DocumentKind;
  readonly text: string;
}

function file(kind: DocumentKind, path: string): Source {
  return { kind, text: readFileSync(path, 'utf8') };
}

function filesIn(folder: string): readonly Source[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => file('policy', `${folder}/${name}`));
}

/** The files of the sample organization. */
const samples: readonly Source[] = [
  ...filesIn('samples/backup-policies'),
  file('model', 'samples/backup-organization.json'),
  file('guardrails', 'samples/backup-guardrails.json'),
  file('inventory', 'samples/inventory.csv'),
];

const others: readonly Source[] = [
  ...filesIn('test/fixtures/mistakes'),
  ...filesIn('test/fixtures/navigation/policies'),
  file('model', 'test/fixtures/navigation/backup-organization.json'),
  file('configuration', 'test/fixtures/cli/organization/backup-policy.config.json'),
];

/** Documents that AWS judged. */
function recordedTexts(): readonly Source[] {
  const recordings = JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly { readonly text: string }[];
  return recordings.filter(({ text }) => text.length > 200 && text.length < 5000).map(({ text }) => ({ kind: 'policy', text }));
}

const recorded = recordedTexts();
const trees = policyCorpus(300);
const corpus = trees.map((tree) => textOf(tree, layouts[0], new Random(0)));

/** What every prefix of is looked at: all files of the sample, and accepted policies of the corpus. */
const cut: readonly Source[] = [...samples, ...others, ...corpus.slice(0, 10).map((text): Source => ({ kind: 'policy', text }))];

/** How many prefixes there are; the documents with lower numbers are these. */
export const prefixes = cut.reduce((sum, { text }) => sum + text.length + 1, 0);

function prefix(number: number): FuzzDocument {
  let left = number;
  for (const { kind, text } of cut) {
    if (left <= text.length) return { number, kind, mutation: 'prefix', text: text.slice(0, left) };
    left -= text.length + 1;
  }
  throw new Error(`There is no prefix ${String(number)}.`);
}

/** A text as people, tools and templates write it, still correct. */
function source(random: Random): Source {
  const choice = random.below(100);
  if (choice < 45) {
    const tree = random.pick(trees);
    return { kind: 'policy', text: textOf(random.oneIn(4) ? recased(reordered(tree, random), random) : tree, random.pick(layouts), random) };
  }
  if (choice < 60) return random.pick(recorded);
  return random.pick(choice < 70 ? others : samples);
}

/** Some bytes of a file are changed, left out or put in; what is read of it is no text any more, in part. */
function spoiltBytes(text: string, random: Random): string {
  const bytes = [...Buffer.from(text)];
  for (let times = 1 + random.below(8); times > 0; times--) {
    const place = random.below(bytes.length + 1);
    bytes.splice(place, random.below(3), ...Array.from({ length: random.below(3) }, () => random.below(256)));
  }
  return Buffer.from(bytes).toString('utf8');
}

function randomBytes(random: Random): string {
  return Buffer.from(Array.from({ length: random.below(2000) }, () => random.below(256))).toString(random.oneIn(4) ? 'utf16le' : 'utf8');
}

/** The document of a number: first every prefix, then for ever mutated ones. */
export function fuzzDocument(seed: number, number: number): FuzzDocument {
  if (number < prefixes) return prefix(number);
  // Neighbouring numbers must not begin neighbouring streams of numbers.
  const random = new Random(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b));
  const { kind, text } = source(random);
  const choice = random.below(10);
  if (choice === 0) return { number, kind, mutation: 'bytes', text: spoiltBytes(text, random) };
  if (choice <= 3) return { number, kind, mutation: 'members', text: spoiltMembers(text, random) };
  if (choice === 4 && random.oneIn(5)) return { number, kind, mutation: 'random bytes', text: randomBytes(random) };
  const { name, apply } = random.pick(weightedMutations);
  return { number, kind, mutation: name, text: apply(text, random) };
}
