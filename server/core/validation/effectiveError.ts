import type { EffectiveContainer, EffectiveNode } from '../merge/effective.ts';
import { isPresent } from '../merge/effective.ts';
import type { Source } from '../merge/trace.ts';

/** AWS's codes of ListEffectivePolicyValidationErrors. Source: limits-and-errors §4 [obs]. */
export type EffectiveErrorCode = 'KEY_REQUIRED' | 'ELEMENTS_TOO_FEW' | 'ELEMENTS_TOO_MANY' | 'CROSS_ATTRIBUTE_VALIDATION';

/** An error of the merged policy in AWS's words, with the nodes that our own views need to show its place. */
export interface EffectiveError {
  readonly code: EffectiveErrorCode;
  readonly message: string;
  /** AWS's slash path, `plans/daily/rules/hourly`. */
  readonly path: string;
  /** What is missing, has too few or too many elements, or does not fit together: keys below `node`. */
  readonly settings: readonly (readonly string[])[];
  /** The container that the error is about. */
  readonly node: EffectiveContainer;
  /** The policies that have a part in that container, without repetition, root first. */
  readonly contributors: readonly Source[];
}

/** Builds an error about a container, with everyone who has a part in it. */
export function effectiveError(code: EffectiveErrorCode, message: string, node: EffectiveContainer, settings: EffectiveError['settings']): EffectiveError {
  return { code, message, path: slashPath(node), settings, node, contributors: distinct(node.contributors) };
}

/** AWS's notation of a path. */
export function slashPath(node: EffectiveNode): string {
  return node.path.join('/');
}

function distinct(sources: readonly Source[]): readonly Source[] {
  const seen = new Set<string>();
  return sources.filter((source) => {
    const key = `${source.level.path}\n${source.policy.name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The named children that print something. */
export function presentContainers(node: EffectiveNode | undefined): readonly EffectiveContainer[] {
  if (node?.kind !== 'container') return [];
  const result: EffectiveContainer[] = [];
  for (const item of node.children.values()) if (item.kind === 'container' && isPresent(item)) result.push(item);
  return result;
}
