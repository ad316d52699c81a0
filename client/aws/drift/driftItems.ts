import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { DriftChangeView, DriftFinding, DriftReport } from '../../../server/protocol.ts';
import { differences } from './differences.ts';

/** A row of the view of drift. */
export type DriftNode =
  | { readonly type: 'group'; readonly kind: DriftFinding['kind']; readonly findings: readonly DriftFinding[] }
  | { readonly type: 'finding'; readonly finding: DriftFinding }
  | { readonly type: 'change'; readonly change: DriftChangeView }
  | { readonly type: 'text'; readonly text: string; readonly icon: string }
  | { readonly type: 'note'; readonly text: string };

/** True for a row of a finding, as VS Code hands it to commands. */
export function isFindingNode(value: unknown): value is DriftNode & { readonly type: 'finding' } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'finding' && 'finding' in value;
}

const kinds: Readonly<Record<DriftFinding['kind'], { readonly title: string; readonly icon: string }>> = {
  policy: { title: 'Policies', icon: 'shield' },
  organization: { title: 'Organization', icon: 'organization' },
  attachment: { title: 'Attachments', icon: 'link' },
  effective: { title: 'Effective Policies', icon: 'account' },
};

/** The rows of a comparison: a group for each kind of difference, then what is to be known about the comparison. */
function driftRoots({ findings, notes, frozen }: DriftReport): DriftNode[] {
  const groups = (Object.keys(kinds) as DriftFinding['kind'][]).flatMap((kind): DriftNode[] => {
    const own = findings.filter((finding) => finding.kind === kind);
    return own.length === 0 ? [] : [{ type: 'group', kind, findings: own }];
  });
  const withheld: readonly string[] = frozen.length === 0 ? [] : [`AWS has frozen ${frozen.length === 1 ? 'an account, which keeps its' : `${String(frozen.length)} accounts, which keep their`} last valid effective policy: ${frozen.join(', ')}`];
  return [...groups, ...[...withheld, ...notes].map((text): DriftNode => ({ type: 'note', text }))];
}

/** The rows below a row. */
function driftChildren(node: DriftNode): DriftNode[] {
  if (node.type === 'group') return node.findings.map((finding) => ({ type: 'finding', finding }));
  if (node.type !== 'finding') return [];
  const { finding } = node;
  const changes = finding.kind === 'policy' || finding.kind === 'effective' ? finding.changes : [];
  const errors = finding.kind === 'effective' ? finding.errors : [];
  return [
    ...changes.map((change): DriftNode => ({ type: 'change', change })),
    ...errors.map(({ from, code, message, path }): DriftNode => ({ type: 'text', icon: 'error', text: `${from === 'AWS' ? 'AWS' : 'The model'}: ${code}, ${message}, at ${path}` })),
    { type: 'text', icon: 'lightbulb', text: finding.nextStep },
  ];
}

/** A row as VS Code shows and reads it. */
function driftItem(node: DriftNode): TreeItem {
  switch (node.type) {
    case 'group': {
      const { title, icon } = kinds[node.kind];
      const item = new TreeItem(title, TreeItemCollapsibleState.Expanded);
      item.id = node.kind;
      item.description = differences(node.findings.length);
      item.iconPath = new ThemeIcon(icon);
      return item;
    }
    case 'finding':
      return findingItem(node.finding);
    case 'change':
      return changeItem(node.change);
    case 'text':
    case 'note': {
      const item = new TreeItem(node.text);
      item.iconPath = new ThemeIcon(node.type === 'note' ? 'info' : node.icon);
      item.tooltip = node.text;
      return item;
    }
  }
}

const icons: Readonly<Record<DriftFinding['type'], string>> = {
  differs: 'diff', fileMissing: 'question', onlyInModel: 'diff-removed', onlyInAws: 'diff-added', nameDiffers: 'diff-renamed', descriptionDiffers: 'diff-modified',
  added: 'diff-added', removed: 'diff-removed', renamed: 'diff-renamed', moved: 'arrow-right', missing: 'diff-removed', surplus: 'diff-added', frozen: 'error', notFrozen: 'warning',
};

function findingItem(finding: DriftFinding): TreeItem {
  const item = new TreeItem(subjectOf(finding), TreeItemCollapsibleState.Collapsed);
  item.id = finding.id;
  item.description = shortOf(finding);
  item.tooltip = `${finding.message}\n${finding.nextStep}`;
  item.iconPath = finding.type === 'frozen' ? new ThemeIcon(icons.frozen, new ThemeColor('list.errorForeground')) : new ThemeIcon(icons[finding.type]);
  item.contextValue = ['finding', finding.kind, ...offers(finding)].join(' ');
  item.accessibilityInformation = { label: `${finding.message} ${finding.nextStep}` };
  return item;
}

/** The difference in a few words, for the narrow row; the whole sentence is in its tooltip and read aloud. */
function shortOf(finding: DriftFinding): string {
  switch (finding.kind) {
    case 'policy':
      return finding.type === 'differs' ? (finding.changes.length === 1 ? '1 setting differs' : `${String(finding.changes.length)} settings differ`) : words[finding.type];
    case 'effective':
      return `${words[finding.type]}${finding.accounts === 1 ? '' : `, stands for ${String(finding.accounts)} accounts`}`;
    case 'organization':
      return finding.type === 'renamed' || finding.type === 'moved' ? `${words[finding.type]} ${finding.type === 'renamed' ? (finding.remote?.name ?? '') : (finding.remote?.path ?? '')}` : words[finding.type];
    case 'attachment':
      return words[finding.type];
  }
}

const words: Readonly<Record<DriftFinding['type'], string>> = {
  differs: 'differs', fileMissing: 'file missing', onlyInModel: 'not in AWS', onlyInAws: 'only in AWS', nameDiffers: 'other name in AWS', descriptionDiffers: 'other description in AWS',
  added: 'only in AWS', removed: 'not in AWS', renamed: 'in AWS called', moved: 'in AWS at', missing: 'not attached in AWS', surplus: 'attached only in AWS', frozen: 'frozen by AWS', notFrozen: 'valid in AWS',
};

/** What can be done about a difference, for the menus: `diff`, `take`, `push`, `case`. */
function offers(finding: DriftFinding): readonly string[] {
  switch (finding.kind) {
    case 'policy':
      return [...(finding.type === 'differs' ? ['diff'] : []), 'take', ...(finding.type === 'onlyInAws' || finding.type === 'fileMissing' ? [] : ['push'])];
    case 'organization':
      return finding.type === 'moved' && finding.parentKey === undefined ? [] : ['take'];
    case 'attachment':
      return ['diff', ...(finding.modelled ? ['take', 'push'] : [])];
    case 'effective':
      return ['diff', ...(finding.cause === 'unexplained' ? ['case'] : [])];
  }
}

function subjectOf(finding: DriftFinding): string {
  switch (finding.kind) {
    case 'policy':
      return finding.policy;
    case 'organization':
      return nameOf(finding.path);
    case 'attachment':
      return `${finding.policy} → ${nameOf(finding.target.path)}`;
    case 'effective':
      return nameOf(finding.account.path);
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const signs: Readonly<Record<DriftChangeView['type'], string>> = { added: 'add', removed: 'remove', changed: 'edit' };

function changeItem({ type, path, values }: DriftChangeView): TreeItem {
  const keys = path.split('/');
  const item = new TreeItem(keys.filter((key) => !key.startsWith('@@')).at(-1) ?? path);
  const said = values === undefined ? (type === 'added' ? 'only in AWS' : 'only here') : type === 'changed' ? values : `${type === 'added' ? 'only in AWS' : 'only here'}: ${values}`;
  item.description = `${said}  ${keys.slice(1, -1).join('/')}`;
  item.tooltip = `${path}: ${said}`;
  item.iconPath = new ThemeIcon(signs[type]);
  return item;
}

/** What draws the view. */
export const driftRows = { roots: driftRoots, children: driftChildren, item: driftItem };
