import type { Span } from '../core/document/tree.ts';
import { nothingEffective, type EffectiveContainer } from '../core/merge/effective.ts';
import { relationsOf, type Bearing, type Relation } from '../core/merge/relations.ts';
import { statedAt } from '../core/merge/statements.ts';
import type { Level, NoEffect, Source } from '../core/merge/trace.ts';
import { finished, type Steps } from '../core/steps.ts';
import { attachmentIndex, usesOf } from '../model/attachments.ts';
import type { Entity, Organization } from '../model/organization.ts';
import { mergedLevel, type Snapshot } from '../model/snapshot.ts';
import { entryOf } from './entryOf.ts';

/** A statement, a control or the key of a container in a policy, at one level where the policy is attached. */
export interface StatementRef {
  /** The model file in which the policy is attached. */
  readonly organization: string;
  readonly uri: string;
  readonly policy: string;
  readonly level: Level;
  /** Keys from the document root as they print. */
  readonly path: readonly string[];
  /** The member of an operator, or the key of a container. */
  readonly span: Span;
}

/** A control that makes AWS ignore something, at the level where that is attached. */
export interface BlockedAt {
  readonly at: Level;
  readonly by: StatementRef;
}

/** Why a statement changes nothing, at the level where it is attached. */
export interface NoEffectAt {
  readonly at: Level;
  readonly reason: NoEffect['type'];
  /** The statement of another policy that counts in its place, for `laterPeer`. */
  readonly first?: StatementRef;
}

/**
 * What a statement of one policy does to those of other policies, and they to it, at all places where it is attached
 * and below. Each list names a statement once for every level at which it takes part.
 */
export interface StatementRelations {
  readonly path: readonly string[];
  readonly span: Span;
  readonly overrides: readonly StatementRef[];
  readonly extends: readonly StatementRef[];
  readonly narrows: readonly StatementRef[];
  readonly overriddenBy: readonly StatementRef[];
  readonly extendedBy: readonly StatementRef[];
  readonly narrowedBy: readonly StatementRef[];
  readonly blocked: readonly BlockedAt[];
  readonly noEffect: readonly NoEffectAt[];
}

/** Who else writes about a container (plan, rule, selection, …) that a policy writes about. */
export interface ContainerRelations {
  readonly path: readonly string[];
  /** The key in this policy. */
  readonly span: Span;
  /** The keys in policies of higher levels, and in those that are attached before it. */
  readonly before: readonly StatementRef[];
  /** The keys in policies of lower levels, and in those that are attached after it. */
  readonly after: readonly StatementRef[];
}

/** The relations of one policy. */
export interface PolicyRelations {
  /** By the offset at which the statement, the control or the refused key starts. */
  readonly statements: ReadonlyMap<number, StatementRelations>;
  /** By the offset at which the key of the container starts. */
  readonly containers: ReadonlyMap<number, ContainerRelations>;
}

/**
 * How the statements of a policy and those of all other policies bear on each other, in every organization where it is
 * attached. Reads the traces of the merge; an edit reads again only those of the levels that it changes.
 * Source: inheritance rules 6 to 27 [obs].
 */
export function overriding(snapshot: Snapshot, uri: string): PolicyRelations {
  return finished(overridingSteps(snapshot, uri));
}

/** The same in steps; kept for the snapshot. */
export function* overridingSteps(snapshot: Snapshot, uri: string): Steps<PolicyRelations> {
  const perSnapshot = bySnapshot.get(snapshot) ?? new Map<string, PolicyRelations>();
  bySnapshot.set(snapshot, perSnapshot);
  const known = perSnapshot.get(uri);
  if (known !== undefined) return known;
  const relations = yield* collected(snapshot, uri);
  perSnapshot.set(uri, relations);
  return relations;
}

const bySnapshot = new WeakMap<Snapshot, Map<string, PolicyRelations>>();
/** The relations at one level by the policies that have a part in them; a merged tree belongs to one level. */
const byTree = new WeakMap<EffectiveContainer, ReadonlyMap<string, readonly Relation[]>>();

function* collected(snapshot: Snapshot, uri: string): Steps<PolicyRelations> {
  const collector = new Collector(uri);
  for (const { organization, entities } of usesOf(snapshot.organizations, uri)) {
    const places = new Set(entities);
    for (const point of attachmentIndex(organization).points) {
      if (!isAtOrBelow(point, places)) continue;
      yield;
      for (const relation of relationsAt(snapshot, organization, point).get(uri) ?? []) collector.take(relation, organization.uri);
    }
  }
  return collector;
}

function isAtOrBelow(entity: Entity, places: ReadonlySet<Entity>): boolean {
  for (let each: Entity | undefined = entity; each !== undefined; each = each.parent) if (places.has(each)) return true;
  return false;
}

function relationsAt(snapshot: Snapshot, organization: Organization, point: Entity): ReadonlyMap<string, readonly Relation[]> {
  const merged = mergedLevel(snapshot, organization, point);
  const inherited = point.parent === undefined ? nothingEffective : mergedLevel(snapshot, organization, point.parent).tree;
  if (merged.tree === inherited) return new Map();
  const known = byTree.get(merged.tree);
  if (known !== undefined) return known;
  const byUri = new Map<string, Relation[]>();
  for (const relation of relationsOf(inherited, merged)) for (const uri of new Set(partakers(relation))) entryOf(byUri, uri, () => []).push(relation);
  byTree.set(merged.tree, byUri);
  return byUri;
}

function partakers(relation: Relation): readonly string[] {
  switch (relation.type) {
    case 'bearing':
      return [relation.by.source.policy.uri, relation.of.source.policy.uri];
    case 'container':
      return [relation.source.policy.uri, relation.earlier.policy.uri];
    case 'blocked':
      return [relation.source.policy.uri];
    case 'noEffect':
      return [relation.statement.source.policy.uri];
  }
}

/** The same with lists that grow. */
type Growing<Type> = { readonly [Key in keyof Type]: Type[Key] extends readonly (infer Item extends object)[] ? Item[] : Type[Key] };

const passive: Readonly<Record<Bearing, 'overriddenBy' | 'extendedBy' | 'narrowedBy'>> = { overrides: 'overriddenBy', extends: 'extendedBy', narrows: 'narrowedBy' };

/** Takes in the relations of all levels in which one policy has a part. */
class Collector implements PolicyRelations {
  readonly statements = new Map<number, Growing<StatementRelations>>();
  readonly containers = new Map<number, Growing<ContainerRelations>>();
  readonly #uri: string;
  /** What the lists hold already: a statement is above many levels, and one level is above many others. */
  readonly #listed = new Set<string>();

  constructor(uri: string) {
    this.#uri = uri;
  }

  take(relation: Relation, organization: string): void {
    const ref = (source: Source, span: Span): StatementRef => ({ organization, uri: source.policy.uri, policy: source.policy.name, level: source.level, path: relation.path, span });
    switch (relation.type) {
      case 'bearing': {
        const { bearing, by, of, path } = relation;
        if (by.source.policy.uri === this.#uri) this.#add(this.#statement(path, by.span)[bearing], `${bearing} ${String(by.span.start)}`, ref(of.source, of.span));
        else this.#add(this.#statement(path, of.span)[passive[bearing]], `${passive[bearing]} ${String(of.span.start)}`, ref(by.source, by.span));
        break;
      }
      case 'container': {
        const { source, earlier, path } = relation;
        const late = keySpan(source, path);
        const early = keySpan(earlier, path);
        if (late === undefined || early === undefined) break;
        if (source.policy.uri === this.#uri) this.#add(this.#container(path, late).before, `before ${String(late.start)}`, ref(earlier, early));
        else this.#add(this.#container(path, early).after, `after ${String(early.start)}`, ref(source, late));
        break;
      }
      case 'blocked': {
        const { source, span, by, path } = relation;
        this.#statement(path, span).blocked.push({ at: source.level, by: ref(by.source, by.span) });
        break;
      }
      case 'noEffect': {
        const { statement: { source, span }, reason, path } = relation;
        const first = reason.type === 'laterPeer' ? { first: ref(reason.first.source, reason.first.span) } : {};
        this.#statement(path, span).noEffect.push({ at: source.level, reason: reason.type, ...first });
      }
    }
  }

  #add(list: StatementRef[], name: string, ref: StatementRef): void {
    const key = `${name}\n${ref.organization}\n${ref.level.path}\n${ref.uri}\n${String(ref.span.start)}`;
    if (this.#listed.has(key)) return;
    this.#listed.add(key);
    list.push(ref);
  }

  #statement(path: readonly string[], span: Span): Growing<StatementRelations> {
    const known = this.statements.get(span.start);
    if (known !== undefined) return known;
    const made: Growing<StatementRelations> = { path, span, overrides: [], extends: [], narrows: [], overriddenBy: [], extendedBy: [], narrowedBy: [], blocked: [], noEffect: [] };
    this.statements.set(span.start, made);
    return made;
  }

  #container(path: readonly string[], span: Span): Growing<ContainerRelations> {
    const known = this.containers.get(span.start);
    if (known !== undefined) return known;
    const made: Growing<ContainerRelations> = { path, span, before: [], after: [] };
    this.containers.set(span.start, made);
    return made;
  }
}

function keySpan(source: Source, path: readonly string[]): Span | undefined {
  return statedAt(source.policy.content, path)?.keySpan;
}
