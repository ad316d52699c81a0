import { grammarAt, policyGrammar, type GrammarLeaf } from '../../core/grammar.ts';
import { keysOf } from '../documentPosition.ts';
import { containerProposals, containerValueProposals } from './containerProposals.ts';
import { controlProposals } from './controlProposals.ts';
import { operatorProposals, settingProposals } from './operatorProposals.ts';
import type { PolicyContext } from './policyContext.ts';
import type { Proposal } from './proposal.ts';
import { valueProposals } from './valueProposals.ts';

/** Everything that can stand at a position of a policy. */
export function policyProposals(context: PolicyContext): readonly Proposal[] {
  const { slot } = context.position;
  const path = keysOf(context.position.path);
  if (path === undefined) return [];
  if (slot === 'key') {
    const grammar = grammarAt(path);
    if (grammar === undefined) return [];
    return grammar.kind === 'container' ? containerProposals(context, path, grammar) : operatorProposals(context, path, grammar);
  }
  const key = path.at(-1);
  if (key === undefined) return slot === 'value' ? containerValueProposals(context, path, policyGrammar) : [];
  if (key.startsWith('@@')) return operandProposals(context, path.slice(0, -1), key.toLowerCase());
  const grammar = grammarAt(path);
  if (slot === 'item' || grammar === undefined) return [];
  return grammar.kind === 'container' ? containerValueProposals(context, path, grammar) : settingProposals(context, path, grammar);
}

/** What stands behind an operator: values of the setting, or operators for the control. */
function operandProposals(context: PolicyContext, path: readonly string[], operator: string): readonly Proposal[] {
  const grammar = grammarAt(path);
  if (grammar === undefined) return [];
  if (operator === '@@operators_allowed_for_child_policies') return controlProposals(context, path, grammar);
  if (grammar.kind === 'container' || !takes(grammar, operator)) return [];
  if (grammar.kind === 'single' && context.position.slot === 'item') return [];
  return valueProposals(context, path, grammar, operator);
}

function takes(grammar: GrammarLeaf, operator: string): boolean {
  return operator === '@@assign' || (grammar.kind === 'list' && (operator === '@@append' || operator === '@@remove'));
}
