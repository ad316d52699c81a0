import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { JobGroupType, JobGroupView, JobView, JobsView, MissedRunView } from '../../server/protocol.ts';

/** A row of the view of jobs. */
export type JobNode =
  | { readonly type: 'group'; readonly group: JobGroupView }
  | { readonly type: 'job'; readonly job: JobView }
  /** What AWS says about a job. */
  | { readonly type: 'message'; readonly job: JobView }
  | { readonly type: 'cause'; readonly job: JobView }
  | { readonly type: 'missedRuns'; readonly missed: readonly MissedRunView[] }
  | { readonly type: 'missed'; readonly run: MissedRunView }
  | { readonly type: 'account'; readonly text: string }
  /** What the list does not hold, and why. */
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'more' };

/** True for a row of the view of jobs, as VS Code hands it to commands. */
export function isJobNode(value: unknown): value is JobNode & { readonly type: 'job' | 'message' | 'cause' } {
  return typeof value === 'object' && value !== null && 'type' in value && (value.type === 'job' || value.type === 'message' || value.type === 'cause') && 'job' in value;
}

/** True for the row of a rule without jobs. */
export function isMissedNode(value: unknown): value is JobNode & { readonly type: 'missed' } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'missed' && 'run' in value;
}

const groupWords: Readonly<Record<JobGroupType, string>> = { failed: 'Failed', incomplete: 'Not finished', running: 'Running', completed: 'Completed' };
const groupIcons: Readonly<Record<JobGroupType, ThemeIcon>> = {
  failed: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  incomplete: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  running: new ThemeIcon('sync'),
  completed: new ThemeIcon('pass'),
};
const typeWords: Readonly<Record<JobView['type'], string>> = { backup: 'Backup', copy: 'Copy', restore: 'Restore' };
const typeIcons: Readonly<Record<JobView['type'], string>> = { backup: 'archive', copy: 'copy', restore: 'history' };

/** Accounts of one row are named up to here, then counted. */
const named = 100;

/** The rows at the top: failures first, then rules without jobs; what the list does not hold comes last. */
function jobRoots({ groups, missed, hasMore, notes }: JobsView): JobNode[] {
  const nodes: JobNode[] = groups.map((group) => ({ type: 'group', group }));
  const failures = nodes.findIndex((node) => node.type === 'group' && node.group.type === 'failed') + 1;
  if (missed !== undefined && missed.length > 0) nodes.splice(failures, 0, { type: 'missedRuns', missed });
  if (hasMore) nodes.push({ type: 'more' });
  return [...nodes, ...notes.map((text): JobNode => ({ type: 'note', text }))];
}

/** The rows below a row. */
function jobChildren(node: JobNode): JobNode[] {
  switch (node.type) {
    case 'group':
      return node.group.jobs.map((job) => ({ type: 'job', job }));
    case 'job':
      return [...(node.job.message === '' ? [] : [{ type: 'message', job: node.job } as const]), ...(node.job.cause === undefined ? [] : [{ type: 'cause', job: node.job } as const])];
    case 'missedRuns':
      return node.missed.map((run) => ({ type: 'missed', run }));
    case 'missed': {
      const rest = node.run.accounts.length - named;
      const texts = node.run.accounts.slice(0, named).map(({ id, name }) => (name === id ? id : `${name} (${id})`));
      return [...texts, ...(rest > 0 ? [`and ${rest.toLocaleString('en-US')} more`] : [])].map((text) => ({ type: 'account', text }));
    }
    default:
      return [];
  }
}

/** A row as VS Code draws it. */
function jobItem(node: JobNode): TreeItem {
  switch (node.type) {
    case 'group': return groupItem(node.group);
    case 'job': return oneJobItem(node.job);
    case 'message': return plainItem(node.job.message, 'comment', 'job.message');
    case 'cause': return causeItem(node.job);
    case 'missedRuns': {
      const item = new TreeItem(`No job in 48 hours (${String(node.missed.length)})`, TreeItemCollapsibleState.Collapsed);
      item.id = 'missed';
      item.iconPath = new ThemeIcon('question', new ThemeColor('list.warningForeground'));
      item.tooltip = 'Schedules that ran in the last 48 hours although no job of them is known. Either the plan selects no resource of the account, or it was attached after the run, or AWS Backup did not start.';
      return item;
    }
    case 'missed': return missedItem(node.run);
    case 'account': return plainItem(node.text, 'account', 'account');
    case 'note': {
      const item = plainItem(node.text, 'info', 'note');
      item.tooltip = node.text;
      return item;
    }
    case 'more': {
      const item = plainItem('Load More', 'ellipsis', 'more');
      item.command = { command: 'awsBackupPolicy.loadMoreJobs', title: 'Load More' };
      return item;
    }
  }
}

function groupItem({ type, total, jobs }: JobGroupView): TreeItem {
  const item = new TreeItem(`${groupWords[type]} (${total.toLocaleString('en-US')})`, type === 'failed' ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = type;
  item.iconPath = groupIcons[type];
  if (jobs.length < total) item.description = `the newest ${String(jobs.length)}`;
  return item;
}

function oneJobItem(job: JobView): TreeItem {
  const { type, accountName, region, created, planName, ruleName, state, message, cause, resourceArn, resourceType, id } = job;
  const item = new TreeItem(`${typeWords[type]} in ${accountName}`, message === '' && cause === undefined ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed);
  item.id = `${type} ${region} ${id}`;
  item.description = [resourceType, region, timeText(created), [planName, ruleName].filter((name) => name !== undefined).join(' / ')].filter((part) => part !== '').join(' · ');
  item.iconPath = new ThemeIcon(typeIcons[type]);
  item.tooltip = [`${typeWords[type]} job ${id}: ${state}`, resourceArn, ...(message === '' ? [] : [message]), ...(cause === undefined ? [] : [`Likely cause: ${cause.title}`])].join('\n');
  item.contextValue = `job${job.location === undefined ? '' : '.located'}`;
  item.accessibilityInformation = { label: `${typeWords[type]} in ${accountName}, ${state}, ${item.description}` };
  return item;
}

function causeItem(job: JobView): TreeItem {
  const item = plainItem(`Likely cause: ${job.cause?.title ?? ''}`, 'lightbulb', 'job.cause');
  item.tooltip = [job.cause?.explanation ?? '', job.cause?.nextStep ?? ''].join('\n');
  item.command = { command: 'awsBackupPolicy.showLikelyCause', title: 'Show Likely Cause', arguments: [{ type: 'cause', job } satisfies JobNode] };
  return item;
}

function missedItem({ planName, ruleName, region, scheduled, accounts, location }: MissedRunView): TreeItem {
  const item = new TreeItem(`${planName} / ${ruleName} in ${region}`, TreeItemCollapsibleState.Collapsed);
  item.description = `${accounts.length === 1 ? '1 account' : `${accounts.length.toLocaleString('en-US')} accounts`}, scheduled ${timeText(scheduled)}`;
  item.iconPath = new ThemeIcon('calendar');
  item.contextValue = location === undefined ? 'missed' : 'missed.located';
  item.tooltip = `The rule ran at ${new Date(scheduled).toISOString().slice(0, 16).replace('T', ' ')} UTC, and its start window is over, but no job of it is known in these accounts.`;
  return item;
}

function plainItem(label: string, icon: string, contextValue: string): TreeItem {
  const item = new TreeItem(label, TreeItemCollapsibleState.None);
  item.iconPath = new ThemeIcon(icon);
  item.contextValue = contextValue;
  return item;
}

/** In UTC, as schedules are: `2026-11-21 05:00 UTC`. */
function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What the view draws with. */
export const jobRows = { roots: jobRoots, children: jobChildren, item: jobItem };
