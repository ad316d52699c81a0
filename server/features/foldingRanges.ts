import type { FoldingRange } from 'vscode-languageserver-types';
import type { Document, Node } from '../core/document/tree.ts';
import { positionAt } from './ranges.ts';

/** `textDocument/foldingRange`: every object and list of several lines; the closing bracket's line stays visible. */
export function foldingRanges(document: Document): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const visit = (node: Node): void => {
    if (node.type !== 'object' && node.type !== 'array') return;
    const startLine = positionAt(document, node.start).line;
    const endLine = positionAt(document, node.end).line - (node.closed ? 1 : 0);
    const last = ranges.at(-1);
    const known = last?.startLine === startLine && last.endLine === endLine;
    if (endLine > startLine && !known) ranges.push({ startLine, endLine });
    if (node.type === 'array') node.items.forEach(visit);
    else for (const member of node.members) visit(member.value);
  };
  if (document.root !== undefined) visit(document.root);
  return ranges;
}
