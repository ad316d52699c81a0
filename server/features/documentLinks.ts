import type { DocumentLink } from 'vscode-languageserver-types';
import type { Organization } from '../model/organization.ts';
import { rangeOf } from './ranges.ts';

/** `textDocument/documentLink` of a model file: each policy's file. */
export function documentLinks(organization: Organization): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const { uri, fileSpan } of organization.policies.values()) {
    if (uri === undefined || fileSpan === undefined) continue;
    const inside = { start: fileSpan.start + 1, end: fileSpan.end - 1 };
    links.push({ range: rangeOf(organization.document, inside), target: uri, tooltip: 'Open Policy' });
  }
  return links;
}
