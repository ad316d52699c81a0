import { Uri, window, workspace, type ExtensionContext } from 'vscode';
import type { EmbeddedCreation, LeftOutView } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import type { AwsConnection } from './awsConnection.ts';
import { connectionChoice } from './awsSettings.ts';
import type { RemoteAccess } from './remoteAccess.ts';

const fileName = 'embedded-organization.json';
const title = 'Create Embedded Organization';

/** Makes an organization that stands for AWS out of the model, so that everything can be tried without an account. */
export class EmbeddedOrganizationCommand {
  readonly #context: ExtensionContext;
  readonly #server: ServerAccess;
  readonly #connection: AwsConnection;
  readonly #remote: RemoteAccess;

  constructor(context: ExtensionContext, server: ServerAccess, connection: AwsConnection, remote: RemoteAccess) {
    this.#context = context;
    this.#server = server;
    this.#connection = connection;
    this.#remote = remote;
  }

  /** @param given `{ replace: true }` replaces an embedded organization that is there without asking. */
  async create(given?: unknown): Promise<void> {
    const organization = await this.#chooseModel();
    if (organization === undefined) return;
    const file = this.#file();
    const create = (replace: boolean): Promise<EmbeddedCreation | undefined> => this.#remote.run(title, 'backupPolicy/aws/createEmbedded', { organization, file, replace });
    let made = await create(isReplacing(given));
    if (made?.type === 'exists') {
      const verb = 'Replace Organization';
      const detail = `${file}\n\nEverything that was pushed to it and attached in it is lost. The model and the policy files stay as they are.`;
      if ((await window.showWarningMessage('Replace the embedded organization by a new one?', { modal: true, detail }, verb)) !== verb) return;
      made = await create(true);
    }
    if (made?.type !== 'created') return;
    await this.#connection.choose({ type: 'embedded', file });
    void this.#tell(made);
  }

  async #chooseModel(): Promise<string | undefined> {
    const organizations = await this.#server.request('backupPolicy/organizations', null);
    const [only, ...more] = organizations;
    if (only === undefined) {
      void window.showInformationMessage('There is no organization model to make an embedded organization of. A file backup-organization.json is one; the sample organization has it.');
      return undefined;
    }
    if (more.length === 0) return only.uri;
    const rows = organizations.map(({ uri, name }) => ({ label: name, description: workspace.asRelativePath(Uri.parse(uri)), uri }));
    return (await window.showQuickPick(rows, { title, placeHolder: 'Choose the model to make it of' }))?.uri;
  }

  /** Where the setting says, else in the storage of the workspace. */
  #file(): string {
    const chosen = connectionChoice(this.#context);
    if (chosen?.setting === 'embeddedOrganization' && chosen.choice.type === 'embedded') return chosen.choice.file;
    return Uri.joinPath(this.#context.storageUri ?? this.#context.globalStorageUri, fileName).fsPath;
  }

  async #tell({ organizationId, accounts, policies, attachments, leftOut }: Extract<EmbeddedCreation, { readonly type: 'created' }>): Promise<void> {
    const { mode } = this.#connection.settings;
    const allow = mode === 'readWrite' ? [] : ['Allow Changes'];
    const show = leftOut.length === 0 ? [] : ['Show What Is Left Out'];
    const left = leftOut.length === 0 ? '' : ` ${String(leftOut.length)} ${leftOut.length === 1 ? 'thing is' : 'things are'} left out because AWS refuses them.`;
    const picked = await window.showInformationMessage(`Embedded organization ${organizationId} stands for AWS now, with ${String(accounts)} accounts, ${String(policies)} policies and ${String(attachments)} attachments.${left}`, ...allow, ...show);
    if (picked === 'Allow Changes') await this.#connection.changeMode('readWrite');
    else if (picked !== undefined) await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content: leftOutText(leftOut) }));
  }
}

function isReplacing(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'replace' in given && given.replace === true;
}

function leftOutText(leftOut: readonly LeftOutView[]): string {
  const lines = leftOut.map(({ policy, target, reason }) => `- ${policy}${target === undefined ? '' : `, attached to ${target}`}: ${reason}`);
  return `# What the embedded organization does not have\n\n${lines.join('\n')}\n`;
}
