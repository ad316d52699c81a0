import { execFile, fork, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter, ShutdownRequest, StreamMessageReader, StreamMessageWriter, type ClientCapabilities, type InitializeResult, type MessageConnection } from 'vscode-languageserver/node';

const server = path.resolve('dist/server.js');
const scripts = readdirSync('dist').filter((name) => name.endsWith('.js'));
const source = (name: string): string => readFileSync(path.join('dist', name), 'utf8');

/** The name of the service in the AWS SDK's requests: no bundle that contains the SDK is without it. */
const sdk = 'AWSOrganizationsV20161128';

const collect = (child: ChildProcess): { readonly errors: () => string } => {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { errors: () => errors };
};

const exit = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

/** What editors say of themselves, so that what the server asks of it is asked of the bundle as well. */
const abilities: ClientCapabilities = {
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: { hover: { contentFormat: ['markdown', 'plaintext'] }, completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } } },
};

/** Says hello and goodbye as an editor does, and gives the names of what the server offers. */
async function visit(connection: MessageConnection): Promise<readonly string[]> {
  connection.listen();
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', { processId: process.pid, rootUri: null, capabilities: abilities });
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification('exit');
  return Object.keys(capabilities);
}

describe('the server', () => {
  test('speaks LSP over stdio, and ends when it is told to', async () => {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: 'pipe' });
    const { errors } = collect(child);
    const ended = exit(child);
    const offered = await visit(createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)));
    expect(offered).toEqual(expect.arrayContaining(['completionProvider', 'hoverProvider']));
    expect(await ended).toBe(0);
    expect(errors()).toBe('');
  });

  test('speaks LSP over the channel of a forked process', async () => {
    const child = fork(server, ['--node-ipc'], { stdio: 'pipe' });
    const { errors } = collect(child);
    const ended = exit(child);
    expect(await visit(createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child)))).toContain('hoverProvider');
    expect(await ended).toBe(0);
    expect(errors()).toBe('');
  });

  test('answers initialize, before it is loaded, what it answers over a channel that it has to be loaded for', async () => {
    const answers: InitializeResult[] = [];
    for (const over of ['--stdio', '--node-ipc'] as const) {
      const child = over === '--stdio' ? spawn(process.execPath, [server, over], { stdio: 'pipe' }) : fork(server, [over], { stdio: 'pipe' });
      const connection = over === '--stdio' && child.stdout !== null && child.stdin !== null ? createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)) : createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
      const ended = exit(child);
      let said = '';
      child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
      connection.listen();
      answers.push(await connection.sendRequest<InitializeResult>('initialize', { processId: process.pid, rootUri: null, capabilities: abilities }));
      await connection.sendRequest(ShutdownRequest.type);
      // Once over the streams, and nothing over them where there is a channel.
      expect(said.split('"capabilities"')).toHaveLength(over === '--stdio' ? 2 : 1);
      await connection.sendNotification('exit');
      expect(await ended).toBe(0);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.capabilities.hoverProvider).toBe(true);
  });

  test('says what is wrong with an initialize that it cannot read', async () => {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: 'pipe' });
    const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    connection.listen();
    await expect(connection.sendRequest('initialize', { processId: null, rootUri: null })).rejects.toThrow(/initialize/);
    child.kill();
  });

  test('loads no module for other programs at its start', () => {
    for (const name of ['server.js', 'nodeServer.js', 'base.js', 'core.js']) expect(source(name)).not.toContain('child_process');
  });

  test('ends when its input ends', async () => {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: 'pipe' });
    const { errors } = collect(child);
    child.stdin.end();
    await exit(child);
    expect(errors()).toBe('');
  });
});

describe('the bundles', () => {
  test.each(scripts.filter((name) => name !== 'organizations.js'))('%s does not contain the AWS SDK', (name) => {
    expect(source(name)).not.toContain(sdk);
  });

  test('organizations.js is the AWS SDK as far as backup policies need it, and loads by itself', async () => {
    for (const part of [sdk, 'DescribeGlobalSettings', 'GetCallerIdentity', 'GetRole']) expect(source('organizations.js')).toContain(part);
    // Four clients together: those of AWS Backup, AWS STS and IAM add a quarter to that of AWS Organizations.
    expect(statSync('dist/organizations.js').size).toBeLessThan(450_000);
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', `console.log(Object.keys(require(${JSON.stringify(path.resolve('dist/organizations.js'))})))`], { cwd: '/' });
    expect(stdout).toContain('awsOrganizations');
    expect(stdout).toContain('awsServices');
  });

  test('activation loads little', () => {
    expect(statSync('dist/client.js').size).toBeLessThan(55_000);
  });

  test.each([
    ['the language client', 'session.js', 'textDocument/'],
    ['what commands do', 'commands.js', 'backupPolicy/previewModelChange'],
    ['the git of a command', 'commands.js', 'vscode.git'],
    ['what fills a webview', 'panels.js', 'Content-Security-Policy'],
    ['the table of coverage', 'panels.js', 'backupPolicy/coverage'],
    ['the checklist of readiness', 'panels.js', 'backupPolicy/readiness'],
  ])('%s waits in a file of its own, %s, which is loaded on first use', (_what, file, sign) => {
    expect(source('client.js')).toContain(`require("./${file}")`);
    expect(source('client.js')).not.toContain(sign);
    expect(source(file)).toContain(sign);
  });

  test.each(scripts)('%s has no source map, so no path of a machine', (name) => {
    expect(source(name)).not.toContain('sourceMappingURL');
  });

  test('the server starts with less than 500 kB, and the command line with next to nothing', () => {
    const size = (...names: readonly string[]): number => names.reduce((sum, name) => sum + statSync(`dist/${name}.js`).size, 0);
    expect(size('server', 'nodeServer', 'base', 'core')).toBeLessThan(500_000);
    expect(size('cli', 'base')).toBeLessThan(30_000);
  });

  test('a page with its script and its style is smaller than 250 kB', () => {
    for (const page of ['effectivePolicy', 'coverage', 'readiness']) expect(statSync(`dist/webview/${page}.js`).size + statSync(`dist/webview/${page}.css`).size).toBeLessThan(250_000);
  });

  test('the command line starts without anything installed', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [path.resolve('dist/cli.js'), '--help'], { cwd: '/' });
    expect(stdout).toContain('backup-policy lint');
    expect(stderr).toBe('');
    expect(source('cli.js').split('\n')[0]).toBe('#!/usr/bin/env node');
  });
});
