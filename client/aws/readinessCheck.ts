import type { ServerAccess } from '../serverAccess.ts';
import type { EditorTabs } from '../views/editorTabs.ts';
import { chooseModel } from './chooseModel.ts';
import type { RemoteAccess } from './remoteAccess.ts';

/** Looks in AWS for what a model needs, and shows it in the checklist. */
export async function checkReadiness(server: ServerAccess, remote: RemoteAccess, tabs: EditorTabs): Promise<void> {
  const organization = await chooseModel(server, 'Check Readiness in AWS');
  if (organization === undefined) return;
  const check = await remote.run('Looking for what backups need', 'backupPolicy/aws/readiness', { organization });
  if (check !== undefined) await tabs.showReadiness(check);
}
