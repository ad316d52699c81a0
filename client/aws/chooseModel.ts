import { window } from 'vscode';
import type { ServerAccess } from '../serverAccess.ts';

/** The model of the workspace, by its URI; where there are several the user chooses. Undefined when there is none, or nothing is chosen. */
export async function chooseModel(server: ServerAccess, title: string): Promise<string | undefined> {
  const models = await server.request('backupPolicy/organizations', null);
  const [only, ...others] = models;
  if (only === undefined) {
    void window.showInformationMessage('No organization is modelled here. A file backup-organization.json says which policies are attached where.');
    return undefined;
  }
  if (others.length === 0) return only.uri;
  const chosen = await window.showQuickPick(models.map(({ name, uri }) => ({ label: name, description: uri.split('/').slice(-2).join('/'), uri })), { title, placeHolder: 'The organization' });
  return chosen?.uri;
}
