import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { ImpactGroupView, ViewLocation } from '../../server/protocol.ts';
import { rangeOf } from '../locations.ts';
import { kindIcons } from '../targetItems.ts';

type Change = ImpactGroupView['changes'][number];
type Account = ImpactGroupView['accounts'][number];

/** A row of the view of impacts. */
export type ImpactNode =
  | { readonly type: 'group'; readonly group: ImpactGroupView }
  | { readonly type: 'error'; readonly error: ImpactGroupView['errors'][number] }
  | { readonly type: 'change'; readonly change: Change }
  | { readonly type: 'accounts'; readonly group: ImpactGroupView }
  | { readonly type: 'account'; readonly account: Account };

const gradeIcons: Readonly<Record<ImpactGroupView['grade'], ThemeIcon>> = {
  frozen: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
  lost: new ThemeIcon('trash', new ThemeColor('list.errorForeground')),
  weaker: new ThemeIcon('arrow-down', new ThemeColor('list.warningForeground')),
  repaired: new ThemeIcon('pass'),
  safe: new ThemeIcon('check'),
};

const signs: Readonly<Record<Change['type'], string>> = { added: 'add', removed: 'remove', changed: 'edit' };

/** The rows below a row. */
export function impactChildren(node: ImpactNode): ImpactNode[] {
  if (node.type === 'accounts') return node.group.accounts.map((account) => ({ type: 'account', account }));
  if (node.type !== 'group') return [];
  const { group } = node;
  return [
    ...group.errors.map((error): ImpactNode => ({ type: 'error', error })),
    ...group.changes.map((change): ImpactNode => ({ type: 'change', change })),
    { type: 'accounts', group },
  ];
}

/** A row as VS Code shows and reads it. */
export function impactItem(node: ImpactNode): TreeItem {
  switch (node.type) {
    case 'group':
      return groupItem(node.group);
    case 'error':
      return placed(new TreeItem(node.error.message), 'error', node.error.path, `${node.error.code}: ${node.error.message}, at ${node.error.path}`, node.error.location);
    case 'change':
      return changeItem(node.change);
    case 'accounts': {
      const item = new TreeItem(counted(node.group), TreeItemCollapsibleState.Collapsed);
      item.iconPath = new ThemeIcon('organization');
      return item;
    }
    case 'account': {
      const item = new TreeItem(node.account.name);
      item.description = node.account.path.split('/').slice(0, -1).join('/');
      item.tooltip = node.account.path;
      item.iconPath = new ThemeIcon(kindIcons.account);
      item.command = { command: 'awsBackupPolicy.showEffectivePolicy', title: 'Show Effective Policy', arguments: [node.account.target] };
      return item;
    }
  }
}

function groupItem(group: ImpactGroupView): TreeItem {
  const item = new TreeItem(`${group.grade}: ${counted(group)}`, TreeItemCollapsibleState.Expanded);
  item.description = group.meaning;
  item.iconPath = gradeIcons[group.grade];
  item.tooltip = group.accounts.map((account) => account.path).join('\n');
  item.accessibilityInformation = { label: `${counted(group)}, ${group.grade}: ${group.meaning}` };
  return item;
}

function changeItem(change: Change): TreeItem {
  const keys = change.path.split('/');
  const label = keys.at(-1) ?? '';
  const values = change.values === undefined ? change.type : change.type === 'changed' ? change.values : `${change.type}: ${change.values}`;
  const item = placed(new TreeItem(label), signs[change.type], `${values}  ${keys.slice(1, -1).join('/')}`, `${change.path}: ${values}`, change.location);
  if (change.grade !== 'safe') item.iconPath = gradeIcons[change.grade];
  item.accessibilityInformation = { label: `${label} of ${keys.slice(1, -1).join(', ')}, ${values}${change.grade === 'safe' ? '' : `, ${change.grade}`}` };
  return item;
}

function placed(item: TreeItem, icon: string, description: string, tooltip: string, location: ViewLocation | undefined): TreeItem {
  item.description = description;
  item.tooltip = tooltip;
  item.iconPath = new ThemeIcon(icon);
  if (location !== undefined) item.command = { command: 'vscode.open', title: 'Go to Statement', arguments: [Uri.parse(location.uri, true), { selection: rangeOf(location.range) }] };
  return item;
}

function counted({ accounts }: ImpactGroupView): string {
  return accounts.length === 1 ? '1 account' : `${String(accounts.length)} accounts`;
}
