import { workspace, type ExtensionContext } from 'vscode';
import type { AwsSettings, RemoteMode } from '../../server/protocol.ts';

const modes: readonly RemoteMode[] = ['off', 'readOnly', 'readWrite'];

/** Under which the workspace remembers the chosen profile. */
export const chosenProfileKey = 'aws.profile';

/** How the settings and the trust of the workspace allow to reach AWS. */
export function awsSettings({ globalStorageUri, workspaceState }: ExtensionContext): AwsSettings {
  const settings = workspace.getConfiguration('awsBackupPolicy.aws');
  const trusted = workspace.isTrusted;
  const profile = text(settings.get('profile')) ?? workspaceState.get<string>(chosenProfileKey);
  const endpoint = text(settings.get('endpoint'));
  const embedded = text(settings.get('embeddedOrganization'));
  const wanted = modes.find((mode) => mode === settings.get('mode')) ?? 'readOnly';
  return {
    trusted,
    mode: trusted && (profile !== undefined || embedded !== undefined) ? wanted : 'off',
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(embedded === undefined ? {} : { embedded }),
    storage: globalStorageUri.fsPath,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
