import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { RemoteAction, SetUpAction, SetUpRowView, SetUpState } from '../../server/protocol.ts';

/** An element of the set-up view. */
export type SetUpNode =
  | { readonly type: 'row'; readonly row: SetUpRowView }
  | { readonly type: 'text'; readonly text: string; readonly icon: string; readonly action?: SetUpAction }
  | { readonly type: 'action'; readonly action: SetUpAction }
  | { readonly type: 'remedy'; readonly action: Exclude<RemoteAction, { type: 'retry' }> }
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'link'; readonly link: string };

/** What pressing Enter on an element does. */
export const runSetUpAction = 'awsBackupPolicy.runSetUpAction';

const icons: Readonly<Record<SetUpState, ThemeIcon>> = {
  done: new ThemeIcon('pass-filled', new ThemeColor('testing.iconPassed')),
  missing: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  optional: new ThemeIcon('circle-large-outline'),
  pending: new ThemeIcon('sync'),
  unknown: new ThemeIcon('question'),
};

const actionIcons: Readonly<Record<SetUpAction['type'], string>> = { change: 'edit', register: 'person-add', generate: 'new-file', show: 'eye', copy: 'copy' };

/** What is below a row: why it matters, what is known, what can be done, and where AWS says more. */
function setUpChildren({ row }: Extract<SetUpNode, { type: 'row' }>): SetUpNode[] {
  const { failure } = row;
  return [
    { type: 'text', text: row.why, icon: 'info' },
    ...(failure === undefined ? [] : [
      { type: 'text', text: failure.message, icon: 'warning' } as const,
      { type: 'text', text: failure.nextStep.split('\n')[0] ?? '', icon: 'lightbulb' } as const,
      ...failure.actions.flatMap((action) => (action.type === 'retry' ? [] : [{ type: 'remedy', action } as const])),
    ]),
    ...row.details.map(({ text, action }): SetUpNode => ({ type: 'text', text, icon: 'account', ...(action === undefined ? {} : { action }) })),
    ...row.actions.map((action): SetUpNode => ({ type: 'action', action })),
    { type: 'command', command: row.command },
    { type: 'link', link: row.link },
  ];
}

/** The element as the tree shows it. */
function setUpItem(node: SetUpNode): TreeItem {
  switch (node.type) {
    case 'row':
      return rowItem(node.row);
    case 'text': {
      const item = leaf(node.text, node.icon);
      item.tooltip = node.text;
      if (node.action !== undefined) item.contextValue = `setUpDetail ${tokenOf(node.action)}`;
      return item;
    }
    case 'action':
      return pressed(leaf(node.action.title, actionIcons[node.action.type]), node, node.action.type === 'change' ? node.action.command : node.action.title);
    case 'remedy':
      return pressed(leaf(node.action.title, 'copy'), node, node.action.title);
    case 'command': {
      const item = pressed(leaf('Copy Command', 'terminal'), node, node.command);
      item.description = node.command;
      return item;
    }
    case 'link': {
      const item = leaf('Open Page of AWS', 'link-external');
      item.tooltip = node.link;
      item.command = { command: 'vscode.open', title: 'Open', arguments: [Uri.parse(node.link)] };
      return item;
    }
  }
}

function rowItem({ step, title, state, stateText, why, actions, command }: SetUpRowView): TreeItem {
  const item = new TreeItem(title, TreeItemCollapsibleState.Collapsed);
  item.id = step;
  item.description = stateText;
  item.iconPath = icons[state];
  item.contextValue = ['setUpRow', step, ...actions.map(tokenOf)].join(' ');
  const tooltip = new MarkdownString();
  tooltip.appendText(`${title}: ${stateText}\n\n${why}`);
  tooltip.appendCodeblock(command, 'sh');
  item.tooltip = tooltip;
  item.accessibilityInformation = { label: `${title}: ${stateText}` };
  return item;
}

/** The word by which menus know an action. */
function tokenOf(action: SetUpAction): string {
  return action.type === 'change' ? (/^[a-z]+/.exec(action.change.type)?.[0] ?? '') : action.type;
}

function leaf(label: string, icon: string): TreeItem {
  const item = new TreeItem(label);
  item.iconPath = new ThemeIcon(icon);
  return item;
}

function pressed(item: TreeItem, node: SetUpNode, tooltip: string): TreeItem {
  item.tooltip = tooltip;
  item.command = { command: runSetUpAction, title: 'Run', arguments: [node] };
  return item;
}

/** What draws the view. */
export const setUpRows = { children: setUpChildren, item: setUpItem };
