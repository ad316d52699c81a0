import { QuickPickItemKind, Uri, commands, window, workspace, type Disposable, type QuickPickItem } from 'vscode';
import { repositoryOf, untracked, type GitRepository } from '../git.ts';
import type { ImpactComparison } from '../impactComparison.ts';
import type { ServerAccess } from '../serverAccess.ts';

type BaseFile = { readonly uri: string; readonly text: string | null };
type Row = QuickPickItem & { readonly ref?: string; readonly asks?: true };

/** How many of the last commits are offered. */
const offeredCommits = 20;
/** Files that are read from git at the same time: each one is a process. */
const readAtOnce = 8;
const jsonName = /\.json(?:\.\w+)?$/i;

/** Compares the edited files with a git revision, in the view of impacts. */
export class RevisionImpact implements Disposable {
  readonly #server: ServerAccess;
  readonly #impact: ImpactComparison;
  #watching: Disposable | undefined;

  constructor(server: ServerAccess, impact: ImpactComparison) {
    this.#server = server;
    this.#impact = impact;
  }

  dispose(): void {
    this.#watching?.dispose();
  }

  /** Asks for a revision. @param given one that is taken without asking. */
  async show(given?: unknown): Promise<void> {
    if (!workspace.isTrusted) {
      void window.showInformationMessage('Git revisions are not read in a folder that you do not trust. Trust the folder to compare with one.');
      return;
    }
    const organizations = await this.#server.request('backupPolicy/organizations', null);
    const repositories = new Map<string, GitRepository>();
    for (const { uri } of organizations) {
      const repository = await repositoryOf(Uri.parse(uri));
      if (repository !== undefined) repositories.set(repository.rootUri.toString(), repository);
    }
    const repository = await chosen([...repositories.values()]);
    if (repository === undefined) {
      if (repositories.size > 0) return;
      void window.showInformationMessage(organizations.length === 0
        ? 'There is no organization model whose earlier versions could be compared. A file backup-organization.json is one.'
        : 'The model file is in no git repository that VS Code knows, so there is no revision to compare with. The impact of unsaved changes is shown without git.');
      return;
    }
    const ref = typeof given === 'string' ? given : await pickRevision(repository);
    if (ref !== undefined) await this.#compare(repository, ref);
  }

  async #compare(repository: GitRepository, ref: string): Promise<void> {
    const commit = await repository.getCommit(ref).catch(() => undefined);
    if (commit === undefined) {
      void window.showWarningMessage(`The repository has no revision "${ref}". Choose a branch, a tag or a commit.`);
      return;
    }
    const files = await window.withProgress({ location: { viewId: 'awsBackupPolicy.impact' } }, () => this.#filesAt(repository, commit.hash));
    const short = commit.hash.slice(0, 8);
    const shown = {
      comparison: { type: 'files', files },
      title: `Impact Since ${commit.hash.startsWith(ref) ? short : ref}`,
      message: `Compared with ${commit.hash.startsWith(ref) ? '' : `${ref}, `}commit ${short}: ${commit.message.split('\n')[0] ?? ''}`,
    } as const;
    this.#impact.show(shown);
    this.#watch(repository, ref, () => this.#impact.shown === shown);
    await commands.executeCommand('awsBackupPolicy.impact.focus');
  }

  /** A branch moves with each commit: what it is compared with moves, too. */
  #watch(repository: GitRepository, ref: string, isShown: () => boolean): void {
    this.#watching?.dispose();
    const head = repository.state.HEAD?.commit;
    this.#watching = repository.state.onDidChange(() => {
      if (repository.state.HEAD?.commit === head) return;
      this.#watching?.dispose();
      if (isShown()) void this.#compare(repository, ref);
    });
  }

  /** The policies and models of a revision, by where they were and, for a model that was renamed, by where it is. */
  async #filesAt(repository: GitRepository, commit: string): Promise<readonly BaseFile[]> {
    const changes = (await repository.diffWith(commit)).filter(({ uri, originalUri }) => jsonName.test(uri.path) || jsonName.test(originalUri.path));
    const [known, fresh] = [await this.#knownFiles(), untrackedIn(repository)];
    const read = new Map<string, { readonly file: Uri; readonly source: 'git' | 'disk' | 'none' }>();
    for (const uri of known) read.set(uri, { file: Uri.parse(uri), source: fresh.has(uri) ? 'none' : 'disk' });
    for (const { uri, originalUri, renameUri } of changes) {
      for (const each of [uri, renameUri ?? uri]) read.set(each.toString(), { file: originalUri, source: 'git' });
      read.set(originalUri.toString(), { file: originalUri, source: 'git' });
    }
    const entries = [...read].filter(([uri]) => uri.startsWith('file:') || known.has(uri));
    const files: BaseFile[] = [];
    for (let at = 0; at < entries.length; at += readAtOnce) {
      files.push(...await Promise.all(entries.slice(at, at + readAtOnce).map(async ([uri, { file, source }]): Promise<BaseFile> => {
        if (source === 'none') return { uri, text: null };
        const text = source === 'git' ? repository.show(commit, file.fsPath) : workspace.fs.readFile(file).then((bytes) => new TextDecoder().decode(bytes));
        return { uri, text: await Promise.resolve(text).then((content) => content.replace(/^\uFEFF/, ''), () => null) };
      })));
    }
    return files;
  }

  async #knownFiles(): Promise<ReadonlySet<string>> {
    const { policies, organizations } = await this.#server.request('backupPolicy/files', null);
    return new Set([...policies, ...organizations]);
  }
}

function untrackedIn({ state }: GitRepository): ReadonlySet<string> {
  return new Set([...state.workingTreeChanges, ...state.untrackedChanges ?? []].filter(({ status }) => status === untracked).map(({ uri }) => uri.toString()));
}

async function chosen(repositories: readonly GitRepository[]): Promise<GitRepository | undefined> {
  const [only, second] = repositories;
  if (second === undefined) return only;
  const rows = repositories.map((repository) => ({ label: repository.rootUri.path.split('/').at(-1) ?? '', description: repository.rootUri.path, repository }));
  return (await window.showQuickPick(rows, { placeHolder: 'Choose the git repository' }))?.repository;
}

async function pickRevision(repository: GitRepository): Promise<string | undefined> {
  const rows = Promise.all([repository.getRefs({ sort: 'committerdate' }).catch(() => []), repository.log({ maxEntries: offeredCommits }).catch(() => [])]).then(([refs, commits]): Row[] => {
    const named = (type: number, icon: string): Row[] => refs.flatMap((ref) => (ref.type === type && ref.name !== undefined ? { label: `$(${icon}) ${ref.name}`, description: ref.commit?.slice(0, 8) ?? '', ref: ref.name } : []));
    const head = repository.state.HEAD;
    return [
      { label: '$(git-commit) HEAD', description: [head?.name, head?.commit?.slice(0, 8)].filter((part) => part !== undefined).join(', '), detail: 'The last commit: what you would commit now', ref: 'HEAD' },
      { label: '$(edit) Another Revision…', asks: true },
      ...section('branches', [...named(0, 'git-branch'), ...named(1, 'cloud')]),
      ...section('tags', named(2, 'tag')),
      ...section('recent commits', commits.map(({ hash, message }) => ({ label: `$(git-commit) ${message.split('\n')[0] ?? ''}`, description: hash.slice(0, 8), ref: hash }))),
    ];
  });
  const picked = await window.showQuickPick(rows, { title: 'Show Impact Since Git Revision', placeHolder: 'Choose what the edited files are compared with', matchOnDescription: true });
  if (picked?.asks !== true) return picked?.ref;
  return (await window.showInputBox({ title: 'Show Impact Since Git Revision', prompt: 'A branch, a tag or a commit, such as HEAD~3', validateInput: (text) => (text.startsWith('-') ? 'A revision does not begin with a dash.' : undefined) })) || undefined;
}

function section(label: string, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...rows];
}
