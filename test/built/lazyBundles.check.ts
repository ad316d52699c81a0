import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-languageserver/node';

const folder = mkdtempSync(path.join(tmpdir(), 'bundles-'));
const uri = 'file:///policy.backup-policy.json';
const text = readFileSync('samples/backup-policies/baseline.json', 'utf8');
const misspelt = text.replace('"@@assign"', '"@@asign"');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files of dist/ and no others. */
function only(name: string, files: readonly string[]): string {
  expect(readdirSync('dist')).toEqual(expect.arrayContaining([...files]));
  const copy = path.join(folder, name);
  mkdirSync(copy);
  for (const file of files) copyFileSync(path.join('dist', file), path.join(copy, file));
  return copy;
}

/** Opens a document with the server of a folder and gives the connection to what follows, with the first problems of the document. */
async function withServer(place: string, visit: (connection: MessageConnection, problems: readonly string[]) => Promise<void>): Promise<void> {
  const child: ChildProcess & { readonly stdin: NodeJS.WritableStream; readonly stdout: NodeJS.ReadableStream } = spawn(process.execPath, [path.join(place, 'server.js'), '--stdio'], { stdio: 'pipe' });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const problems = new Promise<readonly string[]>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', ({ diagnostics }: { readonly diagnostics: readonly { readonly message: string }[] }) => {
      if (diagnostics.length > 0) resolve(diagnostics.map(({ message }) => message));
    });
  });
  try {
    connection.listen();
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'aws-backup-policy', version: 1, text: misspelt } });
    await visit(connection, await problems);
  } finally {
    connection.dispose();
    child.kill();
  }
}

function positionOf(part: string): { readonly line: number; readonly character: number } {
  const at = misspelt.indexOf(part) + 3;
  return { line: misspelt.slice(0, at).split('\n').length - 1, character: at - misspelt.lastIndexOf('\n', at) - 1 };
}

const at = { textDocument: { uri }, position: positionOf('"delete_after_days"') };

describe('the server', () => {
  test('starts, finds problems and marks the document with four files alone', async () => {
    await withServer(only('start', ['server.js', 'nodeServer.js', 'base.js', 'core.js']), async (connection, problems) => {
      expect(problems.join('\n')).toContain('@@asign');
      for (const method of ['codeLens', 'documentSymbol', 'foldingRange', 'documentLink']) expect(await connection.sendRequest(`textDocument/${method}`, { textDocument: { uri } }), method).toBeInstanceOf(Array);
      expect(await connection.sendRequest('textDocument/semanticTokens/full', { textDocument: { uri } })).toHaveProperty('data');
      expect(await connection.sendRequest('backupPolicy/organizations', null)).toEqual([]);
      // The first request at a cursor is what asks for more.
      await expect(connection.sendRequest('textDocument/hover', at)).rejects.toThrow(/asked\.js/);
    });
  });

  test('needs nothing of what talks to AWS for editing, completion, hover and views', async () => {
    await withServer(only('editing', ['server.js', 'nodeServer.js', 'base.js', 'core.js', 'asked.js', 'features.js']), async (connection) => {
      expect(await connection.sendRequest('textDocument/hover', at)).not.toBeNull();
      expect(await connection.sendRequest('textDocument/completion', at)).not.toHaveLength(0);
      expect(await connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } }, context: { diagnostics: [] } })).toBeInstanceOf(Array);
      expect(await connection.sendRequest('backupPolicy/coverage', null)).toBeDefined();
      expect(await connection.sendRequest('backupPolicy/templates', null)).not.toHaveLength(0);
      // The first request to an organization is what asks for them.
      await connection.sendNotification('backupPolicy/awsSettings', { trusted: false, mode: 'off', storage: folder });
      await expect(connection.sendRequest('backupPolicy/aws/connection', { call: 1, params: null })).rejects.toThrow(/remote\.js/);
    });
  });
});

describe('the packs', () => {
  test('give the same pieces however many of them were loaded before', () => {
    const program = `
      const path = require('node:path');
      for (const name of ['features', 'remote', 'asked', 'core', 'base']) {
        const file = path.resolve('dist', name + '.js');
        const pack = require(file);
        for (const piece of Object.keys(pack)) for (const gift in pack[piece]) void pack[piece][gift];
        if (require(file) !== pack) throw new Error(name + ' became something else while it was used');
        console.log(name, Object.keys(pack).length > 1);
      }`;
    expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })).toBe('features true\nremote true\nasked true\ncore true\nbase true\n');
  });
});

describe('the command line', () => {
  const run = (place: string, ...args: readonly string[]): string => execFileSync(process.execPath, [place, ...args], { encoding: 'utf8' });

  test('says its version and its usage with two small files alone', () => {
    const place = path.join(only('usage', ['cli.js', 'base.js']), 'cli.js');
    expect(run(place, '--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run(place, '--help')).toContain('backup-policy lint');
  });

  test('works as the page on continuous integration copies it, in a repository of ES modules too', () => {
    const page = readFileSync('docs/continuous-integration.md', 'utf8');
    const files = [...(/^unzip -j .*$/m.exec(page)?.[0] ?? '').matchAll(/extension\/dist\/([\w.]+)/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
    const place = only('copied', files);
    const model = 'samples/backup-organization.json';
    expect(run(place, 'lint', 'samples/backup-policies/baseline.json')).toContain('1 file checked');
    expect(JSON.parse(run(place, 'coverage', '--organization', model, '--format', 'json'))).toBeDefined();
    expect(JSON.parse(run(place, 'effective', '--organization', model, '--target', 'Root', '--format', 'json'))).toBeDefined();
    expect(JSON.parse(run(place, 'plan', '--organization', model, '--base', 'samples', '--format', 'json'))).toBeDefined();
    expect(run(place, 'readiness', '--organization', model)).not.toBe('');
    // Another command talks to AWS, so it asks for more.
    expect(() => run(place, 'drift', '--organization', model, '--profile', 'none')).toThrow(/remote\.js/);
  });
});
