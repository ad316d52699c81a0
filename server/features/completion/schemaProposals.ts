import { CompletionItemKind } from 'vscode-languageserver-types';
import type { DocumentPosition } from '../documentPosition.ts';
import type { SchemaGrammar, SchemaNode } from '../schemaGrammar.ts';
import type { Proposal } from './proposal.ts';
import { quoted, snippetText } from './snippet.ts';

/** Proposals without what stands beside the cursor already. */
export function withoutPresent(position: DocumentPosition, proposals: readonly Proposal[]): readonly Proposal[] {
  const present = new Set(position.neighbours.map((each) => each.text));
  return proposals.filter((proposal) => !present.has(proposal.label));
}

/** The keys of an object: those of fixed names, or templates of members where names are chosen freely. */
export function schemaKeys(grammar: SchemaGrammar, node: SchemaNode, position: DocumentPosition): readonly Proposal[] {
  return [...fixedKeys(grammar, node), ...(node.properties === undefined ? members(node, position) : [])];
}

function fixedKeys(grammar: SchemaGrammar, node: SchemaNode): readonly Proposal[] {
  return grammar.keys(node).map(([key, child]): Proposal => ({
    label: key,
    kind: CompletionItemKind.Property,
    snippet: quoted(key),
    value: emptyValue(grammar, child),
    ...(child.title === undefined ? {} : { detail: child.title }),
    ...(child.markdownDescription === undefined ? {} : { documentation: child.markdownDescription }),
    rank: key.startsWith('$') ? 8 : node.required?.includes(key) === true ? 0 : 1,
  }));
}

function emptyValue(grammar: SchemaGrammar, node: SchemaNode): string {
  const [only, second] = node.enum ?? [];
  if (only !== undefined) return second === undefined ? JSON.stringify(only) : '"$1"';
  switch (node.type) {
    case 'string':
      return '"$1"';
    case 'boolean':
      return 'true';
    case 'number':
    case 'integer':
      return '$1';
    case 'array':
      return grammar.item(node)?.type === 'string' ? '[$0]' : '[\n\t$0\n]';
    default:
      return '{\n\t$0\n}';
  }
}

/** What a value can be as a whole: listed values, templates, and the empty object or list. */
export function schemaValues(grammar: SchemaGrammar, node: SchemaNode): readonly Proposal[] {
  const listed = (node.enum ?? (node.type === 'boolean' ? [true, false] : [])).map((value, index): Proposal => {
    const documentation = node.markdownEnumDescriptions?.[index];
    return { label: String(value), kind: CompletionItemKind.EnumMember, snippet: JSON.stringify(value), filter: JSON.stringify(value), ...(documentation === undefined ? {} : { documentation }), rank: 0 };
  });
  const templates = (node.defaultSnippets ?? []).map(({ label, description, body }): Proposal => ({ label, kind: CompletionItemKind.Snippet, snippet: snippetText(body), detail: description, rank: 0 }));
  if (node.type !== 'object' && node.type !== 'array') return [...listed, ...templates];
  const brackets = node.type === 'array' ? '[ ]' : '{ }';
  return [...listed, ...templates, { label: brackets, kind: CompletionItemKind.Struct, snippet: emptyValue(grammar, node), filter: JSON.stringify(brackets.charAt(0)), rank: 2 }];
}

/** Templates whose members stand inside an object of chosen names. */
function members(node: SchemaNode, position: DocumentPosition): readonly Proposal[] {
  if (position.follows === 'colon' || position.follows === 'value') return [];
  return (node.defaultSnippets ?? []).flatMap(({ label, description, body }): readonly Proposal[] => {
    const member = typeof body === 'object' ? Object.entries(body)[0] : undefined;
    return member === undefined ? [] : [{ label, kind: CompletionItemKind.Snippet, snippet: JSON.stringify(member[0]), value: snippetText(member[1]), detail: description, rank: 3 }];
  });
}
