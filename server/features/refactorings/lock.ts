import type { Document, ObjectNode } from '../../core/document/tree.ts';
import { childGrammar, grammarAt, type GrammarNode } from '../../core/grammar.ts';
import { memberAt } from '../codeActions/place.ts';
import { insertMembers, type JsonEdit } from '../jsonLayout.ts';
import { Draft } from './draft.ts';
import type { Proposal, Refactoring, RefactoringPlace } from './refactoring.ts';
import { planPlace } from './refactoringPlace.ts';
import { controlKey } from './statementText.ts';

/** Forbids lower policies to change a setting. */
export const lockSetting: Refactoring = (place) => {
  const grammar = grammarAt(place.path);
  const leaf = place.owners.at(-1)?.member.value;
  if (grammar === undefined || grammar.kind === 'container' || leaf?.type !== 'object') return [];
  return locking(place, 'lockSetting', `Lock "${place.path.at(-1) ?? ''}": lower policies cannot change it`, [leaf]);
};

/**
 * Forbids lower policies to change anything in a plan. A control governs its own node alone, so each one gets one.
 * Source: inheritance rule 25 [obs, doc].
 */
export const lockPlan: Refactoring = (place) => {
  const plan = planPlace(place);
  const object = plan?.owners.at(-1)?.member.value;
  if (plan === undefined || object?.type !== 'object') return [];
  const nodes = nodesIn(object, grammarAt(plan.path));
  return locking(plan, 'lockPlan', `Lock plan "${plan.path[1] ?? ''}": a control on each of its ${String(nodes.length)} settings and groups`, nodes);
};

function locking({ snapshot, uri, document }: RefactoringPlace, id: string, title: string, nodes: readonly ObjectNode[]): readonly Proposal[] {
  const edits = nodes.flatMap((node) => lockEdits(document, node));
  if (edits.length === 0) return [];
  const attempt = (): Draft => {
    const draft = new Draft(snapshot);
    draft.edit(uri, edits);
    return draft;
  };
  return [{ id, title, kind: 'refactor.rewrite', attempts: [attempt], onlyWhenSame: false }];
}

function lockEdits(document: Document, node: ObjectNode): readonly JsonEdit[] {
  const control = memberAt(node, controlKey);
  if (control === undefined) return [insertMembers(document, node, [`"${controlKey}": ["@@none"]`])];
  const { value } = control;
  const isLocked = value.type === 'array' && value.items.length === 1 && value.items[0]?.type === 'string' && value.items[0].text.toLowerCase() === '@@none';
  return isLocked ? [] : [{ start: value.start, end: value.end, newText: '["@@none"]' }];
}

function nodesIn(object: ObjectNode, grammar: GrammarNode | undefined): readonly ObjectNode[] {
  if (grammar?.kind !== 'container') return [object];
  const below = object.members.flatMap(({ key, value }) => {
    const child = childGrammar(grammar, key.text);
    return child === undefined || key.template || value.type !== 'object' ? [] : nodesIn(value, child);
  });
  return [object, ...below];
}
