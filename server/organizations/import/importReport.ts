import { code, escaped } from '../../features/markdown.ts';
import type { ImportChange, ImportConflict, ImportedKind, ImportedOrder } from '../../protocol.ts';
import type { ImportPlan } from './importPlan.ts';
import { numbered } from './readingProgress.ts';
import type { RemoteOrganization } from './remoteOrganization.ts';

/** So many lines of a section are written before the rest is counted. */
const mostLines = 200;

const nouns: Readonly<Record<ImportedKind, readonly [string, string]>> = { root: ['root', 'roots'], organizationalUnit: ['OU', 'OUs'], account: ['account', 'accounts'] };

function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${numbered(count)} ${count === 1 ? one : many}`;
}

const policyNoun = ['policy', 'policies'] as const;

/** What an import changes, in a few sentences with numbers. */
export function importSummary({ changes, conflicts, orders, files }: ImportPlan): readonly string[] {
  const lines: string[] = [];
  for (const type of ['added', 'removed', 'renamed', 'moved'] as const) {
    const parts = (['organizationalUnit', 'account', 'root'] as const).flatMap((kind) => {
      const count = changes.filter((change) => change.type === type && change.kind === kind && !(type === 'added' && kind === 'root')).length;
      return count === 0 ? [] : [counted(count, nouns[kind])];
    });
    const policies = changes.filter((change) => change.type === { added: 'policyAdded', removed: 'policyRemoved', renamed: 'policyRenamed', moved: undefined }[type]).length;
    if (policies > 0) parts.push(counted(policies, policyNoun));
    if (parts.length > 0) lines.push(`${{ added: 'Added', removed: 'Removed', renamed: 'Renamed', moved: 'Moved' }[type]}: ${parts.join(', ')}.`);
  }
  const of = (type: ImportChange['type']): number => changes.filter((change) => change.type === type).length;
  if (of('attached') + of('detached') > 0) lines.push(`Attachments: ${numbered(of('attached'))} attached, ${numbered(of('detached'))} detached.`);
  if (of('contentChanged') > 0) lines.push(`Content changed in AWS: ${counted(of('contentChanged'), ['policy file', 'policy files'])}.`);
  if (of('fileMissing') > 0) lines.push(`Written again, because missing: ${counted(of('fileMissing'), ['policy file', 'policy files'])}.`);
  if (of('descriptionChanged') > 0) lines.push(`Description changed in AWS: ${counted(of('descriptionChanged'), policyNoun)}.`);
  if (of('idChanged') > 0) lines.push(`IDs written, replaced or left out: ${counted(of('idChanged'), ['target', 'targets'])}.`);
  if (files.length === 0) lines.push('The files say what AWS has: nothing changes.');
  if (conflicts.length > 0) lines.push(`Left as they are, although AWS has something else: ${counted(conflicts.length, ['policy file', 'policy files'])}.`);
  if (orders.length > 0) lines.push(`Order of attachment not known where it may matter: ${counted(orders.length, ['target', 'targets'])}.`);
  return lines;
}

/** Everything an import does and leaves, as Markdown. */
export function importReport(remote: RemoteOrganization, plan: ImportPlan): string {
  const { changes, conflicts, orders, inactive, onlyHere, editedHere } = plan;
  const of = <Type extends ImportChange['type']>(type: Type): readonly Extract<ImportChange, { readonly type: Type }>[] =>
    changes.filter((change): change is Extract<ImportChange, { readonly type: Type }> => type === change.type);
  const blocks = [
    '# Import from AWS Organizations',
    `AWS has ${counted(remote.accounts.length, nouns.account)}, ${counted(remote.units.length, nouns.organizationalUnit)} and ${counted(remote.policies.length, policyNoun)}, read at ${new Date(remote.readAt).toISOString()}.`,
    ...(remote.typeEnabled ? [] : ['Backup policies are not enabled in this organization, so nothing is attached. Enable the policy type before you attach policies in AWS.']),
    importSummary(plan).map((line) => `- ${line}`).join('\n'),
    ...section('Policy files left as they are', 'AWS has something else. Compare the two, then push the file or take the content of AWS.', conflicts, conflictLine),
    ...section('Order of attachment not known', 'AWS does not tell in which order policies were attached, and the first one wins where two set the same. They stand in the model in an order that may be another one: compare the effective policy of an account with that of AWS, and move them in the model.', orders, orderLine),
    ...section('Added', '', of('added'), ({ kind, path }) => `${nouns[kind][0]} ${code(path)}`),
    ...section('Removed', 'AWS does not have them any more.', of('removed'), ({ kind, path }) => `${nouns[kind][0]} ${code(path)}`),
    ...section('Renamed', '', of('renamed'), ({ kind, path, from }) => `${nouns[kind][0]} ${code(path)}, was ${code(from)}`),
    ...section('Moved', '', of('moved'), ({ kind, path, from }) => `${nouns[kind][0]} ${code(path)}, was ${code(from)}`),
    ...section('IDs written, replaced or left out', '', of('idChanged'), ({ path }) => code(path)),
    ...section('Policies added', '', of('policyAdded'), ({ policy, file }) => `${code(policy)} in ${code(file)}`),
    ...section('Policies removed', 'AWS does not have them any more. Their files are left where they are.', of('policyRemoved'), ({ policy, file }) => `${code(policy)}, file ${code(file)}`),
    ...section('Policies renamed', '', of('policyRenamed'), ({ policy, from }) => `${code(policy)}, was ${code(from)}`),
    ...section('Policy files changed', 'AWS has a new content, and the file had not been edited since the last import.', of('contentChanged'), ({ policy, file }) => `${code(policy)} in ${code(file)}`),
    ...section('Policy files written again', 'The model names them, and they were not there.', of('fileMissing'), ({ policy, file }) => `${code(policy)} in ${code(file)}`),
    ...section('Descriptions changed', '', of('descriptionChanged'), ({ policy }) => code(policy)),
    ...section('Attached', '', of('attached'), ({ policy, path }) => `${code(policy)} to ${code(path)}`),
    ...section('Detached', '', of('detached'), ({ policy, path }) => `${code(policy)} from ${code(path)}`),
    ...section('Edited here only', 'AWS has what it had at the last import: push them when they are ready.', editedHere, code),
    ...section('Only in the model', 'AWS has never had these policies. They and their attachments stay in the model.', onlyHere, code),
    ...section('Accounts that are not active', 'They are in the model like all others: a model has no place for the status.', inactive, ({ path, status }) => `${code(path)}: ${escaped(status)}`),
    ...section('Accounts that were moved while AWS was read', 'They stand in the root of the model. Import again to find their place.', remote.displaced, code),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function section<Item>(title: string, remark: string, items: readonly Item[], line: (item: Item) => string): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length > mostLines ? [`- and ${numbered(items.length - mostLines)} more`] : [];
  return [`## ${title} (${numbered(items.length)})`, remark, [...items.slice(0, mostLines).map((item) => `- ${line(item)}`), ...more].join('\n')];
}

const reasons: Readonly<Record<ImportConflict['reason'], string>> = {
  both: 'edited here, and changed in AWS as well',
  unknown: 'it differs from AWS, and no earlier import tells which side was changed',
  notJson: 'it is no complete JSON or has template tokens, so it cannot be compared',
  outside: 'the model names a file outside its folder',
};

function conflictLine({ policy, file, reason }: ImportConflict): string {
  return `${code(policy)} in ${code(file)}: ${reasons[reason]}`;
}

function orderLine({ path, policies, settings }: ImportedOrder): string {
  const what = settings === undefined ? 'there are too many orders to try them all' : `another order changes ${settings.slice(0, 5).map(code).join(', ')}${settings.length > 5 ? ` and ${numbered(settings.length - 5)} more` : ''}`;
  return `${code(path)}: ${policies.map(code).join(', ')}; ${what}`;
}
