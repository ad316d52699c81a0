import { isScalar, type Document, type Member } from '../document/tree.ts';
import { childGrammar, foldKey, policyGrammar, type GrammarNode } from '../grammar.ts';
import { controlKey } from './controls.ts';

/**
 * The members, by their starts, in which something may be said that cannot be read: filled in by a template, not
 * typed yet, or refused by itself. What is absent there is not reported as missing, so that one mistake stays one.
 */
export function openPlaces(document: Document): ReadonlySet<number> {
  const open = new Set<number>();
  if (document.root?.type === 'object') for (const member of document.root.members) collect(member, childGrammar(policyGrammar, member.key.text), open);
  return open;
}

function collect(member: Member, grammar: GrammarNode | undefined, open: Set<number>): void {
  const { value } = member;
  if (value.type !== 'object' || grammar === undefined) return;
  if (!value.closed) open.add(member.start);
  for (const child of value.members) {
    if (isOpen(child, grammar)) open.add(member.start);
    if (grammar.kind === 'container') collect(child, childGrammar(grammar, child.key.text), open);
  }
}

function isOpen({ key, value }: Member, grammar: GrammarNode): boolean {
  const folded = foldKey(key.text);
  if (folded === controlKey) return false;
  if (grammar.kind !== 'container') return key.template || folded !== '@@assign' || !isScalar(value) || value.template;
  return (key.template && !key.quoted) || value.type !== 'object' || childGrammar(grammar, key.text) === undefined;
}
