import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import type { AttachedPolicyView, EntityView, TargetRef } from '../../server/protocol.ts';
import { healthSentences, healthWords } from '../targetHealth.ts';
import { kindIcons, kindName } from '../targetItems.ts';

/** A row of the organization view. */
export type OrganizationNode =
  | { readonly type: 'entity'; readonly entity: EntityView; readonly parent: OrganizationNode | undefined }
  | { readonly type: 'policy'; readonly policy: AttachedPolicyView; readonly entity: EntityView; readonly parent: OrganizationNode };

/** True for a row of the organization view, as VS Code hands it to commands. */
export function isOrganizationNode(value: unknown): value is OrganizationNode {
  return typeof value === 'object' && value !== null && 'type' in value && (value.type === 'entity' || value.type === 'policy') && 'entity' in value;
}

/** The scheme under which targets are decorated. */
export const targetScheme = 'backup-target';

/** The URI under which a target is decorated. */
export function targetUri({ organization, key }: TargetRef): Uri {
  return Uri.from({ scheme: targetScheme, path: `/${key}`, query: organization });
}

/** The scheme under which attached policies are decorated. */
export const attachedPolicyScheme = 'backup-attached-policy';

/** The URI under which a policy is decorated where it is attached; without the fragment it stands for all of these places. */
export function attachedPolicyUri({ organization, key }: TargetRef, policy: string): Uri {
  return Uri.from({ scheme: attachedPolicyScheme, path: `/${policy}`, query: organization, fragment: key });
}

/** Stays the same as long as the target or attachment does, so that expansion and selection stay. */
export function nodeId(node: OrganizationNode): string {
  const { organization, key } = node.entity.target;
  return node.type === 'entity' ? `${organization}#${key}` : `${organization}#${key}#${node.policy.name}`;
}

/** An OU with more accounts at or below it is opened by the user, not at once. */
const maximumExpanded = 200;

/** The row of a root, OU or account. */
export function entityItem(node: OrganizationNode & { readonly type: 'entity' }): TreeItem {
  const { entity } = node;
  const leaf = !entity.hasChildren && entity.policies.length === 0;
  const state = leaf ? TreeItemCollapsibleState.None : entity.kind === 'account' || entity.accounts > maximumExpanded ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded;
  const item = new TreeItem(entity.name, state);
  item.id = nodeId(node);
  item.iconPath = new ThemeIcon(kindIcons[entity.kind]);
  item.contextValue = `target ${entity.kind}`;
  item.resourceUri = targetUri(entity.target);
  const health = healthWords(entity).join(', ');
  item.description = health === '' ? (entity.id ?? '') : health;
  item.tooltip = tooltip(entity);
  const policies = entity.policies.length === 0 ? 'no policies attached' : `${String(entity.policies.length)} attached: ${entity.policies.map((policy) => policy.name).join(', ')}`;
  item.accessibilityInformation = { label: `${kindName(entity.kind)} ${entity.name}, ${policies}${health === '' ? '' : `, ${health}`}` };
  // Without arguments: VS Code forgets the arguments of a row when the view is drawn anew, and a click just then would fail.
  item.command = { command: 'awsBackupPolicy.showSelectedTarget', title: 'Show Effective Policy' };
  return item;
}

function tooltip(entity: EntityView): MarkdownString {
  const text = new MarkdownString();
  text.appendText(`${entity.path}${entity.id === undefined ? '' : ` (${entity.id})`}\n`);
  text.appendText(`${kindName(entity.kind)}, ${String(entity.accounts)} account${entity.accounts === 1 ? '' : 's'}\n`);
  for (const sentence of healthSentences(entity)) text.appendText(`\n${sentence}\n`);
  return text;
}

/** The row of an attached policy, numbered by its order of attachment. */
export function policyItem(node: OrganizationNode & { readonly type: 'policy' }): TreeItem {
  const { policy, entity } = node;
  const item = new TreeItem(`${String(policy.index + 1)}. ${policy.name}`, TreeItemCollapsibleState.None);
  item.id = nodeId(node);
  item.iconPath = new ThemeIcon(policy.found ? 'shield' : 'warning');
  const moves = `${policy.index > 0 ? ' up' : ''}${policy.index < entity.policies.length - 1 ? ' down' : ''}`;
  item.contextValue = `policy${moves}`;
  item.resourceUri = attachedPolicyUri(entity.target, policy.name);
  item.description = policy.found ? '' : 'file not found';
  item.tooltip = policy.found ? `${policy.name}, attached to ${entity.path} as number ${String(policy.index + 1)} of ${String(entity.policies.length)}` : `The file of ${policy.name} does not exist or cannot be read.`;
  item.accessibilityInformation = { label: `policy ${policy.name}, number ${String(policy.index + 1)} of ${String(entity.policies.length)} attached to ${entity.name}${policy.found ? '' : ', file not found'}` };
  if (policy.uri !== undefined) item.command = { command: 'vscode.open', title: 'Open Policy', arguments: [Uri.parse(policy.uri)] };
  return item;
}
