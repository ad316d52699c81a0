import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import { diagnosticsOf, documentOf } from '../../server/features/diagnostics.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { nodeFiles } from '../../server/nodeFiles.ts';
import { Workspace } from '../../server/workspace.ts';
import { commandLine } from './commandLine.ts';

const { cli, folder, run, runIn, json, file } = await commandLine();

interface Linted {
  readonly files: readonly { readonly file: string; readonly verdict: string; readonly problems: readonly { readonly rule: string; readonly severity: string; readonly message: string; readonly range: unknown }[] }[];
}

const good = '{"plans":{"a":{"regions":{"@@assign":["eu-west-1"]}}}}';
const bad = '{"plans":{"a":{"regions":["eu-west-1"]}}}';

function linted(...args: readonly string[]): Linted {
  return json('lint', ...args) as Linted;
}

/** The files that are checked, below a folder of the test. */
function filesIn(cwd: string, ...args: readonly string[]): readonly string[] {
  const { output } = runIn({ cwd }, 'lint', ...args, '--format', 'json');
  return (JSON.parse(output) as Linted).files.map((each) => each.file);
}

describe('of a folder', () => {
  const repository = path.join(folder, 'repository');
  const inside: readonly (readonly [string, string, boolean])[] = [
    ['backup-policies/a.json', good, true],
    ['backup-policies/empty.json', '', true],
    ['backup-policies/half.json', '{ "pla', true],
    ['backup-policies/half-iam.json', '{ "Version": "2012-10-17", "Sta', false],
    ['backup-policies/misspelt.json', '{ "plan": {} }', true],
    ['backup-policies/iam.json', '{ "Version": "2012-10-17", "Statement": [] }', false],
    ['backup-policies/list.json', '["a"]', false],
    ['any/content.json', good, true],
    ['any/content.jsonc', `// kept\n${good}`, true],
    ['any/content.tpl', '{"plans":{"${name}":{"regions":{"@@assign":${regions}}}}}', true],
    ['any/content.json.j2', good, true],
    ['any/deeper.json', `{"Content":${good}}`, false],
    ['any/prices.json', '{ "plans": ["free"] }', false],
    ['any/broken.json', '{ "plans": { "@@a', true],
    ['any/other.json', '{ "plans": [', false],
    ['any/content.txt', good, false],
    ['any/binary.tpl', `\u0000${good}`, false],
    ['any/large.json', `${good}${' '.repeat(5_000_000)}`, false],
    ['any/backup-policy.config.json', '{}', false],
    ['node_modules/x/backup-policies/a.json', good, false],
    ['.terraform/backup-policies/a.json', good, false],
  ];
  for (const [name, content] of inside) file(`repository/${name}`, content);
  mkdirSync(path.join(repository, 'links'));
  symlinkSync('..', path.join(repository, 'links', 'circle'));
  symlinkSync('gone.json', path.join(repository, 'links', 'dangling.json'));
  symlinkSync('self.json', path.join(repository, 'links', 'self.json'));
  symlinkSync('../any/content.json', path.join(repository, 'links', 'policy.json'));

  test('those files are checked that are policies by name or content', () => {
    expect(filesIn(repository, '.')).toEqual([...inside.filter(([, , wanted]) => wanted).map(([name]) => name), 'links/policy.json'].sort());
  });

  test('a glob chooses by name, and leaves out the same', () => {
    expect(filesIn(repository, '**/{a,iam,content}.json')).toEqual(['any/content.json', 'backup-policies/a.json']);
    expect(filesIn(repository, './any/*.txt')).toEqual(['any/content.txt']);
    expect(filesIn(path.join(repository, 'links'), '../any/c*.json')).toEqual(['../any/content.json']);
    expect(filesIn(repository, '.terraform/**/*.json')).toEqual(['.terraform/backup-policies/a.json']);
  });

  test('no file is checked twice, however it is named', () => {
    expect(filesIn(repository, 'any/content.json', './any/content.json', 'any', 'any/*.json').filter((name) => name.endsWith('content.json'))).toEqual(['any/content.json']);
  });

  test('a file that is named is checked whatever it holds', () => {
    expect(filesIn(repository, 'any/prices.json', 'any/content.txt')).toEqual(['any/prices.json', 'any/content.txt']);
  });

  test.each([
    ['a link that leads in a circle', path.join(repository, 'links/self.json'), 'its link leads in a circle'],
    ['a link that leads nowhere', path.join(repository, 'links/dangling.json'), 'there is no such file'],
    ['a name that is too long', 'x'.repeat(300), 'its name is too long'],
  ])('%s is not read, and one line says why', (_title, name, reason) => {
    expect(run('lint', name)).toEqual({ status: 2, output: '', errors: `backup-policy: ${name} cannot be read: ${reason}.\n` });
  });

  test('a name with the signs of a glob is a name when there is such a file', () => {
    file('signs/[a].json', good);
    file('signs/a.json', bad);
    expect(filesIn(path.join(folder, 'signs'), '[a].json')).toEqual(['[a].json']);
  });
});

describe('standard input', () => {
  test('is checked for -', () => {
    const { status, output } = runIn({ input: bad }, 'lint', '-');
    expect(status).toBe(1);
    expect(output.split('\n').slice(0, 3)).toEqual([
      '<stdin>:1:26 error missing-operator: "regions" has a value without an inheritance operator: AWS refuses it. Write { "@@assign": … }.',
      '  {"plans":{"a":{"regions":["eu-west-1"]}}}',
      '                           ^~~~~~~~~~~~~',
    ]);
    expect(runIn({ input: good }, 'lint', '-').status).toBe(0);
  });

  test('that is empty is an empty document, and that is binary is wrong use', () => {
    expect(runIn({ input: '' }, 'lint', '-').output).toContain('<stdin>:1:1 error empty-document');
    expect(runIn({ input: Buffer.from([123, 0]) }, 'lint', '-')).toEqual({ status: 2, output: '', errors: 'backup-policy: Standard input is no text file.\n' });
  });
});

describe('--fail-on', () => {
  const levels = ['error', 'warning', 'info', 'hint', 'never'] as const;
  const empty = '{"plans":{"a":{"rules":{}}}}';

  test.each(levels.slice(0, 4))('is reached by problems of the level %s and above', (level) => {
    const policy = file(`level/${level}.json`, empty);
    const configuration = file(`level/${level}.config.json`, JSON.stringify({ rules: { 'empty-object': level } }));
    expect(linted(policy, '--config', configuration).files[0]?.problems.map(({ severity }) => severity)).toEqual([level]);
    expect(levels.map((failOn) => run('lint', policy, '--config', configuration, '--fail-on', failOn).status)).toEqual(levels.map((failOn) => (failOn !== 'never' && levels.indexOf(failOn) >= levels.indexOf(level) ? 1 : 0)));
  });

  test('is error without the option', () => {
    expect(run('lint', file('error.json', bad)).status).toBe(1);
    expect(run('lint', file('warning.json', empty)).status).toBe(0);
  });

  test('of hint shows hints, which are else for machines', () => {
    const policy = file('hint.json', good.replace('regions', 'Regions'));
    expect(run('lint', policy).output).toBe('1 file checked, none rejected; no problems.\n');
    expect(run('lint', policy, '--fail-on', 'hint')).toMatchObject({ status: 1, output: expect.stringContaining('hint key-case') as string });
  });
});

describe('a configuration file', () => {
  const configured = path.join(folder, 'configured');
  file('configured/backup-policy.config.json', '{"rules":{"missing-operator":"warning","empty-object":"error"}}');
  file('configured/a.json', bad);
  file('configured/near/backup-policy.config.json', '{"rules":{"missing-operator":"off"}}');
  file('configured/near/below/b.json', bad);
  const other = file('other.config.json', '{"rules":{"missing-operator":"info"}}');
  const severities = (...args: readonly string[]): readonly (readonly string[])[] => (JSON.parse(runIn({ cwd: configured }, 'lint', 'a.json', 'near/below/b.json', ...args, '--format', 'json').output) as Linted).files.map(({ problems }) => problems.map(({ severity }) => severity));

  test('counts for the files at and below it, when there is no nearer one', () => {
    expect(severities()).toEqual([['warning'], []]);
  });

  test('can be named for all files, or left out', () => {
    expect(severities('--config', other)).toEqual([['info'], ['info']]);
    expect(severities('--no-config')).toEqual([['error'], ['error']]);
  });

  test('counts for standard input in the working folder', () => {
    expect(runIn({ cwd: configured, input: bad }, 'lint', '-').status).toBe(0);
    expect(runIn({ cwd: folder, input: bad }, 'lint', '-').status).toBe(1);
  });

  test('does not change what AWS says', () => {
    const { status, output } = runIn({ cwd: configured }, 'lint', 'near/below/b.json');
    expect([status, output]).toEqual([0, 'near/below/b.json: AWS refuses the policy, although the rules that say why are off or lowered.\n1 file checked, 1 rejected; no problems.\n']);
    expect(linted(path.join(configured, 'near/below/b.json')).files.map(({ verdict }) => verdict)).toEqual(['rejected']);
  });

  test.each([
    ['no JSON', '{\n  "rules": {\n', /^backup-policy: .*wrong\.config\.json:\d+: .+\n$/],
    ['a rule that does not exist', '{\n  "rules": { "kept-for-ever": "off" }\n}', /^backup-policy: .*wrong\.config\.json:2: There is no rule "kept-for-ever"\. Did you mean "kept-forever"\?\n$/],
    ['a level that does not exist', '{"rules":{"kept-forever":"of","tag-case":1}}', /^backup-policy: .*wrong\.config\.json:1: The level of "kept-forever" is not one of error, warning, info, hint, off\. \(1 more\)\n$/],
    ['nothing', '', /^backup-policy: .*wrong\.config\.json:1: The configuration is empty\./],
  ])('with %s ends with 2 and names its line', (_title, text, message) => {
    const { status, output, errors } = run('lint', file('good.json', good), '--config', file('wrong.config.json', text));
    expect([status, output]).toEqual([2, '']);
    expect(errors).toMatch(message);
  });

  test('that is absent ends with 2', () => {
    expect(run('lint', file('good.json', good), '--config', 'nope.json')).toEqual({ status: 2, output: '', errors: 'backup-policy: nope.json cannot be read: there is no such file.\n' });
  });
});

describe('a model', () => {
  const at = Date.parse('2026-11-21T06:00:00Z');

  /** What the language server tells an editor that opens the folder. */
  async function shownByTheEditor(): Promise<readonly unknown[]> {
    const workspace = new Workspace(nodeFiles, () => at);
    await workspace.openFolders([pathToFileURL(path.resolve('samples')).toString()]);
    const { snapshot, missing } = workspace;
    const names: Readonly<Record<number, string>> = { [DiagnosticSeverity.Error]: 'error', [DiagnosticSeverity.Warning]: 'warning', [DiagnosticSeverity.Information]: 'info', [DiagnosticSeverity.Hint]: 'hint' };
    return [...workspaceProblems(snapshot, missing)].flatMap(([uri, problems]) => {
      const document = documentOf(snapshot, uri);
      if (document === undefined) return [];
      return diagnosticsOf(snapshot, document, problems, {}).map(({ code, severity, message, range }) => ({ file: path.relative('', new URL(uri).pathname), rule: code, severity: names[severity ?? 0], message, range }));
    });
  }

  test.each([
    ['--organization alone', ['--organization', 'samples/backup-organization.json']],
    ['the model as a file', ['samples/backup-organization.json']],
    ['the folder of the model', ['samples']],
    ['the policies with --organization', ['samples/backup-policies', 'samples/backup-organization.json', '--organization', 'samples/backup-organization.json']],
  ])('given as %s has the problems that an editor shows', async (_title, args) => {
    const { files } = linted(...args, '--at', new Date(at).toISOString());
    const printed = files.flatMap(({ file: name, problems }) => problems.map(({ rule, severity, message, range }) => ({ file: name, rule, severity, message, range })));
    const shown = await shownByTheEditor();
    expect(new Set(printed.map((each) => JSON.stringify(each)))).toEqual(new Set(shown.map((each) => JSON.stringify(each))));
    expect(printed.length).toBe(shown.length);
    expect(printed.filter(({ severity }) => severity !== 'hint').map(({ rule }) => rule).sort()).toEqual(['blocked-by-parent', 'effective-policy-invalid']);
    expect(files.length).toBe(11);
  });

  test('that is broken is told like any file, but merges nothing for others', () => {
    const broken = file('broken/backup-organization.json', '{ "policies": {} }');
    expect(linted('--organization', broken).files.flatMap(({ problems }) => problems.map(({ rule }) => rule))).toEqual(['model-schema']);
    expect(run('lint', file('good.json', good), '--organization', broken)).toMatchObject({ status: 2, errors: `backup-policy: ${broken} does not describe an organization: it has no "root".\n` });
  });

  test('does not reach policies outside of its folder, through links either', () => {
    file('outside/secret.json', good);
    const model = file('inside/backup-organization.json', JSON.stringify({ root: { name: 'Root', policies: ['a'] }, policies: { a: { file: 'link.json' } } }));
    symlinkSync('../outside/secret.json', path.join(folder, 'inside/link.json'));
    const { files } = linted(model);
    expect(files.map((each) => each.file)).toEqual([model]);
    expect(files[0]?.problems.map(({ rule }) => rule)).toContain('model-file-missing');
  });
});

describe('a run', () => {
  test('prints its usage and its version', () => {
    expect(run('--help')).toMatchObject({ status: 0, errors: '', output: expect.stringMatching(/^backup-policy .*\n\n {2}backup-policy lint FILE…/) as string });
    expect(run('lint', '-h').output).toBe(run('--help').output);
    expect(run('--version')).toMatchObject({ status: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
  });

  test('is quiet when nobody reads its output to the end', async () => {
    const many = file('many.json', `{"plans":{${Array.from({ length: 3000 }, (_each, index) => `"p${String(index)}":1`).join(',')}}}`);
    const child = spawn(process.execPath, [cli, 'lint', many]);
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const [status] = (await once(child, 'close')) as [number | null];
    expect([status, errors]).toEqual([1, '']);
  });

  test('writes no colours into a pipe', () => {
    expect(runIn({ input: bad }, 'lint', '-').output).not.toContain('\u001b');
  });
});
