import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { EffectivePolicyView, EntityView, ImpactComparison, ImpactView, ModelChangePreview } from '../../server/protocol.ts';
import { Editor } from './editor.ts';

const planted = ['finance-ledger.json: effective-policy-invalid', 'nonprod.json: blocked-by-parent'];
const nonprod = 'backup-policies/nonprod.json';
const model = 'backup-organization.json';

let editor: Editor;

afterEach(async () => {
  await editor.close();
});

async function openSample(settings?: unknown): Promise<void> {
  editor = await Editor.open('samples', settings);
  await editor.until(() => editor.allProblems().length >= planted.length || settings !== undefined);
}

const textOf = (file: string): string => readFileSync(path.join(editor.folder, file), 'utf8');
const target = (key: string): { readonly organization: string; readonly key: string } => ({ organization: editor.uri(model), key });

describe('problems', () => {
  test('of files that are not open are told when the folder is opened', async () => {
    await openSample();
    expect(editor.allProblems()).toEqual(planted);
  });

  test('have precise ranges, their rule as code, and point at the control that matters', async () => {
    await openSample();
    const [problem] = editor.problems(nonprod) ?? [];
    expect(problem?.code).toBe('blocked-by-parent');
    expect(problem?.range).toEqual({ start: { line: 6, character: 40 }, end: { line: 6, character: 67 } });
    expect(problem?.relatedInformation?.map(({ location }) => path.basename(location.uri))).toEqual(['baseline.json']);
    expect(problem?.tags).toEqual([1]);
  });

  test('vanish when they are mended, also in files that are not open', async () => {
    await openSample();
    const baseline = 'backup-policies/baseline.json';
    editor.openDocument(baseline, textOf(baseline).replace('["@@none"]', '["@@assign"]'));
    await editor.until(() => editor.problems(nonprod)?.length === 0);
    editor.closeDocument(baseline);
    await editor.until(() => editor.problems(nonprod)?.length === 1);
  });

  test('follow the file on disk when an unsaved document is closed, and when it changes there', async () => {
    await openSample();
    editor.openDocument(nonprod, '{"plans": {"x": []}}');
    await editor.until(() => editor.problems(nonprod)?.[0]?.code === 'wrong-shape');
    writeFileSync(path.join(editor.folder, nonprod), '{"plans": {"everyday": {"regions": {"@@append": ["eu-west-2"]}}}}');
    editor.closeDocument(nonprod);
    await editor.until(() => editor.problems(nonprod)?.length === 0);
    writeFileSync(path.join(editor.folder, nonprod), '{"plan": {}}');
    editor.changedOnDisk(nonprod);
    await editor.until(() => editor.problems(nonprod)?.[0]?.code === 'unknown-key');
  });

  test('take the levels of the settings', async () => {
    await openSample({ rules: { 'blocked-by-parent': 'off', 'effective-policy-invalid': 'info' } });
    await editor.until(() => editor.allProblems().length === 1);
    expect(editor.problems('backup-policies/finance-ledger.json')?.[0]?.severity).toBe(3);
  });

  test('take the levels of the nearest configuration file before those of the settings', async () => {
    await openSample({ rules: { 'blocked-by-parent': 'error' } });
    const configuration = 'backup-policies/backup-policy.config.json';
    writeFileSync(path.join(editor.folder, 'backup-policy.config.json'), '{ "rules": { "blocked-by-parent": "off", "effective-policy-invalid": "off" } }');
    writeFileSync(path.join(editor.folder, configuration), '{ "rules": { "blocked-by-parent": "info", "no-rule": "error" } }');
    editor.changedOnDisk(configuration, 'backup-policy.config.json');
    await editor.until(() => editor.problems(nonprod)?.[0]?.severity === 3);
    expect(editor.allProblems()).toEqual(planted);
    rmSync(path.join(editor.folder, configuration));
    editor.changedOnDisk(configuration);
    await editor.until(() => editor.allProblems().length === 0);
  });

  test('end when the editor creates a missing file, also where no watcher tells', async () => {
    await openSample();
    const text = textOf(nonprod);
    rmSync(path.join(editor.folder, nonprod));
    editor.changedOnDisk(nonprod);
    await editor.until(() => editor.problems(model)?.[0]?.code === 'model-file-missing');
    writeFileSync(path.join(editor.folder, nonprod), text);
    editor.notify('workspace/didCreateFiles', { files: [{ uri: editor.uri(nonprod) }] });
    await editor.until(() => (editor.problems(model)?.length ?? 0) === 0);
    expect(editor.allProblems()).toEqual(planted);
  });

  test('are the same when files appear before the model that names them, or with it', async () => {
    await openSample();
    const [policy, other] = ['policies/nonprod.json', 'new/backup-organization.json'];
    const written = new Map([[`new/${policy}`, textOf(nonprod).replace('"@@assign"', '"@@wrong"')], [other, JSON.stringify({ root: { name: 'Root', policies: ['nonprod'] }, policies: { nonprod: { file: policy } } })]]);
    mkdirSync(path.join(editor.folder, 'new/policies'), { recursive: true });
    for (const [file, text] of written) writeFileSync(path.join(editor.folder, file), text);
    editor.changedOnDisk(...written.keys());
    await editor.until(() => (editor.problems(`new/${policy}`)?.length ?? 0) > 0);
    expect(editor.problems(other) ?? []).toEqual([]);
  });

  test('of a model name a file that is missing or outside, and a link that leads out is not followed', async () => {
    await openSample();
    symlinkSync('/etc/hostname', path.join(editor.folder, 'link.json'));
    editor.openDocument(model, JSON.stringify({ root: { name: 'Root', policies: [] }, policies: { a: { file: 'gone.json' }, b: { file: '../outside.json' }, c: { file: 'link.json' } } }), 'backup-organization');
    await editor.until(() => (editor.problems(model)?.length ?? 0) >= 3);
    expect(editor.problems(model)?.map((problem) => problem.code)).toEqual(['model-file-missing', 'model-file-outside', 'model-file-missing']);
  });

  test('are told of templates, and not of what the template fills in', async () => {
    await openSample();
    const template = 'backup-policies/daily.json.tpl';
    writeFileSync(path.join(editor.folder, template), '{"plans": {"daily": {"regions": {"@@assign": [${region}]}, "rules": {"${name}": {"start_backup_window_minutes": {"@@assign": 30}}}}}}');
    editor.changedOnDisk(template);
    await editor.until(() => editor.problems(template)?.length === 1);
    expect(editor.problems(template)?.map((problem) => problem.code)).toEqual(['invalid-value']);
  });

  test('are not told of files whose name lies', async () => {
    await openSample();
    writeFileSync(path.join(editor.folder, 'backup-policies/iam.json'), '{"Version":"2012-10-17","Statement":[]}');
    editor.changedOnDisk('backup-policies/iam.json', nonprod);
    await editor.hover(nonprod, { line: 0, character: 0 });
    expect(editor.problems('backup-policies/iam.json') ?? []).toEqual([]);
  });
});

describe('a policy in an editor', () => {
  test('completes operators, the forbidden ones last with the policy that forbids them', async () => {
    await openSample();
    editor.openDocument(nonprod, textOf(nonprod).replace('"@@assign": "nonprod-vault"', '"@@'));
    const items = await editor.completion(nonprod, { line: 6, character: 43 });
    const sorted = [...items].sort((left, right) => ((left.sortText ?? left.label) < (right.sortText ?? right.label) ? -1 : 1));
    expect(sorted.map((item) => item.label)).toEqual(['@@operators_allowed_for_child_policies', '@@assign']);
    expect(sorted.at(-1)?.tags).toEqual([1]);
    expect(JSON.stringify(sorted.at(-1))).toContain('baseline');
  });

  test('is mended by fix all, but for what the user has turned off', async () => {
    await openSample({ rules: { 'key-case': 'off' } });
    const text = '{"plans": {"everyday": {"Regions": ["eu-west-2"]}}}';
    editor.openDocument(nonprod, text);
    const fixAll = { textDocument: { uri: editor.uri(nonprod) }, range: { start: { line: 0, character: 0 }, end: { line: 0, character: text.length } }, context: { diagnostics: [], only: ['source.fixAll.awsBackupPolicy'] } };
    const answer = JSON.stringify(await editor.request('textDocument/codeAction', fixAll));
    expect(answer).toContain('@@assign');
    expect(answer).not.toContain('regions');
  });

  test('shows value and chain on hover', async () => {
    await openSample();
    const line = textOf(nonprod).split('\n').findIndex((each) => each.includes('delete_after_days'));
    const hover = await editor.hover(nonprod, { line, character: 14 });
    expect(JSON.stringify(hover)).toMatch(/baseline.*overridden.*nonprod.*applied/s);
  });

  test('has lenses, an outline, folding and links', async () => {
    await openSample();
    const document = { textDocument: { uri: editor.uri(nonprod) } };
    expect(JSON.stringify(await editor.request('textDocument/codeLens', document))).toContain('Attached to Root/Workloads/NonProd');
    expect(JSON.stringify(await editor.request('textDocument/documentSymbol', document))).toContain('"everyday"');
    expect(await editor.request('textDocument/foldingRange', document)).not.toEqual([]);
    expect(await editor.request('textDocument/formatting', { ...document, options: { tabSize: 2, insertSpaces: true } })).toEqual([]);
    expect(JSON.stringify(await editor.request('textDocument/documentLink', { textDocument: { uri: editor.uri(model) } }))).toContain('nonprod.json');
  });

  test('has no lenses when the user turned them off', async () => {
    await openSample({ codeLens: { enabled: false } });
    expect(await editor.request('textDocument/codeLens', { textDocument: { uri: editor.uri(nonprod) } })).toEqual([]);
  });
});

describe('views', () => {
  test('show the organization, the effective policy and the effect of an attachment', async () => {
    await openSample();
    const entity = (await editor.request('backupPolicy/entity', target('Root/Workloads/Prod/Corporate/finance-prod'))) as EntityView;
    expect(entity.errors[0]).toContain('CROSS_ATTRIBUTE_VALIDATION');
    const view = (await editor.request('backupPolicy/effectivePolicy', target('Root/Workloads/Prod/Corporate/finance-prod'))) as EffectivePolicyView;
    expect(view.errors[0]?.location?.uri).toContain('finance-ledger.json');
    const preview = (await editor.request('backupPolicy/previewModelChange', { type: 'detach', organization: editor.uri(model), policy: 'finance-ledger', targets: [entity.target.key] })) as ModelChangePreview;
    expect(preview.becomeValid).toEqual(['Root/Workloads/Prod/Corporate/finance-prod']);
  });

  test('tell what unsaved edits mean for every account, until they are saved or taken back', async () => {
    await openSample();
    const baseline = 'backup-policies/baseline.json';
    const impact = async (): Promise<ImpactView> => (await editor.request('backupPolicy/impact', { type: 'unsaved' })) as ImpactView;
    expect(await impact()).toEqual({ accounts: 18, groups: [] });
    const shorter = textOf(baseline).replace('"delete_after_days": { "@@assign": "35" }', '"delete_after_days": { "@@assign": "14" }');
    editor.openDocument(baseline, shorter);
    const [group, ...more] = (await impact()).groups;
    expect(more).toEqual([]);
    expect([group?.grade, group?.meaning, group?.accounts.length, group?.errors]).toEqual(['weaker', 'protected less', 7, []]);
    const line = shorter.split('\n').findIndex((text) => text.includes('"14"'));
    expect(group?.changes).toEqual([{ type: 'changed', grade: 'weaker', path: 'plans/everyday/rules/daily/lifecycle/delete_after_days', values: '35 → 14', location: { uri: editor.uri(baseline), range: { start: { line, character: expect.any(Number) as number }, end: { line, character: expect.any(Number) as number } } } }]);
    writeFileSync(path.join(editor.folder, baseline), shorter);
    editor.changedOnDisk(baseline);
    await expect.poll(async () => (await impact()).groups, { timeout: 20_000 }).toEqual([]);
  });

  test('tell what edits mean compared with another version of files, and what a planned change means', async () => {
    await openSample();
    const impact = async (comparison: ImpactComparison): Promise<ImpactView> => (await editor.request('backupPolicy/impact', comparison)) as ImpactView;
    const baseline = 'backup-policies/baseline.json';
    const longer = textOf(baseline).replace('"delete_after_days": { "@@assign": "35" }', '"delete_after_days": { "@@assign": "70" }');
    const since = await impact({ type: 'files', files: [{ uri: editor.uri(baseline), text: longer }] });
    expect(since.groups.map(({ grade, changes }) => [grade, changes.map(({ values }) => values)])).toEqual([['weaker', ['70 → 35']]]);
    const without = await impact({ type: 'files', files: [{ uri: editor.uri(baseline), text: null }] });
    expect(without.groups.length).toBeGreaterThan(0);
    expect(await impact({ type: 'files', files: [{ uri: editor.uri(model), text: null }] })).toEqual({ accounts: 0, groups: [] });
    const planned = await impact({ type: 'change', change: { type: 'detach', organization: editor.uri(model), policy: 'baseline', targets: ['Root'] } });
    expect(planned.groups.length).toBeGreaterThan(0);
    const gone = await impact({ type: 'change', change: { type: 'detach', organization: editor.uri(model), policy: 'baseline', targets: ['Root/gone'] } });
    expect([gone.groups, gone.refusal]).toEqual([[], 'backup-organization.json has no target "Root/gone" any more. Choose another one.']);
    expect(await impact({ type: 'unsaved' })).toEqual({ accounts: 18, groups: [] });
  });

  test('wait until the folders are searched', async () => {
    editor = await Editor.open('samples');
    expect(JSON.stringify(await editor.request('backupPolicy/organizations', null))).toContain('"Root"');
  });
});

describe('whatever is typed', () => {
  test('every prefix of a policy gets an answer', async () => {
    await openSample();
    const text = textOf('backup-policies/finance-ledger.json');
    editor.openDocument('backup-policies/finance-ledger.json', '');
    for (let length = 0; length <= text.length; length += 3) {
      editor.type('backup-policies/finance-ledger.json', text.slice(0, length));
      await editor.completion('backup-policies/finance-ledger.json', { line: text.slice(0, length).split('\n').length - 1, character: 2 });
    }
    editor.type('backup-policies/finance-ledger.json', text);
    await editor.until(() => editor.problems('backup-policies/finance-ledger.json')?.length === 1);
  });

  test.each([
    ['100,000 brackets', '['.repeat(100_000)],
    ['10 MB on one line', `{"plans":{"a":{"regions":{"@@assign":["${'x'.repeat(10_000_000)}"]}}}}`],
    ['names of the language', '{"plans":{"__proto__":{"rules":{"constructor":{"toString":{}}}}}}'],
    ['NUL and lone surrogates', '{"plans":{"\u0000\ud800":{}}}'],
  ])('%s do no harm', async (_title, text) => {
    await openSample();
    editor.openDocument('x.json', text);
    await editor.until(() => editor.problems('x.json') !== undefined);
    await editor.completion('x.json', { line: 0, character: 40 });
    await editor.hover('x.json', { line: 0, character: 12 });
    expect((await editor.completion(nonprod, { line: 2, character: 4 })).length).toBeGreaterThanOrEqual(0);
    expect(editor.problems('x.json')?.length).toBeGreaterThan(0);
  });
});
