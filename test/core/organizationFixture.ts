import { parseDocument } from '../../server/core/document/parse.ts';
import { effectiveJson, type EffectiveContainer } from '../../server/core/merge/effective.ts';
import { mergePath } from '../../server/core/merge/merge.ts';
import { readStatements } from '../../server/core/merge/statements.ts';
import type { AttachedPolicy, Level } from '../../server/core/merge/trace.ts';
import { effectiveErrors } from '../../server/core/validation/effectiveErrors.ts';

/** Policies along a path, as fixtures and recordings write them. */
export interface FixtureLevel {
  readonly target: string;
  readonly policies: readonly { readonly name: string; readonly policy: unknown }[];
}

/** Merges fixture levels; the last one is the account. */
export function mergeLevels(levels: readonly FixtureLevel[]): EffectiveContainer {
  let path = '';
  return mergePath(levels.map(({ target, policies }, depth) => {
    path = path === '' ? target : `${path}/${target}`;
    const kind = depth === 0 ? 'root' : depth === levels.length - 1 ? 'account' : 'organizationalUnit';
    const level: Level = { kind, name: target, path, depth };
    return { level, policies: policies.map(attached) };
  }));
}

function attached({ name, policy }: { readonly name: string; readonly policy: unknown }): AttachedPolicy {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  return { name, uri: `file:///policies/${name}.json`, content: readStatements(parseDocument(text)) };
}

/** The effective policy and AWS's errors as plain data. */
export function outcomeOf(levels: readonly FixtureLevel[], at: number): { readonly effective: unknown; readonly errors: readonly unknown[] } {
  const tree = mergeLevels(levels);
  const errors = effectiveErrors(tree, at).map(({ code, message, path }) => ({ code, message, path }));
  return { effective: JSON.parse(JSON.stringify(effectiveJson(tree))), errors };
}
