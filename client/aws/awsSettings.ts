import { Uri, workspace, type ExtensionContext } from 'vscode';
import type { AwsSettings, RemoteMode } from '../../server/protocol.ts';

/** What the user connects to. */
export type ConnectionChoice =
  | { readonly type: 'profile'; readonly name: string }
  /** The credentials that AWS's tools find without a profile. */
  | { readonly type: 'environment' }
  | { readonly type: 'embedded'; readonly file: string };

/** The settings that name what to connect to; they win over what was chosen by a command. */
export type ChoosingSetting = 'profile' | 'embeddedOrganization';

const modes: readonly RemoteMode[] = ['off', 'readOnly', 'readWrite'];

/** Under these the workspace remembers what was chosen by a command. */
const choiceKey = 'aws.connection';
const modeKey = 'aws.mode';

type Remembering = Pick<ExtensionContext, 'workspaceState'>;

/** What is chosen, and by which setting if by one; undefined as long as nothing is. */
export function connectionChoice({ workspaceState }: Remembering): { readonly choice: ConnectionChoice; readonly setting?: ChoosingSetting } | undefined {
  const settings = workspace.getConfiguration('awsBackupPolicy.aws');
  const embedded = text(settings.get('embeddedOrganization'));
  if (embedded !== undefined) return { choice: { type: 'embedded', file: pathOf(embedded) }, setting: 'embeddedOrganization' };
  const profile = text(settings.get('profile'));
  if (profile !== undefined) return { choice: { type: 'profile', name: profile }, setting: 'profile' };
  const choice = workspaceState.get<ConnectionChoice>(choiceKey);
  return choice === undefined ? undefined : { choice };
}

/** Remembers a choice for the workspace. */
export async function rememberChoice({ workspaceState }: Remembering, choice: ConnectionChoice): Promise<void> {
  await workspaceState.update(choiceKey, choice);
}

/** The mode that the user wants once something is chosen: that of the settings if they have one. */
export function wantedMode({ workspaceState }: Remembering): RemoteMode {
  const set = modeSetting()?.value;
  return modes.find((mode) => mode === set) ?? modes.find((mode) => mode === workspaceState.get(modeKey)) ?? 'readOnly';
}

/** Where the settings have a mode: there it is changed, too. A folder's wins over the workspace's, that over the user's. */
function modeSetting(): { readonly value: unknown; readonly global: boolean } | undefined {
  const { globalValue, workspaceValue } = workspace.getConfiguration('awsBackupPolicy.aws').inspect<unknown>('mode') ?? {};
  // In a workspace that is not trusted VS Code leaves out what its own settings say.
  if (workspaceValue !== undefined && workspace.isTrusted) return { value: workspaceValue, global: false };
  return globalValue === undefined ? undefined : { value: globalValue, global: true };
}

/** Changes the mode where it is set: in the settings that have one, else for the workspace alone. */
export async function changeMode({ workspaceState }: Remembering, mode: RemoteMode): Promise<void> {
  const set = modeSetting();
  if (set === undefined) await workspaceState.update(modeKey, mode);
  else await workspace.getConfiguration('awsBackupPolicy.aws').update('mode', mode, set.global);
}

/** How the settings and the trust of the workspace allow to reach AWS. */
export function awsSettings(context: Pick<ExtensionContext, 'globalStorageUri' | 'workspaceState'>): AwsSettings {
  const trusted = workspace.isTrusted;
  const chosen = connectionChoice(context)?.choice;
  const endpoint = text(workspace.getConfiguration('awsBackupPolicy.aws').get('endpoint'));
  return {
    trusted,
    mode: trusted && chosen !== undefined ? wantedMode(context) : 'off',
    ...(chosen?.type === 'profile' ? { profile: chosen.name } : {}),
    ...(chosen?.type === 'embedded' ? { embedded: chosen.file } : {}),
    ...(endpoint === undefined || !trusted ? {} : { endpoint }),
    storage: context.globalStorageUri.fsPath,
  };
}

/** The path of a file: as it is when it is absolute, else within the first folder of the workspace. */
function pathOf(file: string): string {
  const [folder] = workspace.workspaceFolders ?? [];
  return /^([\\/]|[A-Za-z]:[\\/])/.test(file) || folder === undefined ? file : Uri.joinPath(folder.uri, file).fsPath;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
