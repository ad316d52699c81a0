import type { CodeAction, CompletionItem, Diagnostic, DocumentSymbol, FoldingRange, Position, Range, SelectionRange, TextEdit } from 'vscode-languageserver-types';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Document } from '../../server/core/document/tree.ts';
import { lineEnd, lineStarts } from '../../server/features/ranges.ts';
import { documentOf } from '../../server/features/diagnostics.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';

type Fault = (what: string) => void;

function isAtOrBefore(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character <= right.character);
}

/** True for a place that is in a text. */
export function isPositionIn(document: Document, { line, character }: Position): boolean {
  const start = lineStarts(document)[line];
  return start !== undefined && character >= 0 && start + character <= lineEnd(document, line) + 2;
}

/** True for a range that is in a text and does not run backwards. */
export function isRangeIn(document: Document, { start, end }: Range): boolean {
  return isPositionIn(document, start) && isPositionIn(document, end) && isAtOrBefore(start, end);
}

function isInside(inner: Range, outer: Range): boolean {
  return isAtOrBefore(outer.start, inner.start) && isAtOrBefore(inner.end, outer.end);
}

/** LSP forbids edits at the same place beside that of a completion. */
function touch(left: Range, right: Range): boolean {
  return isAtOrBefore(left.start, right.end) && isAtOrBefore(right.start, left.end);
}

/** Edits of one text: inside of it, one after the other. @returns the text with them. */
export function withEdits(document: Document, edits: readonly TextEdit[], fault: Fault, whose: string): string {
  if (edits.some(({ range }) => !isRangeIn(document, range))) fault(`${whose}: an edit lies outside of the text`);
  try {
    return TextDocument.applyEdits(TextDocument.create('file:///a.json', 'json', 0, document.text), [...edits]);
  } catch (error) {
    fault(`${whose}: the edits cannot be applied together: ${String(error)}`);
    return document.text;
  }
}

/** Diagnostics that point into the text and say something. */
export function checkDiagnostics(document: Document, diagnostics: readonly Diagnostic[], fault: Fault): void {
  for (const { range, message: text, code } of diagnostics) {
    const message = typeof text === 'string' ? text : text.value;
    if (!isRangeIn(document, range)) fault(`the problem ${String(code)} lies outside of the text`);
    if (!/\S/.test(message) || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(message)) fault(`the message of ${String(code)} cannot be shown: ${JSON.stringify(message)}`);
  }
}

/** VS Code refuses a symbol without a name, and one whose selection is not inside of it. */
export function checkSymbols(document: Document, symbols: readonly DocumentSymbol[], fault: Fault): void {
  for (const { name, range, selectionRange, children } of symbols) {
    if (name === '') fault('a symbol has no name');
    if (!isRangeIn(document, range) || !isInside(selectionRange, range)) fault(`the symbol ${JSON.stringify(name)} has wrong ranges`);
    checkSymbols(document, children ?? [], fault);
  }
}

/** Each selection lies inside of the next one. */
export function checkSelections(document: Document, selections: readonly SelectionRange[], fault: Fault): void {
  for (const selection of selections) {
    let current = selection;
    if (!isRangeIn(document, current.range)) fault('a selection lies outside of the text');
    while (current.parent !== undefined) {
      if (!isInside(current.range, current.parent.range)) fault('a selection lies outside of its parent');
      current = current.parent;
    }
  }
}

/** Lines of the text, in order. */
export function checkFolding(document: Document, ranges: readonly FoldingRange[], fault: Fault): void {
  const lines = lineStarts(document).length;
  if (ranges.some(({ startLine, endLine }) => startLine < 0 || startLine > endLine || endLine >= lines)) fault('a folding range lies outside of the text');
}

/** Tokens follow each other, five numbers each. */
export function checkTokens(document: Document, data: readonly number[], fault: Fault): void {
  const lines = lineStarts(document);
  let [line, character] = [0, 0];
  if (data.length % 5 !== 0 || data.some((number) => number < 0)) fault('tokens are no tokens');
  for (let index = 0; index + 4 < data.length; index += 5) {
    const [deltaLine = 0, deltaStart = 0, length = 0] = data.slice(index, index + 3);
    character = deltaLine === 0 ? character + deltaStart : deltaStart;
    line += deltaLine;
    if ((lines[line] ?? Infinity) + character + length > document.text.length) fault('a token lies outside of the text');
  }
}

/** VS Code takes a completion only on the line of the cursor, with a range around it. */
export function checkCompletion(document: Document, items: readonly CompletionItem[], position: Position, fault: Fault): void {
  for (const { label, textEdit, additionalTextEdits } of items) {
    if (label === '') fault('a completion has no label');
    if (textEdit === undefined) continue;
    const range = 'range' in textEdit ? textEdit.range : textEdit.replace;
    if (range.start.line !== range.end.line || !isInside({ start: position, end: position }, range)) fault(`the completion ${JSON.stringify(label)} is not around the cursor`);
    if ((additionalTextEdits ?? []).some((edit) => touch(edit.range, range))) fault('an additional edit of a completion touches the edit itself');
    withEdits(document, [{ range, newText: textEdit.newText }, ...(additionalTextEdits ?? [])], fault, `completion ${JSON.stringify(label)}`);
  }
}

/** The edits of an action fit the files that they are for. @returns the edited text of each. */
export function checkAction(snapshot: Snapshot, { title, edit }: CodeAction, fault: Fault): readonly string[] {
  const whose = `action ${JSON.stringify(title)}`;
  if (!/\S/.test(title)) fault('an action has no title');
  const files = [
    ...Object.entries(edit?.changes ?? {}).map(([uri, edits]) => ({ uri, edits })),
    ...(edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? [{ uri: change.textDocument.uri, edits: change.edits as readonly TextEdit[] }] : [])),
  ];
  return files.flatMap(({ uri, edits }) => {
    const document = documentOf(snapshot, uri);
    return document === undefined ? [] : [withEdits(document, edits, fault, whose)];
  });
}
