import type { Operation, Stated, StatedContainer, StatedLeaf } from '../../core/merge/statements.ts';

/** An operator of a setting, with the keys that lead to the setting. */
export interface StatedOperation {
  readonly leaf: StatedLeaf;
  readonly operation: Operation;
  readonly path: readonly string[];
}

/** Every operator that a policy sets values with, in the order of the text. */
export function* statedOperations(container: StatedContainer, path: readonly string[] = []): Generator<StatedOperation> {
  for (const child of container.children.values()) yield* operationsOf(child, [...path, child.name]);
}

function* operationsOf(stated: Stated, path: readonly string[]): Generator<StatedOperation> {
  if (stated.kind === 'container') yield* statedOperations(stated, path);
  else for (const operation of stated.operations) yield { leaf: stated, operation, path };
}
