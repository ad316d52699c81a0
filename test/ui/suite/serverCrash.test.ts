import * as assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { open, policy, problemsOf, restore, rulesOf, until } from '../editing';

interface Api {
  serverState(): string;
  saidOfServer(): string | undefined;
}

/** The installed extension is the same code: a few crashes show that it starts again there, too. */
const crashes = process.env['SUITE_KIND'] === 'vsix' ? 10 : 100;
const mistake = '{ "plans": { "daily": { "regions": { "@@assign": "eu-west-1" } } } }';

suite('A crash of the language server', () => {
  suiteSetup(function () {
    if (process.platform !== 'linux') this.skip();
  });
  teardown(restore);

  test(`loses nothing: ${String(crashes)} times while somebody types (processes are listed on Linux)`, async function () {
    this.timeout(240_000);
    const document = await vscode.workspace.openTextDocument({ language: 'aws-backup-policy', content: mistake });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 2, 0, 2);
    const begun = Date.now();
    let typed = '';
    let last: number | undefined;
    for (let crash = 0; crash < crashes; crash++) {
      await until(`server ${String(crash)} and its problems`, () => api().serverState() === 'running' && serverProcess() !== undefined && serverProcess() !== last && problemsOf(document.uri).length > 0, () => [api().serverState(), serverProcess(), last]);
      for (const letter of `"p${String(crash)}":0,`) {
        typed += letter;
        await vscode.commands.executeCommand('type', { text: letter === '"' && typed.split('"').length % 2 === 1 ? '"' : letter });
        // In the middle of a name.
        if (letter === 'p') {
          last = serverProcess();
          assert.ok(last !== undefined, 'no process runs the server');
          process.kill(last, 'SIGKILL');
        }
      }
    }
    console.log(`${String(crashes)} crashes in ${String(Date.now() - begun)} ms`);
    assert.equal(document.getText(), `{ ${typed}${mistake.slice(2)}`);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 0, document.getText().length), '{ "plan": {} }');
    await vscode.workspace.applyEdit(edit);
    await until('the problem of the last text alone', () => problemsOf(document.uri).length === 1 && problemsOf(document.uri)[0]?.message.includes('"plan"') === true, () => problemsOf(document.uri));
    await until('the problems of files that are not open', () => rulesOf(policy('nonprod')).join() === 'blocked-by-parent');
    if (crashes >= 5) assert.match(api().saidOfServer() ?? '', /ended several times .* started again each time\. Your files and unsaved edits are not affected/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('that comes again and again leaves it down with a message, and a restart brings everything back', async function () {
    this.timeout(120_000);
    const document = await open(policy('nonprod'));
    await until('the problem', () => rulesOf(document.uri).length === 1);
    await until('the end', () => {
      const running = serverProcess();
      if (running !== undefined) process.kill(running, 'SIGKILL');
      return api().serverState() === 'failed';
    }, () => api().serverState());
    assert.match(api().saidOfServer() ?? '', /ended five times in a row and is not started again by itself/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.deepEqual([serverProcess(), problemsOf(document.uri)], [undefined, []]);
    await vscode.commands.executeCommand('awsBackupPolicy.restartServer');
    await until('the problem again', () => api().serverState() === 'running' && rulesOf(document.uri).join() === 'blocked-by-parent');
  });
});

function api(): Api {
  const extension = vscode.extensions.getExtension<Api>('backup-policies.aws-backup-policies');
  assert.ok(extension);
  return extension.exports;
}

/** The child process that runs the server, as Linux lists it. */
function serverProcess(): number | undefined {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).find((pid) => {
    try {
      const [, state, parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8')) ?? [];
      return state !== 'Z' && Number(parent) === process.pid && readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('server.js');
    } catch {
      return false;
    }
  });
}
