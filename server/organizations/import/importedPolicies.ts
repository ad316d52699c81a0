import type { ModelledPolicy, Organization } from '../../model/organization.ts';
import { FileNames } from './fileNames.ts';
import { withIdOf } from './importedTree.ts';
import type { LastImport, LastPolicy } from './lastImport.ts';
import type { RemotePolicy } from './remoteOrganization.ts';

/** A policy as it is in AWS, with its place in the model. */
export interface ImportedPolicy {
  /** AWS's id, whatever the model shows. */
  readonly key: string;
  /** As the model shows them. */
  readonly name: string;
  readonly description: string;
  readonly content: string;
  /** Under which the model is to know it. */
  readonly modelName: string;
  /** Relative to the model. */
  readonly file: string;
  readonly targets: readonly string[];
  /** The policy of the model that it is. */
  readonly old: ModelledPolicy | undefined;
  /** What AWS had at the last import. */
  readonly last: LastPolicy | undefined;
}

/** A policy of AWS and of the model. */
export interface MatchedPolicy {
  readonly remote: RemotePolicy;
  readonly old: ModelledPolicy | undefined;
}

/** Finds each policy of AWS in the model, by its id, else by its name. */
export function matchPolicies(policies: readonly RemotePolicy[], organization: Organization | undefined, last: LastImport): readonly MatchedPolicy[] {
  const known = [...(organization?.policies.values() ?? [])];
  const byId = new Map(known.flatMap((policy) => (policy.id === undefined ? [] : [[policy.id, policy] as const])));
  const taken = new Set<ModelledPolicy>();
  const take = (policy: ModelledPolicy | undefined): ModelledPolicy | undefined => {
    if (policy === undefined || taken.has(policy)) return undefined;
    taken.add(policy);
    return policy;
  };
  const found = new Map(policies.map((remote) => [remote, take(withIdOf(remote.id, byId, last))]));
  return policies.map((remote) => ({ remote, old: found.get(remote) ?? take(organization?.policies.get(remote.name)) }));
}

/** What becomes of the policies that only the model has. */
export interface OnlyInModel {
  /** AWS had them, and has them no more. */
  readonly removed: readonly ModelledPolicy[];
  /** AWS has never had them: they stay as they are. */
  readonly kept: readonly ModelledPolicy[];
}

/** Tells policies that were deleted in AWS from those that were never there: these have no id, and no import has seen them. */
export function onlyInModel(matched: readonly MatchedPolicy[], organization: Organization | undefined, last: LastImport): OnlyInModel {
  const found = new Set(matched.map(({ old }) => old));
  const seen = new Set(Object.values(last.policies).map(({ name }) => name));
  const others = [...(organization?.policies.values() ?? [])].filter((policy) => !found.has(policy));
  const isRemoved = ({ id, name }: ModelledPolicy): boolean => id !== undefined || seen.has(name);
  return { removed: others.filter(isRemoved), kept: others.filter((policy) => !isRemoved(policy)) };
}

/** The policies as the model is to have them, in AWS's order. `existing`: relative paths of files that must not be overwritten. */
export function importedPolicies(matched: readonly MatchedPolicy[], kept: readonly ModelledPolicy[], last: LastImport, shown: (text: string) => string, existing: readonly string[]): readonly ImportedPolicy[] {
  const named = matched.map((match) => ({ ...match, name: shown(match.remote.name === '' ? match.remote.id : match.remote.name), last: Object.hasOwn(last.policies, match.remote.id) ? last.policies[match.remote.id] : undefined }));
  const names = modelNames(named, kept);
  const files = new FileNames([...existing, ...kept.map(({ file }) => file), ...matched.flatMap(({ old }) => old?.file ?? [])]);
  return named.map(({ remote, old, name, last: before }) => ({
    key: remote.id,
    name,
    description: shown(remote.description),
    content: shown(remote.content),
    modelName: names.get(remote.id) ?? name,
    file: old?.file ?? files.next(name),
    targets: remote.targets,
    old,
    last: before,
  }));
}

interface Named extends MatchedPolicy {
  readonly name: string;
  readonly last: LastPolicy | undefined;
}

/** An author's own name stays until AWS has another one than at the last import; a name that is taken is numbered. */
function modelNames(policies: readonly Named[], kept: readonly ModelledPolicy[]): ReadonlyMap<string, string> {
  const taken = new Set(kept.map(({ name }) => name));
  const names = new Map<string, string>();
  const give = ({ remote }: Named, name: string): void => {
    taken.add(name);
    names.set(remote.id, name);
  };
  const isAuthors = ({ name, old, last }: Named): boolean => old !== undefined && (old.name === name || last?.name === name);
  for (const policy of policies) if (policy.old !== undefined && isAuthors(policy)) give(policy, policy.old.name);
  for (const policy of policies) {
    if (names.has(policy.remote.id)) continue;
    let name = policy.name;
    for (let number = 2; taken.has(name); number++) name = `${policy.name} (${String(number)})`;
    give(policy, name);
  }
  return names;
}
