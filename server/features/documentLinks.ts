import type { DocumentLink } from 'vscode-languageserver-types';
import type { Document, Span } from '../core/document/tree.ts';
import type { Organization } from '../model/organization.ts';
import { rangeOf } from './ranges.ts';

/** `textDocument/documentLink` of a model file: each policy's file. */
export function documentLinks(organization: Organization): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const { uri, fileSpan } of organization.policies.values()) {
    if (uri === undefined || fileSpan === undefined) continue;
    links.push({ range: rangeOf(organization.document, insideQuotes(organization.document, fileSpan)), target: uri, tooltip: 'Open Policy' });
  }
  return links;
}

/** The text of a string; one that is being typed may have no closing quote yet. */
function insideQuotes({ text }: Document, { start, end }: Span): Span {
  return { start: start + 1, end: end > start + 1 && text[end - 1] === '"' ? end - 1 : end };
}
