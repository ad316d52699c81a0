import { readFileSync, readdirSync } from 'node:fs';
import { reachView } from '../../server/features/reach/reachView.ts';
import { readRuleConfiguration } from '../../server/model/ruleConfiguration.ts';
import { applyChanges, emptySnapshot, type Change, type Snapshot } from '../../server/model/snapshot.ts';
import { clock } from '../property/corpus.ts';
import { Random } from '../property/random.ts';
import type { DocumentKind, FuzzDocument } from './documents.ts';
import { allQuickFixes, cursors, drawn, fixAll, fixes, formatting, navigation, problems, refactorings } from './editing.ts';
import { lookAt, type Look } from './look.ts';
import { effective, modelChanges, views } from './views.ts';

const modelUri = 'file:///project/backup-organization.json';
const policyUri = 'file:///project/backup-policies/fuzzed.json';

/** A policy between one above and one below it, beside one attached before it. */
const smallModel = JSON.stringify({
  root: { name: 'Root', policies: ['baseline'], organizationalUnits: [{ name: 'Team', policies: ['nonprod', 'fuzzed'], accounts: [{ id: '111122223333', name: 'shop', policies: ['analytics'] }, { name: 'web' }] }] },
  policies: Object.fromEntries(['baseline', 'nonprod', 'analytics', 'fuzzed'].map((name) => [name, { file: `backup-policies/${name}.json` }])),
});

const samplePolicies: readonly Change[] = readdirSync('samples/backup-policies').map((name) => ({ type: 'policy', uri: `file:///project/backup-policies/${name}`, text: readFileSync(`samples/backup-policies/${name}`, 'utf8') }));
const sampleModel: Change = { type: 'organization', uri: modelUri, text: readFileSync('samples/backup-organization.json', 'utf8') };

/** Organizations that documents are put into; each pass that must not remember another one has its own. */
export class Surroundings {
  readonly #small: Snapshot;
  readonly #sample: Snapshot;

  constructor() {
    const inSmall = samplePolicies.filter(({ uri }) => /(?:baseline|nonprod|analytics)\.json$/.test(uri));
    this.#small = applyChanges(emptySnapshot(clock), clock, [...inSmall, { type: 'organization', uri: modelUri, text: smallModel }]);
    this.#sample = applyChanges(emptySnapshot(clock), clock, [...samplePolicies, sampleModel]);
  }

  of(kind: DocumentKind): Snapshot {
    return kind === 'policy' ? this.#small : this.#sample;
  }
}

const uris: Readonly<Record<DocumentKind, string>> = { policy: policyUri, model: modelUri, guardrails: 'file:///project/backup-guardrails.json', inventory: '', configuration: '' };

/** One in so many documents is also renamed, refactored, scheduled and shown in every view, which takes much longer than all else. */
const thoroughOneIn = 24;

/** The parts that are requests of their own, made by hand. */
const thorough: ReadonlySet<string> = new Set(['navigation', 'all quick fixes', 'fix all', 'refactorings', 'reach', ...Object.keys(views), ...Object.keys(modelChanges)]);

/** Milliseconds that the server may not answer: for one part of what follows a keystroke, and for one request that somebody makes by hand, such as to try all refactorings of a selection. */
export const allowed = { afterKeystroke: 50, byHand: 500 } as const;

/** What came of one document. */
export interface Pass {
  /** What an editor could not work with, and errors; empty when all is well. */
  readonly faults: readonly string[];
  /** Everything that was answered, as JSON: the same twice for the same document. Throws when an answer is no data. */
  readonly answers: () => string;
  /** The longest that each part kept the server from answering anything else, in milliseconds. */
  readonly times: Readonly<Record<string, number>>;
  /** Milliseconds of all that follows one keystroke. */
  readonly afterKeystroke: number;
  /** The longest that the server would not answer as a share of what is allowed: more than 1 is a hang. */
  readonly blocked: number;
}

/** Puts a document through all that the server does with it. Never throws: what is thrown is a fault. @param now a clock, in milliseconds. */
export function pass({ kind, text, number }: FuzzDocument, surroundings: Surroundings, now = (): number => performance.now()): Pass {
  const faults: string[] = [];
  const times: Record<string, number> = {};
  let afterKeystroke = 0;
  let longest = 0;
  const answers: unknown[] = [];
  const fault = (what: string): void => {
    faults.push(what);
  };
  let part = '';
  let since = 0;
  /** Where work pauses, the server takes in messages. */
  const pause = (): void => {
    const time = now() - since;
    times[part] = Math.max(times[part] ?? 0, time);
    if (!thorough.has(part)) afterKeystroke += time;
    longest = Math.max(longest, time / (thorough.has(part) ? allowed.byHand : allowed.afterKeystroke));
    since = now();
  };
  const aside: Look['aside'] = (check) => {
    pause();
    try {
      return check();
    } finally {
      since = now();
    }
  };
  const step = <Answer>(name: string, run: () => Answer): Answer | undefined => {
    part = name;
    since = now();
    try {
      const answer = run();
      answers.push(answer);
      return answer;
    } catch (error) {
      fault(`${name} throws ${error instanceof Error ? String(error.stack) : String(error)}`);
      return undefined;
    } finally {
      pause();
    }
  };
  const before = surroundings.of(kind);
  const target = { organization: modelUri, key: kind === 'policy' ? '111122223333' : 'Root' };
  if (kind === 'inventory') step('reach', () => reachView(before, target, { text }));
  else if (kind === 'configuration') step('configuration', () => readRuleConfiguration(text));
  else {
    const uri = uris[kind];
    const look = step('reading', () => lookAt(before, applyChanges(before, before.at, [{ type: kind === 'model' ? 'organization' : kind, uri, text }]), uri, target, new Random(number), { fault, pause, aside }));
    // The snapshots themselves are no answer.
    answers.length = 0;
    if (look !== undefined) {
      const diagnostics = step('problems', () => problems(look)) ?? [];
      step('drawing', () => drawn(look));
      step('formatting', () => formatting(look));
      step('cursors', () => cursors(look));
      step('fixes', () => fixes(look, diagnostics));
      step('effective', () => effective(look));
      if (number % thoroughOneIn === 0) {
        step('navigation', () => navigation(look));
        step('all quick fixes', () => allQuickFixes(look, diagnostics));
        step('fix all', () => fixAll(look));
        step('refactorings', () => refactorings(look));
        for (const [name, show] of Object.entries(views)) step(name, () => show(look));
        for (const [name, show] of Object.entries(modelChanges)) step(name, () => show(look));
      }
    }
  }
  return { faults, times, afterKeystroke, blocked: longest, answers: () => JSON.stringify(answers) };
}

/** What a second look, in surroundings that do not remember the first, says otherwise; also that an answer is no data. */
export function secondLook(document: FuzzDocument, first: Pass, surroundings: Surroundings): readonly string[] {
  try {
    return pass(document, surroundings).answers() === first.answers() ? [] : ['a second look says something else'];
  } catch (error) {
    return [`answers are no data: ${String(error)}`];
  }
}
