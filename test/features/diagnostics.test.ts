import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import type { Problem } from '../../server/core/problem.ts';
import { rules } from '../../server/core/rules.ts';
import { diagnosticsOf, documentOf, readRuleLevels } from '../../server/features/diagnostics.ts';
import { emptySnapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, organization, policyUri } from './organizations.ts';

const document = parseDocument('{\n  "Plans": "🗄"\r\n}');
const problem: Problem = { rule: 'key-case', message: 'In lower case.', span: { start: 4, end: 11 }, path: ['Plans'] };

describe('a diagnostic', () => {
  it('says rule, message and place as LSP does', () => {
    expect(diagnosticsOf(emptySnapshot(monday), document, [problem], {})).toEqual([{
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 9 } },
      severity: DiagnosticSeverity.Hint,
      source: 'backup-policy',
      code: 'key-case',
      message: 'In lower case.',
      data: { path: ['Plans'] },
    }]);
  });

  it.each([
    ['error', DiagnosticSeverity.Error],
    ['warning', DiagnosticSeverity.Warning],
    ['info', DiagnosticSeverity.Information],
    ['hint', DiagnosticSeverity.Hint],
  ] as const)('has the level that the user sets: %s', (level, severity) => {
    expect(diagnosticsOf(emptySnapshot(monday), document, [problem], { 'key-case': level }).map((each) => each.severity)).toEqual([severity]);
  });

  it('is left out where its rule is off, and only there', () => {
    const other: Problem = { ...problem, rule: 'unknown-key' };
    expect(diagnosticsOf(emptySnapshot(monday), document, [problem, other], { 'key-case': 'off' }).map((each) => each.code)).toEqual(['unknown-key']);
  });

  it('fades what has no effect', () => {
    expect(diagnosticsOf(emptySnapshot(monday), document, [{ ...problem, unnecessary: true }, { ...problem, unnecessary: false }], {}).map((each) => each.tags)).toEqual([[DiagnosticTag.Unnecessary], undefined]);
  });

  it('points to places in files that are known, policies and models', () => {
    const snapshot = organization({ name: 'Root' }, { a: '{\n}' });
    const span = { start: 2, end: 3 };
    const related = [policyUri('a'), modelUri, policyUri('gone')].map((uri) => ({ uri, span, message: 'There.' }));
    const [found] = diagnosticsOf(snapshot, document, [{ ...problem, related }], {});
    expect(found?.relatedInformation?.map(({ location }) => location.uri)).toEqual([policyUri('a'), modelUri]);
    expect(found?.relatedInformation?.[0]).toEqual({ location: { uri: policyUri('a'), range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } } }, message: 'There.' });
    expect(documentOf(snapshot, policyUri('gone'))).toBeUndefined();
  });
});

describe('the levels of a user', () => {
  it('are those of rules that exist, and levels that exist', () => {
    expect(readRuleLevels({ 'key-case': 'off', 'unknown-key': 'warning', 'json-comment': 'loud', 'no-rule': 'error', toString: 'error', 'document-size': 1, 'later-peer': 'toString' })).toEqual({ 'key-case': 'off', 'unknown-key': 'warning' });
  });

  it('can be any level for any rule', () => {
    for (const id of Object.keys(rules)) for (const level of ['off', 'hint', 'info', 'warning', 'error']) expect(readRuleLevels({ [id]: level })).toEqual({ [id]: level });
  });
});
