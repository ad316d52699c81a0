import { CompletionItemTag, InsertTextFormat, type CompletionItem, type CompletionItemKind, type Range, type TextEdit } from 'vscode-languageserver-types';
import type { Document, Span } from '../../core/document/tree.ts';
import type { DocumentPosition } from '../documentPosition.ts';
import { rangeOf } from '../ranges.ts';
import { plainText } from './snippet.ts';

/** Something to offer, before it is known how it fits into the text around the cursor. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What stands in the text: a JSON literal as a snippet, such as `"regions"` or `true`. */
  readonly snippet: string;
  /** For a key: its value as a snippet, used when no value is there yet. */
  readonly value?: string;
  /** What the half-typed token is compared with. Without it, the label in quotes. */
  readonly filter?: string;
  readonly detail?: string;
  readonly documentation?: string;
  /** Likelihood, 0 first; those of one rank keep the order in which they are proposed. */
  readonly rank: number;
  /** Why AWS would ignore it: it is offered all the same, last and struck through. */
  readonly blocked?: string;
}

/** Sorts what AWS would ignore behind everything else; ranks are single digits below it. */
const behindAll = '9';

/** Fits proposals into the text: each edit replaces the half-typed token, which lies on one line. */
export function completionItems(document: Document, position: DocumentPosition, proposals: readonly Proposal[], snippets: boolean): CompletionItem[] {
  const range = rangeOf(document, position.token);
  const additional = missingComma(document, position);
  const seen = new Set<string>();
  const items: CompletionItem[] = [];
  for (const proposal of proposals) {
    // A name can be empty, and an editor shows no empty line.
    if (proposal.label === '' || seen.has(proposal.label)) continue;
    seen.add(proposal.label);
    items.push(item(document, position, proposal, range, additional, snippets, items.length));
  }
  return items;
}

function item(document: Document, position: DocumentPosition, proposal: Proposal, range: Range, additional: readonly TextEdit[], snippets: boolean, index: number): CompletionItem {
  const { label, kind, blocked } = proposal;
  const inserted = (touchesComma(position) ? ',' : '') + proposal.snippet + trailing(document, position, proposal);
  const asSnippet = snippets && /[$\\]/.test(inserted);
  const newText = asSnippet ? inserted : plainText(inserted);
  const detail = blocked ?? proposal.detail;
  const rank = `${blocked === undefined ? '' : behindAll}${String(proposal.rank)}`;
  return {
    label,
    kind,
    textEdit: { range, newText },
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    filterText: proposal.filter ?? JSON.stringify(label),
    sortText: `${rank}-${String(index).padStart(4, '0')}`,
    commitCharacters: [],
    ...(detail === undefined ? {} : { detail }),
    ...(proposal.documentation === undefined ? {} : { documentation: { kind: 'markdown', value: proposal.documentation } }),
    ...(blocked === undefined ? {} : { tags: [CompletionItemTag.Deprecated] }),
    ...(additional.length === 0 ? {} : { additionalTextEdits: [...additional] }),
  };
}

/** What a key or value needs behind it: colon and value unless they are there, a comma before the next neighbour. */
function trailing(document: Document, position: DocumentPosition, proposal: Proposal): string {
  const comma = position.follows === 'member' ? ',' : '';
  if (position.slot !== 'key') return comma;
  if (position.follows === 'colon') return '';
  if (position.follows === 'value') return /\s/.test(document.text.charAt(position.token.end)) ? ':' : ': ';
  return `: ${proposal.value ?? '$0'}${comma}`;
}

/** A comma that touches the token is a part of its edit: editors take no second edit at the same place. */
function touchesComma({ commaMissingAt, token }: DocumentPosition): boolean {
  return commaMissingAt === token.start;
}

function missingComma(document: Document, position: DocumentPosition): readonly TextEdit[] {
  if (position.commaMissingAt === undefined || touchesComma(position)) return [];
  const span: Span = { start: position.commaMissingAt, end: position.commaMissingAt };
  return [{ range: rangeOf(document, span), newText: ',' }];
}
