import { CompletionItemKind } from 'vscode-languageserver-types';
import { foldKey, operators, type GrammarLeaf, type GrammarNode, type GrammarOperator } from '../../core/grammar.ts';
import { operatorDescription, snippetsAt } from '../../core/grammarTexts.ts';
import type { ValueOperator } from '../../core/merge/operators.ts';
import type { SnippetBody } from '../../core/schemaDefinitions.ts';
import { valueMarkdown } from '../effectiveValue.ts';
import { blockLine, blockMarkdown, childBlock, inheritedAt, operatorBlock, targetPhrase, type Block, type Inheritance } from '../inheritance.ts';
import type { PolicyContext } from './policyContext.ts';
import type { Proposal } from './proposal.ts';
import { choice, quoted, snippetText } from './snippet.ts';

/** The control operator's key. */
export const controlOperator = '@@operators_allowed_for_child_policies';

/** The operators that a setting takes and does not have yet; what a higher level forbids comes last, with the reason. */
export function operatorProposals(context: PolicyContext, path: readonly string[], grammar: GrammarLeaf): readonly Proposal[] {
  const present = new Set(context.position.neighbours.map((each) => foldKey(each.text)));
  return operators
    .filter((operator) => operator.kinds.has(grammar.kind) && !present.has(operator.name))
    .map((operator) => operatorProposal(context, path, grammar, operator));
}

/** The control operator of a container. */
export function containerControlProposal(context: PolicyContext, path: readonly string[], grammar: GrammarNode): readonly Proposal[] {
  return operators
    .filter((operator) => operator.kinds.has('container') && grammar.kind === 'container')
    .map((operator) => ({ ...operatorProposal(context, path, grammar, operator), rank: 4 }));
}

/** A whole setting in the place of its value: each operator in braces. */
export function settingProposals(context: PolicyContext, path: readonly string[], grammar: GrammarLeaf): readonly Proposal[] {
  return operators
    .filter((operator) => operator.kinds.has(grammar.kind))
    .map((operator) => {
      const proposal = operatorProposal(context, path, grammar, operator);
      return { ...proposal, snippet: `{ ${proposal.snippet}: ${proposal.value ?? ''} }` };
    });
}

function operatorProposal(context: PolicyContext, path: readonly string[], grammar: GrammarNode, operator: GrammarOperator): Proposal {
  const { inheritance } = context;
  const block = blockOf(inheritance, path, operator.name);
  const description = operatorDescription(operator, grammar.kind) ?? '';
  return {
    label: operator.name,
    kind: CompletionItemKind.Operator,
    snippet: quoted(operator.name),
    value: operandSnippet(inheritance, path, grammar, operator.name),
    detail: operator.title,
    documentation: documentation(inheritance, block, description, path),
    rank: rankOf(inheritance, path, operator.name),
    ...(block === undefined ? {} : { blocked: blockLine(block) }),
  };
}

/** A text about an operator or key, headed by what blocks it for which target, closed by the value that is inherited. */
export function documentation(inheritance: Inheritance, block: Block | undefined, description: string, path: readonly string[]): string {
  const parts = [block === undefined ? '' : blockMarkdown(inheritance, block), description, inheritedMarkdown(inheritance, path)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function inheritedMarkdown(inheritance: Inheritance, path: readonly string[]): string {
  const node = inheritedAt(inheritance, path);
  if (inheritance.target === undefined || node === undefined || node.kind === 'container' || node.value === undefined) return '';
  return `Inherited at ${targetPhrase(inheritance.target)}: ${valueMarkdown(node)}`;
}

function blockOf(inheritance: Inheritance, path: readonly string[], name: GrammarOperator['name']): Block | undefined {
  const operator = valueOperator(name);
  return operator === undefined ? childBlock(inheritance, path) : operatorBlock(inheritance, path, operator);
}

function valueOperator(name: string): ValueOperator | undefined {
  return name === '@@assign' ? 'assign' : name === '@@append' ? 'append' : name === '@@remove' ? 'remove' : undefined;
}

/** On a list that is inherited one rather adds to it than replaces it. */
function rankOf(inheritance: Inheritance, path: readonly string[], name: GrammarOperator['name']): number {
  const order = inheritedElements(inheritance, path).length > 0 ? ['@@append', '@@assign', '@@remove'] : ['@@assign', '@@append', '@@remove'];
  return name === controlOperator ? 4 : order.indexOf(name);
}

/** The elements of an inherited list; empty when there is none. */
export function inheritedElements(inheritance: Inheritance, path: readonly string[]): readonly string[] {
  const node = inheritedAt(inheritance, path);
  return node?.kind === 'list' && node.value?.kind === 'list' ? node.value.elements.filter((element) => !element.unknown).map((element) => element.text) : [];
}

/** What is inserted behind an operator: an example of its value with tab stops. */
function operandSnippet(inheritance: Inheritance, path: readonly string[], grammar: GrammarNode, name: GrammarOperator['name']): string {
  if (name === controlOperator) return `["${choice(1, grammar.kind === 'single' ? ['@@none', '@@assign'] : ['@@none', '@@append', '@@assign', '@@remove'])}"]`;
  const inherited = inheritedElements(inheritance, path);
  if (name === '@@remove' && inherited.length > 0) return `["${choice(1, inherited)}"]`;
  const example = snippetsAt(grammar).map(({ body }) => operand(body, name) ?? operand(body, '@@assign')).find((body) => body !== undefined);
  if (example !== undefined) return snippetText(example);
  return grammar.kind === 'list' ? '["$1"]' : '"$1"';
}

function operand(body: SnippetBody, name: string): SnippetBody | undefined {
  if (typeof body !== 'object') return undefined;
  return Object.entries(body).find(([key]) => key === name)?.[1];
}

/** A setting's value with the first operator that higher levels allow, for a key that has no value yet. */
export function settingSnippet(inheritance: Inheritance, path: readonly string[], grammar: GrammarLeaf): string {
  const allowed = operators
    .filter((operator) => operator.kinds.has(grammar.kind) && operator.name !== controlOperator && blockOf(inheritance, path, operator.name) === undefined)
    .sort((left, right) => rankOf(inheritance, path, left.name) - rankOf(inheritance, path, right.name));
  const first = allowed[0];
  return first === undefined ? '{ $0 }' : `{ ${quoted(first.name)}: ${operandSnippet(inheritance, path, grammar, first.name)} }`;
}
