import { distance } from 'fastest-levenshtein';
import facts from '../../../schemas/facts.json' with { type: 'json' };
import type { Member } from '../document/tree.ts';
import { foldKey, type GrammarContainer, type NodeKind } from '../grammar.ts';
import { documentedKey, placeOfKey } from './keyPlaces.ts';
import type { Path, Report } from './report.ts';

const renamed: ReadonlyMap<string, string> = folded(facts.renamedKeys.keys);
/** Keys of other tools that no policy has, with what to do about each. */
const foreign: ReadonlyMap<string, string> = folded(facts.foreignKeys.keys);

function folded(texts: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts).map(([key, text]) => [foldKey(key), text]));
}

/** What a container holds, for messages. */
export function nounOf(grammar: GrammarContainer): string {
  return grammar.names === undefined ? 'other settings' : `${grammar.names.noun}s`;
}

/** Reports a key that has no place here, with the key or the place that was probably meant. Source: syntax §1 [obs]. */
export function checkUnknownKey(member: Member, grammar: GrammarContainer, owner: string, path: Path, report: Report): void {
  if (!report.takes('unknown-key')) return;
  const key = member.key.text;
  report.add('unknown-key', member.key, path, `"${key}" is no key of ${owner}: AWS refuses the policy. ${adviceOn(key, grammar)}`);
}

function adviceOn(key: string, grammar: GrammarContainer): string {
  const meant = meantKey(key, grammar);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  const advice = foreign.get(foldKey(key));
  if (advice !== undefined) return advice;
  const current = knownKey(key);
  const place = current === undefined ? undefined : placeOfKey(current, grammar);
  if (current === undefined || place === undefined) return 'Remove it.';
  return foldKey(current) === foldKey(key) ? `Move it to ${place}.` : `Its key is "${current}", in ${place}.`;
}

/** The key of this container that an old, misspelt or other tool's key stands for. */
export function meantKey(key: string, grammar: GrammarContainer): string | undefined {
  const keys = [...grammar.keys.keys()];
  const exact = keys.find((each) => foldKey(each) === foldKey(key));
  if (exact !== undefined) return exact;
  const current = renamed.get(foldKey(key));
  if (current !== undefined && keys.includes(current)) return current;
  if (foreign.has(foldKey(key)) || knownKey(key) !== undefined) return undefined;
  return nearest(snakeCase(key), keys);
}

/** The key that a text is anywhere in a policy, by its own or an old name. */
function knownKey(key: string): string | undefined {
  return documentedKey(key) ?? documentedKey(renamed.get(foldKey(key)) ?? '');
}

function snakeCase(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/-/g, '_').toLowerCase();
}

/** The candidate that differs least, when it differs little. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(text.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= least) continue;
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
