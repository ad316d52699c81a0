import { Uri, window, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';
import type { LeftOpenView, RemoteConflictView, RemoteOutcomeView, UndoPlanView } from '../../server/protocol.ts';
import { unsavedChanges, type ImpactComparison } from '../impactComparison.ts';
import { plainMessage } from '../plainMessage.ts';
import { capitalized } from './attachmentSummary.ts';
import type { AwsConnection } from './awsConnection.ts';
import { confirmRemote, copyingCommands, showingImpact, type Look } from './confirmRemote.ts';
import { incompleteText, leftOpenText, obstacleText, undoQuestion } from './operationSummary.ts';
import type { PushDocuments } from './pushDocuments.ts';
import type { RemoteAccess } from './remoteAccess.ts';

const scheme = 'backup-journal';
const [finish, takeBack, keep] = ['Finish', 'Take Back…', 'Keep As It Is'];
const showDifference = 'Show Difference';
const showJournal = 'Show Journal';

/** What was changed in AWS from here: the journal, taking back, and what was left in the middle. */
export class RemoteOperations implements TextDocumentContentProvider, Disposable {
  readonly #connection: AwsConnection;
  readonly #remote: RemoteAccess;
  readonly #impact: ImpactComparison;
  readonly #documents: PushDocuments;
  #recovering: Promise<void> | undefined;
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(connection: AwsConnection, remote: RemoteAccess, impact: ImpactComparison, documents: PushDocuments) {
    this.#connection = connection;
    this.#remote = remote;
    this.#impact = impact;
    this.#documents = documents;
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async provideTextDocumentContent(): Promise<string> {
    return (await this.#remote.run('Reading the journal', 'backupPolicy/aws/journal', null)) ?? '';
  }

  /** Shows everything that was changed from here. */
  async showJournal(): Promise<void> {
    // The name is new each time, so that what is shown is what the journal holds now.
    const uri = Uri.from({ scheme, path: '/AWS Journal.md', query: String(Date.now()) });
    await window.showTextDocument(uri, { preview: true });
  }

  /**
   * Takes back the last operation, or one with an id: shows what that does, asks, and does it.
   * @returns true when AWS holds what it held before.
   */
  async undo(id?: string): Promise<boolean> {
    const plan = await this.#remote.run('Comparing with AWS', 'backupPolicy/aws/planUndo', id === undefined ? {} : { id });
    if (plan === undefined) return false;
    if (plan === null) {
      void window.showInformationMessage('Nothing was changed in this organization from here that could be taken back.');
      return false;
    }
    if (plan.obstacles.length > 0) {
      await this.#showObstacles(plan);
      return false;
    }
    if (plan.steps.length === 0) {
      void window.showInformationMessage(plainMessage(`There is nothing to take back of "${plan.title}". ${plan.notes.join(' ')}`));
      return false;
    }
    const answer = await confirmRemote(this.#connection, undoQuestion(plan), this.#looks(plan));
    if (answer !== 'confirmed') return answer === 'modeChanged' && this.undo(id);
    const outcome = await this.#remote.run('Taking back in AWS', 'backupPolicy/aws/undo', { plan: plan.plan });
    if (this.#impact.shown.comparison.type === 'given') this.#impact.show(unsavedChanges);
    if (outcome === undefined) return false;
    if (outcome.complete) void this.#tellDone(`"${plan.title}" is taken back in AWS. Files and models are as they were.`);
    else await this.tellIncomplete(outcome);
    return outcome.complete;
  }

  /** Tells what was left in the middle, one after the other, and offers to bring it to an end. @param quiet says nothing when there is nothing. */
  recover(quiet: boolean): Promise<void> {
    // The first connection and a command can both ask for it; each operation is asked about once.
    this.#recovering ??= this.#recover(quiet).finally(() => {
      this.#recovering = undefined;
    });
    return this.#recovering;
  }

  async #recover(quiet: boolean): Promise<void> {
    const open = await this.#remote.run('Looking for changes that were left in the middle', 'backupPolicy/aws/leftOpen', null);
    if (open?.length === 0 && !quiet) void window.showInformationMessage('Every change of the connected organization that was begun here was brought to an end.');
    for (const operation of open ?? []) await this.#recoverOne(operation);
  }

  /** Tells of an operation that stopped: what AWS holds and what not, and what can be done about it. */
  async tellIncomplete(outcome: RemoteOutcomeView): Promise<void> {
    const { title, detail } = incompleteText(outcome);
    const { conflict, leftOpen } = outcome;
    const buttons = [...(leftOpen === undefined ? [] : [finish, takeBack, keep]), ...(conflict === undefined ? [] : [showDifference])];
    const choice = await window.showWarningMessage(title, { modal: true, detail }, ...buttons);
    if (choice === showDifference && conflict !== undefined) await this.#compare(conflict);
    else if (leftOpen !== undefined) await this.#bringToEnd(leftOpen, choice);
  }

  async #recoverOne(operation: LeftOpenView): Promise<void> {
    const { title, detail } = leftOpenText(operation);
    await this.#bringToEnd(operation.id, await window.showWarningMessage(title, { modal: true, detail }, finish, takeBack, keep));
  }

  async #bringToEnd(id: string, choice: string | undefined): Promise<void> {
    if (choice === takeBack) await this.undo(id);
    else if (choice === keep) await this.#remote.run('Closing the entry of the journal', 'backupPolicy/aws/keepOperation', { id });
    else if (choice === finish) {
      const outcome = await this.#remote.run('Finishing in AWS', 'backupPolicy/aws/finishOperation', { id });
      if (outcome?.complete === true) void this.#tellDone(`${outcome.title}: done in AWS.`);
      else if (outcome !== undefined) await this.tellIncomplete(outcome);
    }
  }

  #looks({ impact, title, commands: lines }: UndoPlanView): readonly Look[] {
    const copying = copyingCommands(lines.join('\n'));
    if (impact === undefined || impact.groups.length === 0) return [copying];
    return [showingImpact(this.#impact, { impact, title: 'Impact of Taking Back', message: `"${title}": not taken back yet.` }), copying];
  }

  async #showObstacles(plan: UndoPlanView): Promise<void> {
    const { title, detail } = obstacleText(plan);
    const choice = await window.showWarningMessage(title, { modal: true, detail }, ...(plan.conflict === undefined ? [] : [showDifference]));
    if (choice === showDifference && plan.conflict !== undefined) await this.#compare(plan.conflict);
  }

  async #compare({ policyName, expected, wanted, remote }: RemoteConflictView): Promise<void> {
    const versions = { expected: { name: `${policyName} (as it was read or written here).json`, text: expected.content }, remote: { name: `${policyName} (AWS now).json`, text: remote?.content ?? '' }, wanted: { name: `${policyName} (wanted).json`, text: wanted?.content ?? '' } };
    const rows = [
      { label: 'As read or written here ↔ AWS now', description: 'what somebody changed in AWS', pair: [versions.expected, versions.remote] as const },
      ...(wanted === null ? [] : [{ label: 'AWS now ↔ wanted', description: 'what writing would change in AWS', pair: [versions.remote, versions.wanted] as const }, { label: 'As read or written here ↔ wanted', description: 'what was to be changed', pair: [versions.expected, versions.wanted] as const }]),
    ];
    const picked = rows.length === 1 ? rows[0] : await window.showQuickPick(rows, { title: `Three-Way Difference of ${policyName}`, placeHolder: 'Choose the two versions to compare' });
    if (picked !== undefined) await this.#documents.compare(`${policyName}: ${picked.label}`, picked.pair[0], picked.pair[1]);
  }

  async #tellDone(message: string): Promise<void> {
    if ((await window.showInformationMessage(plainMessage(capitalized(message)), showJournal)) === showJournal) await this.showJournal();
  }
}
