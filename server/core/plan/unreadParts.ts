import { isScalar, type Document, type Node, type ObjectNode } from '../document/tree.ts';
import { foldKey } from '../grammar.ts';
import type { Stated, StatedContainer } from '../merge/statements.ts';

/**
 * What the statements of a document leave out: keys that AWS's grammar does not have, or values of another shape.
 * @returns the JSON of each part, keys in order, by the keys of its place joined by line ends. Empty for a document that AWS takes.
 */
export function unreadParts(document: Document, statements: StatedContainer | undefined): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  const { root } = document;
  if (root === undefined || root.type === 'missing') return parts;
  if (root.type !== 'object' || statements === undefined) parts.set('', plainJson(root));
  else visit(root, statements, [], parts);
  return parts;
}

function visit(node: ObjectNode, stated: Stated, path: readonly string[], parts: Map<string, string>): void {
  for (const member of node.members) {
    if (member.key.template || stated.control?.span === member) continue;
    const place = [...path, member.key.text];
    const child = stated.kind === 'container' ? stated.children.get(foldKey(member.key.text)) : undefined;
    if (child !== undefined && child.span === member && member.value.type === 'object') visit(member.value, child, place, parts);
    else if (stated.kind === 'container' || !stated.operations.some(({ span }) => span === member)) {
      if (member.value.type !== 'template' && member.value.type !== 'missing') parts.set(place.join('\n'), plainJson(member.value));
    }
  }
}

function plainJson(node: Node): string {
  if (isScalar(node)) return JSON.stringify(node.text);
  if (node.type === 'array') return `[${node.items.map(plainJson).join(',')}]`;
  if (node.type !== 'object') return '';
  return `{${node.members.map((member) => `${JSON.stringify(member.key.text)}:${plainJson(member.value)}`).sort().join(',')}}`;
}
