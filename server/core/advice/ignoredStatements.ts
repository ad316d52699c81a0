import type { Finding } from './finding.ts';
import { describeOperators, noOperators } from '../merge/operators.ts';
import type { Control, IgnoredStatement, Source, Statement } from '../merge/trace.ts';
import type { RelatedPlace } from '../problem.ts';

/**
 * Says what became of a statement that AWS takes without a word.
 * Source: inheritance rules 8, 9, 15, 22, 23 and 26; common-mistakes C3, C5, C7.
 */
export function describeIgnored(ignored: IgnoredStatement): Finding | undefined {
  if (ignored.type === 'child') {
    const { source, stated, path, by } = ignored.refused;
    const message = `"${stated.name}" is new below "${path.at(-2) ?? 'plans'}", and ${place(by.source)} lets lower policies add nothing there: AWS ignores it. Remove it, or ask for the control to be changed.`;
    return { rule: 'blocked-by-parent', ...at(source), span: stated.keySpan, path, message, related: [control(by)] };
  }
  if (ignored.type === 'control') {
    const { control: own, by, path } = ignored;
    const message = `This cannot unlock anything: ${place(by.source)} allows lower policies ${allowedHere(by)} here, and they can tighten that but not widen it. AWS ignores what goes beyond.`;
    return { rule: 'control-cannot-widen', ...at(own.source), span: own.span, path, message, related: [control(by)] };
  }
  const { entry, path } = ignored;
  const { statement, outcome } = entry;
  const found = { ...at(statement.source), span: statement.span, path };
  const key = path.at(-1) ?? '';
  if (outcome.type === 'blocked') {
    const message = `@@${statement.operator} on "${key}" has no effect: ${place(outcome.by.source)} lets lower policies use ${allowedHere(outcome.by)} here. AWS ignores the statement without a word. Remove it, or ask for the control to be changed.`;
    return { rule: 'blocked-by-parent', ...found, message, related: [control(outcome.by)] };
  }
  if (outcome.type !== 'noEffect') return undefined;
  switch (outcome.reason.type) {
    case 'laterPeer': {
      const first = outcome.reason.first;
      const message = `@@assign on "${key}" has no effect: ${first.source.policy.name} is attached to the same target before this policy and sets the value; the first one counts. Reorder the attachments, or set the value in one policy only.`;
      return { rule: 'later-peer', ...found, message, related: [statementPlace(first, `${first.source.policy.name} is attached first and sets the value`)] };
    }
    case 'alreadyPresent':
      return { rule: 'already-present', ...found, message: `@@append on "${key}" adds nothing: every value is in the list already. Remove the statement.` };
    case 'absent':
    case 'nothingToRemove': {
      const why = outcome.reason.type === 'absent' ? 'none of these values is in the list' : 'no policy up to here sets the list';
      return { rule: 'nothing-to-remove', ...found, message: `@@remove on "${key}" has no effect: ${why}. AWS ignores it without a word. Check the spelling, or remove the statement.` };
    }
  }
}

function allowedHere(by: Control): string {
  return by.allowed === noOperators ? 'no operator' : `only ${describeOperators(by.allowed)}`;
}

function at(source: Source): { readonly uri: string } {
  return { uri: source.policy.uri };
}

function place(source: Source): string {
  return `${source.policy.name} at ${source.level.path}`;
}

function control(by: Control): RelatedPlace {
  return { uri: by.source.policy.uri, span: by.span, message: `${place(by.source)} lets lower policies use ${allowedHere(by)} here` };
}

function statementPlace(statement: Statement, message: string): RelatedPlace {
  return { uri: statement.source.policy.uri, span: statement.span, message };
}
