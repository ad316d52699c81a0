import { setMaxListeners } from 'node:events';
import type { Answer, Caller, WireObject } from './caller.ts';
import { abortReason, type Clock } from './clock.ts';
import { OrganizationsError } from './errors.ts';
import { Queue } from './queue.ts';
import { RateLimits, writes, type Operation } from './rates.ts';
import { readError, type CallContext } from './readError.ts';
import { nextToken } from './readAnswer.ts';

/** Seconds before each repetition of a write that met another one. Source: organizations-backend §3. */
const delays = [1, 2, 4, 8] as const;

/** What requests need beside somebody to send them. */
export interface RequestOptions {
  readonly clock: Clock;
  /** Whether to stay within the documented rates; not needed for an organization in a file. */
  readonly paced: boolean;
}

/**
 * Sends requests: within the documented rates, writes one at a time, and again when AWS is busy with another change.
 * Everything it throws is an `OrganizationsError`.
 */
export class Requests<Name extends string = Operation> {
  readonly #caller: Caller<Name>;
  readonly #options: RequestOptions;
  readonly #limits = new RateLimits();
  readonly #writes = new Queue();

  constructor(caller: Caller<Name>, options: RequestOptions) {
    this.#caller = caller;
    this.#options = options;
  }

  /** One call; `read` may throw on an answer that is not AWS's. */
  async send<T>(operation: Name, input: WireObject, read: (output: WireObject) => T, signal: AbortSignal | undefined): Promise<T> {
    const waiting = { over: false };
    const send = (): Promise<Answer> => {
      waiting.over = true;
      return writes.has(operation) ? this.#repeated(operation, input, signal) : this.#once(operation, input, signal);
    };
    try {
      const { output } = await (writes.has(operation) ? this.#writes.run(send, signal) : send());
      return read(output);
    } catch (error) {
      throw waiting.over ? this.#read(error, operation) : this.#notSent(operation, error);
    }
  }

  /** The pages of a list, until AWS gives no token. A page may be empty and still have one. Source: organizations-api §2 [api]. */
  async *pages<T>(operation: Name, input: WireObject, member: string, read: (output: WireObject) => readonly T[], signal: AbortSignal | undefined): AsyncGenerator<readonly T[]> {
    const seen = new Set<string>();
    let token: string | undefined;
    do {
      const page = await this.send(operation, token === undefined ? input : { ...input, NextToken: token }, (output) => ({ items: read(output), next: nextToken(output) }), signal);
      yield page.items;
      token = page.next;
      // A server that repeats a token would be asked for ever.
      if (token !== undefined && seen.has(token)) throw this.#read(new SyntaxError(`${operation} repeats a token of ${member}.`), operation);
      if (token !== undefined) seen.add(token);
    } while (token !== undefined);
  }

  close(): void {
    this.#caller.close();
  }

  async #repeated(operation: Name, input: WireObject, signal: AbortSignal | undefined): Promise<Answer> {
    for (const delay of delays) {
      try {
        return await this.#once(operation, input, signal);
      } catch (error) {
        const failure = this.#read(error, operation);
        if (failure.failure.kind !== 'concurrent') throw failure;
      }
      // AWS has refused the write: when the wait is cancelled, nothing has happened.
      await this.#wait(operation, delay * 1000 * (0.75 + this.#options.clock.random() / 2), signal);
    }
    return this.#once(operation, input, signal);
  }

  async #once(operation: Name, input: WireObject, signal: AbortSignal | undefined): Promise<Answer> {
    if (this.#options.paced) {
      for (;;) {
        const wait = this.#limits.take(operation, this.#options.clock.now());
        if (wait === 0) break;
        await this.#wait(operation, wait, signal);
      }
    }
    if (signal?.aborted === true) throw this.#notSent(operation, abortReason(signal));
    const answer = this.#caller.call(operation, input, signal);
    // The SDK does not hear of it while a credential_process or a sign-in hangs. A write has to tell what became of it.
    return signal === undefined || writes.has(operation) ? answer : untilAborted(answer, signal);
  }

  async #wait(operation: Name, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#options.clock.sleep(milliseconds, signal);
    } catch (error) {
      throw this.#notSent(operation, error);
    }
  }

  #notSent(operation: Name, error: unknown): OrganizationsError {
    const { failure, call } = this.#read(error, operation);
    return new OrganizationsError(failure, { ...call, attempts: 0, mayHaveHappened: false });
  }

  #read(error: unknown, operation: Name): OrganizationsError {
    const { profile, endpoint } = this.#caller;
    const context: CallContext = { operation, ...(profile === undefined ? {} : { profile }), ...(endpoint === undefined ? {} : { endpoint }) };
    return readError(error, context);
  }
}

/** An answer, or the reason of the signal if that comes first. */
async function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const listening = new AbortController();
  // Several questions at once share the signal of the user's request; each takes its listeners away again.
  setMaxListeners(0, signal);
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(abortReason(signal));
    }, { once: true, signal: listening.signal });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    listening.abort();
  }
}
