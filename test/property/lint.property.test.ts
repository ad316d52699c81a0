import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { verdictOf, type Problem } from '../../server/core/problem.ts';
import { rules } from '../../server/core/rules.ts';
import { formatDocument } from '../../server/features/formatting.ts';
import { documentOf, policyCorpus, type CorpusDocument } from './corpus.ts';
import { lint, type Lint } from './lint.ts';
import { mutations } from './mutations.ts';

/** `LINT_DOCUMENTS=1000000` looks at more documents; fewer than 100,000 is for work on this test. */
const count = Number(process.env['LINT_DOCUMENTS'] ?? 100_000);
const trees = policyCorpus(2000);
/** One in so many documents is linted a second time, and formatted. */
const repeatedOneIn = 7;

interface Timing {
  readonly milliseconds: number;
  readonly document: CorpusDocument;
}

interface Tally {
  accepted: number;
  rejected: number;
}

/** What a message may quote from the text and an editor cannot show: control characters and halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

function faultsOf(problem: Problem, text: string): readonly string[] {
  const { rule, message, span } = problem;
  return [
    ...(Object.hasOwn(rules, rule) ? [] : ['its rule does not exist']),
    ...[span, ...(problem.related ?? []).map((place) => place.span)].some(({ start, end }) => !(start >= 0 && start <= end && end <= text.length)) ? ['a span lies outside the text'] : [],
    ...(/\S/.test(message) && /[.?!)]$/.test(message) ? [] : ['its message is no sentence']),
  ];
}

function said({ problems, errors, effective }: Lint): string {
  return JSON.stringify([problems, errors.map(({ code, message, path }) => [code, message, path]), effective]);
}

/** The problems without their places; a formatted text may be too long or no longer, which is left aside. */
function kinds({ problems }: Lint): readonly string[] {
  return problems.filter(({ rule }) => rule !== 'document-size' && rule !== 'document-nearly-full').map(({ rule, path }) => `${rule} ${path.join('/')}`);
}

function formatted({ file }: Lint, text: string): string {
  const edits = formatDocument(file.document, { insertSpaces: true, tabSize: 2 });
  return TextDocument.applyEdits(TextDocument.create('file:///policy.json', 'json', 0, text), edits);
}

describe(`lint of ${String(count)} generated and mutated documents`, () => {
  test('never throws, points into the text, speaks in sentences, and says the same of the same', () => {
    const tallies = new Map<string, Tally>();
    const faults: string[] = [];
    const timings: Timing[] = [];
    let formattedTexts = 0;
    const fault = ({ number, mutation }: CorpusDocument, what: string): void => {
      if (faults.length < 20) faults.push(`document ${String(number)} (${mutation}): ${what}`);
    };
    for (let number = 0; number < count; number++) {
      const document = documentOf(number, trees);
      const { text, mutation } = document;
      try {
        const start = performance.now();
        const result = lint(text);
        keepSlowest(timings, { milliseconds: performance.now() - start, document });
        const tally = tallies.get(mutation) ?? { accepted: 0, rejected: 0 };
        tallies.set(mutation, tally);
        tally[verdictOf(result.problems)]++;
        for (const problem of result.problems) for (const what of faultsOf(problem, text)) fault(document, `${what}: ${problem.rule}: ${problem.message}`);
        if (mutation === 'none') for (const { rule } of result.problems) if (verdictOf([{ rule, message: '', span: { start: 0, end: 0 }, path: [] }]) === 'rejected' && rule !== 'document-size') fault(document, `an accepted policy is refused: ${rule}`);
        if (number % repeatedOneIn !== 0) continue;
        if (said(lint(text)) !== said(result)) fault(document, 'a second look says something else');
        const laidOut = formatted(result, text);
        if (laidOut === text) continue;
        formattedTexts++;
        if (JSON.stringify(kinds(lint(laidOut))) !== JSON.stringify(kinds(result))) fault(document, 'the formatted text has other problems');
      } catch (error) {
        fault(document, `lint throws ${error instanceof Error ? String(error.stack) : String(error)}`);
      }
    }
    report(tallies, timings, formattedTexts);
    expect(faults).toEqual([]);
    expect([...tallies.keys()].sort()).toEqual(['none', ...mutations.map(({ name }) => name)].sort());
    expect(sum(tallies, 'accepted')).toBeGreaterThan(count / 20);
    expect(sum(tallies, 'rejected')).toBeGreaterThan(count / 2);
    expect(formattedTexts).toBeGreaterThan(count / 200);
  }, Math.max(600_000, count * 6));

  test('shows no control character and no half of a character in a message', () => {
    const messages = Array.from({ length: 1000 }, (_, number) => lint(documentOf(number, trees).text).problems).flat().map(({ message }) => message);
    expect(messages.filter((message) => unprintable.test(message))).toEqual([]);
  });
});

/** Keeps the thirty that took longest for their size; one below 10,000 characters counts as it is. */
function keepSlowest(timings: Timing[], timing: Timing): void {
  if (timings.length >= 30 && normalised(timing) <= normalised(timings[timings.length - 1] ?? timing)) return;
  timings.push(timing);
  timings.sort((a, b) => normalised(b) - normalised(a));
  timings.length = Math.min(timings.length, 30);
}

/** Milliseconds for 10,000 characters in a longer document, else for all of it. */
function normalised({ milliseconds, document }: Timing): number {
  return milliseconds / Math.max(1, document.text.length / 10_000);
}

function sum(tallies: ReadonlyMap<string, Tally>, verdict: keyof Tally): number {
  return [...tallies.values()].reduce((total, tally) => total + tally[verdict], 0);
}

/** The slowest are timed again, the best of five: what other work on the machine cost is left out. */
function report(tallies: ReadonlyMap<string, Tally>, timings: readonly Timing[], formattedTexts: number): void {
  const again = timings.map(({ document }): Timing => ({ document, milliseconds: Math.min(...Array.from({ length: 5 }, () => {
    const start = performance.now();
    lint(document.text);
    return performance.now() - start;
  })) })).sort((a, b) => normalised(b) - normalised(a));
  const lines = [...tallies].sort(([a], [b]) => a.localeCompare(b)).map(([name, { accepted, rejected }]) => `  ${name}: ${String(accepted)} accepted, ${String(rejected)} rejected`);
  const slowest = again.slice(0, 3).map((timing) => `  ${timing.milliseconds.toFixed(1)} ms, ${normalised(timing).toFixed(1)} ms for at most 10,000 of its ${String(timing.document.text.length)} characters: document ${String(timing.document.number)} (${timing.document.mutation})`);
  console.log([`${String(sum(tallies, 'accepted'))} accepted, ${String(sum(tallies, 'rejected'))} rejected, ${String(formattedTexts)} formatted`, ...lines, 'slowest:', ...slowest].join('\n'));
}
