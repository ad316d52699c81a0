import { ProgressLocation, commands, env, window } from 'vscode';
import type { RemoteAction, RemoteFailureView, RemoteMethod, RemoteRequests, RemoteResult } from '../../server/protocol.ts';
import { plainMessage } from '../plainMessage.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { whyNotInBrowser } from './browserLimit.ts';

/** The requests that change something in AWS. */
const changing: ReadonlySet<RemoteMethod> = new Set<RemoteMethod>(['backupPolicy/aws/executePush', 'backupPolicy/aws/executeAttachment', 'backupPolicy/aws/enablePolicyType', 'backupPolicy/aws/undo', 'backupPolicy/aws/finishOperation', 'backupPolicy/aws/changeSetUp']);

/** Cancelled before the server has begun with it. */
function isWithdrawn(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === -32_800;
}

/** The language server ended in the middle, or met what nobody foresaw: what was done until then is in the journal. */
function unanswered(title: string, error: unknown): RemoteFailureView {
  return {
    message: `${title}: the language server gave no answer (${error instanceof Error ? error.message : String(error)}), so it is not known here what was done in AWS.`,
    nextStep: 'Compare with AWS what was begun; nothing is done twice.',
    actions: [{ type: 'command', title: 'See What Was Done…', command: 'awsBackupPolicy.recoverOperations', arguments: [] }],
  };
}

/** Requests that concern an organization in AWS: they take time, can be cancelled and can fail. */
export class RemoteAccess {
  readonly #server: ServerAccess;
  #calls = 0;

  constructor(server: ServerAccess) {
    this.#server = server;
  }

  /**
   * Runs a request with a notification that shows its progress and can cancel it. When it failed for want of a valid
   * sign-in it waits until the user has signed in and tries again, or has put the message away.
   * @returns undefined when it was cancelled or failed; a failure has been shown with its next steps then.
   */
  async run<Method extends RemoteMethod>(title: string, method: Method, params: RemoteRequests[Method]['params']): Promise<RemoteRequests[Method]['result'] | undefined> {
    for (;;) {
      const result = await this.ask(title, method, params);
      if (result.type === 'done') return result.value;
      if (result.type === 'cancelled') return undefined;
      const shown = showRemoteFailure(result.failure);
      const canRetry = result.failure.actions.some((action) => action.type === 'retry');
      if (!canRetry || (await shown) !== 'retry') return undefined;
    }
  }

  /** The same, for who deals with failures. */
  async ask<Method extends RemoteMethod>(title: string, method: Method, params: RemoteRequests[Method]['params']): Promise<RemoteResult<RemoteRequests[Method]['result']>> {
    const failure = whyNotInBrowser();
    if (failure !== undefined) return { type: 'failed', failure };
    const call = ++this.#calls;
    return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
      let percent = 0;
      const session = await this.#server.ensure();
      const listening = session.onDidReport((report) => {
        if (report.call !== call) return;
        const increment = Math.max(0, (report.percent ?? percent) - percent);
        percent += increment;
        progress.report({ message: plainMessage(report.message), increment });
      });
      try {
        return await session.ask(method, { call, params }, token);
      } catch (error) {
        if (isWithdrawn(error)) return { type: 'cancelled' };
        if (!changing.has(method)) throw error;
        return { type: 'failed', failure: unanswered(title, error) };
      } finally {
        listening.dispose();
      }
    });
  }
}

/** Shows what went wrong and what to do next, with a button for each thing that can be done at once. */
export async function showRemoteFailure({ message, nextStep, actions }: RemoteFailureView): Promise<'retry' | undefined> {
  const picked = await window.showErrorMessage(plainMessage(`${message} ${nextStep}`), ...actions.map(({ title }) => title));
  const action = actions.find(({ title }) => title === picked);
  if (action === undefined) return undefined;
  if (action.type === 'retry') return 'retry';
  await runRemoteAction(action);
  const retry = actions.find(({ type }) => type === 'retry');
  // What was opened takes the user elsewhere for a while: the way back stays.
  if (action.type !== 'terminal' || retry === undefined) return undefined;
  return (await window.showInformationMessage(plainMessage(`Press Enter in the terminal to run ${action.command}. Then go on here.`), retry.title)) === retry.title ? 'retry' : undefined;
}

/** Does what a message offers. */
export async function runRemoteAction(action: Exclude<RemoteAction, { readonly type: 'retry' }>): Promise<void> {
  switch (action.type) {
    case 'copy':
      await env.clipboard.writeText(action.text);
      return;
    case 'terminal': {
      const terminal = window.createTerminal('AWS');
      terminal.show();
      // A line break would run it before the user has read it.
      terminal.sendText(action.command.replace(/[\r\n]+/g, ' '), false);
      return;
    }
    case 'command':
      await commands.executeCommand(action.command, ...action.arguments);
  }
}
