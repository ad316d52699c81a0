import { URI, Utils } from 'vscode-uri';
import { Configurations, isConfiguration } from './configurations.ts';
import { SavedFiles, type UnsavedDocument } from './savedFiles.ts';
import type { RuleLevels } from './core/rules.ts';
import { isGuardrailsName, isJsonName, isModelName, looksLikePolicy, policyNameMatcher, type FileSystem } from './files.ts';
import { applyChanges, emptySnapshot, type Change, type DocumentType, type Snapshot } from './model/snapshot.ts';

/** The language ids of the kinds of document. */
export const policyLanguage = 'aws-backup-policy';
export const organizationLanguage = 'backup-organization';
export const guardrailsLanguage = 'backup-guardrails';

interface OpenDocument {
  readonly languageId: string;
  readonly text: string;
}

/**
 * The files of a workspace, as edited where an editor has them open and as on disk elsewhere, kept as one
 * snapshot. Text that is typed takes effect at once; files are read when the workspace is opened, when a watcher
 * tells of a change, and when a model names them.
 */
export class Workspace {
  readonly #files: FileSystem;
  readonly #now: () => number;
  readonly #open = new Map<string, OpenDocument>();
  readonly #disk = new Map<string, string>();
  readonly #missing = new Set<string>();
  readonly #configurations = new Configurations();
  readonly #savedFiles = new SavedFiles();
  readonly #otherVersion = new SavedFiles();
  #folders: readonly string[] = [];
  #globs: readonly string[] = [];
  #isPolicyName: (path: string) => boolean = policyNameMatcher([]);
  #snapshot: Snapshot;

  /** @param now the clock: epoch milliseconds UTC. */
  constructor(files: FileSystem, now: () => number) {
    this.#files = files;
    this.#now = now;
    this.#snapshot = emptySnapshot(now());
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** The files as they are saved; without unsaved edits the same as the snapshot. */
  get saved(): Snapshot {
    const references = this.#references();
    const unsaved = [...this.#open].flatMap(([uri, { languageId, text }]): readonly UnsavedDocument[] => {
      const saved = this.#disk.get(uri);
      if (saved === text) return [];
      return [{ uri, type: saved === undefined ? undefined : this.#kind(uri, languageId, saved, references), text: saved ?? '' }];
    });
    return this.#savedFiles.of(this.#snapshot, unsaved);
  }

  /** Another version of files, the others as they are saved. A file without a text was not there. */
  withFiles(files: readonly { readonly uri: string; readonly text: string | null }[]): Snapshot {
    const { saved } = this;
    return this.#otherVersion.of(saved, files.map(({ uri, text }): UnsavedDocument => {
      const type = text === null ? undefined : isModelName(uri) || saved.organizations.has(uri) ? 'organization' : 'policy';
      return { uri, type, text: text ?? '' };
    }));
  }

  /** URIs that a model names and that cannot be read. */
  get missing(): ReadonlySet<string> {
    return this.#missing;
  }

  /** The levels of rules that configuration files set for a file; they win over the user's settings. */
  levelsFor(uri: string): RuleLevels {
    return this.#configurations.levelsFor(uri);
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** Searches the folders for models, policies and guardrails and reads them; what lies in no folder any more is dropped. */
  async openFolders(folders: readonly string[]): Promise<void> {
    const left = this.#folders.filter((folder) => !folders.includes(folder));
    this.#folders = folders;
    this.#drop([...this.#disk.keys()].filter((uri) => left.some((folder) => uri.startsWith(`${folder}/`))));
    const wanted = (path: string): boolean => isModelName(URI.file(path).toString()) || isGuardrailsName(URI.file(path).toString()) || isConfiguration(path) || this.#isPolicyName(path);
    const found = await Promise.all(folders.map((folder) => this.#files.find(folder, wanted)));
    await this.#readAll([...new Set(found.flat())]);
  }

  #drop(uris: readonly string[]): void {
    for (const uri of uris) this.#disk.delete(uri);
    if (uris.length > 0) this.#apply(uris);
  }

  /** Takes over the user's globs of policy files. */
  async setPolicyGlobs(globs: readonly string[]): Promise<void> {
    if (globs.join('\n') === this.#globs.join('\n')) return;
    this.#globs = globs;
    this.#isPolicyName = policyNameMatcher(globs);
    await this.openFolders(this.#folders);
  }

  /** A document was opened or edited. */
  edit(uri: string, languageId: string, text: string): void {
    this.#open.set(uri, { languageId, text });
    this.#apply([uri]);
  }

  /** Reads the saved text of a document that was opened and that no search found, to compare edits with. */
  async readSaved(uri: string): Promise<void> {
    if (this.#disk.has(uri)) return;
    const text = await this.#files.read(uri);
    if (text !== undefined && !this.#disk.has(uri)) this.#disk.set(uri, text);
  }

  /** The text of any file in the folders of the workspace; undefined for one outside of them, also when a link leads there. */
  async readInFolders(uri: string): Promise<string | undefined> {
    const resolved = Utils.resolvePath(URI.parse(uri)).toString();
    const folder = this.#folders.find((each) => resolved.startsWith(each.endsWith('/') ? each : `${each}/`));
    return folder === undefined ? undefined : this.#files.read(resolved, folder);
  }

  /** A document was closed: what is on disk counts again. */
  async close(uri: string): Promise<void> {
    this.#open.delete(uri);
    await this.#readAll([uri]);
  }

  /** Files changed, appeared or vanished on disk. */
  async filesChanged(uris: readonly string[]): Promise<void> {
    await this.#readAll(uris.filter((uri) => isJsonName(uri) || this.#disk.has(uri) || this.#missing.has(uri)));
  }

  /** Takes in the files that models name and that are not known as policies yet; true when there were any. */
  async readReferenced(): Promise<boolean> {
    const references = this.#references();
    // What was read before the model that names it was taken for no policy then.
    const unnamed = [...references.keys()].filter((uri) => {
      const open = this.#open.get(uri);
      const text = open?.text ?? this.#disk.get(uri);
      return text !== undefined && !this.#snapshot.policies.has(uri) && this.#kind(uri, open?.languageId, text, references) === 'policy';
    });
    if (unnamed.length > 0) this.#apply(unnamed);
    const unknown = [...references.keys()].filter((uri) => !this.#open.has(uri) && !this.#disk.has(uri) && !this.#missing.has(uri));
    if (unknown.length > 0) await this.#readAll(unknown);
    return unnamed.length + unknown.length > 0;
  }

  /** URIs of policy files that models name, with the folder that they must not leave. */
  #references(): ReadonlyMap<string, string> {
    const references = new Map<string, string>();
    for (const organization of this.#snapshot.organizations.values()) {
      const folder = Utils.dirname(URI.parse(organization.uri)).toString();
      for (const policy of organization.policies.values()) if (policy.uri !== undefined) references.set(policy.uri, folder);
    }
    return references;
  }

  async #readAll(uris: readonly string[]): Promise<void> {
    const references = this.#references();
    await Promise.all(uris.map(async (uri) => {
      const text = await this.#files.read(uri, references.get(uri));
      if (text === undefined) this.#disk.delete(uri);
      else this.#disk.set(uri, text);
    }));
    this.#apply(uris);
    for (const uri of uris) {
      if (references.has(uri) && !this.#disk.has(uri) && !this.#open.has(uri)) this.#missing.add(uri);
      else this.#missing.delete(uri);
    }
    await this.readReferenced();
  }

  #apply(uris: readonly string[]): void {
    const references = this.#references();
    const changes = uris.map((uri): Change => {
      const open = this.#open.get(uri);
      const text = open?.text ?? this.#disk.get(uri);
      if (isConfiguration(uri)) this.#configurations.set(uri, text);
      if (text === undefined) return { type: 'gone', uri };
      if (open !== undefined) this.#missing.delete(uri);
      const type = this.#kind(uri, open?.languageId, text, references);
      return type === undefined ? { type: 'gone', uri } : { type, uri, text };
    });
    this.#snapshot = applyChanges(this.#snapshot, this.#now(), changes);
  }

  #kind(uri: string, languageId: string | undefined, text: string, references: ReadonlyMap<string, string>): DocumentType | undefined {
    if (languageId === organizationLanguage) return 'organization';
    if (languageId === guardrailsLanguage) return 'guardrails';
    if (languageId !== policyLanguage && isModelName(uri)) return 'organization';
    if (languageId !== policyLanguage && isGuardrailsName(uri)) return 'guardrails';
    if (languageId === policyLanguage || references.has(uri)) return 'policy';
    return looksLikePolicy(text) && (languageId !== undefined || this.#isPolicyName(URI.parse(uri).path)) ? 'policy' : undefined;
  }
}
