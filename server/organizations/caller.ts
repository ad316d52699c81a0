import type { Operation } from './rates.ts';

/** JSON objects as AWS's protocol has them. */
export type WireObject = Readonly<Record<string, unknown>>;

/** The answer to a call, and how often the request was sent until it came. */
export interface Answer {
  readonly output: WireObject;
  readonly attempts: number;
}

/**
 * Something that answers as AWS does, for instance AWS Organizations, in the shapes of its JSON protocol. Rejects with errors whose `name`
 * is AWS's name of the exception, or with what the way to AWS throws; `readError` reads both. A property `unanswered`
 * says that an attempt was sent and got no answer.
 */
export interface Caller<Name extends string = Operation> {
  call(operation: Name, input: WireObject, signal?: AbortSignal): Promise<Answer>;
  /** Who calls and where, for messages. */
  readonly profile?: string;
  readonly endpoint?: string;
  close(): void;
}
