import { FileType, Uri, commands, window, workspace, type ExtensionContext } from 'vscode';

/** A lock whose process gives no sign of life for so many milliseconds is that of a process that is gone. */
const silence = 60_000;

/**
 * Tells when a change of AWS was left in the middle, by a crash or a lost network. Looks at the names of files alone: no
 * server is started, and nobody is asked.
 */
export async function noticeOpenOperations(context: ExtensionContext): Promise<void> {
  if (!workspace.isTrusted || !(await hasOpenOperations(context))) return;
  const [look, later] = ['See What Was Done…', 'Later'];
  const choice = await window.showWarningMessage('A change of an organization in AWS was not brought to an end. See what AWS holds of it, then finish it or take it back.', look, later);
  if (choice === look) await commands.executeCommand('awsBackupPolicy.recoverOperations');
}

/** Whether the journal has operations that nobody works at and that were not brought to an end. */
export async function hasOpenOperations({ globalStorageUri }: ExtensionContext): Promise<boolean> {
  return (await isAnyOpen(Uri.joinPath(globalStorageUri, 'journal'), 1)) || isAnyOpen(Uri.joinPath(globalStorageUri, 'journal-embedded'), 2);
}

/** @param depth folders until those that hold the operations of one organization. */
async function isAnyOpen(folder: Uri, depth: number): Promise<boolean> {
  const entries = await list(folder);
  if (depth > 0) {
    for (const [name, type] of entries) if (type === FileType.Directory && (await isAnyOpen(Uri.joinPath(folder, name), depth - 1))) return true;
    return false;
  }
  for (const [name] of entries) if (name.endsWith('.open.jsonl') && !(await isRunning(Uri.joinPath(folder, name.replace(/\.open\.jsonl$/, '.lock'))))) return true;
  return false;
}

async function isRunning(lock: Uri): Promise<boolean> {
  try {
    return Date.now() - (await workspace.fs.stat(lock)).mtime < silence;
  } catch {
    return false;
  }
}

async function list(folder: Uri): Promise<readonly [string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
