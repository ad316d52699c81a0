import { extensions, type Event, type Uri } from 'vscode';

/** What is used of the API of VS Code's own git extension, version 1. */
export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly workingTreeChanges: readonly GitChange[];
    /** Absent in old versions. */
    readonly untrackedChanges?: readonly GitChange[];
    readonly onDidChange: Event<void>;
  };
  getRefs(query: { readonly sort?: 'committerdate' }): Promise<readonly GitRef[]>;
  log(options: { readonly maxEntries: number }): Promise<readonly GitCommit[]>;
  /** Rejects for what is no revision. */
  getCommit(ref: string): Promise<GitCommit>;
  /** The text of a file in a revision; rejects when it is not there. @param path absolute. */
  show(ref: string, path: string): Promise<string>;
  /** What differs between a revision and the files on disk. */
  diffWith(ref: string): Promise<readonly GitChange[]>;
}

export interface GitChange {
  /** Where the file was in the revision. */
  readonly originalUri: Uri;
  readonly uri: Uri;
  readonly renameUri: Uri | undefined;
  readonly status: number;
}

export interface GitRef {
  /** 0 a branch, 1 a branch of a remote, 2 a tag. */
  readonly type: number;
  readonly name?: string;
  readonly commit?: string;
}

export interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly authorDate?: Date;
}

/** `Status.UNTRACKED` of the git extension. */
export const untracked = 7;

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: Uri): GitRepository | null; openRepository?(uri: Uri): Promise<GitRepository | null> };
}

/** The repository that holds a file; undefined without one, or when git is not installed or switched off. */
export async function repositoryOf(uri: Uri): Promise<GitRepository | undefined> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  if (git?.enabled !== true) return undefined;
  const api = git.getAPI(1);
  return api.getRepository(uri) ?? undefined;
}
