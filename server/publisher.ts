import type { CancellationToken, Connection, Diagnostic } from 'vscode-languageserver';
import type { Document } from './core/document/tree.ts';
import type { Problem } from './core/problem.ts';
import type { RuleLevels } from './core/rules.ts';
import type { Steps } from './core/steps.ts';
import { diagnosticsOf, documentOf } from './features/diagnostics.ts';
import { immediateProblems, workspaceProblemSteps } from './features/workspaceProblems.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { Turns } from './turns.ts';
import type { Workspace } from './workspace.ts';

/** What the editor was told of one file. */
interface Told {
  readonly document: Document | undefined;
  readonly problems: readonly Problem[];
  /** Empty when they were sent. */
  readonly diagnostics: readonly Diagnostic[];
  /** The levels of rules under which they were made. */
  readonly levels: string;
  /** The diagnostics as text: a list that did not change is not sent again. */
  readonly content: string;
}

/** What the publisher asks of the server. */
export interface PublisherHost {
  /** The levels of rules in the user's settings. */
  levels(): RuleLevels;
  /** The version of an open document. */
  versionOf(uri: string): number | undefined;
}

/**
 * Tells the editor the problems of every file, open or not. A file that is mended or gone gets an empty list, so no
 * problem outlives its cause. The document that is typed in comes first and at once, with what needs no other policy;
 * then, in turns, what the whole organization says, open documents first. Work on a snapshot that is not the newest any
 * more is given up, and what the editor gets in the end is always of one snapshot.
 */
export class Publisher {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #turns: Turns;
  readonly #host: PublisherHost;
  readonly #told = new Map<string, Told>();
  #newest = 0;
  #working = false;
  #settled: Snapshot | undefined;
  #waiting: (() => void)[] = [];

  constructor(connection: Connection, workspace: Workspace, turns: Turns, host: PublisherHost) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#turns = turns;
    this.#host = host;
  }

  /** Tells what can be said of one document without the rest of the organization. */
  publishEdited(uri: string): void {
    this.#turns.now(() => {
      const { snapshot, missing } = this.#workspace;
      const before = this.#told.get(uri);
      const problems = immediateProblems(snapshot, uri, missing, before?.document === undefined ? undefined : { document: before.document, problems: before.problems });
      if (problems !== undefined) this.#tell(uri, this.#toTell(snapshot, uri, problems));
    });
  }

  /**
   * Tells what is to be said of all files, in turns.
   * @returns true when everything is told of the newest snapshot, false when this is asked for again meanwhile.
   */
  async publish(): Promise<boolean> {
    const number = ++this.#newest;
    const isReplaced = (): boolean => number !== this.#newest;
    this.#working = true;
    this.#settled = undefined;
    try {
      while (!isReplaced()) {
        const { snapshot } = this.#workspace;
        const isOld = (): boolean => isReplaced() || snapshot !== this.#workspace.snapshot;
        if (!await this.#publishAll(snapshot, isOld)) continue;
        this.#settled = snapshot;
        return true;
      }
      return false;
    } finally {
      if (!isReplaced()) this.#rest();
    }
  }

  async #publishAll(snapshot: Snapshot, isOld: () => boolean): Promise<boolean> {
    try {
      const worked = await this.#turns.run(this.#work(snapshot), isOld);
      if (worked === undefined || isOld()) return false;
      await this.#turns.run(this.#send(worked.result), () => false);
    } catch (error) {
      // Without problems, requests are still to be answered.
      this.#connection.console.error(error instanceof Error ? error.stack ?? error.message : String(error));
    }
    return !isOld();
  }

  /**
   * Resolves when everything is told of the newest snapshot, whose effective policies are then all worked out, or when
   * nobody waits for it any more.
   */
  async settled(token: CancellationToken): Promise<void> {
    while (!token.isCancellationRequested && this.#settled !== this.#workspace.snapshot) {
      const rest = new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        token.onCancellationRequested(() => {
          resolve();
        });
      });
      if (!this.#working) void this.publish();
      await rest;
    }
  }

  #rest(): void {
    this.#working = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  *#work(snapshot: Snapshot): Steps<ReadonlyMap<string, Told>> {
    const problems = yield* workspaceProblemSteps(snapshot, this.#workspace.missing);
    const told = new Map<string, Told>();
    const uris = [...problems.keys()];
    for (const uri of [...uris.filter((each) => this.#workspace.isOpen(each)), ...uris.filter((each) => !this.#workspace.isOpen(each))]) {
      told.set(uri, this.#toTell(snapshot, uri, problems.get(uri) ?? []));
      yield;
    }
    for (const uri of this.#told.keys()) if (!problems.has(uri)) told.set(uri, gone);
    return told;
  }

  /** What was edited since is left out: its text is another one, and its problems are on their way. */
  *#send(next: ReadonlyMap<string, Told>): Steps<void> {
    for (const [uri, told] of next) {
      if (told.document !== documentOf(this.#workspace.snapshot, uri)) continue;
      this.#tell(uri, told);
      if (told.document === undefined) this.#told.delete(uri);
      yield;
    }
  }

  #toTell(snapshot: Snapshot, uri: string, problems: readonly Problem[]): Told {
    const document = documentOf(snapshot, uri);
    if (document === undefined || problems.length === 0) return { ...gone, document, problems };
    const levels = { ...this.#host.levels(), ...this.#workspace.levelsFor(uri) };
    const said = JSON.stringify(levels);
    const known = this.#told.get(uri);
    if (known?.problems === problems && known.document === document && known.levels === said && problems.every(({ related }) => related === undefined)) return known;
    const diagnostics = diagnosticsOf(snapshot, document, problems, levels);
    return { document, problems, diagnostics, levels: said, content: diagnostics.length === 0 ? '' : JSON.stringify(diagnostics) };
  }

  #tell(uri: string, told: Told): void {
    const before = this.#told.get(uri);
    this.#told.set(uri, { ...told, diagnostics: [] });
    if (before?.content === told.content || (before === undefined && told.content === '' && !this.#workspace.isOpen(uri))) return;
    const version = this.#host.versionOf(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [...told.diagnostics], ...(version === undefined ? {} : { version }) });
  }
}

const gone: Told = { document: undefined, problems: [], diagnostics: [], levels: '', content: '' };
