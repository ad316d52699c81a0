import { CompletionItemKind } from 'vscode-languageserver-types';
import { controlValues, foldKey, type GrammarNode } from '../../core/grammar.ts';
import { allOperators, operatorsOfControlValue } from '../../core/merge/operators.ts';
import { blockLine, inheritedAt, type Block } from '../inheritance.ts';
import { documentation } from './operatorProposals.ts';
import type { PolicyContext } from './policyContext.ts';
import type { Proposal } from './proposal.ts';
import { quoted } from './snippet.ts';

/** Operators to allow lower policies. `@@none` stands alone, so it is not offered beside others, nor others beside it. */
export function controlProposals(context: PolicyContext, path: readonly string[], grammar: GrammarNode): readonly Proposal[] {
  const { slot, neighbours } = context.position;
  const present = new Set(neighbours.map((each) => foldKey(each.text)));
  if (slot === 'item' && present.has('@@none')) return [];
  return controlValues
    .filter(({ value }) => !present.has(value) && !(value === '@@none' && slot === 'item' && present.size > 0))
    .map(({ value, description }) => {
      const block = widening(context, path, value);
      return {
        label: value,
        kind: CompletionItemKind.EnumMember,
        snippet: slot === 'item' ? quoted(value) : `[${quoted(value)}]`,
        documentation: documentation(context.inheritance, block, description, path),
        rank: rankOf(value, grammar),
        ...(block === undefined ? {} : { blocked: blockLine(block) }),
      };
    });
}

/** A value that allows more than higher levels do cannot take effect. Source: inheritance rule 22 [obs]. */
function widening(context: PolicyContext, path: readonly string[], value: string): Block | undefined {
  const node = inheritedAt(context.inheritance, path);
  const wanted = operatorsOfControlValue(value) ?? 0;
  if (node === undefined || node.allowed === allOperators || (wanted & ~node.allowed) === 0) return undefined;
  const control = node.controls.find((each) => (wanted & ~each.allowed) !== 0);
  return control === undefined ? undefined : { control, allowed: node.allowed, of: 'statement' };
}

/** Most controls lock or let add; on a single value only `@@assign` could be allowed, in a container adding is `@@append`. */
function rankOf(value: string, grammar: GrammarNode): number {
  if (value === '@@none') return 0;
  if (value === (grammar.kind === 'single' ? '@@assign' : '@@append')) return 1;
  if (value === '@@all') return 3;
  return grammar.kind === 'list' ? 2 : 4;
}
