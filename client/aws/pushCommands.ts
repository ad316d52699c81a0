import { Range, Uri, WorkspaceEdit, commands, window, workspace, type TextDocument } from 'vscode';
import type { PushPolicyView, PushPreparationView, PushResultView, PushVersion } from '../../server/protocol.ts';
import { namedPolicy } from '../commands/namedPolicy.ts';
import { unsavedChanges, type ImpactComparison } from '../impactComparison.ts';
import { languages } from '../languages.ts';
import { rangeOf, revealLocation } from '../locations.ts';
import { plainMessage } from '../plainMessage.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { isOrganizationNode } from '../views/organizationItems.ts';
import type { AwsConnection } from './awsConnection.ts';
import { confirmRemote, copyingCommands, isContinued, showingImpact, type Look } from './confirmRemote.ts';
import type { PushDocuments } from './pushDocuments.ts';
import { isWritten, pushConfirmation, pushedSentence } from './pushSummary.ts';
import type { RemoteAccess } from './remoteAccess.ts';

const showDifference = 'Show Difference';
const showThreeWay = 'Show Three-Way Difference';
const takeTheirs = 'Take AWS\'s';
const pushOurs = 'Push Ours Anyway';
const differenceShown = 'The difference is shown.';

const versionNames: Readonly<Record<PushVersion, string>> = { base: 'last push or import', remote: 'AWS now', file: 'file' };

/** Pushes to AWS: what it does is shown first, nothing is written without a confirmation, and what came of it is told. */
export class PushCommands {
  readonly #server: ServerAccess;
  readonly #connection: AwsConnection;
  readonly #remote: RemoteAccess;
  readonly #impact: ImpactComparison;
  readonly #documents: PushDocuments;

  constructor(server: ServerAccess, connection: AwsConnection, remote: RemoteAccess, impact: ImpactComparison, documents: PushDocuments) {
    this.#server = server;
    this.#connection = connection;
    this.#remote = remote;
    this.#impact = impact;
    this.#documents = documents;
  }

  /**
   * Pushes one policy. @param from a document's URI or a policy's row of the tree; without one the active policy, else one that is asked for.
   * @returns true when AWS holds what was asked for.
   */
  async push(from?: unknown): Promise<boolean> {
    if (isOrganizationNode(from)) return from.type === 'policy' && (await this.#push(from.entity.target.organization, [from.policy.name]));
    const policy = await namedPolicy(this.#server, from);
    if (policy === undefined) return false;
    const { organization, policy: name, defined } = policy.name;
    if (defined) return this.#push(organization, [name]);
    const attach = 'Attach Policy…';
    if ((await window.showInformationMessage(plainMessage(`The model does not name ${name} yet, and pushes go by the model. Attach the policy in the model first.`), attach)) === attach) await commands.executeCommand('awsBackupPolicy.attachPolicy', policy.argument);
    return false;
  }

  /** Pushes all policies of a model whose files are not as they were at the last push or import. */
  async pushChanged(from?: unknown): Promise<boolean> {
    const organizations = await this.#server.request('backupPolicy/organizations', null);
    const named = isOrganizationNode(from) ? from.entity.target.organization : from;
    const rows = organizations.map(({ uri, name }) => ({ label: name, description: workspace.asRelativePath(Uri.parse(uri)), uri }));
    const chosen = rows.find(({ uri }) => uri === named) ?? (rows.length < 2 ? rows[0] : await window.showQuickPick(rows, { placeHolder: 'Choose the model whose policies are pushed' }));
    if (rows.length === 0) void window.showInformationMessage('There is no model of an organization here, and pushes go by it. Make one with "New Organization Model", or import the organization from AWS.');
    return chosen !== undefined && (await this.#push(chosen.uri, 'changed'));
  }

  async #push(organization: string, policies: readonly string[] | 'changed', overwrite: readonly string[] = []): Promise<boolean> {
    if (!(await saveAll())) return false;
    const preparation = await this.#remote.run('Preparing the push to AWS', 'backupPolicy/aws/preparePush', { organization, policies, overwrite });
    if (preparation === undefined) return false;
    void this.#tellRefused(preparation);
    const ours: string[] = [];
    for (const policy of preparation.policies) {
      if (policy.kind !== 'conflict') continue;
      const choice = await this.#resolve(preparation, policy);
      if (choice === undefined) return false;
      if (choice === 'ours') ours.push(policy.name);
    }
    const written = preparation.policies.filter(isWritten).map(({ name }) => name);
    // What is pushed over a colleague's change is read and confirmed once more, with its impact.
    if (ours.length > 0) return this.#push(organization, [...written, ...ours], [...overwrite, ...ours]);
    if (written.length === 0) {
      const [only, second] = preparation.policies;
      const isRefused = preparation.policies.some(({ kind }) => kind === 'refused' || kind === 'conflict');
      if (!isRefused) void window.showInformationMessage(only !== undefined && second === undefined ? plainMessage(only.summary) : 'AWS has every policy of the model as its file says, as far as is known. Nothing to push.');
      return false;
    }
    const { impact, organizationId } = preparation;
    const looks: readonly Look[] = [
      { label: showDifference, show: () => this.#showDifferences(preparation) },
      ...(impact.groups.length === 0 ? [] : [showingImpact(this.#impact, { impact, title: 'Impact of Push to AWS', message: `Accounts below the real targets in organization ${organizationId}: not pushed yet.` })]),
      copyingCommands(preparation.commands),
    ];
    const answer = await confirmRemote(this.#connection, pushConfirmation(preparation), looks);
    if (answer === 'modeChanged') return this.#push(organization, policies, overwrite);
    return answer === 'confirmed' && this.#execute(preparation);
  }

  async #execute(preparation: PushPreparationView): Promise<boolean> {
    const result = await this.#remote.run('Pushing to AWS', 'backupPolicy/aws/executePush', { ref: preparation.ref });
    if (this.#impact.shown.comparison.type === 'given') this.#impact.show(unsavedChanges);
    if (result === undefined) return false;
    await applyToModel(preparation.organization, result);
    void this.#tellResult(preparation, result);
    return result.complete;
  }

  async #tellResult(preparation: PushPreparationView, result: PushResultView): Promise<void> {
    const [report, undo, again] = ['Show Report', 'Undo Last Push', 'Push Again'];
    const wrote = result.policies.some(({ outcome }) => outcome === 'created' || outcome === 'updated');
    const show = result.complete ? window.showInformationMessage : window.showWarningMessage;
    const choice = await show(plainMessage(pushedSentence(result)), report, ...(wrote ? [undo] : []), ...(result.complete ? [] : [again]));
    if (choice === report) await this.#documents.showReport(result.report);
    else if (choice === undo) await commands.executeCommand('awsBackupPolicy.undoLastPush');
    else if (choice === again) await this.#push(preparation.organization, result.policies.filter(({ outcome }) => outcome === 'notDone' || outcome === 'unknown').map(({ name }) => name));
  }

  async #tellRefused({ policies }: PushPreparationView): Promise<void> {
    for (const { summary, problems: [problem] } of policies.filter(({ kind }) => kind === 'refused')) {
      const choice = await window.showWarningMessage(plainMessage(summary), ...(problem === undefined ? [] : ['Show Problem']));
      if (choice !== undefined && problem !== undefined) await revealLocation(problem.location);
    }
  }

  /** What becomes of a policy that somebody else changed; undefined ends the push. */
  async #resolve(preparation: PushPreparationView, policy: PushPolicyView): Promise<'ours' | 'left' | undefined> {
    for (;;) {
      const choice = await window.showWarningMessage(policy.summary, { modal: true, detail: `Organization ${preparation.organizationId}, policy ${policy.policyId ?? ''}.` }, showThreeWay, takeTheirs, pushOurs, ...(preparation.policies.length > 1 ? ['Leave It Out'] : []));
      if (choice === undefined) return undefined;
      if (choice === pushOurs) return 'ours';
      if (choice === takeTheirs) return (await this.#take(preparation, policy)) ? 'left' : undefined;
      if (choice !== showThreeWay) return 'left';
      if (!(await this.#showThreeWay(preparation, policy)) || !(await isContinued(differenceShown))) return undefined;
    }
  }

  async #showThreeWay(preparation: PushPreparationView, policy: PushPolicyView): Promise<boolean> {
    const pairs = ([['remote', 'file'], ['base', 'remote'], ['base', 'file']] as const).filter((pair) => pair.every((version) => policy.versions.includes(version)));
    const hints = { 'remote file': 'what a push would change in AWS', 'base remote': 'what somebody changed in AWS', 'base file': 'what changed in the file' } as const;
    const rows = pairs.map(([left, right]) => ({ label: `${versionNames[left]} ↔ ${versionNames[right]}`, description: hints[`${left} ${right}` as keyof typeof hints], left, right }));
    const picked = rows.length === 1 ? rows[0] : await window.showQuickPick(rows, { title: `Three-Way Difference of ${policy.name}`, placeHolder: 'Choose the two versions to compare' });
    if (picked === undefined) return false;
    await this.#compare(preparation, policy, picked.left, picked.right);
    return true;
  }

  async #showDifferences(preparation: PushPreparationView): Promise<string> {
    const written = preparation.policies.filter(isWritten);
    const rows = written.map((policy) => ({ label: policy.name, description: policy.kind, policy }));
    const picked = rows.length === 1 ? rows[0] : await window.showQuickPick(rows, { placeHolder: 'Choose the policy whose difference is shown' });
    if (picked !== undefined) await this.#compare(preparation, picked.policy, 'remote', 'file');
    return differenceShown;
  }

  async #compare(preparation: PushPreparationView, policy: PushPolicyView, left: PushVersion, right: PushVersion): Promise<void> {
    const [leftText, rightText] = [await this.#version(preparation, policy, left), await this.#version(preparation, policy, right)];
    if (leftText === undefined || rightText === undefined) return;
    await this.#documents.compare(`${policy.name}: ${versionNames[left]} ↔ ${versionNames[right]}`, { name: `${policy.name} (${versionNames[left]}).json`, text: leftText }, { name: `${policy.name} (${versionNames[right]}).json`, text: rightText });
  }

  async #version({ ref }: PushPreparationView, { name, versions }: PushPolicyView, version: PushVersion): Promise<string | undefined> {
    return versions.includes(version) ? this.#remote.run(`Reading ${name}`, 'backupPolicy/aws/pushVersion', { ref, policy: name, version }) : '';
  }

  /** The file gets what AWS has, as an edit that undo takes back. */
  async #take({ ref }: PushPreparationView, { name, uri }: PushPolicyView): Promise<boolean> {
    const text = uri === undefined ? undefined : await this.#remote.run(`Reading ${name}`, 'backupPolicy/aws/pushVersion', { ref, policy: name, version: 'remote' });
    if (uri === undefined || text === undefined) return false;
    const document = await workspace.openTextDocument(Uri.parse(uri));
    await window.showTextDocument(document, { preview: false });
    // Only then is it what file and AWS have in common: a file that kept its text would be pushed over AWS's.
    return (await replaceText(document, text)) && (await this.#remote.run(`Taking ${name} from AWS`, 'backupPolicy/aws/takeRemote', { ref, policy: name })) !== undefined;
  }
}

/** What is pushed is what is saved: files with edits are saved first. */
async function saveAll(): Promise<boolean> {
  for (const document of workspace.textDocuments) {
    if (!document.isDirty || document.isUntitled || (document.languageId !== languages.policy && document.languageId !== languages.organization)) continue;
    if (await document.save()) continue;
    void window.showErrorMessage(`${workspace.asRelativePath(document.uri)} could not be saved, so nothing was pushed: what is pushed is what is saved.`);
    return false;
  }
  return true;
}

async function replaceText(document: TextDocument, text: string): Promise<boolean> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, document.validateRange(new Range(0, 0, document.lineCount, 0)), text);
  return workspace.applyEdit(edit);
}

/** Ids of new policies are saved with the model, unless it has other edits by now. */
async function applyToModel(organization: string, { modelEdits }: PushResultView): Promise<void> {
  if (modelEdits.length === 0) return;
  const document = await workspace.openTextDocument(Uri.parse(organization));
  const { isDirty } = document;
  const edit = new WorkspaceEdit();
  for (const { range, newText } of modelEdits) edit.replace(document.uri, rangeOf(range), newText);
  if ((await workspace.applyEdit(edit)) && !isDirty) await document.save();
}
