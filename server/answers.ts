import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import type { Steps } from './core/steps.ts';
import { documentOf } from './features/diagnostics.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { Publisher } from './publisher.ts';
import type { Turns } from './turns.ts';
import type { Workspace } from './workspace.ts';

/**
 * Answers requests that are about a whole organization. They wait until the effective policies of the newest snapshot
 * are worked out, which is done in turns, and so cost little then; an answer is of one snapshot, the newest.
 */
export class Answers {
  readonly #workspace: Workspace;
  readonly #publisher: Publisher;
  readonly #turns: Turns;
  readonly #opened: Promise<void>;

  /** @param opened resolves when the folders have been searched. */
  constructor(workspace: Workspace, publisher: Publisher, turns: Turns, opened: Promise<void>) {
    this.#workspace = workspace;
    this.#publisher = publisher;
    this.#turns = turns;
    this.#opened = opened;
  }

  /**
   * The answer to a request. One that is cancelled is answered with RequestCancelled, and one about places in a document
   * that was edited before its turn came with ContentModified.
   * @param uri of the document that the request is about, if it is about one.
   */
  async of<Result>(token: CancellationToken, uri: string | undefined, answer: (snapshot: Snapshot) => Result | Steps<Result>): Promise<Result | ResponseError> {
    const asked = uri === undefined ? undefined : documentOf(this.#workspace.snapshot, uri);
    await this.#opened;
    for (;;) {
      await this.#publisher.settled(token);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
      const { snapshot } = this.#workspace;
      if (uri !== undefined && asked !== undefined && documentOf(snapshot, uri) !== asked) return new ResponseError(LSPErrorCodes.ContentModified, 'The document was edited meanwhile.');
      const done = await this.#turns.run(stepsOf(() => answer(snapshot)), () => token.isCancellationRequested || snapshot !== this.#workspace.snapshot);
      if (done !== undefined) return done.result;
    }
  }
}

function* stepsOf<Result>(answer: () => Result | Steps<Result>): Steps<Result> {
  const made = answer();
  return isSteps(made) ? yield* made : made;
}

function isSteps<Result>(made: Result | Steps<Result>): made is Steps<Result> {
  return typeof made === 'object' && made !== null && Symbol.iterator in made && 'next' in made;
}
