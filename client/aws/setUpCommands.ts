import { commands, env, window, workspace } from 'vscode';
import type { SetUpAction, SetUpChange } from '../../server/protocol.ts';
import type { AwsConnection } from './awsConnection.ts';
import { confirmRemote } from './confirmRemote.ts';
import { runRemoteAction, type RemoteAccess } from './remoteAccess.ts';
import type { SetUpNode } from './setUpItems.ts';
import type { SetUpTree } from './setUpTree.ts';

/** What the set-up view can do. Every change of AWS is asked about first, and read again afterwards. */
export class SetUpCommands {
  readonly #tree: SetUpTree;
  readonly #connection: AwsConnection;
  readonly #remote: RemoteAccess;

  constructor(tree: SetUpTree, connection: AwsConnection, remote: RemoteAccess) {
    this.#tree = tree;
    this.#connection = connection;
    this.#remote = remote;
  }

  async show(): Promise<void> {
    await commands.executeCommand('awsBackupPolicy.setUp.focus');
  }

  refresh(): Promise<void> {
    return this.#tree.refresh();
  }

  /** Runs what stands in a row. */
  async run(from: unknown): Promise<void> {
    const node = nodeOf(from);
    if (node?.type === 'command') await this.#copy(node.command);
    else if (node?.type === 'remedy') await runRemoteAction(node.action);
    else if (node?.type === 'action') await this.#do(node.action);
  }

  /** Runs the change of a row that begins with a word, such as `enable`. */
  async change(from: unknown, word: string): Promise<void> {
    const action = actionsOf(nodeOf(from) ?? this.#tree.selected).find((each) => each.type === 'change' && each.change.type.startsWith(word));
    if (action !== undefined) await this.#do(action);
  }

  async copyCommand(from: unknown): Promise<void> {
    const node = nodeOf(from) ?? this.#tree.selected;
    if (node?.type === 'row') await this.#copy(node.row.command);
  }

  async openPage(from: unknown): Promise<void> {
    const node = nodeOf(from) ?? this.#tree.selected;
    if (node?.type === 'row') await commands.executeCommand('vscode.open', node.row.link);
  }

  /** Shows the delegation policy as it was read last. */
  async showDelegationPolicy(): Promise<void> {
    if (this.#tree.rows.length === 0) await this.refresh();
    const action = this.#tree.rows.flatMap(({ actions }) => actions).find(({ type }) => type === 'show');
    if (action === undefined) void window.showInformationMessage('The organization has no delegation policy, or it could not be read.');
    else await this.#do(action);
  }

  /** Asks which member account shall see all jobs. @param given its id, to be taken without a question. */
  async register(given?: unknown): Promise<void> {
    const accountId = typeof given === 'string' ? given : await this.#pickAccount('Register as Delegated Administrator for AWS Backup');
    if (accountId !== undefined) await this.#make({ type: 'registerDelegatedAdministrator', accountId });
  }

  /** Opens a delegation policy for a member account in an editor; nothing is sent. */
  async generate(given?: unknown): Promise<void> {
    const accountId = typeof given === 'string' ? given : await this.#pickAccount('Let This Account Manage Backup Policies');
    if (accountId === undefined) return;
    const made = await this.#remote.run('Reading the delegation policy', 'backupPolicy/aws/delegationPolicy', { accountId });
    if (made === undefined) return;
    await open(made.content);
    const picked = await window.showInformationMessage('This policy keeps what the present delegation policy says. Save it as delegation-policy.json and run the command in the management account to put it.', 'Copy Command');
    if (picked !== undefined) await this.#copy(made.command);
  }

  async #do(action: SetUpAction): Promise<void> {
    switch (action.type) {
      case 'change':
        return this.#make(action.change);
      case 'register':
        return this.register();
      case 'generate':
        return this.generate();
      case 'show':
        return open(pretty(action.content));
      case 'copy':
        return this.#copy(action.text);
    }
  }

  async #make(change: SetUpChange): Promise<void> {
    const asked = await this.#remote.run('Looking at what the change will do', 'backupPolicy/aws/prepareSetUpChange', { change });
    if (asked === undefined) return;
    const { ref, message, detail, verb } = asked;
    const answer = await confirmRemote(this.#connection, { title: message, detail, action: verb }, []);
    if (answer === 'modeChanged') return this.#make(change);
    if (answer === 'cancelled') return;
    const made = await this.#remote.run(verb, 'backupPolicy/aws/changeSetUp', { ref });
    if (made !== undefined) void window.showInformationMessage(made.message);
    // Also after a failure: whether it took effect is what AWS says now.
    await this.#tree.refresh();
  }

  async #pickAccount(title: string): Promise<string | undefined> {
    const list = await this.#remote.run('Listing accounts', 'backupPolicy/aws/memberAccounts', null);
    if (list === undefined) return undefined;
    const items = list.accounts.map(({ id, name }) => ({ label: name, description: id }));
    return (await window.showQuickPick(items, { title, placeHolder: 'A member account; the management account cannot be a delegate', matchOnDescription: true }))?.description;
  }

  async #copy(text: string): Promise<void> {
    await env.clipboard.writeText(text);
    window.setStatusBarMessage('Copied', 2000);
  }
}

async function open(content: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument({ language: 'json', content }));
}

function pretty(content: string): string {
  try {
    return `${JSON.stringify(JSON.parse(content), undefined, 2)}\n`;
  } catch {
    return content;
  }
}

function nodeOf(from: unknown): SetUpNode | undefined {
  return typeof from === 'object' && from !== null && 'type' in from ? (from as SetUpNode) : undefined;
}

function actionsOf(node: SetUpNode | undefined): readonly SetUpAction[] {
  if (node?.type === 'row') return node.row.actions;
  return node?.type === 'text' && node.action !== undefined ? [node.action] : [];
}
