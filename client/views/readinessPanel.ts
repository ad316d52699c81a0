import { UIKind, commands, env, type ExtensionContext } from 'vscode';
import type { ReadinessCheckView } from '../../server/protocol.ts';
import { revealLocation } from '../locations.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { isReadinessMessage, type ReadinessMessage, type ReadinessState } from '../webview/readiness/readinessMessages.ts';
import { TablePanel } from './tablePanel.ts';

type Message = Exclude<ReadinessMessage, { type: 'ready' }>;

const exportCommands = { csv: 'exportReadinessCsv', markdown: 'exportReadinessMarkdown', cloudformation: 'exportStackSetTemplate' } as const;

/** The editor tab with the checklist of what has to exist in AWS. */
export class ReadinessPanel extends TablePanel<ReadinessState, Message> {
  #check: ReadinessCheckView | undefined;

  constructor(context: ExtensionContext, server: ServerAccess) {
    super(context, server, {
      viewType: 'awsBackupPolicy.readiness',
      title: 'Backup Readiness',
      page: 'readiness',
      type: 'readiness',
      isMessage: isReadinessMessage,
      state: async () => ({
        kind: 'readiness',
        organizations: await server.request('backupPolicy/readiness', null),
        // In a browser without a remote host there is no way to AWS.
        canCheck: env.uiKind === UIKind.Desktop || env.remoteName !== undefined,
        ...(this.#check === undefined ? {} : { check: this.#check }),
      }),
      receive,
    });
  }

  /** Shows what AWS answered; kept until it is asked again. */
  async showCheck(check: ReadinessCheckView): Promise<void> {
    this.#check = check;
    await this.refresh();
  }
}

async function receive(message: Message): Promise<void> {
  switch (message.type) {
    case 'reveal':
      await revealLocation(message.location);
      return;
    case 'showPolicy':
      await commands.executeCommand('awsBackupPolicy.showEffectivePolicy', message.target);
      return;
    case 'check':
      await commands.executeCommand('awsBackupPolicy.checkReadiness');
      return;
    case 'export':
      await commands.executeCommand(`awsBackupPolicy.${exportCommands[message.format]}`, undefined, message.place);
  }
}
