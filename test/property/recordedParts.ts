import { readFileSync } from 'node:fs';
import { parseTree, type Node } from 'jsonc-parser';
import { childGrammar, foldKey, policyGrammar, type GrammarNode, type ValueType } from '../../server/core/grammar.ts';

interface Recording {
  readonly verdict: 'accepted' | 'rejected';
  readonly text: string;
}

/** What stands in documents that AWS took, by kind of value; scalars as JSON text, in the spelling that AWS took. */
export interface RecordedParts {
  readonly values: ReadonlyMap<ValueType, ReadonlySet<string>>;
  readonly names: ReadonlyMap<ValueType, ReadonlySet<string>>;
  readonly controls: ReadonlySet<string>;
  /** Schedules of rules that opt in to the archive, and so run every 28 days or more rarely. */
  readonly archiveSchedules: ReadonlySet<string>;
}

/** Takes the accepted recordings apart. */
export function recordedParts(): RecordedParts {
  const recordings = JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly Recording[];
  const values = new Map<ValueType, Set<string>>();
  const names = new Map<ValueType, Set<string>>();
  const controls = new Set<string>();
  const archiveSchedules = new Set<string>();
  const read = (text: string, node: Node, grammar: GrammarNode): void => {
    for (const [key, value] of membersOf(node)) {
      if (foldKey(key) === '@@operators_allowed_for_child_policies') controls.add(text.slice(value.offset, value.offset + value.length));
      else if (grammar.kind !== 'container') {
        for (const scalar of value.type === 'array' ? value.children ?? [] : [value]) add(values, grammar.value, text.slice(scalar.offset, scalar.offset + scalar.length));
      } else {
        if (grammar.names !== undefined) add(names, grammar.names.value, key);
        const child = childGrammar(grammar, key);
        if (child !== undefined) read(text, value, child);
      }
    }
  };
  for (const { verdict, text } of recordings) {
    const root = verdict === 'accepted' ? parseTree(text) : undefined;
    if (root === undefined) continue;
    read(text, root, policyGrammar);
    const schedule = /"schedule_expression": ?\{"@@assign": ?("[^"]*")\}/.exec(text)?.[1];
    if (schedule !== undefined && /"opt_in_to_archive_for_supported_resources": ?\{"@@assign": ?"?true/.test(text)) archiveSchedules.add(schedule);
  }
  return { values, names, controls, archiveSchedules };
}

function add(pools: Map<ValueType, Set<string>>, type: ValueType, text: string): void {
  pools.set(type, (pools.get(type) ?? new Set()).add(text));
}

function membersOf(node: Node): readonly (readonly [string, Node])[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), value] as const];
  });
}
