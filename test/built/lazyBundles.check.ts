import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

/** What only requests to an organization need. */
const remote = ['remote.js', 'organizations.js'];

test('editing, completion and hover need nothing of what talks to AWS: the server does without those files', async () => {
  expect(readdirSync('dist')).toEqual(expect.arrayContaining(remote));
  const folder = mkdtempSync(path.join(tmpdir(), 'server-'));
  copyFileSync('dist/server.js', path.join(folder, 'server.js'));
  const child = spawn(process.execPath, [path.join(folder, 'server.js'), '--stdio'], { stdio: 'pipe' });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  try {
    connection.listen();
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await connection.sendNotification('initialized', {});
    const uri = 'file:///policy.backup-policy.json';
    const text = readFileSync('samples/backup-policies/baseline.json', 'utf8');
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'aws-backup-policy', version: 1, text } });
    await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: `${text} ` }] });
    const at = text.indexOf('"delete_after_days"') + 3;
    const position = { line: text.slice(0, at).split('\n').length - 1, character: at - text.lastIndexOf('\n', at) - 1 };
    expect(await connection.sendRequest('textDocument/hover', { textDocument: { uri }, position })).not.toBeNull();
    expect(await connection.sendRequest('textDocument/completion', { textDocument: { uri }, position })).not.toHaveLength(0);
    // The first request to an organization is what asks for them.
    await connection.sendNotification('backupPolicy/awsSettings', { trusted: false, mode: 'off', storage: folder });
    await expect(connection.sendRequest('backupPolicy/aws/connection', { call: 1, params: null })).rejects.toThrow(/remote\.js/);
  } finally {
    connection.dispose();
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
