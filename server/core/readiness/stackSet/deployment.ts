import { isVaultName } from '../remarks.ts';
import { placesAmong } from '../places.ts';
import type { CentralVaultRequirement, Requirement, RoleRequirement, VaultRequirement } from '../requirement.ts';

/** Accounts that need the same. */
export interface DeploymentGroup {
  /** Paths such as `Root/Workloads/shop-prod`. */
  readonly accounts: readonly string[];
  readonly requirements: readonly Requirement[];
}

/** Groups by their index, in order. */
export type GroupSet = readonly number[];

/** A role of the template. */
export interface DeployedRole {
  readonly path: string;
  readonly name: string;
  readonly uses: readonly RoleRequirement['use'][];
  readonly copiesTo: readonly string[];
  readonly groups: GroupSet;
}

/** A vault that the groups have in each of the Regions. */
export interface DeployedVault {
  readonly name: string;
  readonly isAirGapped: boolean;
  readonly regions: readonly string[];
  readonly groups: GroupSet;
}

/** Everything that one StackSet makes. */
export interface Deployment {
  /** Where the accounts that need something are: roots, OUs and accounts. */
  readonly places: readonly string[];
  /** Places of the accounts of some groups. */
  readonly placesOf: (groups: GroupSet) => readonly string[];
  readonly groups: readonly DeploymentGroup[];
  readonly regions: readonly string[];
  readonly roles: readonly DeployedRole[];
  readonly vaults: readonly DeployedVault[];
  readonly centralVaults: readonly CentralVaultRequirement[];
  /** What is needed and cannot be made, in sentences. */
  readonly leftOut: readonly string[];
}

/** What the groups need, each thing once with the groups that need it. Groups that need nothing are left out. */
export function deploymentOf(all: readonly DeploymentGroup[]): Deployment {
  const groups = all.filter(({ requirements }) => requirements.some(({ type }) => type !== 'optIn'));
  const leftOut = new Set<string>();
  const roles = deployedRoles(groups, leftOut);
  const vaults = deployedVaults(groups, leftOut);
  const central = [...needed(groups, 'centralVault').values()].map(({ requirement }) => requirement).filter((requirement) => checkName(requirement, leftOut));
  const places = placesAmong(all.flatMap(({ accounts }) => accounts));
  const placesOf = (set: GroupSet): readonly string[] => places(set.flatMap((index) => groups[index]?.accounts ?? []));
  return {
    groups,
    places: placesOf([...groups.keys()]),
    placesOf,
    regions: [...new Set([...vaults.flatMap(({ regions }) => regions), ...central.map(({ region }) => region)])].toSorted(),
    roles,
    vaults,
    centralVaults: central,
    leftOut: [...leftOut],
  };
}

function needed<Type extends Requirement['type']>(groups: readonly DeploymentGroup[], type: Type): ReadonlyMap<string, { readonly requirement: Extract<Requirement, { type: Type }>; readonly groups: readonly number[] }> {
  const found = new Map<string, { readonly requirement: Extract<Requirement, { type: Type }>; readonly groups: number[] }>();
  const isWanted = (requirement: Requirement): requirement is Extract<Requirement, { type: Type }> => requirement.type === type;
  for (const [index, { requirements }] of groups.entries()) {
    for (const requirement of requirements.filter(isWanted)) {
      const known = found.get(requirement.key);
      if (known === undefined) found.set(requirement.key, { requirement, groups: [index] });
      else known.groups.push(index);
    }
  }
  return found;
}

/** IAM takes a role name once in an account, whatever its path and letter case. */
function deployedRoles(groups: readonly DeploymentGroup[], leftOut: Set<string>): readonly DeployedRole[] {
  const roles = new Map<string, DeployedRole>();
  // What the jobs of a group copy to may differ although the role is one.
  const copies = new Map<string, Set<string>>();
  for (const requirement of groups.flatMap(({ requirements }) => requirements)) {
    if (requirement.type === 'role') copies.set(requirement.key, new Set([...(copies.get(requirement.key) ?? []), ...requirement.copiesTo]));
  }
  for (const { requirement: { key, name, path, use }, groups: needing } of needed(groups, 'role').values()) {
    if (name === 'AWSBackupDefaultServiceRole' && path !== '/service-role/') {
      leftOut.add(`Role ${path.slice(1)}${name}: the default role of AWS Backup has the path service-role/. Mend the ARN in the policy.`);
      continue;
    }
    const known = roles.get(name.toLowerCase());
    if (known !== undefined && (known.path !== path || known.name !== name)) {
      leftOut.add(`Role ${path.slice(1)}${name}: an account has one role of this name, and the policies also name ${known.path.slice(1)}${known.name}.`);
      continue;
    }
    roles.set(name.toLowerCase(), {
      path,
      name,
      uses: [...new Set([...(known?.uses ?? []), use])],
      copiesTo: [...new Set([...(known?.copiesTo ?? []), ...(copies.get(key) ?? [])])],
      groups: [...new Set([...(known?.groups ?? []), ...needing])].toSorted((one, other) => one - other),
    });
  }
  return [...roles.values()];
}

function deployedVaults(groups: readonly DeploymentGroup[], leftOut: Set<string>): readonly DeployedVault[] {
  const vaults = new Map<string, { readonly requirement: VaultRequirement; readonly regions: string[]; readonly groups: GroupSet }>();
  const plain = needed(groups, 'vault');
  for (const { requirement, groups: needing } of plain.values()) {
    if (!checkName(requirement, leftOut)) continue;
    if (requirement.isAirGapped && plain.has(`vault ${requirement.region} ${requirement.name}`)) {
      leftOut.add(`Logically air-gapped vault ${requirement.name} in ${requirement.region}: the policies also name a vault of this name there that is not air-gapped.`);
      continue;
    }
    const key = `${requirement.isAirGapped ? 'air-gapped ' : ''}${requirement.name} ${needing.join()}`;
    const known = vaults.get(key);
    if (known === undefined) vaults.set(key, { requirement, regions: [requirement.region], groups: needing });
    else known.regions.push(requirement.region);
  }
  return [...vaults.values()].map(({ requirement: { name, isAirGapped }, regions, groups: needing }) => ({ name, isAirGapped, regions: regions.toSorted(), groups: needing }));
}

function checkName({ name, region }: VaultRequirement | CentralVaultRequirement, leftOut: Set<string>): boolean {
  if (isVaultName(name)) return true;
  leftOut.add(`Vault ${name} in ${region}: AWS Backup takes only names of 2 to 50 letters, digits, hyphens and underscores.`);
  return false;
}
