import type { Connection } from 'vscode-languageserver';
import { impactView } from './features/impactView.ts';
import { previewModelChange } from './features/modelChange.ts';
import { systemClock } from './organizations/clock.ts';
import { sealingKey } from './organizations/connection/sealedCode.ts';
import type { RemoteHost } from './organizations/host.ts';
import { createRemote, type Remote } from './organizations/remote.ts';
import type { AwsSettings, UserRequests } from './protocol.ts';
import type { ServerState } from './serverState.ts';

/**
 * Makes what answers requests about an organization in AWS, over the files and the editor of a server.
 * @param settings how the editor says that AWS is reached, at the time of each request.
 */
export function createHostedRemote(connection: Connection, state: ServerState, settings: () => AwsSettings): Remote {
  return createRemote(hostOf(connection, state, settings));
}

function hostOf(connection: Connection, { workspace, now }: ServerState, settings: () => AwsSettings): RemoteHost {
  return {
    clock: { ...systemClock, now },
    settings,
    edited: () => workspace.snapshot,
    saved: () => workspace.saved,
    withFiles: (files) => workspace.withFiles(files),
    impact: impactView,
    previewModelChange,
    mfaCode: async (serial, profile) => {
      const key = await sealingKey();
      const params: UserRequests['backupPolicy/aws/mfaCode']['params'] = { serial, profile: profile ?? null, publicKey: key.publicKey };
      const sealed = await connection.sendRequest<UserRequests['backupPolicy/aws/mfaCode']['result']>('backupPolicy/aws/mfaCode', params);
      return sealed === null ? undefined : key.open(sealed);
    },
    confirmConnection: (view) => connection.sendRequest<UserRequests['backupPolicy/aws/confirmConnection']['result']>('backupPolicy/aws/confirmConnection', view),
    connected: (view) => void connection.sendNotification('backupPolicy/aws/connected', view),
    log: (level, message) => {
      const { console } = connection;
      if (level === 'error') console.error(message);
      else if (level === 'warning') console.warn(message);
      else console.info(message);
    },
  };
}
