import type { Place } from '../advice/effectivePlaces.ts';

/** A value of the effective policy because of which something has to exist. */
export interface Reason {
  /** Keys from the document root as they print, `plans/daily/rules/nightly/target_backup_vault_name`. */
  readonly path: readonly string[];
  readonly place: Place;
  /** The policy and where it is attached, `company at Root`. */
  readonly origin: string;
}

interface RequirementBase {
  /** Two requirements are the same thing exactly when their keys are equal. */
  readonly key: string;
  readonly reasons: readonly Reason[];
}

/** An IAM role in the account; IAM has no Regions. */
export interface RoleRequirement extends RequirementBase {
  readonly type: 'role';
  readonly partition: string;
  /** `/`, or `/service-role/`. */
  readonly path: string;
  readonly name: string;
  /** `scan` for the role of malware scans. Source: syntax §8 [doc]. */
  readonly use: 'backup' | 'scan';
  /** ARNs of vaults in other accounts that the role's jobs copy to. */
  readonly copiesTo: readonly string[];
}

/** A vault in the account itself, in one Region. */
export interface VaultRequirement extends RequirementBase {
  readonly type: 'vault';
  readonly partition: string;
  readonly region: string;
  readonly name: string;
  readonly isAirGapped: boolean;
}

/** A vault in an account that the policy names by its id: copies go there. */
export interface CentralVaultRequirement extends RequirementBase {
  readonly type: 'centralVault';
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

/** AWS Backup has to be allowed to back up the resource types in a Region. Source: common-mistakes D4 [KC]. */
export interface OptInRequirement extends RequirementBase {
  readonly type: 'optIn';
  readonly region: string;
  /** Patterns of the policy, such as `arn:aws:ec2:*:*:volume/*`, or `*`. */
  readonly resourceTypes: readonly string[];
  /** True when a selection takes resources of any type by their tags. */
  readonly isByTag: boolean;
}

/** Something that has to exist so that the jobs of an effective policy succeed, and that AWS does not create. Source: organizations-api §5.4 [doc]. */
export type Requirement = RoleRequirement | VaultRequirement | CentralVaultRequirement | OptInRequirement;

/** What an account with an effective policy needs. */
export interface Requirements {
  readonly items: readonly Requirement[];
  /** Settings that a template fills in later, or that name nothing that AWS could find: what they need is not known. */
  readonly open: readonly Reason[];
}
