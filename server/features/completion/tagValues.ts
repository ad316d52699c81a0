import type { StatedContainer } from '../../core/merge/statements.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** The values that policies select a tag key by, in the order of the workspace; those of all keys when none is given. */
export function tagValuesOf(snapshot: Snapshot, key: string | undefined): readonly string[] {
  const values = new Set<string>();
  for (const { statements } of snapshot.policies.values()) if (statements !== undefined) collect(statements, key, values);
  return [...values];
}

function collect(node: StatedContainer, key: string | undefined, values: Set<string>): void {
  const keys = textsAt(node, 'tag_key');
  if (keys.length > 0 && (key === undefined || keys.includes(key))) for (const value of textsAt(node, 'tag_value')) values.add(value);
  for (const child of node.children.values()) if (child.kind === 'container') collect(child, key, values);
}

function textsAt(node: StatedContainer, key: string): readonly string[] {
  const leaf = node.children.get(key);
  if (leaf === undefined || leaf.kind === 'container') return [];
  return leaf.operations.filter(({ operator }) => operator !== 'remove').flatMap((operation) => operation.values.filter(({ unknown }) => !unknown).map(({ text }) => text));
}
