import assert from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';

const extensionId = 'backup-policies.aws-backup-policies';
const mistake = '{ "plans": { "daily": { "regions": { "@@assign": "eu-west-1" } } } }';

suite('A crash of the language server', () => {
  test('loses nothing: it starts again and problems return while typing (processes are listed on Linux)', async function () {
    if (process.platform !== 'linux') this.skip();
    const document = await vscode.workspace.openTextDocument({ language: 'aws-backup-policy', content: mistake });
    await vscode.window.showTextDocument(document);
    await until('a problem before the crash', () => problems(document).length === 1);
    const before = serverProcess();
    process.kill(before, 'SIGKILL');
    await until('another server', () => serverState() === 'running' && serverProcessOrNone() !== undefined && serverProcessOrNone() !== before);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 0, mistake.length), '{ "plan": {} }');
    await vscode.workspace.applyEdit(edit);
    await until('the problem of the new text', () => problems(document).some((problem) => problem.message.includes('"plan"')));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

function problems(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'backup-policy');
}

function serverState(): string | undefined {
  return vscode.extensions.getExtension<{ serverState(): string }>(extensionId)?.exports.serverState();
}

function serverProcess(): number {
  const pid = serverProcessOrNone();
  assert.ok(pid !== undefined, 'no process runs dist/server.js');
  return pid;
}

/** The child process that runs the server, as Linux lists it. */
function serverProcessOrNone(): number | undefined {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).find((pid) => {
    try {
      const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))?.[1];
      return Number(parent) === process.pid && readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('server.js');
    } catch {
      return false;
    }
  });
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < end, `not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
