import { effectiveJson, type EffectiveContainer } from '../core/merge/effective.ts';
import type { EffectiveError } from '../core/validation/effectiveError.ts';
import { pathTo } from '../model/organization.ts';
import { effectiveOf } from '../model/snapshot.ts';
import { readTime } from './input.ts';
import { loadOrganization, requireTarget, unreadPolicies } from './organization.ts';
import type { Outcome } from './outcome.ts';

interface EffectiveOptions {
  readonly organization: string;
  readonly target: string;
  readonly format: 'text' | 'json';
  readonly at: string | undefined;
}

/** `backup-policy effective`: the merged policy of a target with AWS's errors. Its JSON is a contract. */
export function effective(options: EffectiveOptions): Outcome {
  const loaded = loadOrganization(options.organization, readTime(options.at));
  const { snapshot, organization } = loaded;
  const entity = requireTarget(organization, options.target);
  const { tree, errors } = effectiveOf(snapshot, organization, entity);
  const status = errors.length > 0 ? 1 : 0;
  const warnings = unreadPolicies(loaded, entity);
  if (options.format === 'json') {
    const result = { target: entity.path, path: pathTo(entity).map((each) => each.name), policy: effectiveJson(tree), errors: errors.map(errorJson) };
    return { status, output: `${JSON.stringify(result, undefined, 2)}\n`, warnings };
  }
  return { status, output: `${report(entity.path, tree, errors)}\n`, warnings };
}

function errorJson({ code, message, path, contributors }: EffectiveError): { readonly code: string; readonly message: string; readonly path: string; readonly policies: readonly string[] } {
  return { code, message, path, policies: [...new Set(contributors.map((source) => source.policy.name))] };
}

function report(path: string, tree: EffectiveContainer, errors: readonly EffectiveError[]): string {
  const lines = [`Effective policy of ${path}`, ''];
  if (errors.length > 0) {
    lines.push('AWS withholds this policy: accounts keep their last valid one.');
    for (const error of errors) lines.push(`  ${error.code} ${error.path}: ${error.message} (${errorJson(error).policies.join(', ')})`);
    lines.push('');
  }
  lines.push(JSON.stringify(effectiveJson(tree), undefined, 2));
  return lines.join('\n');
}
