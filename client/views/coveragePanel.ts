import { commands, type ExtensionContext } from 'vscode';
import { revealLocation } from '../locations.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { isCoverageMessage, type CoverageMessage, type CoverageState } from '../webview/coverageMessages.ts';
import { TablePanel } from './tablePanel.ts';

/** The editor tab with the table of accounts and plans. */
export class CoveragePanel extends TablePanel<CoverageState, Exclude<CoverageMessage, { type: 'ready' }>> {
  constructor(context: ExtensionContext, server: ServerAccess) {
    super(context, server, {
      viewType: 'awsBackupPolicy.coverage',
      title: 'Backup Coverage',
      page: 'coverage',
      type: 'coverage',
      isMessage: isCoverageMessage,
      state: async () => ({ kind: 'coverage', organizations: await server.request('backupPolicy/coverage', null) }),
      receive,
    });
  }
}

async function receive(message: Exclude<CoverageMessage, { type: 'ready' }>): Promise<void> {
  switch (message.type) {
    case 'reveal':
      await revealLocation(message.location);
      return;
    case 'showPolicy':
      await commands.executeCommand('awsBackupPolicy.showEffectivePolicy', message.target);
      return;
    case 'export':
      await commands.executeCommand(message.format === 'csv' ? 'awsBackupPolicy.exportCoverageCsv' : 'awsBackupPolicy.exportCoverageMarkdown');
  }
}
