import { Uri, window, workspace, type QuickPickItem } from 'vscode';
import type { ImportConflict, ImportIds, ImportStart, ImportView } from '../../server/protocol.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { applyImport } from './importEdit.ts';
import type { PushDocuments } from './pushDocuments.ts';
import type { RemoteAccess } from './remoteAccess.ts';

const title = 'Import Organization from AWS';
const modelName = 'backup-organization.json';
const showReport = 'Show Report';
const compare = 'Compare with AWS…';

interface IdsItem extends QuickPickItem {
  readonly ids: ImportIds;
}

const idsItems: readonly IdsItem[] = [
  { label: 'Keep IDs', detail: 'As AWS has them. Needed to find renamed and moved accounts again, and to push.', ids: 'keep' },
  { label: 'Replace IDs', detail: 'Other IDs stand for them, also for account IDs in policies. The files can be shown to anybody; names stay.', ids: 'redact' },
  { label: 'Leave Out IDs', detail: 'No IDs in the model; account IDs in policies are replaced.', ids: 'leaveOut' },
];

/** Brings a model and its policy files up to date with AWS: reads everything, shows what changes, and asks before it changes a file. */
export class ImportCommand {
  readonly #server: ServerAccess;
  readonly #remote: RemoteAccess;
  readonly #documents: PushDocuments;

  constructor(server: ServerAccess, remote: RemoteAccess, documents: PushDocuments) {
    this.#server = server;
    this.#remote = remote;
    this.#documents = documents;
  }

  /** @returns true when the files say what AWS has. */
  async import(): Promise<boolean> {
    const model = await this.#chooseModel();
    if (model === undefined) return false;
    const start = await this.#remote.run('Asking AWS which organization it is', 'backupPolicy/aws/importStart', { model: model.toString() });
    if (start === undefined) return false;
    const resume = await this.#goesOn(start);
    if (resume === undefined) return false;
    const ids = start.ids ?? (await window.showQuickPick(idsItems, { title, placeHolder: 'Choose how the files show the IDs of accounts and policies' }))?.ids;
    if (ids === undefined) return false;
    const params = { model: model.toString(), ids, resume, existing: await existingFiles(model) };
    const view = await this.#remote.run(`Importing organization ${start.organizationId}`, 'backupPolicy/aws/import', params);
    return view !== undefined && this.#confirm(model, start, view);
  }

  /** A model that is there, or the place for a new one. */
  async #chooseModel(): Promise<Uri | undefined> {
    const folders = workspace.workspaceFolders ?? [];
    if (folders.length === 0) {
      void window.showInformationMessage('Open a folder first: the model and its policies are imported into it.');
      return undefined;
    }
    const organizations = await this.#server.request('backupPolicy/organizations', null);
    const models = organizations.map(({ uri }) => Uri.parse(uri));
    const known = new Set(models.map((uri) => uri.toString()));
    const fresh = folders.map(({ uri }) => Uri.joinPath(uri, modelName)).filter((uri) => !known.has(uri.toString()));
    const rows = [
      ...models.map((uri) => ({ label: `Update ${workspace.asRelativePath(uri)}`, uri })),
      ...fresh.map((uri) => ({ label: `New model ${workspace.asRelativePath(uri, folders.length > 1)}`, uri })),
    ];
    const [only, second] = rows;
    if (second === undefined) return only?.uri;
    return (await window.showQuickPick(rows, { title, placeHolder: 'Choose the model to bring up to date, or the place of a new one' }))?.uri;
  }

  /** Whether to go on with what was read before; undefined when the user wants neither. */
  async #goesOn({ unfinished, organizationId }: ImportStart): Promise<boolean | undefined> {
    if (unfinished === undefined) return false;
    const minutes = Math.max(1, Math.round((Date.now() - unfinished.readAt) / 60_000));
    const { accounts, policies } = unfinished;
    const detail = `It was begun ${minutes === 1 ? 'a minute' : `${String(minutes)} minutes`} ago and has read ${accounts.toLocaleString('en-US')} accounts and ${policies.toLocaleString('en-US')} policies. What it has read is not asked for again; what changed in AWS since then is seen by the next import.`;
    const [on, again] = ['Go On', 'Start Again'];
    const choice = await window.showInformationMessage(`Go on with the import of organization ${organizationId} that was not finished?`, { modal: true, detail }, on, again);
    return choice === undefined ? undefined : choice === on;
  }

  async #confirm(model: Uri, { organizationId, managementAccountId }: ImportStart, view: ImportView): Promise<boolean> {
    if (view.files.length === 0) {
      await this.#settle(model, view);
      void this.#tell(view, view.summary.join(' '));
      return true;
    }
    const verb = view.files.length === 1 ? 'Change 1 File' : `Change ${view.files.length.toLocaleString('en-US')} Files`;
    const question = `Bring ${workspace.asRelativePath(model)} up to date with organization ${organizationId}?`;
    const detail = [`Management account ${managementAccountId}; ${view.accounts.toLocaleString('en-US')} accounts, ${view.units.toLocaleString('en-US')} OUs, ${view.policies.toLocaleString('en-US')} policies.`, '', ...view.summary, '', 'One undo takes it back. Nothing changes in AWS.'].join('\n');
    const choice = await window.showInformationMessage(question, { modal: true, detail }, verb, showReport);
    if (choice === verb) return this.#apply(model, view);
    if (choice !== showReport) return false;
    await this.#documents.showReport(view.report, 'import-report.md');
    // The report is read beside the question.
    return (await window.showInformationMessage(question, verb)) === verb && this.#apply(model, view);
  }

  async #apply(model: Uri, view: ImportView): Promise<boolean> {
    const outcome = await applyImport(view);
    if (outcome.type === 'changed') {
      void window.showErrorMessage(`${outcome.file} changed while the import was shown, so no file was changed. Import again: what was read from AWS is kept.`);
      return false;
    }
    if (outcome.type === 'refused') {
      void window.showErrorMessage('The editor did not make the changes. Look whether a file is read-only, then import again: what was read from AWS is kept.');
      return false;
    }
    await this.#settle(model, view);
    void this.#tell(view, `Imported ${view.accounts.toLocaleString('en-US')} accounts and ${view.policies.toLocaleString('en-US')} policies of organization ${view.organizationId}.`);
    return true;
  }

  async #settle(model: Uri, { organizationId }: ImportView): Promise<void> {
    await this.#remote.run('Remembering what AWS has', 'backupPolicy/aws/importApplied', { organizationId, model: model.toString() });
  }

  async #tell(view: ImportView, sentence: string): Promise<void> {
    const conflicts = view.conflicts.filter(({ uri }) => uri !== undefined);
    const choice = await window.showInformationMessage(sentence, showReport, ...(conflicts.length > 0 ? [compare] : []));
    if (choice === showReport) await this.#documents.showReport(view.report, 'import-report.md');
    if (choice === compare) await this.#compare(conflicts);
  }

  /** Shows a file that was left as it is against AWS, and either of them against the last import. */
  async #compare(conflicts: readonly ImportConflict[]): Promise<void> {
    const rows = conflicts.map((conflict) => ({ label: conflict.policy, description: conflict.file, conflict }));
    const conflict = (rows.length === 1 ? rows[0] : await window.showQuickPick(rows, { title, placeHolder: 'Choose the policy to compare' }))?.conflict;
    if (conflict?.uri === undefined) return;
    const file = { name: 'file', text: (await workspace.openTextDocument(Uri.parse(conflict.uri))).getText() };
    const remote = { name: 'AWS now', text: conflict.remote };
    const base = conflict.base === undefined ? undefined : { name: 'last import', text: conflict.base };
    const pairs = [[file, remote] as const, ...(base === undefined ? [] : [[base, remote] as const, [base, file] as const])].map(([left, right]) => ({ label: `${left.name} ↔ ${right.name}`, left, right }));
    const pair = pairs.length === 1 ? pairs[0] : await window.showQuickPick(pairs, { title: conflict.policy, placeHolder: 'Choose what to compare' });
    if (pair === undefined) return;
    const named = ({ name, text }: { readonly name: string; readonly text: string }): { readonly name: string; readonly text: string } => ({ name: `${conflict.policy} (${name}).json`, text });
    await this.#documents.compare(`${conflict.policy}: ${pair.label}`, named(pair.left), named(pair.right));
  }
}

/** Paths of what is in the folder `policies` beside a model. */
async function existingFiles(model: Uri): Promise<readonly string[]> {
  try {
    const entries = await workspace.fs.readDirectory(Uri.joinPath(model, '..', 'policies'));
    return entries.map(([name]) => `policies/${name}`);
  } catch {
    return [];
  }
}
