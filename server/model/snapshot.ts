import { parseDocument } from '../core/document/parse.ts';
import type { Document } from '../core/document/tree.ts';
import { nothingEffective } from '../core/merge/effective.ts';
import { finished, type Steps } from '../core/steps.ts';
import type { MergedLevel } from '../core/merge/merge.ts';
import { readStatements, type StatedContainer } from '../core/merge/statements.ts';
import type { AttachedPolicy } from '../core/merge/trace.ts';
import { effectiveErrors } from '../core/validation/effectiveErrors.ts';
import { readGuardrailsFile, type GuardrailsFile } from './guardedAccounts.ts';
import { LevelCache } from './levels.ts';
import { handOnLevels, memoryOf, type Effective } from './snapshotMemory.ts';
import type { Entity, Organization } from './organization.ts';
import { readOrganization } from './readOrganization.ts';

/** A policy document, as edited or as on disk. */
export interface PolicyFile {
  readonly uri: string;
  readonly document: Document;
  readonly statements: StatedContainer | undefined;
}

export type { Effective };

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
  return finished(changeSteps(snapshot, at, changes));
}

/** The same, with a pause after each file. */
export function* changeSteps(snapshot: Snapshot, at: number, changes: readonly Change[]): Steps<Snapshot> {
  const policies = new Edited(snapshot.policies, ({ document }) => document.text, readPolicyFile);
  const organizations = new Edited(snapshot.organizations, ({ document }) => document.text, (uri, text) => readOrganization(uri, parseDocument(text)));
  const guardrails = new Edited(snapshot.guardrails, ({ document }) => document.text, (uri, text) => readGuardrailsFile(uri, parseDocument(text)));
  for (const { uri, ...change } of changes) {
    policies.take(uri, change.type === 'policy' ? change.text : undefined);
    organizations.take(uri, change.type === 'organization' ? change.text : undefined);
    guardrails.take(uri, change.type === 'guardrails' ? change.text : undefined);
    yield;
  }
  const next: Snapshot = { at, policies: policies.files, organizations: organizations.files, guardrails: guardrails.files, levels: snapshot.levels };
  handOnLevels(snapshot, next, policies.changed);
  return next;
}

/** Files of one type after some changes: the same map, and the same objects in it, as far as nothing changed. */
class Edited<File> {
  files: ReadonlyMap<string, File>;
  /** The URIs of those that are new, gone or have another text. */
  readonly changed = new Set<string>();
  readonly #textOf: (file: File) => string;
  readonly #read: (uri: string, text: string) => File;
  #own: Map<string, File> | undefined;

  constructor(files: ReadonlyMap<string, File>, textOf: (file: File) => string, read: (uri: string, text: string) => File) {
    this.files = files;
    this.#textOf = textOf;
    this.#read = read;
  }

  /** @param text undefined when there is no such file of this type. */
  take(uri: string, text: string | undefined): void {
    const known = this.files.get(uri);
    if (known === undefined ? text === undefined : this.#textOf(known) === text) return;
    this.#own ??= new Map(this.files);
    this.files = this.#own;
    this.changed.add(uri);
    if (text === undefined) this.#own.delete(uri);
    else this.#own.set(uri, this.#read(uri, text));
  }
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
  const { merged, handedDown, numbers } = memoryOf(snapshot, organization);
  const point = pointOf(entity);
  const number = numbers.get(point);
  if (number === undefined && point.attachments.length === 0) return unattached;
  const known = number === undefined ? undefined : point === entity ? merged[number] : handedDown[number];
  if (known !== undefined) return known;
  const { tree, ignored } = mergedLevel(snapshot, organization, point);
  const errors = effectiveErrors(tree, snapshot.at);
  const effective: Effective = { tree, ignored, errors };
  const handed: Effective = { tree, ignored: unattached.ignored, errors };
  if (number !== undefined) [merged[number], handedDown[number]] = [effective, handed];
  return point === entity ? effective : handed;
}

/** Where no policy is attached at any level. */
const unattached: Effective = { tree: nothingEffective, ignored: [], errors: [] };

/** The same without AWS's verdict on it, for what asks for traces alone. */
export function mergedLevel(snapshot: Snapshot, organization: Organization, entity: Entity): MergedLevel {
  const point = pointOf(entity);
  const { levels, numbers } = memoryOf(snapshot, organization);
  const number = numbers.get(point);
  if (number === undefined && point.attachments.length === 0) return unattached;
  const level = (number === undefined ? undefined : levels[number]) ?? mergePoint(snapshot, organization, point);
  // An entity of another reading of the same model has no place to be remembered at.
  if (number !== undefined) levels[number] = level;
  return point === entity ? level : { tree: level.tree, ignored: [] };
}

function mergePoint(snapshot: Snapshot, organization: Organization, point: Entity): MergedLevel {
  const inherited = point.parent === undefined ? nothingEffective : mergedLevel(snapshot, organization, point.parent).tree;
  return snapshot.levels.get(organization.uri, inherited, point, attachedPolicies(snapshot, organization, point));
}

/** The lowest entity at or above one that has policies of its own; the root where there is none. Its tree is that of the entity. */
function pointOf(entity: Entity): Entity {
  let point = entity;
  while (point.attachments.length === 0 && point.parent !== undefined) point = point.parent;
  return point;
}
