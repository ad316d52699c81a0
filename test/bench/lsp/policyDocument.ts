import type { Diagnostic, Position } from 'vscode-languageserver/node';
import type { LanguageServer } from './languageServer.ts';

/**
 * A policy that somebody types in: a letter after the first retention and its removal, in turns. The letter makes a
 * number no number, so every keystroke changes the problems.
 */
export class PolicyDocument {
  readonly uri: string;
  readonly #server: LanguageServer;
  readonly #text: string;
  readonly #place: Position;
  #version = 1;
  #broken = true;

  /** @param text a policy without problems, of which the first retention is typed at. */
  constructor(server: LanguageServer, uri: string, text: string) {
    this.uri = uri;
    this.#server = server;
    this.#text = text;
    const retention = /"delete_after_days": \{ "@@assign": "\d+/.exec(text);
    if (retention === null) throw new Error('The policy has no retention.');
    this.#place = positionOf(text, retention.index + retention[0].length);
  }

  /** The text with the letter, as it is opened. */
  get openedText(): string {
    const lines = this.#text.split('\n');
    const { line, character } = this.#place;
    return lines.with(line, `${(lines[line] ?? '').slice(0, character)}x${(lines[line] ?? '').slice(character)}`).join('\n');
  }

  /** Milliseconds from opening it, with the letter, to its first problems. */
  open(): Promise<number> {
    return this.#problems(() => this.#server.notify('textDocument/didOpen', { textDocument: { uri: this.uri, languageId: this.#server.kind.languageId, version: this.#version, text: this.openedText } }));
  }

  /** Milliseconds from the keystroke to the problems that it makes or mends. */
  keystroke(): Promise<number> {
    return this.#problems(() => this.type());
  }

  /** The keystroke alone. */
  type(): Promise<void> {
    this.#broken = !this.#broken;
    this.#version += 1;
    const { line, character } = this.#place;
    const change = this.#broken ? { range: { start: this.#place, end: this.#place }, text: 'x' } : { range: { start: this.#place, end: { line, character: character + 1 } }, text: '' };
    return this.#server.notify('textDocument/didChange', { textDocument: { uri: this.uri, version: this.#version }, contentChanges: [change] });
  }

  /** Waits until the problems are those of the text. */
  settled(): Promise<void> {
    return this.#server.settled(this.uri, (problems) => this.#fit(problems));
  }

  /** Milliseconds of a request within the first key of this name, of which the answer must say something. */
  async ask(method: 'textDocument/completion' | 'textDocument/hover', key: string, says: (answer: string) => boolean): Promise<number> {
    const began = performance.now();
    const answer = await this.#server.request(method, { textDocument: { uri: this.uri }, position: this.positionIn(key) });
    const time = performance.now() - began;
    const text = JSON.stringify(answer);
    if (!says(text)) throw new Error(`${this.#server.kind.name} answers ${method} with ${text}.`);
    return time;
  }

  /** After the first letter of the first key of this name. */
  positionIn(key: string): Position {
    const index = this.#text.indexOf(`"${key}"`);
    if (index < 0) throw new Error(`The policy has no ${key}.`);
    return positionOf(this.#text, index + 2);
  }

  async #problems(tell: () => Promise<void>): Promise<number> {
    const began = performance.now();
    await this.#server.problemsAfter(this.uri, tell, (problems) => this.#fit(problems));
    return performance.now() - began;
  }

  /** A problem of the letter is there exactly when the letter is. */
  #fit(problems: readonly Diagnostic[]): boolean {
    return problems.some(({ range, severity = 1 }) => severity <= 2 && range.start.line === this.#place.line) === this.#broken;
  }
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
