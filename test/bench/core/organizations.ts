import type { EffectiveContainer } from '../../../server/core/merge/effective.ts';
import { mergePath } from '../../../server/core/merge/merge.ts';
import { effectiveErrors } from '../../../server/core/validation/effectiveErrors.ts';
import type { EffectiveError } from '../../../server/core/validation/effectiveError.ts';
import { LevelCache } from '../../../server/model/levels.ts';
import { entitiesOf, pathTo, type Entity, type Organization } from '../../../server/model/organization.ts';
import { applyChanges, attachedPolicies, effectiveOf, emptySnapshot, mergedLevel, type FileChange, type Snapshot } from '../../../server/model/snapshot.ts';
import { modelUri, organizationOf } from '../organization.ts';

/** When schedules are judged: epoch milliseconds UTC. */
export const at = Date.UTC(2026, 0, 1);

/** A generated organization, read, with nothing merged yet. */
export interface Generated {
  readonly files: readonly FileChange[];
  readonly snapshot: Snapshot;
  readonly organization: Organization;
  readonly accounts: readonly Entity[];
}

/** Generates and reads an organization. */
export function generate(size: number): Generated {
  const files = organizationOf(size);
  const snapshot = applyChanges(emptySnapshot(at), at, files);
  const organization = snapshot.organizations.get(modelUri);
  if (organization === undefined) throw new Error('The model was not read.');
  const accounts = [...entitiesOf(organization)].filter(({ kind }) => kind === 'account');
  if (accounts.length !== size) throw new Error(`${String(accounts.length)} accounts instead of ${String(size)}.`);
  return { files, snapshot, organization, accounts };
}

/** The same files in a snapshot that has merged nothing. */
export function forgetting(snapshot: Snapshot): Snapshot {
  return { ...snapshot, levels: new LevelCache() };
}

/** Ours: from the snapshot, which shares. */
export function sharedly(snapshot: Snapshot, organization: Organization, accounts: readonly Entity[]): readonly EffectiveContainer[] {
  return accounts.map((account) => mergedLevel(snapshot, organization, account).tree);
}

/** Naive: each account from scratch, along its path from the root, with the same merge. The texts are read once. */
export function naively(snapshot: Snapshot, organization: Organization, accounts: readonly Entity[]): readonly EffectiveContainer[] {
  return accounts.map((account) => mergePath(pathTo(account).map((entity) => ({ level: entity, policies: attachedPolicies(snapshot, organization, entity) }))));
}

/** Ours, with what AWS finds wrong with each policy. */
export function sharedlyJudged(snapshot: Snapshot, organization: Organization, accounts: readonly Entity[]): readonly (readonly EffectiveError[])[] {
  return accounts.map((account) => effectiveOf(snapshot, organization, account).errors);
}

/** Naive, with what AWS finds wrong with each policy. */
export function naivelyJudged(snapshot: Snapshot, organization: Organization, accounts: readonly Entity[]): readonly (readonly EffectiveError[])[] {
  return naively(snapshot, organization, accounts).map((tree) => effectiveErrors(tree, snapshot.at));
}

/** Every n-th account, about so many. */
export function sampleOf(accounts: readonly Entity[], count: number): readonly Entity[] {
  const step = Math.max(1, Math.floor(accounts.length / count));
  return accounts.filter((_, index) => index % step === 0);
}
