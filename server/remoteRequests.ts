import type { CancellationToken, Connection } from 'vscode-languageserver';
import { previewModelChange } from './features/modelChange.ts';
import { impactView } from './features/impactView.ts';
import { systemClock } from './organizations/clock.ts';
import type { RemoteHost } from './organizations/host.ts';
import type { Remote } from './organizations/remote.ts';
import { remoteMethods, type AwsSettings, type ClientNotifications, type RemoteCall, type RemoteProgress, type RemoteRequests, type UserRequests } from './protocol.ts';
import type { ServerState } from './serverState.ts';

/** Nothing is reached before the editor has said how. */
const unknownSettings: AwsSettings = { trusted: false, mode: 'off', storage: '' };

/** Answers what concerns an organization in AWS. What does the work is loaded with the first such request. */
export function registerRemoteRequests(connection: Connection, state: ServerState): void {
  let settings = unknownSettings;
  let loaded: Promise<Remote> | undefined;
  const remote = async (): Promise<Remote> => {
    loaded ??= import('./organizations/remote.ts').then(({ createRemote }) => createRemote(hostOf(connection, state, () => settings)));
    return loaded;
  };
  connection.onNotification('backupPolicy/awsSettings', (told: ClientNotifications['backupPolicy/awsSettings']) => {
    settings = told;
  });
  connection.onExit(() => void loaded?.then((each) => {
    each.close();
  }));
  for (const method of remoteMethods) {
    connection.onRequest(method, async ({ call, params }: RemoteCall<RemoteRequests[typeof method]['params']>, token: CancellationToken): Promise<unknown> => {
      await state.opened;
      const cancelling = new AbortController();
      if (token.isCancellationRequested) cancelling.abort();
      token.onCancellationRequested(() => {
        cancelling.abort();
      });
      const report = (message: string, percent?: number): void => {
        const progress: RemoteProgress = { call, message, ...(percent === undefined ? {} : { percent }) };
        void connection.sendNotification('backupPolicy/aws/progress', progress);
      };
      return (await remote()).answer(method, params, { signal: cancelling.signal, report });
    });
  }
}

function hostOf(connection: Connection, state: ServerState, settings: () => AwsSettings): RemoteHost {
  const { workspace } = state;
  return {
    clock: { ...systemClock, now: state.now },
    settings,
    edited: () => workspace.snapshot,
    saved: () => workspace.saved,
    withFiles: (files) => workspace.withFiles(files),
    impact: impactView,
    previewModelChange,
    mfaCode: async (serial, profile) => {
      const { sealingKey } = await import('./organizations/connection/sealedCode.ts');
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
