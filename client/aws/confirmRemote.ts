import { commands, env, window } from 'vscode';
import type { ImpactView } from '../../server/protocol.ts';
import type { ImpactComparison } from '../impactComparison.ts';
import type { AwsConnection } from './awsConnection.ts';
import type { RemoteQuestion } from './remoteQuestion.ts';

const changeMode = 'Change Mode';
const goOn = 'Continue';

/** Something that can be looked at before the answer. */
export interface Look {
  readonly label: string;
  /** @returns the sentence that says what is shown now, or nothing where the question can stand again at once. */
  show(): Promise<string | undefined>;
}

/** The look that leaves the commands of the AWS CLI in the clipboard. */
export function copyingCommands(text: string): Look {
  return {
    label: 'Copy AWS CLI Commands',
    async show() {
      await env.clipboard.writeText(`${text}\n`);
      return undefined;
    },
  };
}

/** The look at what accounts would get, in the view of impacts. */
export function showingImpact(view: ImpactComparison, shown: { readonly impact: ImpactView; readonly title: string; readonly message: string }): Look {
  return {
    label: 'Show Impact',
    async show() {
      view.show({ comparison: { type: 'given', impact: shown.impact }, title: shown.title, message: shown.message });
      await commands.executeCommand('awsBackupPolicy.impact.focus');
      return 'The impact is shown in the view of impacts.';
    },
  };
}

/**
 * Asks before AWS is changed; the question comes back after each look. Where the connection is read-only it says so, and
 * offers the mode instead of the change.
 * @returns `modeChanged` when the change is allowed now and has to be prepared anew.
 */
export async function confirmRemote(connection: Pick<AwsConnection, 'settings'>, { title, detail, action }: RemoteQuestion, looks: readonly Look[]): Promise<'confirmed' | 'modeChanged' | 'cancelled'> {
  const isReadOnly = connection.settings.mode === 'readOnly';
  const button = isReadOnly ? changeMode : action;
  const text = isReadOnly ? `The connection is read-only, so this can be looked at and not done.\n\n${detail}` : detail;
  for (;;) {
    const choice = await window.showWarningMessage(title, { modal: true, detail: text }, button, ...looks.map(({ label }) => label));
    if (choice === button && !isReadOnly) return 'confirmed';
    if (choice === button) {
      await commands.executeCommand('awsBackupPolicy.changeAwsMode');
      return connection.settings.mode === 'readWrite' ? 'modeChanged' : 'cancelled';
    }
    const look = looks.find(({ label }) => label === choice);
    if (look === undefined) return 'cancelled';
    const shown = await look.show();
    if (shown !== undefined && !(await isContinued(shown))) return 'cancelled';
  }
}

/** Asks above what is shown, and stays there while it is looked at: a notification would hide by itself. */
export async function isContinued(shown: string): Promise<boolean> {
  const rows = [{ label: goOn, description: 'back to the question' }, { label: 'Cancel', description: 'nothing is changed in AWS' }];
  const picked = await window.showQuickPick(rows, { title: shown, placeHolder: 'Nothing is changed in AWS yet. Look at it, then choose', ignoreFocusOut: true });
  return picked?.label === goOn;
}
