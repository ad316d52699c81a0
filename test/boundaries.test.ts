import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** An import that a boundary forbids, and the neighbour that it must not forbid. */
interface Case {
  readonly rule: string;
  readonly file: string;
  readonly forbidden: string;
  readonly allowed: string;
}

const cases: readonly Case[] = [
  { rule: 'core-is-pure', file: 'server/core/toFiles', forbidden: 'node:fs', allowed: 'jsonc-parser' },
  { rule: 'core-is-pure', file: 'server/core/toConnection', forbidden: 'vscode-languageserver/node', allowed: '../../schemas/facts.json' },
  { rule: 'core-is-pure', file: 'server/core/toModel', forbidden: '../model/base.ts', allowed: './base.ts' },
  { rule: 'model-needs-only-core', file: 'server/model/toFeatures', forbidden: '../features/base.ts', allowed: '../core/base.ts' },
  { rule: 'features-have-no-connection', file: 'server/features/toNode', forbidden: 'vscode-languageserver/node', allowed: 'vscode-languageserver-types' },
  { rule: 'features-have-no-connection', file: 'server/features/toBrowser', forbidden: 'vscode-languageserver/browser', allowed: '../model/base.ts' },
  { rule: 'features-have-no-connection', file: 'server/features/toFiles', forbidden: 'node:fs', allowed: '../protocol.ts' },
  { rule: 'sdk-behind-one-door', file: 'server/organizations/embedded', forbidden: '@aws-sdk/client-organizations', allowed: './aws.ts' },
  { rule: 'client-speaks-the-protocol', file: 'client/toCore', forbidden: '../server/core/base.ts', allowed: '../server/protocol.ts' },
  { rule: 'webview-stands-alone', file: 'client/webview/toEditor', forbidden: 'vscode', allowed: 'lit' },
  { rule: 'webview-stands-alone', file: 'client/webview/toClient', forbidden: '../base.ts', allowed: '../../server/protocol.ts' },
  { rule: 'protocol-imports-nothing', file: 'server/protocol', forbidden: './core/base.ts', allowed: './protocol/base.ts' },
  { rule: 'protocol-imports-nothing', file: 'server/protocol/part', forbidden: '../core/base.ts', allowed: './base.ts' },
  { rule: 'server-knows-no-client', file: 'server/toClient', forbidden: '../client/base.ts', allowed: './core/base.ts' },
  { rule: 'product-knows-no-tests', file: 'server/toTests', forbidden: '../test/base.ts', allowed: './model/base.ts' },
  { rule: 'vscode-only-in-the-client', file: 'server/toEditor', forbidden: 'vscode', allowed: 'vscode-languageserver/node' },
  { rule: 'vscode-only-in-the-client', file: 'test/toEditor', forbidden: 'vscode', allowed: 'vscode-languageserver/node' },
  { rule: 'no-cycles', file: 'server/core/chicken', forbidden: './egg.ts', allowed: './base.ts' },
];

/** Files that no boundary touches. */
const others: Readonly<Record<string, string>> = {
  'server/core/base.ts': 'export const base = 1;',
  'server/core/egg.ts': "import './chicken.ts';\nexport const egg = 1;",
  'server/model/base.ts': 'export const base = 1;',
  'server/protocol/base.ts': 'export const base = 1;',
  'server/features/base.ts': 'export const base = 1;',
  'server/organizations/aws.ts': "import '@aws-sdk/client-organizations';",
  'client/base.ts': "import 'vscode';\nimport 'vscode-languageclient/node';",
  'test/base.ts': 'export const base = 1;',
  'test/ui/base.ts': "import 'vscode';",
  'schemas/facts.json': '{}',
};

const packages: Readonly<Record<string, readonly string[]>> = {
  'jsonc-parser': ['.'],
  lit: ['.'],
  'vscode-languageserver': ['./node', './browser'],
  'vscode-languageserver-types': ['.'],
  'vscode-languageclient': ['./node'],
  '@aws-sdk/client-organizations': ['.'],
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Checks a tree that lies in `folder` with the project's own boundaries. */
function violations(folder: string): readonly string[] {
  const program = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', path.resolve('.dependency-cruiser.cjs'), '--output-type', 'json', 'client', 'server', 'test'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  if (!stdout.startsWith('{')) throw new Error(`${stdout}${stderr}`);
  const { summary } = JSON.parse(stdout) as { readonly summary: { readonly violations: readonly Violation[] } };
  return summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
}

/** Writes the tree in which each case imports what `choose` takes of it. */
async function tree(folder: string, choose: (each: Case) => readonly string[]): Promise<void> {
  const put = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  };
  for (const [name, text] of Object.entries(others)) await put(name, text);
  for (const each of cases) await put(`${each.file}.ts`, choose(each).filter((name) => name !== '').map((name) => `import '${name}';\n`).join(''));
  for (const [name, entries] of Object.entries(packages)) {
    const exports = Object.fromEntries(entries.map((entry) => [entry, './index.js']));
    await put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', exports }));
    await put(`node_modules/${name}/index.js`, '');
  }
}

describe('the boundaries', () => {
  let folder: string;
  let good: readonly string[];
  let bad: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'boundaries-'));
    await tree(path.join(folder, 'good'), (each) => [each.allowed]);
    await tree(path.join(folder, 'bad'), (each) => [each.allowed, each.forbidden]);
    await tree(path.join(folder, 'bare'), (each) => [each.allowed, each.forbidden]);
    good = violations(path.join(folder, 'good'));
    bad = violations(path.join(folder, 'bad'));
  }, 60_000);

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test.each(cases)('$rule: $file must not import $forbidden', ({ rule, file }) => {
    expect(bad).toContain(`${file}.ts: ${rule}`);
  });

  test('what the same files may import is let through', () => {
    expect(good).toEqual([]);
  });

  test('packages that are not installed are caught, too', async () => {
    const bare = path.join(folder, 'bare');
    await rm(path.join(bare, 'node_modules'), { recursive: true });
    const found = violations(bare);
    for (const { file, rule } of cases) expect(found).toContain(`${file}.ts: ${rule}`);
  });

  test('every boundary has a case', () => {
    const config = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { readonly forbidden: readonly { readonly name: string }[] };
    expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(config.forbidden.map(({ name }) => name)));
  });
});
