import { templateEnd } from '../core/document/template.ts';
import type { Span } from '../core/document/tree.ts';

/** A piece of half-typed JSON. A `word` is anything without quotes: a number, `true`, a key that lacks its quotes. */
export interface Lexeme extends Span {
  readonly type: 'punctuation' | 'string' | 'word' | 'comment' | 'end';
}

const blank = /\s+/y;
const comment = /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
/** Unrolled: an alternative per character would exhaust the stack on a string of megabytes. */
const string = /"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*(?:"|\\|$|(?=[\r\n]))/y;
const word = /[^\s{}[\],:"]+/y;
const partOfWord = /[\w@$.-]*/y;

function endOf(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * The lexeme at or after an offset. Unlike a JSON scanner it knows where a person is typing: the text at
 * `cursor` may be a string without its end, and the quote that follows on the line may begin the next one.
 * @param tokens whether template tokens are looked for, which costs most where none has an end.
 */
export function lexemeAt(text: string, offset: number, cursor: number, tokens = true): Lexeme {
  const start = endOf(blank, text, offset) ?? offset;
  if (start >= text.length) return { type: 'end', start: text.length, end: text.length };
  const template = tokens ? templateEnd(text, start) : undefined;
  if (template !== undefined) return { type: 'word', start, end: template };
  const commentEnd = endOf(comment, text, start);
  if (commentEnd !== undefined) return { type: 'comment', start, end: commentEnd };
  const stringEnd = endOf(string, text, start);
  if (stringEnd !== undefined) return { type: 'string', start, end: start < cursor && cursor < stringEnd ? typedEnd(text, start, stringEnd, cursor) : stringEnd };
  const wordEnd = endOf(word, text, start);
  if (wordEnd !== undefined) return { type: 'word', start, end: wordEnd };
  return { type: 'punctuation', start, end: start + 1 };
}

/** Where the string around the cursor ends: at its quote when JSON goes on behind it, else with the word at the cursor. */
function typedEnd(text: string, start: number, end: number, cursor: number): number {
  const closed = end - start > 1 && text[end - 1] === '"';
  if (closed && /^[^\S\r\n]*(?:[,:{}[\]]|[\r\n]|$)/.test(text.slice(end, end + 200))) return end;
  return endOf(partOfWord, text, cursor) ?? cursor;
}

/** The content of a string or word, escapes decoded as far as they can be. */
export function lexemeText(text: string, lexeme: Span): string {
  const raw = text.slice(lexeme.start, lexeme.end);
  if (!raw.startsWith('"')) return raw;
  const closed = raw.length > 1 && raw.endsWith('"');
  if (!raw.includes('\\')) return raw.slice(1, closed ? -1 : undefined);
  try {
    return String(JSON.parse(closed ? raw : `${raw}"`));
  } catch {
    return raw.slice(1, closed ? -1 : undefined);
  }
}
