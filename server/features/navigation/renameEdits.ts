import { applyEdits } from 'jsonc-parser';
import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Document, Span } from '../../core/document/tree.ts';
import type { DocumentType, FileChange } from '../../model/snapshot.ts';
import { rangeOf } from '../ranges.ts';
import { withoutQuotes } from './policyNode.ts';

/** Why something is not renamed, for the user. */
export interface RenameRefusal {
  readonly refusal: string;
}

/** The name that a rename would replace. */
export interface RenameStart {
  readonly range: Range;
  readonly placeholder: string;
}

/** Where a rename starts: the name without its quotes; with them when the cursor stands before or behind one, as editors want the range around it. */
export function renameStart(document: Document, quoted: Span, placeholder: string, offset: number): RenameStart {
  const name = withoutQuotes(document, quoted);
  return { range: rangeOf(document, offset >= name.start && offset <= name.end ? name : quoted), placeholder };
}

/** A file in which a rename replaces texts. */
export interface RenamedFile {
  readonly before: Document;
  readonly change: FileChange;
  readonly edits: TextEdit[];
}

/** The file with a name in the place of some quoted texts; everything else stays as it is written. */
export function renamedFile(type: DocumentType, uri: string, document: Document, quoted: readonly Span[], newName: string): RenamedFile {
  const newText = JSON.stringify(newName).slice(1, -1);
  const spans = quoted.map((span) => withoutQuotes(document, span));
  const text = applyEdits(document.text, spans.map(({ start, end }) => ({ offset: start, length: end - start, content: newText })));
  return { before: document, change: { type, uri, text }, edits: spans.map((span) => ({ range: rangeOf(document, span), newText })) };
}

/** The edit of all files together. */
export function workspaceEdit(files: readonly RenamedFile[]): WorkspaceEdit {
  return { changes: Object.fromEntries(files.map(({ change, edits }) => [change.uri, edits])) };
}
