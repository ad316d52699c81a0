import { Uri, commands, window, workspace } from 'vscode';
import type { PolicyNameView } from '../../server/protocol.ts';
import { languages } from '../languages.ts';
import type { ServerAccess } from '../serverAccess.ts';

/** A policy that can be attached or detached. */
export interface NamedPolicy {
  readonly name: PolicyNameView;
  /** What stands for it in a change: its name, or the URI of a file that the model does not name yet. */
  readonly argument: string;
}

/**
 * The policy that a command is about: that of a document, else that of the active editor, else one that is asked
 * for among those that `isOffered`.
 * @returns undefined when the user gives up, or was told why there is none.
 */
export async function namedPolicy(server: ServerAccess, from: unknown, isOffered: (name: PolicyNameView) => boolean = () => true): Promise<NamedPolicy | undefined> {
  const document = documentUri(from);
  if (document === undefined) return chosenPolicy(server, isOffered);
  const uri = document.scheme === 'untitled' ? await savedFirst(document) : document;
  if (uri === undefined) return undefined;
  const names = await server.request('backupPolicy/policyNames', { uri: uri.toString() });
  if (names.length === 0) await offerModel();
  const name = names.length > 1 ? await choose(names) : names[0];
  return name === undefined ? undefined : { name, argument: name.defined ? name.policy : uri.toString() };
}

function documentUri(from: unknown): Uri | undefined {
  if (typeof from === 'string') return Uri.parse(from);
  if (from instanceof Uri) return from;
  const active = window.activeTextEditor?.document;
  return active?.languageId === languages.policy ? active.uri : undefined;
}

/** A model names policies by their files, so a new document needs one first. */
async function savedFirst(uri: Uri): Promise<Uri | undefined> {
  const choice = await window.showInformationMessage('The policy has no file yet, and a model names policies by their files. Save it in the folder of the model or below, then it can be attached.', 'Save As…');
  return choice === undefined ? undefined : workspace.saveAs(uri);
}

async function chosenPolicy(server: ServerAccess, isOffered: (name: PolicyNameView) => boolean): Promise<NamedPolicy | undefined> {
  const organizations = await server.request('backupPolicy/organizations', null);
  const names = await Promise.all(organizations.map(({ uri }) => server.request('backupPolicy/policyNames', { organization: uri })));
  const offered = names.flat().filter(isOffered);
  if (organizations.length === 0) await offerModel();
  else if (offered.length === 0) void window.showInformationMessage('The model has no such policy yet. Open the file of a backup policy and attach it from there.');
  else {
    const name = await choose(offered);
    if (name !== undefined) return { name, argument: name.policy };
  }
  return undefined;
}

async function choose(names: readonly PolicyNameView[]): Promise<PolicyNameView | undefined> {
  const rows = names.map((name) => ({ label: name.policy, description: name.attachedTo.length === 0 ? 'attached nowhere' : `attached to ${name.attachedTo.map(({ path }) => path).join(', ')}`, name }));
  return (await window.showQuickPick(rows, { placeHolder: 'Choose a policy', matchOnDescription: true }))?.name;
}

async function offerModel(): Promise<void> {
  const choice = await window.showInformationMessage('There is no organization to attach to. A file backup-organization.json in or above the folder of the policy models one.', 'New Organization Model');
  if (choice !== undefined) await commands.executeCommand('awsBackupPolicy.newOrganizationModel');
}
