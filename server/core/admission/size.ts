import type { Document } from '../document/tree.ts';
import type { Report } from './report.ts';

/** The longest document in characters. Source: limits-and-errors §1 [doc]. */
export const maximumCharacters = 10_000;

/** The length as AWS counts it: Unicode characters, white space included. Source: limits-and-errors §1 [doc, inf]. */
export function countCharacters(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0xdc00 || unit > 0xdfff || index === 0 || !isHighSurrogate(text.charCodeAt(index - 1))) count++;
  }
  return count;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** The text without the white space between JSON elements, as AWS's console saves it. */
export function minified(text: string): string {
  const parts: string[] = [];
  let start = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') inString = !inString;
    else if (inString && character === '\\') index++;
    else if (!inString && (character === ' ' || character === '\n' || character === '\r' || character === '\t')) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return parts.join('') + text.slice(start);
}

/** Checks the length of the document as it would be sent. */
export function checkSize(document: Document, report: Report): void {
  if (document.text.length <= maximumCharacters) return;
  const characters = countCharacters(document.text.replace(/^\uFEFF/, ''));
  if (characters <= maximumCharacters) return;
  const compact = countCharacters(minified(document.text));
  const advice = compact <= maximumCharacters
    ? `Without white space between the elements it has ${String(compact)} and fits: send it minified.`
    : `Without white space it still has ${String(compact)}: move plans into a policy of their own.`;
  const start = document.root?.start ?? 0;
  report.add('document-size', { start, end: start + 1 }, [], `The document has ${String(characters)} characters, and AWS takes ${String(maximumCharacters)} as sent. ${advice}`);
}
