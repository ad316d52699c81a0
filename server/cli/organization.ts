import { fileURLToPath } from 'node:url';
import { findEntity, type Entity, type Organization } from '../model/organization.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../model/snapshot.ts';
import { InputError, readText, uriOf } from './input.ts';

/** A model file with every policy that it names, as on disk. */
export interface LoadedOrganization {
  readonly snapshot: Snapshot;
  readonly organization: Organization;
  /** URIs of policy files that could not be read. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Reads a model file and its policies.
 * @param at epoch milliseconds UTC.
 * @throws InputError when the model cannot be read or has no root.
 */
export function loadOrganization(file: string, at: number): LoadedOrganization {
  const uri = uriOf(file);
  const modelled = applyChanges(emptySnapshot(at), at, [{ type: 'organization', uri, text: readText(file) }]);
  const organization = modelled.organizations.get(uri);
  if (organization?.root === undefined) throw new InputError(`${file} does not describe an organization: it has no "root".`);
  const missing = new Set<string>();
  const texts = new Map<string, string>();
  for (const policy of organization.policies.values()) {
    if (policy.uri === undefined) continue;
    try {
      texts.set(policy.uri, readText(fileURLToPath(policy.uri)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      missing.add(policy.uri);
    }
  }
  const snapshot = applyChanges(modelled, at, [...texts].map(([policyUri, text]) => ({ type: 'policy' as const, uri: policyUri, text })));
  return { snapshot, organization, missing };
}

/**
 * The root, OU or account that `--target` names by id or path.
 * @throws InputError when there is none.
 */
export function requireTarget(organization: Organization, target: string): Entity {
  const entity = findEntity(organization, target);
  if (entity !== undefined) return entity;
  throw new InputError(`The organization has no root, OU or account "${target}". Name it by id or by its path, such as ${[...organization.byPath.keys()].at(-1) ?? 'Root'}.`);
}
