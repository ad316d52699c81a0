import { CompletionItemKind } from 'vscode-languageserver-types';
import { foldKey, type GrammarContainer, type GrammarNode } from '../../core/grammar.ts';
import { descriptionOf, snippetsAt } from '../../core/grammarTexts.ts';
import type { EffectiveContainer, EffectiveNode } from '../../core/merge/effective.ts';
import { blockLine, childBlock, inheritedAt, operatorBlock, type Block } from '../inheritance.ts';
import { code } from '../markdown.ts';
import { containerControlProposal, documentation, settingSnippet } from './operatorProposals.ts';
import type { PolicyContext } from './policyContext.ts';
import type { Proposal } from './proposal.ts';
import { membersText, plainText, quoted, snippetText } from './snippet.ts';
import { valuesIn, valuesUsed } from './workspaceValues.ts';

const openContainer = '{\n\t$0\n}';

/** The keys that a container can take and does not have yet: inherited names, fixed keys, templates, the control. */
export function containerProposals(context: PolicyContext, path: readonly string[], grammar: GrammarContainer): readonly Proposal[] {
  const present = new Set(context.position.neighbours.map((each) => foldKey(each.text)));
  const named = grammar.names === undefined ? [] : [...inheritedNames(context, path, grammar), ...usedNames(context, path, grammar), ...templates(context, path, grammar)];
  const fixed = [...grammar.keys].map(([key, child]) => fixedKey(context, path, grammar, key, child));
  return [...fixed, ...named, ...containerControlProposal(context, path, grammar)].filter((proposal) => !present.has(foldKey(proposal.label)));
}

/** A container's whole value: its templates, or braces. */
export function containerValueProposals(context: PolicyContext, path: readonly string[], grammar: GrammarContainer): readonly Proposal[] {
  const whole = snippetsAt(grammar).map((snippet, index): Proposal => ({
    label: snippet.label,
    kind: CompletionItemKind.Snippet,
    snippet: snippetText(snippet.body),
    detail: snippet.description,
    documentation: descriptionOf(grammar),
    rank: index === 0 ? 0 : 1,
    ...blockedBy(childBlock(context.inheritance, path)),
  }));
  const braces: Proposal = { label: '{ }', kind: CompletionItemKind.Struct, snippet: openContainer, filter: '"{"', detail: grammar.title, rank: 2, ...blockedBy(childBlock(context.inheritance, path)) };
  return [...whole, braces];
}

function fixedKey(context: PolicyContext, path: readonly string[], parent: GrammarContainer, key: string, child: GrammarNode): Proposal {
  const { inheritance } = context;
  const childPath = [...path, key];
  const block = child.kind === 'container' ? childBlock(inheritance, childPath) : lockedSetting(context, childPath, child.kind);
  const unit = child.kind !== 'container' && child.unit !== undefined ? ` (${child.unit})` : '';
  return {
    label: key,
    kind: CompletionItemKind.Property,
    snippet: quoted(key),
    value: child.kind === 'container' ? openContainer : settingSnippet(inheritance, childPath, child),
    detail: `${child.title}${unit}${parent.required.includes(key) ? ', required' : ''}`,
    documentation: documentation(inheritance, block, documented(child), childPath),
    rank: parent.required.includes(key) ? 0 : 1,
    ...blockedBy(block),
  };
}

/** A setting is blocked as a whole when no operator is left that would have an effect. */
function lockedSetting(context: PolicyContext, path: readonly string[], kind: 'single' | 'list'): Block | undefined {
  const operators = kind === 'single' ? (['assign'] as const) : (['assign', 'append', 'remove'] as const);
  const blocks = operators.map((operator) => operatorBlock(context.inheritance, path, operator));
  return blocks.every((block) => block !== undefined) ? blocks[0] : undefined;
}

function documented(node: GrammarNode): string {
  const whenAbsent = node.kind !== 'container' && node.default !== undefined ? `\n\nDefault: ${node.default}.` : '';
  return descriptionOf(node) + whenAbsent;
}

/** Names that higher levels use here: to take them again changes what they made, another spelling adds something new. */
function inheritedNames(context: PolicyContext, path: readonly string[], grammar: GrammarContainer): readonly Proposal[] {
  const node = inheritedAt(context.inheritance, path);
  if (node?.kind !== 'container') return [];
  const noun = grammar.names?.noun ?? '';
  return [...node.children.values()].map((child) => ({
    label: child.name,
    kind: CompletionItemKind.Reference,
    snippet: quoted(child.name),
    value: openContainer,
    detail: `${noun} ${originOf(child, node)}`,
    documentation: `Changes the inherited ${noun} ${code(child.name)}. Another name adds a new one beside it.`,
    rank: 0,
  }));
}

function originOf(child: EffectiveNode, parent: EffectiveContainer): string {
  const source = child.kind === 'container' ? child.contributors[0] : parent.contributors[0];
  return source === undefined ? 'inherited' : `from ${source.policy.name} at ${source.level.path}`;
}

/** Keys that are values at the same time, vault ARNs and tag keys, are offered as they stand elsewhere. */
function usedNames(context: PolicyContext, path: readonly string[], grammar: GrammarContainer): readonly Proposal[] {
  const names = grammar.names;
  if (names === undefined || (names.value !== 'vaultArn' && names.value !== 'tagId')) return [];
  const type = names.value === 'tagId' ? 'tagKey' : names.value;
  const own = valuesIn(context.snapshot.policies.get(context.uri), type).map((text) => ({ text, policies: ['this policy'] }));
  return [...valuesUsed(context.snapshot, type, context.uri), ...own].map(({ text, policies }): Proposal => ({
    label: text,
    kind: CompletionItemKind.Value,
    snippet: quoted(text),
    value: `{\n\t${[...names.child.keys].filter(([key]) => names.child.required.includes(key)).map(([key]) => `${quoted(key)}: { "@@assign": ${key === 'target_backup_vault_arn' || key === 'tag_key' ? quoted(text) : '"$1"'} }`).join(',\n\t')}$0\n}`,
    detail: `used in ${policies.join(', ')}`,
    rank: 2,
    ...blockedBy(childBlock(context.inheritance, [...path, text])),
  }));
}

/** Whole plans, rules, selections and copy actions. They bring their own key and value. */
function templates(context: PolicyContext, path: readonly string[], grammar: GrammarContainer): readonly Proposal[] {
  if (context.position.follows === 'colon' || context.position.follows === 'value') return [];
  const block = childBlock(context.inheritance, [...path, '']);
  return snippetsAt(grammar).flatMap(({ label, description, body }): readonly Proposal[] => {
    const member = typeof body === 'object' && !Array.isArray(body) ? Object.entries(body)[0] : undefined;
    if (member === undefined) return [];
    const [key, value] = member;
    return [{
      label,
      kind: CompletionItemKind.Snippet,
      snippet: JSON.stringify(key),
      value: snippetText(value),
      detail: description,
      documentation: documentation(context.inheritance, block, `\`\`\`json\n${plainText(membersText({ [key]: value }))}\n\`\`\``, path),
      rank: 1,
      ...blockedBy(block),
    }];
  });
}

function blockedBy(block: Block | undefined): { readonly blocked?: string } {
  return block === undefined ? {} : { blocked: blockLine(block) };
}
