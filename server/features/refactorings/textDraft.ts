import { parseDocument } from '../../core/document/parse.ts';
import type { Document } from '../../core/document/tree.ts';
import { replacement } from '../codeActions/fix.ts';
import type { JsonEdit } from '../jsonLayout.ts';

/** A run of the text: of the original one from an offset on, or new. */
interface Piece {
  readonly from: number | undefined;
  readonly text: string;
}

/** A text that is edited in steps, each in the coordinates of the text before it, and that knows the edits of the original. */
export class TextDraft {
  readonly #original: Document;
  #pieces: readonly Piece[];
  #document: Document;

  constructor(original: Document) {
    this.#original = original;
    this.#document = original;
    this.#pieces = [{ from: 0, text: original.text }];
  }

  get document(): Document {
    return this.#document;
  }

  /** Applies edits that do not overlap, in any order. */
  apply(edits: readonly JsonEdit[]): void {
    for (const { start, end, newText } of [...edits].sort((left, right) => right.start - left.start || right.end - left.end)) {
      this.#pieces = [...slice(this.#pieces, 0, start), { from: undefined, text: newText }, ...slice(this.#pieces, end, Number.POSITIVE_INFINITY)];
    }
    this.#document = parseDocument(this.#pieces.map(({ text }) => text).join(''));
  }

  /** The edits that make the original text the present one: apart where they are apart, and in the order of the text. */
  edits(): readonly JsonEdit[] {
    const edits: JsonEdit[] = [];
    let done = 0;
    let added = '';
    const close = (end: number): void => {
      const edit = replacement(this.#original, { start: done, end }, added);
      if (edit.end > edit.start || edit.newText !== '') edits.push(edit);
      added = '';
    };
    for (const { from, text } of this.#pieces) {
      if (from === undefined) added += text;
      else if (text !== '') {
        close(from);
        done = from + text.length;
      }
    }
    close(this.#original.text.length);
    return edits;
  }
}

function slice(pieces: readonly Piece[], start: number, end: number): readonly Piece[] {
  const result: Piece[] = [];
  let offset = 0;
  for (const { from, text } of pieces) {
    const cut = text.slice(Math.max(0, start - offset), Math.max(0, end - offset));
    if (cut !== '') result.push({ from: from === undefined ? undefined : from + Math.max(0, start - offset), text: cut });
    offset += text.length;
  }
  return result;
}
