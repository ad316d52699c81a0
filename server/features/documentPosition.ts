import { maximumUnclosed } from '../core/document/template.ts';
import type { Span } from '../core/document/tree.ts';
import { lexemeAt, lexemeText, type Lexeme } from './lexemes.ts';

/** Keys of objects and indexes of arrays, root first. */
export type DocumentPath = readonly (string | number)[];

/** A key or list element beside the cursor. */
export interface Neighbour extends Span {
  readonly text: string;
}

/** What stands behind the cursor's token: `value` is an object or list without its colon, `member` the next key or element. */
export type Follower = 'colon' | 'value' | 'member' | 'nothing';

/** Where a cursor is in a document, however much of it is typed. */
export interface DocumentPosition {
  /** `key`: of an object. `value`: of a member, or the document's own. `item`: of an array. */
  readonly slot: 'key' | 'value' | 'item';
  /** The path of the object for a key, of the member for a value, of the array for an item. */
  readonly path: DocumentPath;
  /** What is typed there, with its quotes: on one line, empty where nothing is typed. */
  readonly token: Span;
  /** The token without quotes and escapes. */
  readonly text: string;
  /** True when the token begins with a quote. */
  readonly quoted: boolean;
  /** The other keys of the object, or the other scalars of the array; empty for a value. */
  readonly neighbours: readonly Neighbour[];
  readonly follows: Follower;
  /** Where a comma is missing before the token. */
  readonly commaMissingAt: number | undefined;
}

interface Frame {
  readonly type: 'object' | 'array';
  readonly neighbours: Neighbour[];
  state: 'key' | 'colon' | 'value' | 'separator';
  key: string;
  index: number;
}

/**
 * Finds where an offset is, from the text before it and what remains of the object or array around it.
 * @returns undefined in a comment, behind the document, and where no key or value belongs.
 */
export function documentPosition(text: string, offset: number): DocumentPosition | undefined {
  return new Walk(text, offset).position();
}

/** The path as keys alone, undefined when it leads through an array, as no path of a policy does. */
export function keysOf(path: DocumentPath): readonly string[] | undefined {
  const keys = path.filter((step) => typeof step === 'string');
  return keys.length === path.length ? keys : undefined;
}

class Walk {
  readonly #text: string;
  readonly #cursor: number;
  readonly #frames: Frame[] = [];
  /** How many frames of each type there are: thousands of brackets that nothing closes are not searched again and again. */
  readonly #openFrames = { object: 0, array: 0 };
  #rootRead = false;
  #unclosed = 0;
  #next = 0;
  #lastEnd = 0;

  constructor(text: string, cursor: number) {
    this.#text = text;
    this.#cursor = cursor;
    if (text.charCodeAt(0) === 0xfeff) this.#next = 1;
  }

  position(): DocumentPosition | undefined {
    for (;;) {
      const lexeme = this.#lexeme();
      const touched = lexeme.start <= this.#cursor && this.#cursor <= lexeme.end;
      if (lexeme.type === 'comment' && lexeme.start < this.#cursor && (this.#cursor < lexeme.end || this.#openComment(lexeme))) return undefined;
      if (touched && (lexeme.type === 'string' || lexeme.type === 'word')) return this.#at(lexeme);
      if (lexeme.start >= this.#cursor || lexeme.type === 'end') return this.#at({ type: 'end', start: this.#cursor, end: this.#cursor });
      this.#take(lexeme);
    }
  }

  #lexeme(): Lexeme {
    const lexeme = lexemeAt(this.#text, this.#next, this.#cursor, this.#unclosed < maximumUnclosed);
    if (lexeme.end === lexeme.start + 1 && this.#text.startsWith('${', lexeme.start)) this.#unclosed++;
    return lexeme;
  }

  /** At the end of a line comment, or of a block comment without end, one still types into it. */
  #openComment(lexeme: Lexeme): boolean {
    return this.#cursor === lexeme.end && !this.#text.slice(lexeme.start, lexeme.end).endsWith('*/');
  }

  #at(token: Lexeme): DocumentPosition | undefined {
    const frame = this.#frames.at(-1);
    const typed = token.type !== 'end';
    const behind = this.#behind(token.end);
    if (frame === undefined) {
      if (this.#rootRead || (!typed && behind.type !== 'end')) return undefined;
      return this.#result('value', [], token, [], 'nothing', undefined);
    }
    if (frame.state === 'colon' && !typed) return undefined;
    if (frame.type === 'object' && frame.state === 'value') {
      if (!typed && this.#opens(behind)) return undefined;
      return this.#result('value', this.#path(), token, [], this.#follower(behind), undefined);
    }
    if (frame.type === 'array' && !typed && frame.state === 'value' && this.#opens(behind)) return undefined;
    const missing = frame.state === 'separator' ? this.#lastEnd : undefined;
    const path = this.#path().slice(0, -1);
    this.#finish(frame, token, typed);
    const neighbours = frame.neighbours.filter((each) => !typed || each.start !== token.start);
    return this.#result(frame.type === 'object' ? 'key' : 'item', path, token, neighbours, this.#follower(behind), missing);
  }

  /** Reads on to the end of the frame, so that the neighbours behind the cursor are known too. */
  #finish(frame: Frame, token: Lexeme, typed: boolean): void {
    if (typed) this.#take(token);
    else this.#next = token.end;
    const depth = this.#frames.indexOf(frame);
    while (this.#frames[depth] === frame) {
      const lexeme = this.#lexeme();
      if (lexeme.type === 'end') return;
      this.#take(lexeme);
    }
  }

  #result(slot: DocumentPosition['slot'], path: DocumentPath, token: Span, neighbours: readonly Neighbour[], follows: Follower, commaMissingAt: number | undefined): DocumentPosition {
    const { start, end } = token;
    return { slot, path, token: { start, end }, text: lexemeText(this.#text, token), quoted: this.#text[start] === '"' && end > start, neighbours, follows, commaMissingAt };
  }

  #path(): DocumentPath {
    return this.#frames.map((frame) => (frame.type === 'object' ? frame.key : frame.index));
  }

  #behind(offset: number): Lexeme {
    let lexeme = lexemeAt(this.#text, offset, -1);
    while (lexeme.type === 'comment') lexeme = lexemeAt(this.#text, lexeme.end, -1);
    return lexeme;
  }

  #opens(lexeme: Lexeme): boolean {
    return this.#is(lexeme, '{') || this.#is(lexeme, '[');
  }

  #is(lexeme: Lexeme, character: string): boolean {
    return lexeme.type === 'punctuation' && this.#text[lexeme.start] === character;
  }

  #follower(behind: Lexeme): Follower {
    if (this.#is(behind, ':')) return 'colon';
    if (this.#opens(behind)) return 'value';
    return behind.type === 'string' || behind.type === 'word' ? 'member' : 'nothing';
  }

  #take(lexeme: Lexeme): void {
    this.#next = lexeme.end;
    if (lexeme.type === 'comment') return;
    if (lexeme.type === 'punctuation') this.#punctuation(this.#text[lexeme.start] ?? '');
    else this.#scalar(lexeme);
    if (!this.#is(lexeme, ',')) this.#lastEnd = lexeme.end;
  }

  #punctuation(character: string): void {
    const frame = this.#frames.at(-1);
    switch (character) {
      case '{':
      case '[':
        this.#openFrames[character === '{' ? 'object' : 'array'] += 1;
        this.#frames.push({ type: character === '{' ? 'object' : 'array', neighbours: [], state: character === '{' ? 'key' : 'value', key: '', index: 0 });
        return;
      case '}':
      case ']':
        this.#close(character === '}' ? 'object' : 'array');
        return;
      case ':':
        if (frame?.state === 'colon') frame.state = 'value';
        return;
      default:
        if (frame?.type === 'object') frame.state = 'key';
        else if (frame !== undefined) {
          frame.state = 'value';
          frame.index += 1;
        }
    }
  }

  /** A bracket closes the nearest one of its kind; those inside it were never closed. */
  #close(type: Frame['type']): void {
    if (this.#openFrames[type] === 0) return;
    let closed = this.#pop();
    while (closed !== undefined && closed.type !== type) closed = this.#pop();
    const parent = this.#frames.at(-1);
    if (parent === undefined) this.#rootRead = true;
    else parent.state = 'separator';
  }

  #pop(): Frame | undefined {
    const frame = this.#frames.pop();
    if (frame !== undefined) this.#openFrames[frame.type] -= 1;
    return frame;
  }

  #scalar(lexeme: Lexeme): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      this.#rootRead = true;
      return;
    }
    const neighbour = { start: lexeme.start, end: lexeme.end, text: lexemeText(this.#text, lexeme) };
    if (frame.type === 'array') {
      frame.neighbours.push(neighbour);
      frame.state = 'separator';
    } else if (frame.state === 'value') {
      frame.state = 'separator';
    } else {
      frame.neighbours.push(neighbour);
      frame.key = neighbour.text;
      frame.state = 'colon';
    }
  }
}
