import { URI, Utils } from 'vscode-uri';
import { Configurations, isConfiguration } from './configurations.ts';
import { ReadFiles } from './readFiles.ts';
import { SavedFiles, type UnsavedDocument } from './savedFiles.ts';
import type { RuleLevels } from './core/rules.ts';
import { isGuardrailsName, isJsonName, isModelName, isOtherJson, isPolicyName, looksLikePolicy, policyNameMatcher, skippedFolders, type FileSystem } from './files.ts';
import type { Organization } from './model/organization.ts';
import { applyChanges, emptySnapshot, type Change, type DocumentType, type Snapshot } from './model/snapshot.ts';

/** The language ids of the kinds of document. */
export const policyLanguage = 'aws-backup-policy';
export const organizationLanguage = 'backup-organization';
export const guardrailsLanguage = 'backup-guardrails';

interface OpenDocument {
  readonly languageId: string;
  readonly text: string;
}

/** How often files that arrived count while others are still being read, in milliseconds: one on a slow disk holds up no other. */
const partialReading = 200;

/**
 * The files of a workspace, as edited where an editor has them open and as on disk elsewhere, kept as one
 * snapshot. Text that is typed takes effect at once; files are read when the workspace is opened, when a watcher
 * tells of a change, and when a model names them. Followed are the files in the folders with the names of models,
 * policies and guardrails, what models name, what is open, and what was closed while no folder held it.
 */
export class Workspace {
  readonly #files: FileSystem;
  readonly #now: () => number;
  readonly #arrived: () => void;
  readonly #open = new Map<string, OpenDocument>();
  readonly #read: ReadFiles;
  readonly #closedOutside = new Set<string>();
  readonly #configurations = new Configurations();
  readonly #savedFiles = new SavedFiles();
  readonly #otherVersion = new SavedFiles();
  #folders: readonly string[] = [];
  #globs: readonly string[] = [];
  #isPolicyName: (path: string) => boolean = isPolicyName;
  #snapshot: Snapshot;
  #references: ReadonlyMap<string, string> = new Map();
  readonly #unapplied = new Set<string>();
  #partly: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param now the clock: epoch milliseconds UTC.
   * @param arrived is told when files that were read count now, before all that are being read do.
   */
  constructor(files: FileSystem, now: () => number, arrived: () => void = () => undefined) {
    this.#files = files;
    this.#now = now;
    this.#arrived = arrived;
    this.#read = new ReadFiles(files, { isFollowed: (uri) => this.#isFollowed(uri), within: (uri) => this.#references.get(uri), arrived: (uri) => {
      this.#noteArrival(uri);
    } });
    this.#snapshot = emptySnapshot(now());
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** The files as they are saved; without unsaved edits the same as the snapshot. */
  get saved(): Snapshot {
    const unsaved = [...this.#open].flatMap(([uri, { languageId, text }]): readonly UnsavedDocument[] => {
      const read = this.#read.get(uri);
      // What is on disk is not known yet: nothing says that the document differs from it.
      if (read === undefined || read.text === text) return [];
      return [{ uri, type: read.text === undefined ? undefined : this.#kind(uri, languageId, read.text), text: read.text ?? '' }];
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
    return new Set([...this.#references.keys()].filter((uri) => !this.#open.has(uri) && this.#isAbsent(uri)));
  }

  #isAbsent(uri: string): boolean {
    const read = this.#read.get(uri);
    return read !== undefined && read.text === undefined;
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
    for (const uri of this.#closedOutside) if (left.some((folder) => isBelow(folder, uri))) this.#closedOutside.delete(uri);
    this.#drop();
    await this.#search([]);
  }

  /** Searches and reads everything anew, for an editor that watches no files. */
  async readAgain(): Promise<void> {
    await this.#search(this.#read.uris);
  }

  /** Reads what is in the folders, and more. */
  async #search(more: Iterable<string>): Promise<void> {
    const found = await Promise.all(this.#folders.map((folder) => this.#files.find(folder, (path) => this.#isName(path))));
    await this.#readAll([...new Set([...found.flat().filter((uri) => this.#isFollowed(uri)), ...more])]);
  }

  /** Takes over the user's globs of policy files. */
  async setPolicyGlobs(globs: readonly string[]): Promise<void> {
    if (globs.join('\n') === this.#globs.join('\n')) return;
    this.#globs = globs;
    const matches = await policyNameMatcher(globs);
    if (this.#globs !== globs) return;
    this.#isPolicyName = matches;
    this.#apply(this.#read.uris);
    await this.openFolders(this.#folders);
  }

  /** A document was opened or edited. */
  edit(uri: string, languageId: string, text: string): void {
    this.#open.set(uri, { languageId, text });
    this.#apply([uri]);
  }

  /** Reads the text on disk of a document that was opened or saved, to compare edits with. True when it is another one than was known. */
  async readSaved(uri: string): Promise<boolean> {
    const before = this.#read.get(uri);
    await this.#read.read(uri);
    const after = this.#read.get(uri);
    this.#applyArrived();
    return before?.text !== after?.text || (before === undefined) !== (after === undefined);
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
    if (!this.#folders.some((folder) => isBelow(folder, uri))) this.#closedOutside.add(uri);
    if (this.#isFollowed(uri)) {
      await this.#readAll([uri]);
      return;
    }
    this.#read.delete(uri);
    this.#apply([uri]);
  }

  /** Files changed, appeared or vanished on disk. */
  async filesChanged(uris: readonly string[]): Promise<void> {
    // Of a folder that is gone a watcher tells alone, not of what was in it.
    const gone = uris.filter((uri) => !isJsonName(uri)).map((uri) => `${uri}/`);
    const within = gone.length === 0 ? [] : this.#read.uris.filter((uri) => gone.some((folder) => uri.startsWith(folder)));
    await this.#readAll([...new Set([...uris, ...within])].filter((uri) => this.#isFollowed(uri)));
  }

  /** Reads the files that models name and that were not read yet, or not within the folder of the model; true when there were any. */
  async readReferenced(): Promise<boolean> {
    const unread = [...this.#references.keys()].filter((uri) => this.#read.get(uri)?.within !== this.#references.get(uri));
    // A file that a model named may be read again from wherever a link leads.
    const freed = this.#read.uris.filter((uri) => this.#read.get(uri)?.within !== undefined && !this.#references.has(uri));
    if (unread.length + freed.length === 0) return false;
    await Promise.all([...unread, ...freed].map((uri) => this.#read.ensure(uri)));
    this.#applyArrived();
    await this.readReferenced();
    return true;
  }

  async #readAll(uris: readonly string[]): Promise<void> {
    await Promise.all(uris.map((uri) => this.#read.read(uri)));
    this.#applyArrived();
    await this.readReferenced();
  }

  #noteArrival(uri: string): void {
    this.#unapplied.add(uri);
    this.#partly ??= setTimeout(() => {
      this.#applyArrived();
      this.#arrived();
    }, partialReading);
  }

  #applyArrived(): void {
    clearTimeout(this.#partly);
    this.#partly = undefined;
    const uris = [...this.#unapplied];
    this.#unapplied.clear();
    this.#apply(uris);
  }

  #isFollowed(uri: string): boolean {
    if (this.#open.has(uri) || this.#references.has(uri) || this.#closedOutside.has(uri)) return true;
    return this.#folders.some((folder) => isBelow(folder, uri) && !isSkipped(folder, uri)) && this.#isName(URI.parse(uri).path);
  }

  /** True for a path with the name of a model, of guardrails, of a configuration, or of a policy. */
  #isName(path: string): boolean {
    const uri = URI.file(path).toString();
    return isJsonName(path) && (isModelName(uri) || isGuardrailsName(uri) || isConfiguration(uri) || this.#isPolicyName(path));
  }

  /** Forgets what is not followed any more. */
  #drop(): void {
    const dropped = this.#read.uris.filter((uri) => !this.#isFollowed(uri));
    for (const uri of dropped) this.#read.delete(uri);
    this.#apply(dropped);
  }

  #apply(uris: readonly string[]): void {
    if (uris.length === 0) return;
    const before = this.#snapshot.organizations;
    const changes = uris.map((uri): Change => {
      const open = this.#open.get(uri);
      const text = open?.text ?? this.#read.get(uri)?.text;
      if (isConfiguration(uri)) this.#configurations.set(uri, text);
      const type = text === undefined ? undefined : this.#kind(uri, open?.languageId, text);
      return type === undefined || text === undefined ? { type: 'gone', uri } : { type, uri, text };
    });
    this.#snapshot = applyChanges(this.#snapshot, this.#now(), changes);
    if (sameOrganizations(before, this.#snapshot.organizations)) return;
    const references = referencesOf(this.#snapshot.organizations);
    const named = [...new Set([...references.keys(), ...this.#references.keys()])].filter((uri) => references.has(uri) !== this.#references.has(uri));
    this.#references = references;
    this.#apply(named.filter((uri) => this.#open.has(uri) || this.#read.get(uri) !== undefined));
    this.#drop();
  }

  #kind(uri: string, languageId: string | undefined, text: string): DocumentType | undefined {
    if (languageId === organizationLanguage) return 'organization';
    if (languageId === guardrailsLanguage) return 'guardrails';
    if (languageId !== policyLanguage && isModelName(uri)) return 'organization';
    if (languageId !== policyLanguage && isGuardrailsName(uri)) return 'guardrails';
    if (languageId === policyLanguage || this.#references.has(uri)) return 'policy';
    const isNamed = this.#isPolicyName(URI.parse(uri).path);
    // Editors without our languages open policies as JSON; an empty or half-typed one is known by its name.
    const isPolicy = languageId === undefined ? isNamed && looksLikePolicy(text) : looksLikePolicy(text) || (isNamed && !isConfiguration(uri) && !isOtherJson(text));
    return isPolicy ? 'policy' : undefined;
  }
}

function isBelow(folder: string, uri: string): boolean {
  return uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** True for a file in a folder that no search enters. */
function isSkipped(folder: string, uri: string): boolean {
  return URI.parse(uri).path.slice(URI.parse(folder).path.length).split('/').slice(0, -1).some((name) => skippedFolders.has(name));
}

function sameOrganizations(left: ReadonlyMap<string, Organization>, right: ReadonlyMap<string, Organization>): boolean {
  return left.size === right.size && [...left].every(([uri, organization]) => right.get(uri) === organization);
}

/** URIs of policy files that models name, with the folder that they must not leave: of several the lowest. */
function referencesOf(organizations: ReadonlyMap<string, Organization>): ReadonlyMap<string, string> {
  const references = new Map<string, string>();
  for (const organization of organizations.values()) {
    const folder = Utils.dirname(URI.parse(organization.uri)).toString();
    for (const { uri } of organization.policies.values()) if (uri !== undefined && folder.length > (references.get(uri)?.length ?? 0)) references.set(uri, folder);
  }
  return references;
}
