import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { CodeActionKind, type CodeAction, type CodeActionContext, type Diagnostic } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { verdictOf } from '../../server/core/problem.ts';
import type { RuleLevels } from '../../server/core/rules.ts';
import { codeActions } from '../../server/features/codeActions/codeActions.ts';
import { applyEdits } from '../../server/features/codeActions/fix.ts';
import { fixAllEdits } from '../../server/features/codeActions/fixAll.ts';
import { fixesOf } from '../../server/features/codeActions/fixes.ts';
import { placeOf } from '../../server/features/codeActions/place.ts';
import { diagnosticsOf } from '../../server/features/diagnostics.ts';
import { positionAt } from '../../server/features/ranges.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, organization, policyUri } from './organizations.ts';

/** What an editor shows of a policy. */
function diagnosticsIn(snapshot: Snapshot, name: string, levels: RuleLevels = {}): Diagnostic[] {
  const document = snapshot.policies.get(policyUri(name))?.document;
  return document === undefined ? [] : diagnosticsOf(snapshot, document, workspaceProblems(snapshot, new Set()).get(policyUri(name)) ?? [], levels);
}

/** The actions of a policy where `marked` stands in its text. */
function actionsAt(snapshot: Snapshot, name: string, marked: string, context: CodeActionContext = { diagnostics: diagnosticsIn(snapshot, name), only: [CodeActionKind.QuickFix] }): CodeAction[] {
  const document = snapshot.policies.get(policyUri(name))?.document;
  const start = document?.text.indexOf(marked) ?? -1;
  if (document === undefined || start < 0) throw new Error(`${marked} does not stand in ${name}`);
  const position = positionAt(document, start + 1);
  return codeActions(snapshot, { uri: policyUri(name), range: { start: position, end: position }, context });
}

function after(snapshot: Snapshot, name: string, action: CodeAction | undefined): string {
  const text = snapshot.policies.get(policyUri(name))?.document.text ?? '';
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), action?.edit?.changes?.[policyUri(name)] ?? []);
}

const broken = '{\n  "plans": {\n    "daily": {\n      "Regions": ["eu-west-1"],\n      "rules": { "r": { "start_window": 30, "target_backup_vault_name": { "@@assign": "v" } } }\n    }\n  }\n}';
const mended = '{\n  "plans": {\n    "daily": {\n      "regions": { "@@assign": ["eu-west-1"] },\n      "rules": { "r": { "start_backup_window_minutes": { "@@assign": 60 }, "target_backup_vault_name": { "@@assign": "v" } } }\n    }\n  }\n}';

describe('the code actions of a place', () => {
  const snapshot = organization({ name: 'Root' }, { broken });

  it('are those of the problems that it touches, with the diagnostic that is mended', () => {
    const found = actionsAt(snapshot, 'broken', '"eu-west-1"', { diagnostics: diagnosticsIn(snapshot, 'broken') });
    expect(found.map(({ title, kind, isPreferred, diagnostics: own }) => [title, kind, isPreferred, own?.map(({ code }) => code)])).toEqual([['Wrap in @@assign', 'quickfix', true, ['missing-operator']]]);
    expect(after(snapshot, 'broken', found[0])).toBe(broken.replace('["eu-west-1"]', '{ "@@assign": ["eu-west-1"] }'));
    expect(actionsAt(snapshot, 'broken', '"plans"')).toEqual([]);
  });

  it('do not trust what the editor says about a problem', () => {
    const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 9 } };
    const lie = { range, message: 'x', code: 'unknown-key', data: { path: ['nowhere'] } };
    expect(actionsAt(snapshot, 'broken', '"plans"', { diagnostics: [lie] })).toEqual([]);
    expect(actionsAt(snapshot, 'broken', '"eu-west-1"', { diagnostics: [lie] })).toEqual([]);
  });

  it('are none of a problem that the editor does not show, because its rule is off', () => {
    const off = diagnosticsIn(snapshot, 'broken', { 'missing-operator': 'off' });
    expect(actionsAt(snapshot, 'broken', '"eu-west-1"', { diagnostics: off })).toEqual([]);
    expect(actionsAt(snapshot, 'broken', '"Regions"', { diagnostics: off }).map(({ title }) => title)).toEqual(['Rename to regions']);
  });

  it('are none in a model or a file that is not known', () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    for (const uri of [modelUri, policyUri('gone')]) expect(codeActions(snapshot, { uri, range, context: { diagnostics: [] } })).toEqual([]);
  });

  it.each([[CodeActionKind.Source], [CodeActionKind.SourceFixAll], ['source.fixAll.awsBackupPolicy']])('mend everything certain when the editor asks for %s', (kind) => {
    const found = actionsAt(snapshot, 'broken', '"plans"', { diagnostics: [], only: [kind] });
    expect(found.map((action) => action.kind)).toEqual(['source.fixAll.awsBackupPolicy']);
    expect(after(snapshot, 'broken', found[0])).toBe(mended);
    expect(actionsAt(organization({ name: 'Root' }, { broken: mended }), 'broken', '"plans"', { diagnostics: [], only: [kind] })).toEqual([]);
  });

  it('are none of another kind', () => {
    expect(actionsAt(snapshot, 'broken', '"eu-west-1"', { diagnostics: [], only: ['refactor.extract', 'source.organizeImports', 'source.fixAllOfIt'] })).toEqual([]);
  });
});

describe('everything certain', () => {
  it('leaves alone what the author must choose', () => {
    const text = '{"plans": {"a": {"rules": {"r": {"enable_continuous_backup": {"@@assign": "True"}, "schedule_expression": {"@@assign": "rate(1 day)"}}}}}}';
    expect(applyEdits(text, fixAllEdits(parseDocument(text), monday))).toBe(text.replace('True', 'true'));
  });
});

describe('a statement without effect', () => {
  const regions = (content: unknown): unknown => ({ plans: { daily: { regions: content } } });
  const snapshotOf = (child: unknown, parent: unknown): Snapshot => organization(
    { name: 'Root', policies: ['parent'], accounts: [{ name: 'shop', policies: ['child'] }] }, { parent, child });
  const locked = regions({ '@@assign': ['eu-west-1'], '@@operators_allowed_for_child_policies': ['@@none'] });
  const open = regions({ '@@assign': ['eu-west-1'] });

  it.each([
    ['blocked by a parent', locked, regions({ '@@append': ['eu-west-2'] }), '@@append'],
    ['that removes what is not there', open, regions({ '@@remove': ['eu-west-2'] }), '@@remove'],
    ['that appends what is there', open, regions({ '@@append': ['eu-west-1'] }), '@@append'],
    ['that widens a control', locked, regions({ '@@operators_allowed_for_child_policies': ['@@all'] }), '@@operators_allowed_for_child_policies'],
  ])('%s is removed with its setting', (_title, parent, child, operator) => {
    const snapshot = snapshotOf(child, parent);
    const found = actionsAt(snapshot, 'child', `"${operator}"`);
    expect(found.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([['Remove what has no effect', true]]);
    expect(JSON.parse(after(snapshot, 'child', found[0]))).toEqual({ plans: {} });
  });

  it('leaves the rest of the setting, and a setting that AWS demands', () => {
    const both = snapshotOf(regions({ '@@append': ['eu-west-2'], '@@remove': ['eu-west-3'] }), open);
    expect(JSON.parse(after(both, 'child', actionsAt(both, 'child', '"@@remove"')[0]))).toEqual(regions({ '@@append': ['eu-west-2'] }));
    const selection = (key: unknown): unknown => ({ plans: { daily: { selections: { tags: { t: { tag_key: key, tag_value: { '@@assign': ['b'] } } } } } } });
    const demanded = snapshotOf(selection({ '@@assign': 'x' }), selection({ '@@assign': 'a', '@@operators_allowed_for_child_policies': ['@@none'] }));
    const result = after(demanded, 'child', actionsAt(demanded, 'child', '"x"')[0]);
    expect(JSON.parse(result)).toEqual(selection({}));
    expect(verdictOf(admissionProblems(parseDocument(result), monday))).toBe('accepted');
  });

  it('stays where it takes effect at another place of attachment', () => {
    const snapshot = organization(
      { name: 'Root', accounts: [{ name: 'a', policies: ['child'] }], organizationalUnits: [{ name: 'Prod', policies: ['parent'], accounts: [{ name: 'b', policies: ['child'] }] }] },
      { parent: locked, child: regions({ '@@append': ['eu-west-2'] }) });
    expect(actionsAt(snapshot, 'child', '"@@append"')).toEqual([]);
  });

  it('is offered, not urged, behind a peer', () => {
    const snapshot = organization({ name: 'Root', policies: ['first', 'second'] }, { first: open, second: regions({ '@@assign': ['eu-west-2'] }) });
    expect(actionsAt(snapshot, 'second', '"@@assign"').map(({ title, isPreferred }) => [title, isPreferred])).toEqual([['Remove what has no effect', undefined]]);
  });
});

describe('any fix of any mistake', () => {
  const folder = 'samples/backup-policies';
  const samples = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  const pieces = ['"', ',', '{', '}', '[', ']', ':', 'x', '0', ' ', '@@', '"@@assign": ', '// c\n', 'null', '111122223333', '"@@none", ', '\\u00e9', '"a": {"b": 1}, '];
  const mutation = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.integer({ min: 0, max: 6 }), text: fc.constantFrom('', ...pieces) });
  const mutated = fc.tuple(fc.constantFrom(...samples), fc.array(mutation, { minLength: 1, maxLength: 4 })).map(([sample, mutations]) =>
    mutations.reduce((text, { at, length, text: piece }) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + piece + text.slice(start + length);
    }, sample));

  const texts = ['"@@add"', '"Regions"', '"tag_kye"', '"a b"', '"30m"', '"True"', '"arn:aws:iam::111122223333:role/x"', '"cron(0 5 * * * *)"', '"@@append"', '"DeleteAfterDays"', '""'];
  const exchange = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), text: fc.constantFrom(...texts) });
  const exchanged = fc.tuple(fc.constantFrom(...samples), fc.array(exchange, { minLength: 1, maxLength: 3 })).map(([sample, exchanges]) =>
    exchanges.reduce((text, { at, text: piece }) => {
      const strings = [...text.matchAll(/"[^"]*"/g)];
      const old = strings[Math.floor(at * (strings.length - 1))];
      return old === undefined ? text : text.slice(0, old.index) + piece + text.slice(old.index + old[0].length);
    }, sample));

  it('leaves JSON that is JSON, and mends no text into a worse one', () => {
    let applied = 0;
    fc.assert(fc.property(fc.oneof(mutated, exchanged), (text) => {
      const document = parseDocument(text);
      const results = [applyEdits(text, fixAllEdits(document, monday))];
      for (const problem of admissionProblems(document, monday)) {
        for (const fix of fixesOf(placeOf(document, problem, monday))) {
          applied++;
          results.push(applyEdits(text, fix.edits));
        }
      }
      for (const result of results) {
        expect(parseDocument(result).problems.length).toBeLessThanOrEqual(document.problems.length);
        if (document.problems.length === 0 && isJson(text)) expect(isJson(result), result).toBe(true);
      }
    }), { seed: 20260914, numRuns: 600 });
    expect(applied).toBeGreaterThan(400);
  }, 60_000);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
