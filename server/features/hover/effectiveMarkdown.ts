import type { Span } from '../../core/document/tree.ts';
import { effectiveAt, isPresent, type EffectiveContainer } from '../../core/merge/effective.ts';
import { allowsNewChildren, describeOperators, type OperatorSet } from '../../core/merge/operators.ts';
import type { TraceEntry } from '../../core/merge/trace.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { targetTree, type DocumentTarget } from '../documentTarget.ts';
import { valueMarkdown } from '../effectiveValue.ts';
import { targetPhrase } from '../inheritance.ts';
import { code } from '../markdown.ts';
import { meaningOf } from '../meaning.ts';
import { outcomeReason, outcomeWord } from '../outcome.ts';
import { chainMarkdown, contributorsMarkdown, controlMarkdown, markdownWording, refusalMarkdown, refusalsAt } from './provenance.ts';

/** What a node comes to at the target: the effective value with the chain that made it, or who made a container. */
export function effectiveMarkdown(snapshot: Snapshot, target: DocumentTarget, path: readonly string[]): string {
  const tree = targetTree(snapshot, target);
  const node = effectiveAt(tree, path);
  const at = targetPhrase(target);
  if (node === undefined) return absentMarkdown(snapshot, tree, path, at);
  const control = controlMarkdown(snapshot, node);
  const closing = control === undefined ? '' : `\n\n${control}`;
  if (node.kind === 'container') {
    const said = isPresent(node) ? `Part of the effective policy of ${at}:` : `Nothing here is part of the effective policy of ${at}:`;
    return `${said}\n\n${contributorsMarkdown(snapshot, node)}${closing}`;
  }
  const single = node.value?.kind === 'single' && !node.value.element.unknown ? meaningOf(node.grammar.value, node.value.element.text) : undefined;
  const meaning = single === undefined ? '' : ` · ${single}`;
  return `Effective for ${at}: ${valueMarkdown(node)}${meaning}\n\n${chainMarkdown(snapshot, node)}${closing}`;
}

function absentMarkdown(snapshot: Snapshot, tree: EffectiveContainer, path: readonly string[], at: string): string {
  const refused = refusalsAt(tree, path);
  if (refused.length > 0) return `Not part of the effective policy of ${at}:\n\n${refused.map((each) => refusalMarkdown(snapshot, each)).join('\n')}`;
  return `Not part of the effective policy of ${at}: no policy that is attached on its path sets it.`;
}

/** What one operator of this document does at the target; empty when the document takes no part there. */
export function effectMarkdown(snapshot: Snapshot, uri: string, target: DocumentTarget, path: readonly string[], token: Span): string {
  const node = effectiveAt(targetTree(snapshot, target), path);
  const isHere = (source: TraceEntry['statement']['source'], span: Span): boolean => source.policy.uri === uri && source.level.path === target.place?.path && span.start === token.start;
  const refused = refusalsAt(targetTree(snapshot, target), path)[0];
  if (node === undefined) return refused === undefined ? '' : `Here:\n\n${refusalMarkdown(snapshot, refused)}`;
  const control = node.controls.find((each) => isHere(each.source, each.span));
  if (control !== undefined) return controlEffect(node.kind === 'container', node.allowed, target);
  if (node.kind === 'container') return '';
  const entry = node.trace.find(({ statement }) => isHere(statement.source, statement.span));
  if (entry === undefined) return '';
  const reason = outcomeReason(entry.outcome, markdownWording(snapshot));
  const word = outcomeWord(entry.outcome);
  const here = reason === undefined ? `Here: **${word}**.` : `Here: **${word}**${word === 'no effect' ? ':' : ''} ${reason}.`;
  return `${here} Effective for ${targetPhrase(target)}: ${valueMarkdown(node)}`;
}

function controlEffect(container: boolean, allowed: OperatorSet, target: DocumentTarget): string {
  const below = `Below ${targetPhrase(target)}, with the controls of all levels together, policies may`;
  if (container) return `${below} ${allowsNewChildren(allowed) ? 'add new entries here' : 'add nothing here'}.`;
  return `${below} use ${allowed === 0 ? 'no operator' : `only ${code(describeOperators(allowed))}`} on this setting.`;
}
