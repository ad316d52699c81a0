import { CancellationTokenSource, EventEmitter, type Disposable } from 'vscode';
import type { DriftAccounts, DriftFinding, DriftReport } from '../../../server/protocol.ts';
import type { ServerAccess } from '../../serverAccess.ts';
import { setContext } from '../../documents.ts';
import type { AwsConnection } from '../awsConnection.ts';
import { RemoteAccess } from '../remoteAccess.ts';

/** Milliseconds: while somebody types, what was read is compared a few times a second. */
const refreshDelay = 300;

/** The last comparison with AWS. AWS is read when the user asks; the files are followed while they are edited. */
export class DriftComparison implements Disposable {
  readonly #server: ServerAccess;
  readonly #remote: RemoteAccess;
  readonly #changed = new EventEmitter<undefined>();
  readonly #listening: readonly Disposable[];
  /** Which organization is connected: what was read of another one is forgotten. */
  #place = '';
  #report: DriftReport | undefined;
  #pending: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(server: ServerAccess, connection: AwsConnection) {
    this.#server = server;
    this.#remote = new RemoteAccess(server);
    this.#listening = [
      server.onDidChange(({ policyFiles, organizations }) => {
        if (this.#report !== undefined && policyFiles.length + organizations.length > 0) this.#compareSoon();
      }),
      connection.onDidChange(() => {
        this.#connected(connection);
      }),
    ];
    this.#connected(connection);
  }

  /** Undefined as long as nothing was compared. */
  get report(): DriftReport | undefined {
    return this.#report;
  }

  finding(id: string): DriftFinding | undefined {
    return this.#report?.findings.find((each) => each.id === id);
  }

  /** Reads AWS. @returns undefined when it was cancelled or failed, which has been told then; the last comparison stays. */
  async read(organization: string, accounts: DriftAccounts): Promise<DriftReport | undefined> {
    const report = await this.#remote.run('Comparing with AWS', 'backupPolicy/aws/drift', { organization, accounts });
    if (report !== undefined) this.#show(report);
    return report;
  }

  dispose(): void {
    clearTimeout(this.#pending);
    for (const disposable of this.#listening) disposable.dispose();
    this.#changed.dispose();
  }

  #connected({ settings: { mode, profile, endpoint, embedded } }: AwsConnection): void {
    const place = mode === 'off' ? '' : JSON.stringify([profile, endpoint, embedded]);
    if (place !== this.#place && this.#report !== undefined) this.#show(undefined);
    this.#place = place;
    void setContext('connected', place !== '');
  }

  #show(report: DriftReport | undefined): void {
    this.#report = report;
    this.#changed.fire(undefined);
  }

  #compareSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      void this.#compareAgain();
    }, refreshDelay);
  }

  /** Without a notification: nothing is asked of AWS. */
  async #compareAgain(): Promise<void> {
    const before = this.#report;
    if (before === undefined || this.#server.state !== 'running') return;
    const session = await this.#server.ensure();
    const answer = await session.ask('backupPolicy/aws/driftAgain', { call: 0, params: { organization: before.organization } }, new CancellationTokenSource().token);
    // Somebody has read AWS meanwhile: that is newer.
    if (this.#report === before && answer.type === 'done') this.#show(answer.value ?? undefined);
  }
}
