import type { FileSystem } from './files.ts';

/** What the last read of a file gave. */
export interface ReadFile {
  /** Undefined for a file that is absent or cannot be read. */
  readonly text: string | undefined;
  /** The folder that the file had to be in, links followed; undefined for anywhere. */
  readonly within: string | undefined;
}

/** Who wants the files: which are of interest, and where they may be. */
export interface ReadingHost {
  isFollowed(uri: string): boolean;
  within(uri: string): string | undefined;
  /** A file was read. */
  arrived(uri: string): void;
}

/**
 * The files that were read. A file is read by one read at a time, and a read that is asked for meanwhile begins when
 * that one ends: so an older text never replaces a newer one, and a slow disk is not asked again and again.
 */
export class ReadFiles {
  readonly #files: FileSystem;
  readonly #host: ReadingHost;
  readonly #read = new Map<string, ReadFile>();
  readonly #running = new Map<string, { readonly within: string | undefined; readonly done: Promise<void> }>();
  readonly #waiting = new Map<string, Promise<void>>();

  constructor(files: FileSystem, host: ReadingHost) {
    this.#files = files;
    this.#host = host;
  }

  /** Undefined when the file was not read yet. */
  get(uri: string): ReadFile | undefined {
    return this.#read.get(uri);
  }

  get uris(): readonly string[] {
    return [...this.#read.keys()];
  }

  delete(uri: string): void {
    this.#read.delete(uri);
  }

  /** Reads a file as it is now or later. What is not followed any more when its text arrives is left out. */
  read(uri: string): Promise<void> {
    const waiting = this.#waiting.get(uri);
    if (waiting !== undefined) return waiting;
    const running = this.#running.get(uri);
    if (running === undefined) return this.#start(uri);
    const next = running.done.then(() => {
      this.#waiting.delete(uri);
      return this.#start(uri);
    });
    this.#waiting.set(uri, next);
    return next;
  }

  /** Reads a file unless that is being done already where the file has to be now. */
  ensure(uri: string): Promise<void> {
    const running = this.#running.get(uri);
    return running !== undefined && !this.#waiting.has(uri) && running.within === this.#host.within(uri) ? running.done : this.read(uri);
  }

  #start(uri: string): Promise<void> {
    const within = this.#host.within(uri);
    const done = this.#readNow(uri, within);
    this.#running.set(uri, { within, done });
    return done;
  }

  async #readNow(uri: string, within: string | undefined): Promise<void> {
    const text = await this.#files.read(uri, within).catch(() => undefined);
    this.#running.delete(uri);
    if (!this.#host.isFollowed(uri)) return;
    this.#read.set(uri, { text, within });
    this.#host.arrived(uri);
  }
}
