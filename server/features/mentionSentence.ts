import { allowsNewChildren, describeOperators } from '../core/merge/operators.ts';
import type { Operation } from '../core/merge/statements.ts';
import type { Control, Source } from '../core/merge/trace.ts';
import { listed } from './listed.ts';
import type { Mention } from './mentions.ts';
import { outcomeReason, plainWording } from './outcome.ts';

/** `baseline at Root`: a policy where it takes part. */
export function sourceText({ policy, level }: Source): string {
  return `${policy.name} at ${level.path}`;
}

/** The values of a statement for a sentence; one that a template fills in is not known. */
export function statedTexts({ values }: Operation): readonly string[] {
  return values.map(({ text, unknown }) => (unknown ? '(filled in by a template)' : text));
}

/** What a statement does or why it does nothing: one sentence that names policy, level and operator of the reason. */
export function mentionSentence({ source, operation, outcome }: Mention, first: boolean): string {
  const reason = outcomeReason(outcome, plainWording) ?? '';
  switch (outcome.type) {
    case 'applied':
      return `${sourceText(source)} ${operation === undefined ? (first ? 'brings it in' : 'adds to it') : effect(operation)}.`;
    case 'overridden':
      return `${sourceText(source)} is overridden ${reason}.`;
    case 'blocked':
      return `${sourceText(source)} is blocked ${reason}; AWS takes the policy and ignores this without a word.`;
    case 'noEffect':
      return `${sourceText(source)} has no effect: ${reason}.`;
  }
}

function effect(operation: Operation): string {
  const texts = statedTexts(operation);
  switch (operation.operator) {
    case 'assign':
      return texts.length === 0 ? 'sets an empty list' : `sets ${listed(texts)}`;
    case 'append':
      return texts.length === 0 ? 'makes a list without adding to it' : `adds ${listed(texts)} to the list`;
    case 'remove':
      return `takes ${listed(texts)} out of the list`;
  }
}

/** What a control leaves to lower policies: one sentence. `by` is the higher control that allows less already. */
export function controlSentence(control: Control, on: 'group' | 'setting', by: Control | undefined): string {
  const left = on === 'group' && !allowsNewChildren(control.allowed) ? 'add nothing here'
    : control.allowed === 0 ? 'use no operator here' : `use only ${describeOperators(control.allowed)} here`;
  const wider = by === undefined ? '' : `, but ${sourceText(by.source)} already allows only ${describeOperators(by.allowed)}, and a lower policy cannot allow more`;
  return `${sourceText(control.source)} lets lower policies ${left}${wider}.`;
}
