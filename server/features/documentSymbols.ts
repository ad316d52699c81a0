import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import { isScalar, type Document, type Member, type Node, type ObjectNode } from '../core/document/tree.ts';
import { childGrammar, policyGrammar, type GrammarContainer } from '../core/grammar.ts';
import { plainMeaning } from './plainMeaning.ts';
import { rangeOf } from './ranges.ts';

const kinds: Readonly<Record<string, SymbolKind>> = {
  plan: SymbolKind.Package,
  rule: SymbolKind.Event,
  selection: SymbolKind.Array,
  'copy action': SymbolKind.Interface,
};

/** `textDocument/documentSymbol` of a policy: plans, rules with their schedule, selections with their role, copy actions. */
export function policySymbols(document: Document): DocumentSymbol[] {
  return document.root?.type === 'object' ? symbolsIn(document, document.root, policyGrammar) : [];
}

function symbolsIn(document: Document, node: ObjectNode, grammar: GrammarContainer): DocumentSymbol[] {
  return node.members.flatMap((member) => {
    const next = childGrammar(grammar, member.key.text);
    if (next?.kind !== 'container' || member.value.type !== 'object' || member.key.text === '') return [];
    const children = symbolsIn(document, member.value, next);
    // Groups such as "rules" are a level only where names stand in them.
    if (grammar.names === undefined) return children;
    const detail = detailOf(member.value);
    return [{
      name: member.key.text,
      ...(detail === undefined ? {} : { detail }),
      kind: kinds[grammar.names.noun] ?? SymbolKind.Property,
      range: rangeOf(document, member),
      selectionRange: rangeOf(document, member.key),
      children,
    }];
  });
}

/** The schedule in words, the role, or the tag key. */
function detailOf(node: ObjectNode): string | undefined {
  const schedule = assigned(node, 'schedule_expression');
  if (schedule !== undefined) return plainMeaning('scheduleExpression', schedule) ?? schedule;
  const role = assigned(node, 'iam_role_arn');
  return role === undefined ? assigned(node, 'tag_key') : role.slice(role.indexOf('/') + 1);
}

function assigned(node: ObjectNode, key: string): string | undefined {
  const setting = find(node, key)?.value;
  const value: Node | undefined = setting?.type === 'object' ? find(setting, '@@assign')?.value : undefined;
  return value !== undefined && isScalar(value) ? value.text : undefined;
}

function find(node: ObjectNode, key: string): Member | undefined {
  return node.members.find((member) => member.key.text.toLowerCase() === key);
}
