import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageText } from '../core/messageText.ts';
import { attachmentProblems } from '../features/attachmentProblem.ts';
import { entitiesOf, findEntity, pathTo, type Entity, type Organization } from '../model/organization.ts';
import { applyChanges, emptySnapshot, type Change, type FileChange, type Snapshot } from '../model/snapshot.ts';
import { readText, uriOf } from './input.ts';
import { InputError } from './inputError.ts';

/** Files as on disk, with every policy that their models name. */
export interface LoadedFiles {
  readonly snapshot: Snapshot;
  /** URIs of policy files that a model names and that cannot be read. */
  readonly missing: ReadonlySet<string>;
}

/** A model file with every policy that it names. */
export interface LoadedOrganization extends LoadedFiles {
  readonly organization: Organization;
}

/**
 * Takes texts of policies and models, and reads the policies that the models name. A policy that a link leads to
 * outside of the model's folder is not read.
 * @param at epoch milliseconds UTC.
 */
export function loadFiles(files: readonly FileChange[], at: number): LoadedFiles {
  const given = applyChanges(emptySnapshot(at), at, files);
  const missing = new Set<string>();
  const named: Change[] = [];
  for (const organization of given.organizations.values()) {
    const folder = path.dirname(fileURLToPath(organization.uri));
    for (const { uri } of organization.policies.values()) {
      if (uri === undefined || given.policies.has(uri)) continue;
      const text = textWithin(folder, fileURLToPath(uri));
      if (text === undefined) missing.add(uri);
      else named.push({ type: 'policy', uri, text });
    }
  }
  return { snapshot: applyChanges(given, at, named), missing };
}

/** The text of a file, undefined where it cannot be read or a link leads out of the folder. */
export function textWithin(folder: string, file: string): string | undefined {
  try {
    const inside = path.relative(realpathSync(folder), realpathSync(file));
    return inside.startsWith('..') || path.isAbsolute(inside) ? undefined : readText(file);
  } catch {
    return undefined;
  }
}

/**
 * Reads a model file and its policies.
 * @param at epoch milliseconds UTC.
 * @throws InputError when the model cannot be read or has no root.
 */
export function loadOrganization(file: string, at: number): LoadedOrganization {
  const uri = uriOf(file);
  const { snapshot, missing } = loadFiles([{ type: 'organization', uri, text: readText(file) }], at);
  return { snapshot, missing, organization: requireRoot(file, snapshot.organizations.get(uri)) };
}

/**
 * A model that has a root.
 * @throws InputError when it has none.
 */
export function requireRoot(file: string, organization: Organization | undefined): Organization {
  if (organization?.root === undefined) throw new InputError(`${file} does not describe an organization: it has no "root".`);
  return organization;
}

/**
 * What is missing of effective policies because policies that are attached cannot be read, or not to their end.
 * @param target only what is attached on the path to it; without it all of the model.
 */
export function unreadPolicies({ snapshot, organization }: LoadedOrganization, target?: Entity): readonly string[] {
  const entities = target === undefined ? [...entitiesOf(organization)] : pathTo(target);
  return [...new Set(entities.flatMap((entity) => attachmentProblems(snapshot, organization, entity)).map(({ sentence }) => messageText(`${sentence} What is printed rests on the other policies.`)))];
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
