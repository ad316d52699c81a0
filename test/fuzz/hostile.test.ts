import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { coverage } from '../../server/features/coverage.ts';
import { coverageCsv, coverageMarkdown } from '../../server/features/coverageFormats.ts';
import { hover } from '../../server/features/hover/hover.ts';
import { allEntityViews } from '../../server/features/organizationViews.ts';
import { positionAt } from '../../server/features/ranges.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { effectiveText } from '../../server/features/effectivePolicyView.ts';
import { commandLine } from '../cli/commandLine.ts';
import { monday, modelUri, organization } from '../features/organizations.ts';
import { Editor } from '../lsp/editor.ts';
import { pass, Surroundings } from './pass.ts';

const many = 100_000;
const good = '{"plans":{"daily":{"regions":{"@@assign":["eu-west-1"]}}}}';

/** The texts are as large as they are: what counts is that an answer comes, and which problem is told first. */
const large: readonly (readonly [what: string, text: () => string, rule: string])[] = [
  ['100,000 open brackets', () => '['.repeat(many), 'nesting-depth'],
  ['100,000 brackets that are closed', () => '['.repeat(many) + ']'.repeat(many), 'nesting-depth'],
  ['100,000 open braces', () => '{"plans":'.repeat(many), 'nesting-depth'],
  ['100,000 brackets of one kind closed by another', () => '['.repeat(many) + '}'.repeat(many), 'nesting-depth'],
  ['a line of 10 MB', () => `{"plans":{"a":{"regions":{"@@assign":["${'x'.repeat(10_000_000)}"]}}}}`, 'document-size'],
  ['a line of template tokens that never end', () => '${'.repeat(10 * many), 'json-syntax'],
  ['a line of dots that leave something out', () => '…'.repeat(10 * many), 'json-syntax'],
  ['a line of placeholders', () => '<name>'.repeat(10 * many), 'json-syntax'],
  ['a line of strings that begin a template token', () => '"${'.repeat(10 * many), 'json-syntax'],
  ['100,000 plans', () => `{"plans":{${Array.from({ length: many }, (_, index) => `"p${String(index)}":{}`).join(',')}}}`, 'document-size'],
];

describe('a server that is given', () => {
  test.each(large)('%s tells what is wrong, and answers on', async (_what, text, rule) => {
    const editor = await Editor.open('samples');
    const file = 'backup-policies/nonprod.json';
    editor.openDocument(file, text());
    await editor.until(() => editor.problems(file)?.some(({ code }) => code === rule) === true);
    await editor.hover(file, { line: 0, character: 50 });
    await editor.completion(file, { line: 0, character: 50 });
    editor.type(file, good);
    await editor.until(() => editor.problems(file)?.some(({ code }) => code === rule) === false);
    await editor.close();
  }, 120_000);

  test('100,000 accounts shows the last of them, with what it gets', async () => {
    const editor = await Editor.open('samples');
    const accounts = Array.from({ length: many }, (_, index) => ({ id: String(100_000_000_000 + index), name: `account-${String(index)}` }));
    editor.openDocument('backup-organization.json', JSON.stringify({ root: { name: 'Root', policies: ['baseline'], accounts }, policies: { baseline: { file: 'backup-policies/baseline.json' } } }), 'backup-organization');
    const view = await editor.request('backupPolicy/effectivePolicy', { organization: editor.uri('backup-organization.json'), key: '100000099999' }) as { readonly target: { readonly name: string; readonly path: string } };
    expect(JSON.stringify(view)).toContain('account-99999');
    await editor.close();
  }, 120_000);
});

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '\ud800', 'a\u0000b', '<img src=x onerror=alert(1)>', '[x](command:workbench.action.quit)', '**bold** `code`', '=HYPERLINK("http://example.com")', '+1', '-1', '@sum', '| a | b |'];

describe('a name such as', () => {
  test.each(names)('%j is kept for what it is, everywhere', (name) => {
    const policy = JSON.stringify({ plans: Object.fromEntries([[name, { regions: { '@@assign': ['eu-west-1'] }, rules: Object.fromEntries([[name, { target_backup_vault_name: { '@@assign': 'Default' } }]]), selections: { tags: Object.fromEntries([[name, { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/r' }, tag_key: { '@@assign': name }, tag_value: { '@@assign': [name] } }]]) } }]]) });
    const snapshot = organization({ name: 'Root', organizationalUnits: [{ name, policies: [name], accounts: [{ name, policies: [name] }] }] }, Object.fromEntries([[name, policy]]));
    expect(allEntityViews(snapshot).map((entity) => [entity.name, entity.policies.map((each) => each.name)])).toEqual([['Root', []], [name, [name]], [name, [name]]]);
    const key = allEntityViews(snapshot).at(-1)?.target.key ?? '';
    for (const uri of [...snapshot.policies.keys(), modelUri]) expect(workspaceProblems(snapshot, new Set()).get(uri)).toBeDefined();
    for (const problems of workspaceProblems(snapshot, new Set()).values()) for (const { message } of problems) expect(message).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    const file = [...snapshot.policies.values()][0];
    const effective = effectiveText(snapshot, { organization: modelUri, key });
    if (file !== undefined && file.statements !== undefined) expect(Object.keys((JSON.parse(effective ?? '{}') as { readonly plans?: object }).plans ?? {}).filter((plan) => plan !== name)).toEqual([]);
    const covered = coverage(snapshot);
    // A spreadsheet makes a formula of a cell that begins with one of these.
    for (const cell of coverageCsv(covered).split(/[,\n]/)) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@-]/);
    expect(coverageMarkdown(covered)).not.toMatch(/(?<!\\)<img|(?<!\\)\[x\]\(|(?<!\\)\*\*bold/);
    if (file !== undefined) {
      const shown = hover(snapshot, { uri: file.uri, position: positionAt(file.document, file.document.text.indexOf('regions') + 2), chosen: undefined, clock: { now: monday, timeZone: 'UTC' } });
      expect(JSON.stringify(shown?.contents ?? '').replace(/`[^`]*`/g, '')).not.toMatch(/(?<!\\)<img|(?<!\\)\[x\]\(/);
    }
  });
});

test.each(['../outside.json', 'policies/../../outside.json', '/etc/passwd', 'C:/Windows/win.ini', '\\\\host\\share\\a.json', 'https://example.com/a.json', 'file:///etc/passwd', '%2e%2e/outside.json/../..', 'a\u0000.json'])('a model that names the file %j is told that it is outside, or that it is missing, and nothing is read', async (file) => {
  const editor = await Editor.open('samples', {}, undefined, { folders: ['inner'] });
  mkdirSync(path.join(editor.folder, 'inner'));
  writeFileSync(path.join(editor.folder, 'outside.json'), good);
  editor.openDocument('inner/backup-organization.json', JSON.stringify({ root: { name: 'Root', policies: ['a'], accounts: [{ name: 'shop' }] }, policies: { a: { file } } }), 'backup-organization');
  await editor.until(() => editor.problems('inner/backup-organization.json')?.some(({ code }) => code === 'model-file-outside' || code === 'model-file-missing') === true);
  expect(await editor.request('backupPolicy/files', null)).toEqual({ policies: [], organizations: [editor.uri('inner/backup-organization.json')] });
  await editor.close();
});

describe('the command line and the server, of a file that is', async () => {
  const { file, folder, run } = await commandLine();
  const text = (encoding: BufferEncoding, before = ''): Buffer => Buffer.from(before + good, encoding);
  const accepted = { status: 0 };

  test.each([
    ['a device', () => '/dev/null', { status: 2, errors: /is no file/ }],
    ['UTF-16 without a mark', () => file('utf16.json', text('utf16le')), { status: 2, errors: /is no text file/ }],
    ['UTF-16 with a mark', () => file('utf16mark.json', text('utf16le', '\ufeff')), { status: 2, errors: /is no text file/ }],
    ['UTF-8 with a mark', () => file('mark.json', text('utf8', '\ufeff')), accepted],
    ['of CRLF', () => file('crlf.json', good.replace(/,/g, ',\r\n')), accepted],
    ['of lone CR', () => file('cr.json', good.replace(/:/g, ':\r')), accepted],
    ['bytes that are no UTF-8', () => file('bytes.json', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), { status: 1, output: /json-syntax/ }],
    ['16 MB long', () => file('large.json', `${good}${' '.repeat(16_000_000)}`), { status: 1, output: /document-size|document-nearly-full/ }],
    ['in a circle of links', () => { symlinkSync('self.json', path.join(folder, 'self.json')); return path.join(folder, 'self.json'); }, { status: 2, errors: /leads in a circle/ }],
  ])('%s', (_what, make, { status, ...told }) => {
    const result = run('lint', make());
    expect([result.status, result.errors, result.output.slice(0, 400)]).toEqual([status, 'errors' in told ? expect.stringMatching(told.errors) : '', 'output' in told ? expect.stringMatching(told.output) : expect.any(String)]);
  });

  test.each(['directory', 'fifo', 'link in a circle'])('a %s in the place of a policy does not keep the server from answering', async (kind) => {
    const editor = await Editor.open('samples');
    const name = path.join(editor.folder, 'backup-policies/odd.json');
    if (kind === 'directory') spawnSync('mkdir', [name]);
    else if (kind === 'fifo') spawnSync('mkfifo', [name]);
    else symlinkSync('odd.json', name);
    editor.changedOnDisk('backup-policies/odd.json');
    editor.openDocument('backup-organization.json', JSON.stringify({ root: { name: 'Root', policies: ['a'], accounts: [{ name: 'shop' }] }, policies: { a: { file: 'backup-policies/odd.json' } } }), 'backup-organization');
    await editor.until(() => editor.problems('backup-organization.json')?.some(({ code }) => code === 'model-file-missing') === true);
    await editor.close();
  });
});

test.each(['policy', 'model', 'guardrails'] as const)('a %s that is nested as deep as a remembered indentation ends is laid out', (kind) => {
  for (const depth of [99, 100, 101, 199, 200]) expect(pass({ number: 1, kind, mutation: 'none', text: '{"a":'.repeat(depth) + '1' + '}'.repeat(depth) }, new Surroundings()).faults).toEqual([]);
});

test('a guardrails file that names a model with half a character finds none', () => {
  expect(pass({ number: 1, kind: 'guardrails', mutation: 'none', text: '{"organization":"\\ud800.json","guardrails":{}}' }, new Surroundings()).faults).toEqual([]);
});

test('a model whose policies have empty names offers none of them', () => {
  const text = '{"root":{"name":"R","policies":["","a"],"accounts":[{"name":"A","policies":[""]}]},"policies":{}}';
  expect(Array.from({ length: 16 }, (_, number) => pass({ number, kind: 'model', mutation: 'none', text }, new Surroundings()).faults).flat()).toEqual([]);
});

test('a model that repeats itself and everything in it is told so, and its tree still ends', () => {
  const surroundings = new Surroundings();
  const unit = '{"id":"ou-ab12-11111111","name":"U","policies":["a","a"],"accounts":[{"id":"111122223333","name":"A"},{"id":"111122223333","name":"A"}],"organizationalUnits":[';
  const text = `{"root":{"name":"R","organizationalUnits":[${unit.repeat(80)}${']}'.repeat(80)}]},"policies":{"a":{"file":"backup-policies/baseline.json"},"a":{"file":"backup-organization.json"}}}`;
  expect(pass({ number: 0, kind: 'model', mutation: 'none', text }, surroundings).faults).toEqual([]);
  const { answers } = pass({ number: 0, kind: 'model', mutation: 'none', text }, surroundings);
  for (const rule of ['model-duplicate', 'model-attached-twice', 'model-too-deep']) expect(answers()).toContain(rule);
});
