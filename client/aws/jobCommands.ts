import { commands, env, window, type QuickPickItem } from 'vscode';
import type { JobScope } from '../../server/protocol.ts';
import { revealLocation } from '../locations.ts';
import type { ServerAccess } from '../serverAccess.ts';
import { isJobNode, isMissedNode, jobRows } from '../views/jobItems.ts';
import type { JobsTree } from '../views/jobsTree.ts';
import { isOrganizationNode } from '../views/organizationItems.ts';
import { chooseModel } from './chooseModel.ts';
import type { RemoteAccess } from './remoteAccess.ts';

interface ScopeItem extends QuickPickItem {
  readonly scope: JobScope | 'account';
}

/** What the view of jobs can do. */
export class JobCommands {
  readonly #server: ServerAccess;
  readonly #remote: RemoteAccess;
  readonly #tree: JobsTree;
  #scope: JobScope | undefined;

  constructor(server: ServerAccess, remote: RemoteAccess, tree: JobsTree) {
    this.#server = server;
    this.#remote = remote;
    this.#tree = tree;
  }

  /** Lists the jobs of the organization; of an account's row in the Organization view those of the account. */
  async show(from?: unknown): Promise<void> {
    const scope = await this.#scopeOf(from);
    if (scope === undefined) return;
    await this.#list(scope, false);
    await commands.executeCommand('awsBackupPolicy.jobs.focus');
  }

  /** Asks AWS anew for what is listed. */
  async refresh(): Promise<void> {
    if (this.#scope === undefined) await this.show();
    else await this.#list(this.#scope, false);
  }

  async loadMore(): Promise<void> {
    if (this.#scope !== undefined) await this.#list(this.#scope, true);
  }

  /** Chooses the plan or account whose jobs are listed. */
  async filter(): Promise<void> {
    const organization = this.#scope?.organization ?? (await chooseModel(this.#server, 'Filter Jobs'));
    if (organization === undefined) return;
    const coverage = await this.#server.request('backupPolicy/coverage', null);
    const plans = coverage.find(({ uri }) => uri === organization)?.plans ?? [];
    const items: readonly ScopeItem[] = [
      { label: 'All Jobs', scope: { organization } },
      { label: 'Jobs of One Account…', scope: 'account' },
      ...plans.map((planName): ScopeItem => ({ label: planName, description: 'backup plan', scope: { organization, planName } })),
    ];
    const picked = await window.showQuickPick(items, { title: 'Filter Jobs', placeHolder: 'The jobs that are listed' });
    const scope = picked?.scope === 'account' ? await this.#chooseAccount(organization) : picked?.scope;
    if (scope !== undefined) await this.#list(scope, false);
  }

  /** Goes to the line of the policy that a job, or a run without a job, rests on. */
  async openPolicyLine(from: unknown): Promise<void> {
    const location = isJobNode(from) ? from.job.location : isMissedNode(from) ? from.run.location : undefined;
    if (location !== undefined) await revealLocation(location);
  }

  async copyId(from: unknown): Promise<void> {
    if (isJobNode(from)) await env.clipboard.writeText(from.job.id);
  }

  /** Tells what most likely made a job fail, and what to do. */
  async showCause(from: unknown): Promise<void> {
    if (!isJobNode(from) || from.job.cause === undefined) return;
    const { cause, message, location } = from.job;
    const open = 'Open Policy Line';
    const detail = [cause.explanation, cause.nextStep, ...(message === '' ? [] : [`AWS says: ${message}`])].join('\n\n');
    const picked = await window.showInformationMessage(cause.title, { modal: true, detail }, ...(location === undefined ? [] : [open]), 'Show Readiness');
    if (picked === open) await this.openPolicyLine(from);
    if (picked === 'Show Readiness') await commands.executeCommand('awsBackupPolicy.showReadiness');
  }

  async #list(scope: JobScope, more: boolean): Promise<void> {
    const view = await this.#remote.run('Jobs of AWS Backup', 'backupPolicy/aws/jobs', { scope, more });
    if (view === undefined) return;
    this.#scope = scope;
    this.#tree.show(view, jobRows);
  }

  async #scopeOf(from: unknown): Promise<JobScope | undefined> {
    if (isOrganizationNode(from) && from.type === 'entity') {
      const { target, id, kind } = from.entity;
      return { organization: target.organization, ...(kind === 'account' && id !== undefined ? { accountId: id } : {}) };
    }
    const organization = await chooseModel(this.#server, 'Show Jobs');
    return organization === undefined ? undefined : { organization };
  }

  async #chooseAccount(organization: string): Promise<JobScope | undefined> {
    const entities = await this.#server.request('backupPolicy/entities', null);
    const items = entities.flatMap(({ target, kind, name, id, path }) => (kind === 'account' && id !== undefined && target.organization === organization ? [{ label: name, description: id, detail: path, id }] : []));
    const picked = await window.showQuickPick(items, { title: 'Jobs of One Account', placeHolder: 'The account whose jobs are listed', matchOnDescription: true, matchOnDetail: true });
    return picked === undefined ? undefined : { organization, accountId: picked.id };
  }
}
