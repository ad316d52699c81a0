import type { Span } from '../../core/document/tree.ts';
import { allOperators, allowsNewChildren } from '../../core/merge/operators.ts';
import type { Operation, Stated, StatedContainer, StatedLeaf } from '../../core/merge/statements.ts';
import { childBlock, inheritedAt, operatorBlock, type Inheritance } from '../inheritance.ts';
import type { TokenModifier, TokenType } from './tokenModifiers.ts';

/** A key or operator to which inheritance does something. */
export interface MarkedKey {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** Whose inheritance counts, and which statements AWS takes in vain for another reason than a control above them. */
export interface MarkingContext {
  /** Of each place that is spoken of; a mark holds at all of them. */
  readonly inheritances: readonly Inheritance[];
  /** True for a statement that a peer, or the value that is there already, leaves without effect. */
  readonly isIdle: (span: Span) => boolean;
  /** True for a control that would allow more than a higher one. */
  readonly isBlocked: (span: Span) => boolean;
}

/**
 * The names that a higher level introduced, the settings that override an inherited value, what a control of a higher
 * level binds, and what has no effect. Keys to which nothing of this applies are left out.
 */
export function* markedKeys(context: MarkingContext, container: StatedContainer, path: readonly string[] = []): Generator<MarkedKey> {
  if (container.control !== undefined && context.isBlocked(container.control.span)) yield operatorKey(container.control.span, ['ineffective']);
  for (const child of container.children.values()) {
    const at = [...path, child.name];
    if (child.kind === 'container') {
      yield* marked(child, container.grammar.names === undefined ? 'backupSetting' : 'backupName', containerModifiers(context, at, container.grammar.names !== undefined));
      yield* markedKeys(context, child, at);
    } else {
      yield* leafKeys(context, child, at);
    }
  }
}

function containerModifiers({ inheritances }: MarkingContext, path: readonly string[], isName: boolean): readonly TokenModifier[] {
  const holds = (test: (inheritance: Inheritance) => boolean): boolean => inheritances.every(test);
  if (holds((each) => childBlock(each, path) !== undefined)) return ['ineffective'];
  if (!isName) return [];
  return [
    ...(holds((each) => inheritedAt(each, path) !== undefined) ? ['inherited' as const] : []),
    ...(holds((each) => !allowsNewChildren(inheritedAt(each, path)?.allowed ?? allOperators)) ? ['locked' as const] : []),
  ];
}

function* leafKeys(context: MarkingContext, leaf: StatedLeaf, path: readonly string[]): Generator<MarkedKey> {
  const { inheritances, isIdle, isBlocked } = context;
  const isVain = (operation: Operation): boolean => isIdle(operation.span) || inheritances.every((each) => operatorBlock(each, path, operation.operator) !== undefined);
  const vain = leaf.operations.filter(isVain);
  const overrides = leaf.operations.some((operation) => operation.operator === 'assign' && !vain.includes(operation)) && inheritances.every((each) => hasValue(each, path));
  const locked = inheritances.every((each) => (inheritedAt(each, path)?.allowed ?? allOperators) !== allOperators);
  const ineffective = leaf.operations.length > 0 && vain.length === leaf.operations.length;
  yield* marked(leaf, 'backupSetting', [...(overrides ? ['overriding' as const] : []), ...(locked ? ['locked' as const] : []), ...(ineffective ? ['ineffective' as const] : [])]);
  for (const { span } of vain) yield operatorKey(span, ['ineffective']);
  if (leaf.control !== undefined && isBlocked(leaf.control.span)) yield operatorKey(leaf.control.span, ['ineffective']);
}

function hasValue(inheritance: Inheritance, path: readonly string[]): boolean {
  const node = inheritedAt(inheritance, path);
  return node !== undefined && node.kind !== 'container' && node.value !== undefined;
}

function* marked({ keySpan }: Stated, type: TokenType, modifiers: readonly TokenModifier[]): Generator<MarkedKey> {
  if (modifiers.length > 0) yield { span: keySpan, type, modifiers };
}

/** The span of a whole member; its key is what is marked. */
function operatorKey(span: Span, modifiers: readonly TokenModifier[]): MarkedKey {
  return { span, type: 'backupOperator', modifiers };
}
