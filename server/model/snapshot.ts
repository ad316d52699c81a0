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
  const merged = mergedLevel(snapshot, organization, entity);
  return { ...merged, errors: effectiveErrors(merged.tree, snapshot.at) };
}

/** The same without AWS's verdict on it, for what asks for traces alone. */
export function mergedLevel(snapshot: Snapshot, organization: Organization, entity: Entity): MergedLevel {
  const inherited = entity.parent === undefined ? nothingEffective : mergedLevel(snapshot, organization, entity.parent).tree;
  if (entity.attachments.length === 0) return { tree: inherited, ignored: [] };
  const policies = attachedPolicies(snapshot, organization, entity);
  return snapshot.levels.get(organization.uri, inherited, entity, policies);
}
