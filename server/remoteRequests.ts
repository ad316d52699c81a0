import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Remote } from './organizations/remote.ts';
import { remoteMethods, type AwsSettings, type ClientNotifications, type RemoteCall, type RemoteProgress, type RemoteRequests } from './protocol.ts';
import type { ServerState } from './serverState.ts';

/** Nothing is reached before the editor has said how. */
const unknownSettings: AwsSettings = { trusted: false, mode: 'off', storage: '' };

/** Answers what concerns an organization in AWS. What does the work is loaded with the first such request. */
export function registerRemoteRequests(connection: Connection, state: ServerState): void {
  let settings = unknownSettings;
  let loaded: Promise<Remote> | undefined;
  const remote = async (): Promise<Remote> => {
    loaded ??= import('./remoteHost.ts').then(({ createHostedRemote }) => createHostedRemote(connection, state, () => settings));
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
