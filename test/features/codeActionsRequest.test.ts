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
import { positionAt, rangeOf } from '../../server/features/ranges.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { documentProblems } from '../../server/features/documentProblems.ts';
import { fixEach } from '../../server/features/codeActions/bulk.ts';
import { conversionsOf } from '../../server/features/codeActions/conversions/conversions.ts';
import { readPolicyFile, type Snapshot } from '../../server/model/snapshot.ts';
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

describe('several problems of one kind', () => {
  const text = '{"plans": {"a": {"regions": ["eu-west-1"], "rules": {"r": {"target_backup_vault_name": "v", "lifecycle": {"delete_after_days": 7, "move_to_cold_storage_after_days": {"@@assign": 1}}}}}}}';
  const snapshot = organization({ name: 'Root' }, { plain: text });

  it('are mended together, beside the fix of one', () => {
    const found = actionsAt(snapshot, 'plain', '7');
    expect(found.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([['Wrap in @@assign', true], ['Wrap in @@assign: all 3 in this policy', undefined]]);
    const result = after(snapshot, 'plain', found[1]);
    expect(result).toBe(text.replace('["eu-west-1"]', '{ "@@assign": ["eu-west-1"] }').replace('"v"', '{ "@@assign": "v" }').replace('7', '{ "@@assign": 7 }'));
    expect(verdictOf(admissionProblems(parseDocument(result), monday))).toBe('accepted');
  });

  it('are comments that go, and quotes of another kind', () => {
    const commented = organization({ name: 'Root' }, { plain: '{\n  // one\n  "plans": {} // two\n}', quoted: "{'plans': {'a': {}}}" });
    const comments = actionsAt(commented, 'plain', 'one').find(({ title }) => title === 'Remove the comment: all 2 in this policy');
    expect(after(commented, 'plain', comments)).toBe('{\n  "plans": {}\n}');
    const quotes = actionsAt(commented, 'quoted', 'plans').find(({ title }) => title === 'Write double quotes: all 2 in this policy');
    expect(after(commented, 'quoted', quotes)).toBe('{"plans": {"a": {}}}');
  });

  it('are mended hundreds at once, and 50 are listed for a selection: hundreds do not keep the server busy', () => {
    const many = organization({ name: 'Root' }, { plain: `{"plans": {${Array.from({ length: 600 }, (_, index) => `"${String(index)}":{"Rules":{}}`).join(',')}}}` });
    const document = parseDocument(many.policies.get(policyUri('plain'))?.document.text ?? '');
    const problems = documentProblems(readPolicyFile(policyUri('plain'), document.text), monday).filter(({ rule }) => rule === 'key-case');
    expect(problems).toHaveLength(500);
    expect(problems[0] === undefined ? undefined : fixEach(document, problems[0], monday)?.edits).toHaveLength(Math.floor(5_000_000 / document.text.length));
    const diagnostics = diagnosticsOf(many, document, problems, {});
    const all = codeActions(many, { uri: policyUri('plain'), range: rangeOf(document, { start: 0, end: document.text.length }), context: { diagnostics, only: ['quickfix'] } });
    expect(all.filter(({ title }) => !title.endsWith('in this policy'))).toHaveLength(50);
  });

  it('are looked at in part where each is tried: of fifty slips in a long text, as many as keep the server free', () => {
    const text = `{"plans": {${Array.from({ length: 50 }, (_, index) => `"plan-${String(index)}": {"regions": {"@@assign": ["eu-west-1"${' '.repeat(60)},]}}`).join(',')}}}`;
    const document = parseDocument(text);
    const slips = documentProblems(readPolicyFile(policyUri('plain'), text), monday).filter(({ rule }) => rule === 'json-syntax');
    expect(slips).toHaveLength(50);
    expect(slips[0] === undefined ? undefined : fixEach(document, slips[0], monday)?.edits).toHaveLength(Math.floor(60_000 / text.length));
  });

  it('have different titles where the fixes differ', () => {
    const typing = organization({ name: 'Root' }, { plain: '{"plans": {"a": {"Regions": {"@@assign": []}, "Rules": {"r": {"lifecycle": {"delete_after_days": {"@@assign": 7}}}}}}}' });
    expect(actionsAt(typing, 'plain', 'Rules').map(({ title }) => title)).toEqual(['Rename to rules', 'Fix all 2 problems of this kind in this policy']);
  });
});

describe('everything certain', () => {
  it('leaves alone what the user has turned off', () => {
    const text = '{"plans": {"a": {"Regions": {"@@assign": "eu-west-1"}}}}';
    expect(applyEdits(text, fixAllEdits(parseDocument(text), monday, { 'key-case': 'off' }))).toBe(text.replace('"eu-west-1"', '["eu-west-1"]'));
    const snapshot = organization({ name: 'Root' }, { typed: text });
    const start = { line: 0, character: 0 };
    const [action] = codeActions(snapshot, { uri: policyUri('typed'), range: { start, end: start }, context: { diagnostics: [], only: ['source.fixAll'] }, levels: { 'list-expected': 'off' } });
    expect(after(snapshot, 'typed', action)).toBe(text.replace('Regions', 'regions'));
  });

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

describe('a policy that inherits', () => {
  const plan = (content: unknown): unknown => ({ plans: { daily: content } });
  const below = (child: unknown, parent: unknown): Snapshot => organization({ name: 'Root', policies: ['parent'], accounts: [{ name: 'shop', policies: ['child'] }] }, { parent, child });
  const set = (...values: readonly string[]): unknown => ({ regions: { '@@assign': values } });
  const rewrite = { diagnostics: [], only: [CodeActionKind.Refactor] };

  it('adds to an inherited list instead of replacing it, as a fix and as a rewriting', () => {
    const snapshot = below(plan(set('eu-west-2')), plan(set('eu-west-1')));
    const appended = plan({ regions: { '@@append': ['eu-west-2'] } });
    for (const context of [undefined, rewrite]) {
      const found = actionsAt(snapshot, 'child', '@@assign', context);
      expect(found.map(({ title, kind, isPreferred }) => [title, kind, isPreferred])).toEqual([['Add to the inherited list: @@append', context === undefined ? 'quickfix' : 'refactor.rewrite', undefined]]);
      expect(JSON.parse(after(snapshot, 'child', found[0]))).toEqual(appended);
    }
  });

  it.each([
    ['nothing is inherited', plan(set('eu-west-1')), plan({})],
    ['a control forbids it', plan(set('eu-west-1')), plan({ regions: { '@@assign': ['eu-west-2'], '@@operators_allowed_for_child_policies': ['@@assign'] } })],
    ['it appends already', plan({ regions: { '@@assign': ['eu-west-1'], '@@append': ['eu-west-2'] } }), plan(set('eu-west-3'))],
    ['the setting is no list', plan({ rules: { r: { target_backup_vault_name: { '@@assign': 'a' } } } }), plan({ rules: { r: { target_backup_vault_name: { '@@assign': 'b' } } } })],
  ])('is not rewritten where %s', (_why, child, parent) => {
    expect(actionsAt(below(child, parent), 'child', '@@assign', rewrite)).toEqual([]);
  });

  it('keeps the list that it assigns where the cursor is elsewhere', () => {
    expect(actionsAt(below(plan(set('eu-west-2')), plan(set('eu-west-1'))), 'child', 'regions', rewrite)).toEqual([]);
  });

  const role = { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/x' }, tag_key: { '@@assign': 'a' }, tag_value: { '@@assign': ['b'] } };
  const whole = { regions: { '@@assign': ['eu-west-1'] }, rules: { nightly: { target_backup_vault_name: { '@@assign': 'v' } } }, selections: { tags: { t: role } } };

  it('takes the inherited name of a group', () => {
    const near = below(plan({ rules: { nigthly: { lifecycle: { delete_after_days: { '@@assign': '7' } } } } }), plan(whole));
    const fix = actionsAt(near, 'child', 'nigthly').find(({ title }) => title === 'Write "nightly", as it is inherited');
    expect(JSON.parse(after(near, 'child', fix))).toEqual(plan({ rules: { nightly: { lifecycle: { delete_after_days: { '@@assign': '7' } } } } }));
    const cased = below({ plans: { Daily: set('eu-west-2') } }, plan(whole));
    expect(JSON.parse(after(cased, 'child', actionsAt(cased, 'child', 'Daily')[0]))).toEqual(plan(set('eu-west-2')));
  });

  it.each([
    ['regions', 'daily', { ...whole, regions: undefined }],
    ['rules', 'daily', { ...whole, rules: undefined }],
    ['selections', 'daily', { ...whole, selections: undefined }],
    ['target_backup_vault_name', 'nightly', { ...whole, rules: { nightly: { schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' } } } }],
    ['iam_role_arn', '"t"', { ...whole, selections: { tags: { t: { ...role, iam_role_arn: undefined } } } }],
    ['scan_settings', 'scan_actions', { ...whole, rules: { nightly: { ...whole.rules.nightly, scan_actions: { GUARDDUTY: { scan_mode: { '@@assign': 'FULL_SCAN' } } } } } }],
  ])('gets the %s that its effective policy lacks', (key, at, content) => {
    const accounts = [{ name: 'shop', policies: ['child'] }];
    const snapshot = organization({ name: 'Root', accounts }, { child: plan(content) });
    expect(diagnosticsIn(snapshot, 'child').map(({ code }) => code)).toContain('effective-policy-invalid');
    const fix = actionsAt(snapshot, 'child', at).find(({ title }) => title === `Add ${key}; fill in your own values`);
    const result = after(snapshot, 'child', fix);
    expect(verdictOf(admissionProblems(parseDocument(result), monday))).toBe('accepted');
    expect(diagnosticsIn(organization({ name: 'Root', accounts }, { child: result }), 'child').map(({ code }) => code)).not.toContain('effective-policy-invalid');
  });

  it('keeps continuous backups as long as AWS takes', () => {
    const nightly = (days: number): unknown => ({ plans: { daily: { ...whole, rules: { nightly: { ...whole.rules.nightly, enable_continuous_backup: { '@@assign': true }, lifecycle: { delete_after_days: { '@@assign': days } } } } } } });
    const child = (days: number): unknown => plan({ rules: { nightly: { lifecycle: { delete_after_days: { '@@assign': days } } } } });
    const snapshot = below(child(90), nightly(35));
    const found = actionsAt(snapshot, 'child', '90');
    expect(found.map(({ title }) => title)).toEqual(['Delete backups after 35 days']);
    expect(JSON.parse(after(snapshot, 'child', found[0]))).toEqual(child(35));
  });

  it('does not move to cold storage what is backed up continuously', () => {
    const rule = (content: unknown): unknown => ({ rules: { nightly: content } });
    const days = (key: string, count: string): unknown => ({ lifecycle: { [key]: { '@@assign': count } } });
    const parent = plan({ ...whole, ...(rule({ target_backup_vault_name: { '@@assign': 'v' }, enable_continuous_backup: { '@@assign': true }, ...(days('delete_after_days', '35') as object) }) as object) });
    const snapshot = below(plan(rule(days('move_to_cold_storage_after_days', '7'))), parent);
    const found = actionsAt(snapshot, 'child', '"7"').filter(({ diagnostics }) => diagnostics?.some(({ code }) => code === 'continuous-cold-storage') === true);
    expect(found.map(({ title }) => title)).toEqual(['Remove the move to cold storage']);
  });

  it('writes no deletion over the move to cold storage, nor a window to complete over the window to start', () => {
    const rule = (content: unknown): unknown => plan({ rules: { nightly: content } });
    const parent = plan({
      regions: { '@@assign': ['eu-west-1'] },
      rules: { nightly: { schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' }, target_backup_vault_name: { '@@assign': 'Nightly' }, complete_backup_window_minutes: { '@@assign': '120' }, lifecycle: { delete_after_days: { '@@assign': '35' } } } },
      selections: { tags: { gold: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/Backup' }, tag_key: { '@@assign': 'backup' }, tag_value: { '@@assign': ['gold'] } } } },
    });
    const cold = below(rule({ lifecycle: { move_to_cold_storage_after_days: { '@@assign': '30' } } }), parent);
    expect(actionsAt(cold, 'child', '30').map(({ title }) => title)).toEqual(['Remove the move to cold storage']);
    const late = below(rule({ start_backup_window_minutes: { '@@assign': '180' } }), parent);
    expect(actionsAt(late, 'child', '180')).toEqual([]);
  });

  it('has one action where two problems have the same way out', () => {
    const locked = plan({ regions: { '@@assign': ['eu-west-1'], '@@operators_allowed_for_child_policies': ['@@none'] } });
    const child = plan({ regions: { '@@append': ['eu-west-1'] } });
    const snapshot = organization(
      { name: 'Root', organizationalUnits: [{ name: 'A', policies: ['locked'], accounts: [{ name: 'shop', policies: ['child'] }] }, { name: 'B', policies: ['open'], accounts: [{ name: 'lab', policies: ['child'] }] }] },
      { locked, open: plan({ regions: { '@@assign': ['eu-west-1'] } }), child },
    );
    const removals = actionsAt(snapshot, 'child', '@@append').filter(({ title }) => title === 'Remove what has no effect');
    expect(removals.map(({ diagnostics }) => diagnostics?.map(({ code }) => code))).toEqual([['blocked-by-parent', 'already-present']]);
  });
});

describe('any fix of any mistake', () => {
  const folder = 'samples/backup-policies';
  const samples = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  const pieces = ['"', ',', '{', '}', '[', ']', ':', 'x', '0', ' ', '@@', '"@@assign": ', '// c\n', 'null', '…', "'a'", '\u00a0', '111122223333', '"@@none", ', '\\u00e9', '"a": {"b": 1}, '];
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
      const problems = documentProblems(readPolicyFile('file:///policy.json', text), monday);
      for (const problem of problems) {
        const each = fixEach(document, problem, monday);
        for (const fix of [...fixesOf(placeOf(document, problem, monday)), ...(each === undefined ? [] : [each])]) {
          applied++;
          results.push(applyEdits(text, fix.edits));
        }
      }
      for (const fix of conversionsOf(document, monday)) results.push(applyEdits(text, fix.edits));
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
