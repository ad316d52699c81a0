import { distance } from 'fastest-levenshtein';
import facts from '../../../schemas/facts.json' with { type: 'json' };
import type { Member } from '../document/tree.ts';
import { foldKey, type GrammarContainer, type NodeKind } from '../grammar.ts';
import type { Path, Report } from './report.ts';

const renamed: ReadonlyMap<string, string> = new Map(Object.entries(facts.renamedKeys.keys).map(([old, now]) => [foldKey(old), now]));

/** What a container holds, for messages. */
export function nounOf(grammar: GrammarContainer): string {
  return grammar.names === undefined ? 'other settings' : `${grammar.names.noun}s`;
}

/** Reports a key that has no place here, with the key that was probably meant. Source: syntax §1 [obs]. */
export function checkUnknownKey(member: Member, grammar: GrammarContainer, owner: string, path: Path, report: Report): void {
  const meant = meantKey(member.key.text, grammar);
  const advice = meant === undefined ? 'Remove it.' : `Did you mean "${meant}"?`;
  report.add('unknown-key', member.key, path, `"${member.key.text}" is no key of ${owner}: AWS refuses the policy. ${advice}`);
}

/** The key of this container that a foreign, old or misspelt key stands for. */
export function meantKey(key: string, grammar: GrammarContainer): string | undefined {
  const keys = [...grammar.keys.keys()];
  const exact = keys.find((each) => foldKey(each) === foldKey(key));
  if (exact !== undefined) return exact;
  const current = renamed.get(foldKey(key));
  if (current !== undefined && keys.includes(current)) return current;
  const snake = key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/-/g, '_').toLowerCase();
  return nearest(snake, keys);
}

/** The candidate that differs least, when it differs little. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(text.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(text, candidate);
    if (edits < least) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

const operatorsByKind: Readonly<Record<NodeKind, readonly string[]>> = {
  container: ['@@operators_allowed_for_child_policies'],
  single: ['@@assign', '@@operators_allowed_for_child_policies'],
  list: ['@@assign', '@@append', '@@remove', '@@operators_allowed_for_child_policies'],
};

/** Reports a key in the place of an operator that is none. Source: syntax §1.1 [obs]. */
export function checkUnknownOperator(part: Member, kind: NodeKind, path: Path, report: Report, setting?: Member): void {
  const text = part.key.text;
  const known = operatorsByKind[kind];
  const meant = nearest(`@@${text.replace(/^@+/, '').toLowerCase()}`, known);
  const advice = meant === undefined ? `It takes ${known.join(', ')}.` : `Did you mean ${meant}?`;
  const owner = setting === undefined ? 'here' : `in "${setting.key.text}"`;
  report.add('unknown-operator', part.key, path, `"${text}" is no inheritance operator that AWS knows ${owner}: it refuses the policy. ${advice}`);
}
