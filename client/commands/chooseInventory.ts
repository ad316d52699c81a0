import { type Uri, window, workspace, type QuickPickItem } from 'vscode';

/** What the page "Resources" remembers then; see `client/webview/resources`. */
interface ChosenInventory {
  readonly page: 'resources';
  readonly memory: { readonly file: { readonly uri: string; readonly name: string } };
}

const inventoryFiles = '**/*.{csv,tsv,json,jsonl,ndjson,txt}';
const ignoredFolders = '**/{node_modules,.git,dist,out,backup-policies,backup_policies}/**';
const mostFiles = 500;

interface FileItem extends QuickPickItem {
  readonly uri?: Uri;
}

/** Asks for a file of the workspace with resources; undefined when the user takes none. */
export async function chooseInventory(): Promise<ChosenInventory | undefined> {
  const found = await workspace.findFiles(inventoryFiles, ignoredFolders, mostFiles);
  const items = found.map((uri): FileItem => ({ label: workspace.asRelativePath(uri), uri })).sort((left, right) => rank(left.label) - rank(right.label) || left.label.localeCompare(right.label));
  const browse: FileItem = { label: '$(folder-opened) Browse…', alwaysShow: true };
  const picked = await window.showQuickPick([...items, browse], { title: 'Choose Inventory File', placeHolder: 'A CSV, JSON or text file with ARNs and tags' });
  const uri = picked === browse ? await browseFile() : picked?.uri;
  if (uri === undefined) return undefined;
  if (workspace.getWorkspaceFolder(uri) === undefined) {
    void window.showWarningMessage(`${uri.path} is outside of the folders of this workspace, and only files in them are read. Copy it into one, or paste its text.`);
    return undefined;
  }
  return { page: 'resources', memory: { file: { uri: uri.toString(), name: workspace.asRelativePath(uri) } } };
}

async function browseFile(): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showOpenDialog({ title: 'Choose Inventory File', openLabel: 'Choose', canSelectMany: false, filters: { Inventories: ['csv', 'tsv', 'json', 'jsonl', 'ndjson', 'txt'] }, ...(folder === undefined ? {} : { defaultUri: folder }) });
  return chosen?.[0];
}

/** Files that are called what they are come first, and tables before what may be anything. */
function rank(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return /inventor|resource/.test(name) ? 0 : /\.(csv|tsv|jsonl|ndjson)$/.test(name) ? 1 : 2;
}
