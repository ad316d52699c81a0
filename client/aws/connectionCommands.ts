import { QuickPickItemKind, commands, env, window, type ExtensionContext, type QuickPickItem } from 'vscode';
import type { RemoteMode } from '../../server/protocol.ts';
import { plainMessage } from '../plainMessage.ts';
import type { AwsConnection } from './awsConnection.ts';
import { connectionChoice, wantedMode, type ConnectionChoice } from './awsSettings.ts';
import { connectionFacts, modeWords } from './connectionText.ts';
import { profileItems, type ProfileItem } from './profileItems.ts';
import { whyNotInBrowser } from './browserLimit.ts';
import type { RemoteAccess } from './remoteAccess.ts';

type Row<Choice> = QuickPickItem & { readonly picked?: boolean; readonly choice?: Choice };

/** What becomes of a connection that is to the embedded organization when there is none yet. */
type EmbeddedFlow = () => Promise<unknown>;

const modeDetails: Readonly<Record<RemoteMode, string>> = {
  off: 'Nothing is sent to AWS.',
  readOnly: 'The organization is read: import, comparison with AWS, readiness. Nothing is changed.',
  readWrite: 'Policies and attachments can be changed in AWS, each change after a confirmation that shows its effect.',
};

/** Connecting to AWS, and seeing what is connected. */
export class ConnectionCommands {
  readonly #context: ExtensionContext;
  readonly #connection: AwsConnection;
  readonly #remote: RemoteAccess;
  readonly #createEmbedded: EmbeddedFlow;

  constructor(context: ExtensionContext, connection: AwsConnection, remote: RemoteAccess, createEmbedded: EmbeddedFlow) {
    this.#context = context;
    this.#connection = connection;
    this.#remote = remote;
    this.#createEmbedded = createEmbedded;
  }

  /** Chooses what to connect to, then asks AWS which organization it is. @param given a profile's name, to be taken without a question. */
  async connect(given?: unknown): Promise<void> {
    if (!(await this.choose(given))) return;
    // Where the workspace is not trusted, asking says why nothing is sent.
    const isOff = (): boolean => this.#connection.settings.trusted && this.#connection.settings.mode === 'off';
    if (isOff()) await this.changeMode();
    if (isOff()) return;
    const view = await this.#remote.run('Connecting to AWS', 'backupPolicy/aws/connection', null);
    if (view === undefined) return;
    const who = view.caller === undefined ? '' : ` as ${view.caller.arn}`;
    const what = view.backend === 'embedded' ? `Embedded organization ${view.organizationId}` : `Organization ${view.organizationId}${who}`;
    void window.showInformationMessage(plainMessage(`${what} is connected, ${modeWords[view.mode]}.`), 'Change Mode', 'Show Connection').then(async (picked) => {
      if (picked === 'Change Mode') await this.changeMode();
      else if (picked === 'Show Connection') await this.show();
    });
  }

  /** Chooses a profile, the credentials of the environment or an embedded organization. @returns false when nothing was chosen. */
  async choose(given?: unknown): Promise<boolean> {
    const choice = typeof given === 'string' ? { type: 'profile' as const, name: given } : await this.#pick();
    if (choice === undefined) return false;
    if (choice === 'new embedded') {
      await this.#createEmbedded();
      return false;
    }
    await this.#connection.choose(choice);
    const setting = connectionChoice(this.#context)?.setting;
    if (setting === undefined) return true;
    const name = `awsBackupPolicy.aws.${setting}`;
    void window.showWarningMessage(`The setting ${name} wins over what is chosen here. Empty it to use the choice.`, 'Open Setting').then((picked) => (picked === undefined ? undefined : commands.executeCommand('workbench.action.openSettings', name)));
    return true;
  }

  async changeMode(): Promise<void> {
    const refusal = whyNotInBrowser();
    if (refusal !== undefined) {
      void window.showInformationMessage(`${refusal.message} ${refusal.nextStep}`);
      return;
    }
    const now = wantedMode(this.#context);
    const rows = (['off', 'readOnly', 'readWrite'] as const).map((mode) => ({ label: `${mode === now ? '$(check) ' : ''}${mode}`, description: modeWords[mode], detail: modeDetails[mode], mode }));
    const picked = await window.showQuickPick(rows, { title: 'Change AWS Mode', placeHolder: `The mode is ${now} now` });
    if (picked === undefined) return;
    await this.#connection.changeMode(picked.mode);
    if (picked.mode !== 'off' && connectionChoice(this.#context) === undefined) await this.connect();
  }

  /** Shows what is connected, with everything that can be done about it. A fact that is picked is copied. */
  async show(): Promise<void> {
    const refusal = whyNotInBrowser();
    if (refusal !== undefined) {
      void window.showInformationMessage(`${refusal.message} ${refusal.nextStep}`);
      return;
    }
    const { settings } = this.#connection;
    const view = settings.mode === 'off' ? undefined : await this.#remote.run('Asking AWS for the Connection', 'backupPolicy/aws/connection', null);
    const facts: readonly Row<never>[] = view === undefined
      ? [{ label: settings.trusted ? 'Nothing is sent to AWS' : 'Nothing is sent to AWS: this workspace is not trusted' }]
      : connectionFacts(view).map(({ name, value }) => ({ label: value, description: name }));
    const actions = [
      ...(settings.trusted ? [] : [{ label: '$(shield) Manage Workspace Trust', command: 'workbench.trust.manage' }]),
      { label: '$(account) Choose AWS Profile', command: 'awsBackupPolicy.chooseAwsProfile' },
      { label: '$(lock) Change AWS Mode', command: 'awsBackupPolicy.changeAwsMode' },
      { label: '$(beaker) Create Embedded Organization', command: 'awsBackupPolicy.createEmbeddedOrganization' },
    ];
    const separator = (label: string): QuickPickItem => ({ label, kind: QuickPickItemKind.Separator });
    const picked = await window.showQuickPick<QuickPickItem & { readonly command?: string }>([separator('Connection'), ...facts, separator('Actions'), ...actions], { title: 'AWS Connection', placeHolder: 'Choose an action, or a fact to copy it', matchOnDescription: true });
    if (picked === undefined) return;
    if (picked.command !== undefined) await commands.executeCommand(picked.command);
    else if (view !== undefined) await env.clipboard.writeText(picked.label);
  }

  async #pick(): Promise<ConnectionChoice | 'new embedded' | undefined> {
    const profiles = await this.#remote.run('Reading the AWS Configuration Files', 'backupPolicy/aws/profiles', null);
    if (profiles === undefined) return undefined;
    const { embedded } = this.#connection.settings;
    const others: readonly (Omit<ProfileItem, 'choice'> & { readonly choice: ConnectionChoice | 'new embedded' })[] = [
      { label: 'Credentials of the environment', description: 'AWS_PROFILE, AWS_ACCESS_KEY_ID, container or instance role', choice: { type: 'environment' } },
      ...(embedded === undefined ? [] : [{ label: 'Embedded organization', description: embedded, choice: { type: 'embedded' as const, file: embedded } }]),
      { label: 'New embedded organization…', description: 'no AWS account', detail: 'A file that behaves as AWS does, made out of the model', choice: 'new embedded' },
    ];
    const rows = [...profiles.length > 0 ? [{ label: 'Profiles of the AWS configuration files', kind: QuickPickItemKind.Separator, choice: undefined }] : [], ...profileItems(profiles), { label: 'Without a profile', kind: QuickPickItemKind.Separator, choice: undefined }, ...others];
    const picked = await window.showQuickPick(rows, { title: 'Choose AWS Profile', placeHolder: 'Credentials stay where they are: only the name is remembered, for this workspace', matchOnDescription: true, matchOnDetail: true });
    return picked?.choice;
  }
}
