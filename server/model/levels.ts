import type { EffectiveContainer } from '../core/merge/effective.ts';
import { mergeLevel, type MergedLevel } from '../core/merge/merge.ts';
import type { AttachedPolicy } from '../core/merge/trace.ts';
import type { Entity } from './organization.ts';

/** Remembers the last two merges of each entity: the one before an edit and the one after it. */
export class LevelCache {
  readonly #entries: Map<string, readonly CacheEntry[]>;

  /** @param from the cache to start from; what is merged later stays in the new one. */
  constructor(from?: LevelCache) {
    this.#entries = new Map(from === undefined ? [] : from.#entries);
  }

  /** The merge of these inputs, from memory when they are the same ones. */
  get(organization: string, inherited: EffectiveContainer, entity: Entity, policies: readonly AttachedPolicy[]): MergedLevel {
    const key = `${organization}\n${entity.path}`;
    const entries = this.#entries.get(key) ?? [];
    const known = entries.find((entry) => entry.inherited === inherited && entry.id === entity.id && entry.kind === entity.kind && samePolicies(entry.policies, policies));
    if (known !== undefined) return known.merged;
    const { kind, name, path, depth } = entity;
    const level = { kind, name, path, depth, ...(entity.id === undefined ? {} : { id: entity.id }) };
    const merged = mergeLevel(inherited, level, policies);
    const latest = entries.at(-1);
    const entry: CacheEntry = { inherited, id: entity.id, kind, policies, merged };
    this.#entries.set(key, latest === undefined ? [entry] : [latest, entry]);
    return merged;
  }
}

interface CacheEntry {
  readonly inherited: EffectiveContainer;
  readonly id: string | undefined;
  readonly kind: Entity['kind'];
  readonly policies: readonly AttachedPolicy[];
  readonly merged: MergedLevel;
}

function samePolicies(left: readonly AttachedPolicy[], right: readonly AttachedPolicy[]): boolean {
  return left.length === right.length && left.every((policy, index) => {
    const other = right[index];
    return other !== undefined && policy.name === other.name && policy.uri === other.uri && policy.content === other.content;
  });
}
