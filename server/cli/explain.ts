import { effectiveAt, type EffectiveLeaf, type EffectiveNode } from '../core/merge/effective.ts';
import type { Outcome as Fate, Statement } from '../core/merge/trace.ts';
import { describeOperators } from '../core/merge/operators.ts';
import { documentOf } from '../features/diagnostics.ts';
import { positionAt } from '../features/ranges.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import { InputError, readTime } from './input.ts';
import { loadOrganization, requireTarget } from './organization.ts';
import type { Outcome } from './outcome.ts';

interface ExplainOptions {
  readonly organization: string;
  readonly target: string;
  readonly path: string;
  readonly format: 'text' | 'json';
  readonly at: string | undefined;
}

/** `backup-policy explain`: the value of one setting and every statement that had a part in it. */
export function explain(options: ExplainOptions): Outcome {
  const { snapshot, organization } = loadOrganization(options.organization, readTime(options.at));
  const entity = requireTarget(organization, options.target);
  const keys = options.path.split('/').filter((key) => key !== '');
  const node = findNode(effectiveOf(snapshot, organization, entity).tree, keys);
  if (node === undefined) throw new InputError(`${entity.path} has no setting ${options.path}: no policy on its path mentions it.`);
  if (node.kind === 'container') throw new InputError(`${options.path} holds other settings; name one of them: ${[...node.children.values()].map((child) => child.name).join(', ')}.`);
  const value = valueOf(node);
  const trace = node.trace.map(({ statement, outcome }) => ({ ...statementJson(snapshot, statement), outcome: outcome.type, reason: reason(outcome) }));
  const result = { target: entity.path, path: node.path.join('/'), value: value ?? null, trace };
  if (options.format === 'json') return { status: 0, output: `${JSON.stringify(result, undefined, 2)}\n` };
  const lines = [`${result.path} of ${result.target}: ${value === undefined ? 'not set' : JSON.stringify(value)}`];
  for (const each of trace) lines.push(`  ${each.level}  ${each.policy}:${String(each.line)}  ${each.operator} ${JSON.stringify(each.values)}  ${each.reason}`);
  return { status: 0, output: `${lines.join('\n')}\n` };
}

/** Copy actions are named by ARNs, which may hold slashes of their own: a key takes as many parts as it needs. */
function findNode(node: EffectiveNode, keys: readonly string[]): EffectiveNode | undefined {
  if (keys.length === 0) return node;
  if (node.kind !== 'container') return undefined;
  for (let count = 1; count <= keys.length; count++) {
    const child = effectiveAt(node, [keys.slice(0, count).join('/')]);
    const found = child === undefined ? undefined : findNode(child, keys.slice(count));
    if (found !== undefined) return found;
  }
  return undefined;
}

function valueOf(leaf: EffectiveLeaf): string | readonly string[] | undefined {
  if (leaf.value === undefined) return undefined;
  return leaf.value.kind === 'single' ? leaf.value.element.text : leaf.value.elements.map((element) => element.text);
}

function statementJson(snapshot: Snapshot, statement: Statement): { readonly level: string; readonly policy: string; readonly line: number; readonly operator: string; readonly values: readonly string[] } {
  const document = documentOf(snapshot, statement.source.policy.uri);
  const line = document === undefined ? 0 : positionAt(document, statement.span.start).line + 1;
  return { level: statement.source.level.path, policy: statement.source.policy.name, line, operator: `@@${statement.operator}`, values: statement.values.map((value) => value.text) };
}

function reason(outcome: Fate): string {
  switch (outcome.type) {
    case 'applied':
      return 'applied';
    case 'overridden':
      return `overridden by ${outcome.by.source.policy.name} at ${outcome.by.source.level.path}`;
    case 'blocked':
      return `blocked by ${outcome.by.source.policy.name} at ${outcome.by.source.level.path}, which allows ${describeOperators(outcome.by.allowed)}`;
    case 'noEffect':
      return outcome.reason.type === 'laterPeer' ? `no effect: ${outcome.reason.first.source.policy.name} is attached first` : 'no effect';
  }
}
