import { effectiveAt, nothingEffective, type EffectiveContainer, type EffectiveNode } from '../core/merge/effective.ts';
import { blockingControl } from '../core/merge/mergeLeaf.ts';
import { allows, allowsNewChildren, describeOperators, type OperatorSet, type ValueOperator } from '../core/merge/operators.ts';
import type { Control } from '../core/merge/trace.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { inheritedTree, type DocumentTarget } from './documentTarget.ts';
import { code, escaped, linkTo } from './markdown.ts';

/** What the levels above a document hand down to it, at its target. */
export interface Inheritance {
  readonly snapshot: Snapshot;
  /** Undefined when no model covers the document: then nothing is inherited and nothing blocked. */
  readonly target: DocumentTarget | undefined;
  readonly tree: EffectiveContainer;
}

/** A control of a higher level that makes AWS ignore what would be written. */
export interface Block {
  readonly control: Control;
  /** What all higher levels together allow there. */
  readonly allowed: OperatorSet;
  /** `statement`: the operator on an inherited setting. `child`: anything new in an inherited container. */
  readonly of: 'statement' | 'child';
}

/** The inheritance of a document at its target. */
export function inheritanceOf(snapshot: Snapshot, target: DocumentTarget | undefined): Inheritance {
  return { snapshot, target, tree: target === undefined ? nothingEffective : inheritedTree(snapshot, target) };
}

/** The inherited node at a path, undefined when higher levels say nothing there. */
export function inheritedAt(inheritance: Inheritance, path: readonly string[]): EffectiveNode | undefined {
  return effectiveAt(inheritance.tree, path);
}

/**
 * The control that keeps a node out because it, or a container around it, would be new where nothing new is allowed.
 * Source: inheritance rule 26 and U1 [doc].
 */
export function childBlock(inheritance: Inheritance, path: readonly string[]): Block | undefined {
  let node: EffectiveNode = inheritance.tree;
  for (const key of path) {
    if (node.kind !== 'container') return undefined;
    const child: EffectiveNode | undefined = node.children.get(key.toLowerCase());
    if (child === undefined) {
      if (allowsNewChildren(node.allowed)) return undefined;
      const control = node.controls.find((each) => !allowsNewChildren(each.allowed)) ?? node.controls.at(-1);
      return control === undefined ? undefined : { control, allowed: node.allowed, of: 'child' };
    }
    node = child;
  }
  return undefined;
}

/** The control that forbids a value-setting operator on the setting at a path. Source: inheritance rules 20 to 23 [doc, obs]. */
export function operatorBlock(inheritance: Inheritance, path: readonly string[], operator: ValueOperator): Block | undefined {
  const refused = childBlock(inheritance, path);
  if (refused !== undefined) return refused;
  const node = inheritedAt(inheritance, path);
  if (node === undefined || node.kind === 'container' || allows(node.allowed, operator)) return undefined;
  const control = blockingControl(node.controls, operator);
  return control === undefined ? undefined : { control, allowed: node.allowed, of: 'statement' };
}

/** One short plain line, for a row of suggestions: who blocks it, at which level, and what is allowed. */
export function blockLine(block: Block): string {
  const { policy, level } = block.control.source;
  const allowed = block.of === 'child' ? 'nothing new here' : block.allowed === 0 ? 'no operator here' : `only ${describeOperators(block.allowed)}`;
  return `Blocked by ${policy.name} at ${level.path}: ${allowed}`;
}

/** The same as Markdown with a link to the control, and what AWS does. */
export function blockMarkdown(inheritance: Inheritance, block: Block): string {
  const { policy, level } = block.control.source;
  const link = linkTo(inheritance.snapshot, policy.name, policy.uri, block.control.span);
  const where = inheritance.target === undefined ? '' : ` for ${targetPhrase(inheritance.target)}`;
  return `**Blocked**${where} by ${link} at ${escaped(level.path)}, which allows ${allowedWords(block)}. AWS takes the policy and ignores this statement without a word.`;
}

function allowedWords(block: Block): string {
  if (block.of === 'child') return 'lower policies to add nothing here';
  return block.allowed === 0 ? 'lower policies no operator here' : `lower policies only ${code(describeOperators(block.allowed))} here`;
}

/** The target in use and why it is, for the middle of a sentence. */
export function targetPhrase(target: DocumentTarget): string {
  const path = `**${escaped(target.entity.path)}**`;
  switch (target.reason) {
    case 'attached':
      return `${path} (where this policy is attached)`;
    case 'chosen':
      return target.place === undefined ? `${path} (the chosen target; this policy is not attached there)` : `${path} (the chosen target)`;
    case 'root':
      return `${path} (the root; this policy is ${target.places > 1 ? `attached to ${String(target.places)} targets: choose one of them` : 'not attached anywhere'})`;
  }
}

/** What stands in the place of an effective value when there is no model. */
export const noModel = 'No organization model covers this file, so what it inherits and what becomes of it is not known.';
