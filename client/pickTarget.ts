import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { EntityView, PolicyNameView } from '../server/protocol.ts';
import type { ServerAccess } from './serverAccess.ts';
import { attachPlaceholder, recentFirst, targetItems, type TargetItem } from './targetItems.ts';
import type { TargetChoice } from './targetChoice.ts';

type Row = QuickPickItem & { readonly item?: TargetItem };

/** Asks for one target over the whole tree; undefined when the user gives up or nothing is modelled. */
export async function pickTarget(server: ServerAccess, choice: TargetChoice, placeHolder: string): Promise<EntityView | undefined> {
  const rows = await targetRows(server, choice);
  if (rows === undefined) return undefined;
  const picked = await window.showQuickPick<Row>(rows, { placeHolder, matchOnDescription: true, matchOnDetail: true });
  return picked?.item?.entity;
}

/** Asks for the targets to attach a policy to. Those that have it already are left out, and counted. */
export async function pickTargets(server: ServerAccess, choice: TargetChoice, { organization, policy, attachedTo }: PolicyNameView): Promise<readonly EntityView[] | undefined> {
  const attached = new Set(attachedTo.map(({ key }) => key));
  const rows = await targetRows(server, choice, (entity) => entity.target.organization === organization && !attached.has(entity.target.key));
  if (rows === undefined) return undefined;
  const picked = await window.showQuickPick<Row>(rows, { title: `Attach ${policy}`, placeHolder: attachPlaceholder(attached.size), canPickMany: true, matchOnDescription: true, matchOnDetail: true });
  return picked?.flatMap((row) => row.item?.entity ?? []);
}

async function targetRows(server: ServerAccess, choice: TargetChoice, isWanted: (entity: EntityView) => boolean = () => true): Promise<Row[] | undefined> {
  const entities = (await server.request('backupPolicy/entities', null)).filter(isWanted);
  if (entities.length === 0) {
    void window.showInformationMessage('There is no root, organizational unit (OU) or account to choose. A file backup-organization.json models them.');
    return undefined;
  }
  const { recent, others } = recentFirst(targetItems(entities), choice.recent);
  const row = (item: TargetItem): Row => ({ label: item.label, description: item.description, ...(item.detail === undefined ? {} : { detail: item.detail }), item });
  if (recent.length === 0) return others.map(row);
  return [separator('last used'), ...recent.map(row), separator('organization'), ...others.map(row)];
}

function separator(label: string): Row {
  return { label, kind: QuickPickItemKind.Separator };
}
