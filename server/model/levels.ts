import type { EffectiveContainer } from '../core/merge/effective.ts';
import { mergeLevel, type MergedLevel } from '../core/merge/merge.ts';
import type { AttachedPolicy } from '../core/merge/trace.ts';
import type { Entity } from './organization.ts';

/** Remembers the last merge of each entity, for models that are read anew; what a snapshot has worked out, it hands on by itself. */
export class LevelCache {
  readonly #entries: Map<string, CacheEntry>;

  /** @param from the cache to start from; what is merged later stays in the new one. */
  constructor(from?: LevelCache) {
    this.#entries = new Map(from === undefined ? [] : from.#entries);
  }

  /** The merge of these inputs, from memory when they are the same ones. */
  get(organization: string, inherited: EffectiveContainer, entity: Entity, policies: readonly AttachedPolicy[]): MergedLevel {
    const key = `${organization}\n${entity.path}`;
    const known = this.#entries.get(key);
    if (known !== undefined && known.inherited === inherited && known.id === entity.id && known.kind === entity.kind && samePolicies(known.policies, policies)) return known.merged;
    const { kind, name, path, depth } = entity;
    const level = { kind, name, path, depth, ...(entity.id === undefined ? {} : { id: entity.id }) };
    const merged = mergeLevel(inherited, level, policies);
    this.#entries.set(key, { inherited, id: entity.id, kind, policies, merged });
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
