import { childGrammar, controlValues, foldKey, grammarAt, operators, type GrammarLeaf, type GrammarNode } from '../../core/grammar.ts';
import { descriptionOf, operatorDescription } from '../../core/grammarTexts.ts';
import { effectiveAt } from '../../core/merge/effective.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TargetRef } from '../../protocol.ts';
import { keysOf, type DocumentPosition } from '../documentPosition.ts';
import { documentTarget, targetTree, type DocumentTarget } from '../documentTarget.ts';
import { noModel } from '../inheritance.ts';
import { code } from '../markdown.ts';
import { meaningOf } from '../meaning.ts';
import { effectMarkdown, effectiveMarkdown } from './effectiveMarkdown.ts';
import { summaryMarkdown } from './summary.ts';
import { scheduleMarkdown, type ScheduleClock } from './schedule.ts';

const controlOperator = '@@operators_allowed_for_child_policies';

interface PolicyHoverRequest {
  readonly uri: string;
  readonly chosen: TargetRef | undefined;
  /** Of the cursor, in the document. */
  readonly offset: number;
  readonly clock: ScheduleClock;
}

/** What a key, operator, name or value of a policy means, in paragraphs of Markdown; empty where there is nothing to say. */
export function policyHover(snapshot: Snapshot, request: PolicyHoverRequest, position: DocumentPosition): readonly string[] {
  const path = keysOf(position.path);
  if (path === undefined) return [];
  const target = documentTarget(snapshot, request.uri, request.chosen);
  if (position.slot === 'key') {
    if (position.text.startsWith('@@')) return operatorHover(snapshot, request.uri, target, path, position);
    const parent = grammarAt(path);
    const grammar = parent?.kind === 'container' ? childGrammar(parent, position.text) : undefined;
    if (parent?.kind !== 'container' || grammar === undefined) return [];
    const at = [...path, position.text];
    return parent.names === undefined ? keyHover(snapshot, target, at, grammar) : nameHover(snapshot, target, at, parent.names.noun, grammar);
  }
  const operator = foldKey(path.at(-1) ?? '');
  const grammar = grammarAt(path.slice(0, -1));
  if (grammar === undefined || !operator.startsWith('@@')) return [];
  if (operator === controlOperator) return controlValueHover(position.text);
  return grammar.kind === 'container' ? [] : valueHover(grammar, position, request);
}

function keyHover(snapshot: Snapshot, target: DocumentTarget | undefined, path: readonly string[], grammar: GrammarNode): readonly string[] {
  const unit = grammar.kind !== 'container' && grammar.unit !== undefined ? ` (${grammar.unit})` : '';
  const whenAbsent = grammar.kind !== 'container' && grammar.default !== undefined ? `When no policy sets it: ${grammar.default}.` : '';
  return [`**${grammar.title}**${unit}`, descriptionOf(grammar), whenAbsent, ...effectivePart(snapshot, target, path)];
}

function nameHover(snapshot: Snapshot, target: DocumentTarget | undefined, path: readonly string[], noun: string, grammar: GrammarNode): readonly string[] {
  const node = target === undefined ? undefined : effectiveAt(targetTree(snapshot, target), path);
  const summary = node?.kind === 'container' ? summaryMarkdown(node) : '';
  return [`${code(path.at(-1) ?? '')} · ${noun}`, summary, ...effectivePart(snapshot, target, path), descriptionOf(grammar)];
}

function effectivePart(snapshot: Snapshot, target: DocumentTarget | undefined, path: readonly string[]): readonly string[] {
  return ['---', target === undefined ? noModel : effectiveMarkdown(snapshot, target, path)];
}

function operatorHover(snapshot: Snapshot, uri: string, target: DocumentTarget | undefined, path: readonly string[], position: DocumentPosition): readonly string[] {
  const name = foldKey(position.text);
  const operator = operators.find((each) => each.name === name);
  const grammar = grammarAt(path);
  const description = grammar === undefined || operator === undefined ? undefined : operatorDescription(operator, grammar.kind);
  if (operator === undefined || description === undefined) return [];
  const effect = target === undefined ? noModel : effectMarkdown(snapshot, uri, target, path, position.token);
  return [`${code(operator.name)} · ${operator.title}`, description, ...(effect === '' ? [] : ['---', effect])];
}

function controlValueHover(text: string): readonly string[] {
  const found = controlValues.find(({ value }) => value === foldKey(text));
  return found === undefined ? [] : [code(found.value), found.description];
}

function valueHover(grammar: GrammarLeaf, { text, token, quoted }: DocumentPosition, { offset, clock }: PolicyHoverRequest): readonly string[] {
  if (grammar.value === 'scheduleExpression') return scheduleMarkdown(text, offset - token.start - (quoted ? 1 : 0), clock);
  const meaning = meaningOf(grammar.value, text);
  return meaning === undefined ? [] : [`${code(text)}${grammar.unit === undefined ? '' : ` ${grammar.unit}`}`, meaning];
}
