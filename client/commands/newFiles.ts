import { Uri, window, workspace } from 'vscode';
import { languages } from '../languages.ts';
import type { ServerAccess } from '../serverAccess.ts';

const modelName = 'backup-organization.json';

const modelText = `{
  "root": {
    "name": "Root",
    "policies": [],
    "organizationalUnits": [
      {
        "name": "Workloads",
        "policies": [],
        "accounts": [
          { "name": "my-account", "policies": [] }
        ]
      }
    ],
    "accounts": []
  },
  "policies": {}
}
`;

const guardrailsName = 'backup-guardrails.json';

const guardrailsText = `{
  "guardrails": {
    "valid-effective-policies": {
      "description": "No account keeps an old policy because its new one is invalid.",
      "accounts": ["**"],
      "validEffectivePolicy": true
    },
    "kept-for-35-days": {
      "description": "Something in every account is backed up daily and kept for 35 days.",
      "accounts": ["**"],
      "someRule": {
        "retentionDays": { "atLeast": 35 },
        "hoursBetweenBackups": { "atMost": 24 }
      }
    }
  }
}
`;

/** Opens a template as a new document, ready to be edited and saved. */
export async function newBackupPolicy(server: ServerAccess): Promise<void> {
  const templates = await server.request('backupPolicy/templates', null);
  const rows = templates.map((template) => ({ label: template.title, detail: template.description, text: template.text }));
  const picked = await window.showQuickPick(rows, { title: 'New Backup Policy', placeHolder: 'Choose a template', matchOnDetail: true });
  if (picked === undefined) return;
  const document = await workspace.openTextDocument({ language: languages.policy, content: picked.text });
  await window.showTextDocument(document);
}

/** Writes a first model file into a folder of the workspace; opens the one that is there already. */
export async function newOrganizationModel(): Promise<void> {
  await newFile(modelName, modelText, 'the model file lives beside the policies');
}

/** Writes a first guardrails file into a folder of the workspace; opens the one that is there already. */
export async function newGuardrailsFile(): Promise<void> {
  await newFile(guardrailsName, guardrailsText, 'the guardrails live beside the model file');
}

async function newFile(name: string, text: string, reason: string): Promise<void> {
  const [only, second] = workspace.workspaceFolders ?? [];
  const folder = second === undefined ? only : await window.showWorkspaceFolderPick({ placeHolder: 'Choose the folder of the backup policies' });
  if (folder === undefined) {
    if (only === undefined) void window.showInformationMessage(`Open a folder first: ${reason}.`);
    return;
  }
  const uri = Uri.joinPath(folder.uri, name);
  if (await exists(uri)) void window.showInformationMessage(`${folder.name} has a ${name} already.`);
  else await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await window.showTextDocument(await workspace.openTextDocument(uri));
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
