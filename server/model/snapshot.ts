import { parseDocument } from '../core/document/parse.ts';
import type { Document } from '../core/document/tree.ts';
import { nothingEffective } from '../core/merge/effective.ts';
import type { MergedLevel } from '../core/merge/merge.ts';
import { readStatements, type StatedContainer } from '../core/merge/statements.ts';
import type { AttachedPolicy } from '../core/merge/trace.ts';
import { effectiveErrors } from '../core/validation/effectiveErrors.ts';
import type { EffectiveError } from '../core/validation/effectiveError.ts';
import { readGuardrailsFile, type GuardrailsFile } from './guardedAccounts.ts';
import { LevelCache } from './levels.ts';
import type { Entity, Organization } from './organization.ts';
import { readOrganization } from './readOrganization.ts';

/** A policy document, as edited or as on disk. */
export interface PolicyFile {
  readonly uri: string;
  readonly document: Document;
  readonly statements: StatedContainer | undefined;
}

/** What an entity gets, and what its own policies say in vain. */
export interface Effective extends MergedLevel {
  readonly errors: readonly EffectiveError[];
}

/**
 * Everything that is known at one moment, immutable. A change makes the next snapshot, which shares with this
 * one whatever the change did not touch.
 */
export interface Snapshot {
  /** The time by which schedules are judged: epoch milliseconds UTC. */
  readonly at: number;
  readonly policies: ReadonlyMap<string, PolicyFile>;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly guardrails: ReadonlyMap<string, GuardrailsFile>;
  /** Levels merged so far; handed on from snapshot to snapshot, an entry counts only for the inputs it was made of. */
  readonly levels: LevelCache;
}

/** What a file can be. */
export type DocumentType = 'policy' | 'organization' | 'guardrails';

/** A file with its new text. */
export interface FileChange {
  readonly type: DocumentType;
  readonly uri: string;
  readonly text: string;
}

export type Change =
  | FileChange
  | { readonly type: 'gone'; readonly uri: string };

/** A snapshot without any file. */
export function emptySnapshot(at: number): Snapshot {
  return { at, policies: new Map(), organizations: new Map(), guardrails: new Map(), levels: new LevelCache() };
}

/** The next snapshot. Files are told apart by URI; one URI is of one type. */
export function applyChanges(snapshot: Snapshot, at: number, changes: readonly Change[]): Snapshot {
  const policies = new Map(snapshot.policies);
  const organizations = new Map(snapshot.organizations);
  const guardrails = new Map(snapshot.guardrails);
  for (const change of changes) {
    if (change.type !== 'policy') policies.delete(change.uri);
    if (change.type !== 'organization') organizations.delete(change.uri);
    if (change.type !== 'guardrails') guardrails.delete(change.uri);
    if (change.type === 'policy') {
      if (policies.get(change.uri)?.document.text !== change.text) policies.set(change.uri, readPolicyFile(change.uri, change.text));
    } else if (change.type === 'organization') {
      if (organizations.get(change.uri)?.document.text !== change.text) {
        organizations.set(change.uri, readOrganization(change.uri, parseDocument(change.text)));
      }
    } else if (change.type === 'guardrails') {
      if (guardrails.get(change.uri)?.document.text !== change.text) guardrails.set(change.uri, readGuardrailsFile(change.uri, parseDocument(change.text)));
    }
  }
  return { at, policies, organizations, guardrails, levels: snapshot.levels };
}

/** A policy text read for merging. */
export function readPolicyFile(uri: string, text: string): PolicyFile {
  const document = parseDocument(text);
  return { uri, document, statements: readStatements(document) };
}

/** The policies of an entity in order of attachment; names that the model does not define are left out. */
export function attachedPolicies(snapshot: Snapshot, organization: Organization, entity: Entity): readonly AttachedPolicy[] {
  const attached: AttachedPolicy[] = [];
  for (const { policy } of entity.attachments) {
    const uri = organization.policies.get(policy)?.uri;
    if (uri !== undefined) attached.push({ name: policy, uri, content: snapshot.policies.get(uri)?.statements });
  }
  return attached;
}

/**
 * The effective policy of a root, OU or account: for the first two, what an account directly in it would get.
 * Merges only the levels on the path that are not known yet for the same inputs.
 * Source: inheritance rules 1 to 3.
 */
export function effectiveOf(snapshot: Snapshot, organization: Organization, entity: Entity): Effective {
  const { merged, handedDown } = memoryOf(snapshot, organization);
  const point = pointOf(entity);
  const known = point === entity ? merged.get(point) : handedDown.get(point);
  if (known !== undefined) return known;
  const level = mergedLevel(snapshot, organization, point);
  const effective: Effective = { ...level, errors: effectiveErrors(level.tree, snapshot.at) };
  const handed: Effective = { ...effective, ignored: [] };
  merged.set(point, effective);
  handedDown.set(point, handed);
  return point === entity ? effective : handed;
}

/** The same without AWS's verdict on it, for what asks for traces alone. */
export function mergedLevel(snapshot: Snapshot, organization: Organization, entity: Entity): MergedLevel {
  const point = pointOf(entity);
  const { levels } = memoryOf(snapshot, organization);
  const level = levels.get(point) ?? mergePoint(snapshot, organization, point);
  levels.set(point, level);
  return point === entity ? level : { tree: level.tree, ignored: [] };
}

function mergePoint(snapshot: Snapshot, organization: Organization, point: Entity): MergedLevel {
  const inherited = point.parent === undefined ? nothingEffective : mergedLevel(snapshot, organization, point.parent).tree;
  if (point.attachments.length === 0) return { tree: inherited, ignored: [] };
  return snapshot.levels.get(organization.uri, inherited, point, attachedPolicies(snapshot, organization, point));
}

/** The lowest entity at or above one that has policies of its own; the root where there is none. Its tree is that of the entity. */
function pointOf(entity: Entity): Entity {
  let point = entity;
  while (point.attachments.length === 0 && point.parent !== undefined) point = point.parent;
  return point;
}

/** What is worked out for one snapshot, by the entities where policies are attached: all accounts below share it. */
interface SnapshotMemory {
  readonly levels: Map<Entity, MergedLevel>;
  readonly merged: Map<Entity, Effective>;
  /** What entities below get that have no policies of their own. */
  readonly handedDown: Map<Entity, Effective>;
}

const memories = new WeakMap<Snapshot, WeakMap<Organization, SnapshotMemory>>();

function memoryOf(snapshot: Snapshot, organization: Organization): SnapshotMemory {
  const perOrganization = memories.get(snapshot) ?? new WeakMap<Organization, SnapshotMemory>();
  memories.set(snapshot, perOrganization);
  const memory = perOrganization.get(organization) ?? { levels: new Map(), merged: new Map(), handedDown: new Map() };
  perOrganization.set(organization, memory);
  return memory;
}
