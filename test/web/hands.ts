import * as vscode from 'vscode';

// What a suite cannot do in its worker, somebody at the page does for it: test/host/webHands.mjs.

/** Has the message with this text closed, when it comes. */
export function dismiss(text: string): void {
  console.log(`TEST_HAND ${JSON.stringify({ type: 'dismiss', text })}`);
}

let asked = 0;

/** Waits until all texts are to be read on one page of the extension. */
export async function read(...texts: readonly string[]): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  const answer = `Reading, ${String(++asked)}`;
  const done = vscode.window.showInformationMessage(answer, 'Done');
  console.log(`TEST_HAND ${JSON.stringify({ type: 'read', texts, answer })}`);
  if ((await done) !== 'Done') throw new Error(`${texts.join(', ')}: not read.`);
}
