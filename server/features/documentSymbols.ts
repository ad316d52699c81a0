import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import { isScalar, type Document, type Member, type ObjectNode } from '../core/document/tree.ts';
import { childGrammar, policyGrammar, type GrammarContainer } from '../core/grammar.ts';
import { plainMeaning } from './plainMeaning.ts';
import { rangeOf } from './ranges.ts';

const kinds: Readonly<Record<string, SymbolKind>> = {
  plan: SymbolKind.Package,
  rule: SymbolKind.Event,
  selection: SymbolKind.Array,
  'copy action': SymbolKind.Interface,
};

/** The kind of symbol that stands for a name, by its noun in the grammar: "plan", "copy action". */
export function symbolKindOf(noun: string): SymbolKind {
  return kinds[noun] ?? SymbolKind.Property;
}

/** `textDocument/documentSymbol` of a policy: plans, rules with their schedule, selections with their role, copy actions. */
export function policySymbols(document: Document): DocumentSymbol[] {
  return document.root?.type === 'object' ? symbolsIn(document, document.root, policyGrammar) : [];
}

function symbolsIn(document: Document, node: ObjectNode, grammar: GrammarContainer): DocumentSymbol[] {
  return node.members.flatMap((member) => {
    const next = childGrammar(grammar, member.key.text);
    if (next?.kind !== 'container' || member.key.text.trim() === '' || isTemplatePart(member)) return [];
    const value = member.value.type === 'object' ? member.value : undefined;
    const children = value === undefined ? [] : symbolsIn(document, value, next);
    // Groups such as "rules" are no level of their own: the names in them are what people look for.
    if (grammar.names === undefined) return children;
    const detail = value === undefined ? undefined : detailOf(value);
    return [{
      name: member.key.text,
      ...(detail === undefined ? {} : { detail }),
      kind: symbolKindOf(grammar.names.noun),
      range: rangeOf(document, member),
      selectionRange: rangeOf(document, member.key),
      children,
    }];
  });
}

/** True for `%{ for x in y }` and `${more}`, which are no name of anything. */
function isTemplatePart({ key, value }: Member): boolean {
  return key.template && !key.quoted && value.type === 'missing';
}

/** The schedule in words, the tag or condition with its values, the role, or the types of resources. */
function detailOf(node: ObjectNode): string | undefined {
  const schedule = valueOf(node, 'schedule_expression');
  if (schedule !== undefined) return plainMeaning('scheduleExpression', schedule) ?? schedule;
  const tag = valueOf(node, 'tag_key');
  if (tag !== undefined) return [tag, valueOf(node, 'tag_value')].filter((text) => text !== undefined).join(' = ');
  const condition = valueOf(node, 'condition_key');
  if (condition !== undefined) return [condition, valueOf(node, 'condition_value')].filter((text) => text !== undefined).join(': ');
  const role = valueOf(node, 'iam_role_arn');
  return role === undefined ? valueOf(node, 'resource_types') : role.slice(role.lastIndexOf('/') + 1);
}

/** What a setting is assigned, or what is appended to it: the texts of its list with commas. */
function valueOf(node: ObjectNode, key: string): string | undefined {
  const setting = find(node, key)?.value;
  if (setting?.type !== 'object') return undefined;
  const value = (find(setting, '@@assign') ?? find(setting, '@@append'))?.value;
  const texts = (value?.type === 'array' ? value.items : value === undefined ? [] : [value]).filter(isScalar).map((item) => item.text);
  return texts.length === 0 ? undefined : texts.join(', ');
}

function find(node: ObjectNode, key: string): Member | undefined {
  return node.members.find((member) => member.key.text.toLowerCase() === key);
}
