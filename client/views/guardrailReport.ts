import { Location, TestMessage, Uri, type TestItem, type TestRun } from 'vscode';
import type { GuardrailFileView, GuardrailView, ViewLocation } from '../../server/protocol.ts';
import { rangeOf } from '../locations.ts';
import { testId } from './guardrailTestItems.ts';

/** What a run said of a test, for other extensions and tests. */
export interface TestedGuardrail {
  /** The URI of the file, then the guardrail's name and the account's path, as far as the test is about one. */
  readonly id: readonly string[];
  readonly state: 'passed' | 'failed' | 'errored' | 'skipped';
  readonly messages: readonly { readonly text: string; readonly location: Location | undefined }[];
}

/** Tells a run what became of guardrails, and keeps it. */
export class GuardrailReport {
  readonly tested: TestedGuardrail[] = [];
  readonly #run: TestRun;
  readonly #isAsked: (item: TestItem) => boolean;

  /** @param isAsked whether the run is about a test. */
  constructor(run: TestRun, isAsked: (item: TestItem) => boolean) {
    this.#run = run;
    this.#isAsked = isAsked;
  }

  /** The results of one file and of everything in it. */
  tellFile(item: TestItem, file: GuardrailFileView): void {
    if (file.problems.length > 0) this.#tell(item, 'errored', file.problems.map(({ message, location }) => messageAt(message, location)));
    for (const guardrail of file.guardrails) {
      const test = item.children.get(testId(file.uri, guardrail.name));
      if (test === undefined) continue;
      const met = guardrail.accounts - guardrail.failing;
      if (this.#isAsked(test)) this.#run.appendOutput(`${guardrail.name}: met by ${String(met)} of ${String(guardrail.accounts)} accounts\r\n`, undefined, test);
      if (guardrail.failing === 0) this.#tell(test, guardrail.accounts === 0 ? 'skipped' : 'passed');
      else this.#tellAccounts(test, file, guardrail);
    }
  }

  /** Each account fails by itself; the guardrail only speaks for those that are too many to be listed. */
  #tellAccounts(test: TestItem, file: GuardrailFileView, guardrail: GuardrailView): void {
    const unnamed = guardrail.failing - test.children.size;
    if (unnamed > 0) this.#tell(test, 'failed', [messageAt(unnamed === 1 ? '1 more account does not meet it.' : `${String(unnamed)} more accounts do not meet it.`, guardrail.location)]);
    for (const { accounts, reason, expected, actual, location } of guardrail.groups) {
      for (const { path, location: place } of accounts) {
        const account = test.children.get(testId(file.uri, guardrail.name, path));
        if (account === undefined) continue;
        const message = messageAt(`${path} does not meet "${guardrail.name}". ${reason}${guardrail.description === undefined ? '' : `\n${guardrail.description}`}`, location ?? place);
        message.expectedOutput = expected;
        message.actualOutput = actual;
        this.#tell(account, 'failed', [message]);
      }
    }
  }

  #tell(item: TestItem, state: TestedGuardrail['state'], messages: TestMessage[] = []): void {
    if (!this.#isAsked(item)) return;
    this.tested.push({ id: JSON.parse(item.id) as readonly string[], state, messages: messages.map(({ message, location }) => ({ text: typeof message === 'string' ? message : message.value, location })) });
    this.#run.started(item);
    if (state === 'passed') this.#run.passed(item);
    else if (state === 'skipped') this.#run.skipped(item);
    else this.#run[state](item, messages);
  }
}

function messageAt(text: string, { uri, range }: ViewLocation): TestMessage {
  const message = new TestMessage(text);
  message.location = new Location(Uri.parse(uri), rangeOf(range));
  return message;
}
