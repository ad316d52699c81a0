import type { Range } from 'vscode-languageserver-types';
import type { Document } from '../../core/document/tree.ts';
import { messageText } from '../../core/messageText.ts';
import { lineEnd, lineStarts } from '../../features/ranges.ts';

/** The most columns of a source line that are shown. */
const maximumWidth = 100;
/** The columns before a range that are shown of a line that is cut. */
const lead = 20;

/** The UTF-16 code units around a range's start that are looked at: a whole policy may stand in one line. */
const reach = 300;

/** What one character, as a person sees it, takes on a terminal. */
interface Cell {
  /** The UTF-16 code unit behind it, from the start of the line. */
  readonly end: number;
  readonly shown: string;
  readonly width: number;
}

/** A source line, and below it a line that marks a range in it. */
export interface Snippet {
  readonly source: string;
  readonly marks: string;
}

/**
 * The line that a range starts in, with marks under the range: as wide as the range is on a terminal, to the end of
 * the line at most. Tabs are two blanks; a long line is cut around the range. Undefined for an empty line.
 */
export function snippetOf(document: Document, { start, end }: Range): Snippet | undefined {
  const line = document.text.slice(lineStarts(document)[start.line] ?? 0, lineEnd(document, start.line));
  if (line === '') return undefined;
  const begin = Math.max(0, start.character - reach);
  const cells = cellsOf(line.slice(begin, start.character + reach), begin);
  const first = indexAt(cells, start.character);
  const behind = Math.max(first, indexAt(cells, end.line === start.line ? end.character : line.length));
  const [from, to] = windowAround(cells, first, behind);
  const left = begin > 0 || from > 0 ? '…' : '';
  const right = to < cells.length || (cells.at(-1)?.end ?? 0) < line.length ? '…' : '';
  const source = left + cells.slice(from, to).map(({ shown }) => shown).join('') + right;
  const blanks = left.length + widthOf(cells, from, first);
  const marked = widthOf(cells, first, Math.min(behind, to));
  return { source, marks: `${' '.repeat(blanks)}^${'~'.repeat(Math.max(0, marked - 1))}` };
}

/** Made for the first line that needs it: making it takes longer than most runs print. */
let segmenter: Intl.Segmenter | undefined;
/** Most lines are of characters that take one column each, which saves looking for longer ones. */
const simple = /^[\u0020-\u007e]*$/;

function cellsOf(text: string, begin: number): readonly Cell[] {
  if (simple.test(text)) return text.split('').map((shown, index) => ({ end: begin + index + 1, shown, width: 1 }));
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...segmenter.segment(text)].map(({ segment, index }) => {
    const shown = segment === '\t' ? '  ' : messageText(segment);
    return { end: begin + index + segment.length, shown, width: shown === segment ? widthOfCharacter(segment) : shown.length };
  });
}

const noWidth = /^[\p{Mark}\u200b-\u200d\u2060]+$/u;
const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Source: Unicode Standard Annex 11, wide and fullwidth characters. */
function widthOfCharacter(character: string): number {
  if (noWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

function indexAt(cells: readonly Cell[], character: number): number {
  const index = cells.findIndex(({ end }) => end > character);
  return index < 0 ? cells.length : index;
}

function widthOf(cells: readonly Cell[], from: number, to: number): number {
  return cells.slice(from, to).reduce((sum, { width }) => sum + width, 0);
}

/** The part of a line that is shown: the whole line, its start, or what begins shortly before the range. */
function windowAround(cells: readonly Cell[], first: number, behind: number): readonly [from: number, to: number] {
  if (widthOf(cells, 0, cells.length) <= maximumWidth) return [0, cells.length];
  let from = 0;
  if (widthOf(cells, 0, behind) > maximumWidth) {
    from = first;
    while (from > 0 && widthOf(cells, from - 1, first) <= lead) from -= 1;
  }
  let to = from;
  for (let width = 0; to < cells.length; to++) {
    width += cells[to]?.width ?? 0;
    if (width > maximumWidth) break;
  }
  return [from, to];
}
