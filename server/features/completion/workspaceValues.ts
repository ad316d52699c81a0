import type { ValueType } from '../../core/grammar.ts';
import type { Stated } from '../../core/merge/statements.ts';
import type { PolicyFile, Snapshot } from '../../model/snapshot.ts';
import { policyName } from '../policyName.ts';

/** Values of one type that policies use, each with the policies that do, most used first. */
export type UsedValues = readonly { readonly text: string; readonly policies: readonly string[] }[];

type Collected = ReadonlyMap<ValueType, ReadonlySet<string>>;

/** Derived from an immutable file, so it can never be stale. */
const collections = new WeakMap<PolicyFile, Collected>();

/** The values of a type in all policies of the workspace but one: vault names, roles, tag keys, schedules. */
export function valuesUsed(snapshot: Snapshot, type: ValueType, except: string): UsedValues {
  const policies = new Map<string, string[]>();
  for (const file of snapshot.policies.values()) {
    if (file.uri === except) continue;
    for (const text of collected(file).get(type) ?? []) {
      const names = policies.get(text);
      if (names === undefined) policies.set(text, [policyName(snapshot, file.uri)]);
      else names.push(policyName(snapshot, file.uri));
    }
  }
  return [...policies].map(([text, names]) => ({ text, policies: names })).sort((left, right) => right.policies.length - left.policies.length);
}

/** The values of a type in one policy: what a person repeats in the same document. */
export function valuesIn(file: PolicyFile | undefined, type: ValueType): readonly string[] {
  return file === undefined ? [] : [...(collected(file).get(type) ?? [])];
}

function collected(file: PolicyFile): Collected {
  const known = collections.get(file);
  if (known !== undefined) return known;
  const values = new Map<ValueType, Set<string>>();
  if (file.statements !== undefined) collect(file.statements, values);
  collections.set(file, values);
  return values;
}

function collect(stated: Stated, values: Map<ValueType, Set<string>>): void {
  if (stated.kind === 'container') {
    for (const child of stated.children.values()) {
      if (stated.grammar.names !== undefined) add(values, stated.grammar.names.value, child.name);
      collect(child, values);
    }
    return;
  }
  for (const operation of stated.operations) {
    for (const value of operation.values) if (!value.unknown && value.text !== '') add(values, stated.grammar.value, value.text);
  }
}

function add(values: Map<ValueType, Set<string>>, type: ValueType, text: string): void {
  const texts = values.get(type);
  if (texts === undefined) values.set(type, new Set([text]));
  else texts.add(text);
  // The vault of a copy is a vault that rules may name, in the account that owns it.
  const vault = type === 'vaultArn' ? /:backup-vault:([A-Za-z0-9_-]+)$/.exec(text)?.[1] : undefined;
  if (vault !== undefined) add(values, 'vaultName', vault);
}
