import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';

/**
 * What VS Code calls in its extension host. Opens a policy, which starts the server, waits for its problems, and shows the
 * running extensions until their times have been read. Writes the time to the problems, in milliseconds, beside itself.
 */
export async function run(): Promise<void> {
  const file = (name: string): string => path.join(__dirname, name);
  fs.writeFileSync(file('problems.json'), JSON.stringify(await firstProblems()));
  await vscode.commands.executeCommand('workbench.action.showRuntimeExtensions');
  for (let turn = 0; turn < 300 && !fs.existsSync(file('activation.json')); turn++) await new Promise((resolve) => setTimeout(resolve, 100));
  const report = process.env['TEST_REPORT'];
  if (report === undefined) throw new Error('TEST_REPORT names no file for the report.');
  fs.writeFileSync(report, JSON.stringify({ tests: 1, passes: 1, pending: 0, failures: 0 }));
}

async function firstProblems(): Promise<number> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) throw new Error('There is no folder.');
  const uri = vscode.Uri.joinPath(folder, 'broken.backup-policy.json');
  await vscode.workspace.fs.writeFile(uri, Buffer.from('{ "plans": { "daily": { "retention": {} } } }\n'));
  const told = new Promise<void>((resolve) => {
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((each) => each.toString() === uri.toString()) && vscode.languages.getDiagnostics(uri).some(({ source }) => source === 'backup-policy')) resolve();
    });
  });
  const began = performance.now();
  await vscode.window.showTextDocument(uri);
  await told;
  return performance.now() - began;
}
