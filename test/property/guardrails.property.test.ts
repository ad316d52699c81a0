import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'vitest';
import { completion } from '../../server/features/completion/completion.ts';
import { diagnosticsOf } from '../../server/features/diagnostics.ts';
import { guardrailLenses } from '../../server/features/guardrails/guardrailLenses.ts';
import { guardrailSymbols } from '../../server/features/guardrails/guardrailSymbols.ts';
import { guardrailViews } from '../../server/features/guardrails/guardrailViews.ts';
import { hover } from '../../server/features/hover/hover.ts';
import { positionAt } from '../../server/features/ranges.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { fileOf, guarded, guardrailsUri } from '../features/guardrails/guarded.ts';

const sample = readFileSync('samples/backup-guardrails.json', 'utf8');
const pieces = ['{', '}', '[', ']', '"', ',', ':', '__proto__', '**', '/', '*', '${x}', '0', '-1', '1e999', 'true', 'null', '\r\n', '\u0000', '{ "someRule": { "copies": {} } }', '"everyRule"', '"toString"', '\ud800'];

test('a guardrails file never makes anything throw, whatever is cut out of it or typed into it', () => {
  const mutation = fc.record({ at: fc.nat(sample.length), cut: fc.nat(60), piece: fc.constantFrom('', ...pieces) });
  fc.assert(fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.nat(sample.length), (mutations, cursor) => {
    const text = mutations.reduce((each, { at, cut, piece }) => each.slice(0, at) + piece + each.slice(at + cut), sample);
    const snapshot = guarded(text);
    const { document } = fileOf(snapshot);
    for (const [uri, problems] of workspaceProblems(snapshot, new Set())) {
      for (const { range } of diagnosticsOf(snapshot, document, uri === guardrailsUri ? problems : [], {})) if (range.end.line < range.start.line) throw new Error('A range ends before it starts.');
    }
    guardrailViews(snapshot);
    guardrailLenses(snapshot, fileOf(snapshot));
    guardrailSymbols(snapshot, fileOf(snapshot));
    const position = positionAt(document, Math.min(cursor, text.length));
    completion(snapshot, { uri: guardrailsUri, position, chosen: undefined, snippets: true });
    hover(snapshot, { uri: guardrailsUri, position, chosen: undefined, clock: { now: snapshot.at, timeZone: 'UTC' } });
  }), { seed: 7, numRuns: 400 });
});
