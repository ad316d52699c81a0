import { window } from 'vscode';
import type { AttachmentChangeParams, AttachmentPlanView, AttachmentResultView } from '../../server/protocol.ts';
import { unsavedChanges, type ImpactComparison } from '../impactComparison.ts';
import { plainMessage } from '../plainMessage.ts';
import { attachedSentence, attachmentQuestion, enablingQuestion } from './attachmentSummary.ts';
import type { AwsConnection } from './awsConnection.ts';
import { confirmRemote, copyingCommands, showingImpact, type Look } from './confirmRemote.ts';
import type { RemoteOperations } from './operations.ts';
import type { RemoteAccess } from './remoteAccess.ts';

/** Makes changes of attachments in AWS: what they do is shown first, on the real targets. */
export class AwsAttachments {
  readonly #connection: AwsConnection;
  readonly #remote: RemoteAccess;
  readonly #impact: ImpactComparison;
  readonly #operations: RemoteOperations;

  constructor(connection: AwsConnection, remote: RemoteAccess, impact: ImpactComparison, operations: RemoteOperations) {
    this.#connection = connection;
    this.#remote = remote;
    this.#impact = impact;
    this.#operations = operations;
  }

  /** Whether an organization is chosen; a read-only connection says by itself why nothing is changed. */
  get isConnected(): boolean {
    return this.#connection.settings.mode !== 'off';
  }

  /**
   * Shows what a change does in AWS, asks, and makes it.
   * @returns the keys of the targets where AWS holds it now, or `all`; undefined when nothing was done.
   */
  async make(change: AttachmentChangeParams): Promise<readonly string[] | 'all' | undefined> {
    for (;;) {
      const plan = await this.#remote.run('Reading AWS', 'backupPolicy/aws/prepareAttachment', { change });
      if (plan === undefined) return undefined;
      if (plan.steps.length === 0) {
        void window.showInformationMessage('AWS has it so already.');
        return 'all';
      }
      if (plan.enableFirst !== undefined) {
        if (!(await this.#enable(plan))) return undefined;
        continue;
      }
      const answer = await confirmRemote(this.#connection, attachmentQuestion(change, plan), this.#looks(plan));
      if (answer === 'cancelled') return undefined;
      if (answer === 'modeChanged') continue;
      const result = await this.#remote.run('Changing attachments in AWS', 'backupPolicy/aws/executeAttachment', { ref: plan.ref });
      if (this.#impact.shown.comparison.type === 'given') this.#impact.show(unsavedChanges);
      if (result === undefined) return undefined;
      await this.#tell(result);
      return result.outcome.complete ? 'all' : result.targets;
    }
  }

  /** True when the attachment can be prepared anew: AWS says that backup policies are enabled, or the mode allows now to enable them. */
  async #enable(plan: AttachmentPlanView): Promise<boolean> {
    if (plan.enableFirst === undefined) return false;
    const answer = await confirmRemote(this.#connection, enablingQuestion(plan), []);
    if (answer !== 'confirmed') return answer === 'modeChanged';
    const result = await this.#remote.run('Enabling backup policies', 'backupPolicy/aws/enablePolicyType', { rootId: plan.enableFirst.rootId });
    if (result === undefined) return false;
    if (!result.outcome.complete) await this.#operations.tellIncomplete(result.outcome);
    else if (!result.enabled) void window.showInformationMessage('AWS is still enabling backup policies. Attach again in a minute.');
    return result.enabled;
  }

  #looks({ impact, connection, commands: text }: AttachmentPlanView): readonly Look[] {
    if (impact.groups.length === 0) return [copyingCommands(text)];
    const message = `Accounts at or below the targets in organization ${connection.organizationId}: not changed yet.`;
    return [showingImpact(this.#impact, { impact, title: 'Impact of Change in AWS', message }), copyingCommands(text)];
  }

  async #tell(result: AttachmentResultView): Promise<void> {
    if (!result.outcome.complete) {
      await this.#operations.tellIncomplete(result.outcome);
      return;
    }
    const undo = 'Undo in AWS';
    const isFine = result.reports.every(({ agrees, settled }) => agrees || !settled);
    const show = isFine ? window.showInformationMessage : window.showWarningMessage;
    void show(plainMessage(attachedSentence(result)), undo).then((choice) => (choice === undo ? this.#operations.undo() : undefined));
  }
}
