import { Uri, WorkspaceEdit, commands, window, workspace } from 'vscode';
import type { DriftAccounts, DriftFinding } from '../../../server/protocol.ts';
import { rangeOf } from '../../locations.ts';
import { plainMessage } from '../../plainMessage.ts';
import type { ServerAccess } from '../../serverAccess.ts';
import { isOrganizationNode } from '../../views/organizationItems.ts';
import type { AwsAttachments } from '../awsAttachments.ts';
import type { RemoteAccess } from '../remoteAccess.ts';
import type { DriftComparison } from './driftComparison.ts';
import type { DriftDocuments } from './driftDocuments.ts';
import { differences } from './differences.ts';
import { isFindingNode } from './driftItems.ts';

/** So many accounts are asked for at most. */
const sample = 20;

/** Seconds of asking for effective policies from which on the user is asked first. */
const longWait = 5;

/** Compare with AWS, look at a difference, settle it one way or the other. */
export class DriftCommands {
  readonly #server: ServerAccess;
  readonly #remote: RemoteAccess;
  readonly #comparison: DriftComparison;
  readonly #documents: DriftDocuments;
  readonly #attachments: AwsAttachments;
  #accounts: DriftAccounts = { type: 'sample', count: sample };

  constructor(server: ServerAccess, remote: RemoteAccess, comparison: DriftComparison, documents: DriftDocuments, attachments: AwsAttachments) {
    this.#server = server;
    this.#remote = remote;
    this.#comparison = comparison;
    this.#documents = documents;
    this.#attachments = attachments;
  }

  /**
   * Reads AWS and shows what differs. @param from a row of the organization view: effective policies are compared for
   * the accounts below it; without one for a sample.
   */
  async compare(from?: unknown): Promise<void> {
    const row = isOrganizationNode(from) ? from.entity.target : undefined;
    const organization = row?.organization ?? (await this.#chooseOrganization());
    if (organization === undefined) return;
    const wanted: DriftAccounts = row === undefined ? { type: 'sample', count: sample } : { type: 'targets', keys: [row.key] };
    const accounts = await this.#affordable(organization, wanted);
    if (accounts === undefined) return;
    this.#accounts = accounts;
    await this.#read(organization);
  }

  /** Reads AWS again for the model that was compared last, else asks for one. */
  async refresh(): Promise<void> {
    const { report } = this.#comparison;
    if (report === undefined) await this.compare();
    else await this.#read(report.organization);
  }

  async open(from?: unknown): Promise<void> {
    const finding = findingOf(from);
    if (finding !== undefined) await this.#documents.open(finding);
  }

  /** Makes the files like AWS in one point, by one edit that undo takes back; nothing is saved. @returns true when files were edited. */
  async takeAws(from?: unknown): Promise<boolean> {
    const finding = findingOf(from);
    const { report } = this.#comparison;
    if (finding === undefined || report === undefined) return false;
    const answer = await this.#remote.run('Taking AWS\'s side', 'backupPolicy/aws/driftEdits', { organization: report.organization, id: finding.id });
    if (answer === undefined) return false;
    if (answer.refusal !== undefined) {
      void window.showWarningMessage(plainMessage(answer.refusal));
      return false;
    }
    const edit = new WorkspaceEdit();
    for (const { uri, text } of answer.newFiles) edit.createFile(Uri.parse(uri), { contents: new TextEncoder().encode(text), overwrite: false, ignoreIfExists: false });
    for (const { uri, range, newText } of answer.edits) edit.replace(Uri.parse(uri), rangeOf(range), newText);
    if (await workspace.applyEdit(edit)) return true;
    void window.showErrorMessage('The files changed meanwhile or cannot be edited, so they were left as they are. Compare with AWS again.');
    return false;
  }

  /** Pushes the file of a policy that differs, or attaches and detaches as the model says, behind the same questions as every change, and reads AWS again. */
  async pushOurs(from?: unknown): Promise<void> {
    const finding = findingOf(from);
    const { report } = this.#comparison;
    if (finding === undefined || report === undefined) return;
    if (await this.#push(finding, report.organization)) await this.refresh();
  }

  async #push(finding: DriftFinding, organization: string): Promise<boolean> {
    if (finding.kind === 'policy') return finding.uri !== undefined && (await commands.executeCommand<boolean>('awsBackupPolicy.pushPolicy', Uri.parse(finding.uri)));
    if (finding.kind !== 'attachment') return false;
    const type = finding.type === 'missing' ? 'attach' : 'detach';
    return (await this.#attachments.make({ type, organization, policy: finding.policy, targets: [finding.target.key] })) !== undefined;
  }

  /** Saves a difference that nothing explains, without names and ids of the organization. */
  async saveCase(from?: unknown, to?: unknown): Promise<void> {
    const finding = findingOf(from);
    const { report } = this.#comparison;
    if (finding === undefined || report === undefined) return;
    const text = await this.#remote.run('Writing the case', 'backupPolicy/aws/driftCase', { organization: report.organization, id: finding.id });
    if (text === undefined) return;
    const file = to instanceof Uri ? to : await window.showSaveDialog({ title: 'Save Case', filters: { JSON: ['json'] }, ...proposedFile(report.organization) });
    if (file === undefined) return;
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await window.showTextDocument(file);
  }

  async #read(organization: string): Promise<void> {
    const report = await this.#comparison.read(organization, this.#accounts);
    if (report === undefined) return;
    await commands.executeCommand('awsBackupPolicy.drift.focus');
    if (report.findings.length === 0) void window.setStatusBarMessage('The files and AWS do not differ.', 5000);
    else void window.setStatusBarMessage(`${differences(report.findings.length)} between the files and AWS.`, 5000);
  }

  async #chooseOrganization(): Promise<string | undefined> {
    const organizations = await this.#server.request('backupPolicy/organizations', null);
    const rows = organizations.map(({ uri, name }) => ({ label: name, description: workspace.asRelativePath(Uri.parse(uri)), uri }));
    if (rows.length === 0) void window.showInformationMessage('There is no model of an organization to compare with AWS. Import the organization from AWS first.');
    return (rows.length < 2 ? rows[0] : await window.showQuickPick(rows, { placeHolder: 'Choose the model that is compared with AWS' }))?.uri;
  }

  /** Says how many effective policies would be asked for and how long that takes, where it takes long. */
  async #affordable(organization: string, wanted: DriftAccounts): Promise<DriftAccounts | undefined> {
    const cost = await this.#remote.run('Comparing with AWS', 'backupPolicy/aws/driftCost', { organization, accounts: wanted });
    if (cost === undefined) return undefined;
    if (cost.seconds <= longWait) return wanted;
    const some = { label: `Compare the effective policies of ${String(cost.accounts)} accounts`, description: `at least ${String(cost.seconds)} seconds`, detail: `One account for each different effective policy; they stand for ${String(cost.standFor)} accounts.`, accounts: wanted };
    const none = { label: 'Compare policies, tree and attachments alone', description: '', detail: 'No effective policy is asked for.', accounts: { type: 'sample', count: 0 } as const };
    return (await window.showQuickPick([some, none], { placeHolder: 'AWS allows about two effective policies a second' }))?.accounts;
  }
}

function findingOf(from: unknown): DriftFinding | undefined {
  return isFindingNode(from) ? from.finding : undefined;
}

function proposedFile(organization: string): { readonly defaultUri: Uri } {
  return { defaultUri: Uri.joinPath(Uri.parse(organization), '..', 'backup-policy-case.json') };
}
