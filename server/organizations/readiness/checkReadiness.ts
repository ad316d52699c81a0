import type { CentralVaultRequirement, OptInRequirement, Requirement, RoleRequirement, VaultRequirement } from '../../core/readiness/requirement.ts';
import { optInVerdict } from '../../core/readiness/optIn.ts';
import { centralVaults, readinessGroups } from '../../features/readiness/readinessGroups.ts';
import type { Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ReadinessCheckView, ReadinessFinding } from '../../protocol.ts';
import { complete } from '../api.ts';
import { failureOf, OrganizationsError } from '../errors.ts';
import type { Call } from '../host.ts';
import { Refusal } from '../refusal.ts';
import type { BackupVault, ServicesApi } from '../services.ts';

/** What became of a requirement, without whose it is. */
type Finding = Pick<ReadinessFinding, 'state' | 'message'>;

/**
 * Looks in the account of the credentials whether what its effective policy needs exists. Other accounts are not
 * looked at: roles, vaults and settings are seen only with credentials of their own account.
 * @param now epoch milliseconds UTC.
 * @throws Refusal when the account is not in the model, and OrganizationsError for what keeps everything from being looked at.
 */
export async function checkReadiness(services: ServicesApi, snapshot: Snapshot, organization: Organization, now: number, call: Call): Promise<ReadinessCheckView> {
  call.report('Asking whose credentials these are …', 0);
  const { accountId } = await services.getCallerIdentity({ signal: call.signal });
  const groups = readinessGroups(snapshot, organization, undefined);
  const own = groups.find(({ accounts }) => accounts.some(({ id }) => id === accountId));
  const central = centralVaults(groups).filter(({ requirement }) => requirement.account === accountId);
  if (own === undefined && central.length === 0) {
    throw new Refusal(`The credentials are those of account ${accountId}, which ${organization.root?.name ?? 'the model'} does not have.`, 'Choose a profile of an account of this organization, or add the id of the account to the model file.');
  }
  const requirements: readonly Requirement[] = [...(own?.requirements.items.filter(({ type }) => type !== 'centralVault') ?? []), ...central.map(({ requirement }) => requirement)];
  const look = new AccountLook(services, call);
  const findings: ReadinessFinding[] = [];
  for (const [index, requirement] of requirements.entries()) {
    call.report(`Looking for ${String(index + 1)} of ${String(requirements.length)} …`, Math.round((index / requirements.length) * 100));
    findings.push({ account: accountId, item: requirement.key, ...(await look.at(requirement)) });
  }
  const others = groups.reduce((sum, { accounts }) => sum + accounts.filter(({ id }) => id !== accountId).length, 0);
  return { at: now, findings, others: othersText(accountId, others) };
}

function othersText(accountId: string, others: number): string {
  const looked = `Account ${accountId}, whose credentials are used, was looked at.`;
  if (others === 0) return looked;
  return `${looked} ${others === 1 ? '1 other account was' : `${others.toLocaleString('en-US')} other accounts were`} not: roles, vaults and opt-ins are seen only with credentials of their own account. Choose a profile of one and check again.`;
}

/** Asks for each list once; what the credentials may not see is not checked. */
class AccountLook {
  readonly #services: ServicesApi;
  readonly #call: Call;
  readonly #vaults = new Map<string, Promise<readonly BackupVault[]>>();

  constructor(services: ServicesApi, call: Call) {
    this.#services = services;
    this.#call = call;
  }

  async at(requirement: Requirement): Promise<Finding> {
    try {
      switch (requirement.type) {
        case 'role': return await this.#role(requirement);
        case 'vault':
        case 'centralVault': return await this.#vault(requirement);
        case 'optIn': return await this.#optIn(requirement);
      }
    } catch (error) {
      if (error instanceof OrganizationsError && failureOf(error)?.kind === 'accessDenied') return { state: 'notChecked', message: `${error.message} ${error.nextStep}` };
      throw error;
    }
  }

  /** Source: common-mistakes D1 [KC]: the path is a part of the ARN. */
  async #role({ name, path }: RoleRequirement): Promise<Finding> {
    const role = await this.#services.getRole(name, { signal: this.#call.signal });
    if (role === undefined) return { state: 'missing', message: `The account has no role ${name}: backups that use it fail.` };
    if (role.path !== path) return { state: 'missing', message: `The account has the role ${name} with the path ${role.path}, and the policy names ${path}: write role${role.path}${name} in the policy.` };
    return { state: 'found', message: 'The role exists.' };
  }

  async #vault(requirement: VaultRequirement | CentralVaultRequirement): Promise<Finding> {
    const { name, region } = requirement;
    const vaults = await this.#vaultsIn(region);
    const vault = vaults.find((each) => each.name === name);
    if (vault === undefined) {
      const other = vaults.find((each) => each.name.toLowerCase() === name.toLowerCase());
      return { state: 'missing', message: `${region} has no vault ${name}${other === undefined ? '' : `, but ${other.name}: letter case counts`}.` };
    }
    const isAirGapped = vault.type === 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT';
    if (requirement.type === 'vault' && requirement.isAirGapped !== isAirGapped) return { state: 'missing', message: `The vault ${name} of ${region} ${isAirGapped ? 'is' : 'is not'} logically air-gapped, and the policy needs one that ${isAirGapped ? 'is not' : 'is'}.` };
    return { state: 'found', message: requirement.type === 'centralVault' ? 'The vault exists. Whether its access policy lets the organization copy into it was not looked at.' : 'The vault exists.' };
  }

  /** The opt-in of a Region. Source: common-mistakes D4 [KC]. */
  async #optIn({ region, resourceTypes, isByTag }: OptInRequirement): Promise<Finding> {
    const preferences = await this.#services.describeRegionSettings(region, { signal: this.#call.signal });
    const { off, alsoOff, unknown } = optInVerdict(resourceTypes, isByTag, preferences);
    const also = alsoOff.length === 0 ? '' : ` Also off: ${alsoOff.join(', ')}; resources of these types are not backed up.`;
    if (off.length > 0) return { state: 'missing', message: `${region} is not opted in for ${off.join(', ')}.${also}` };
    if (unknown.length > 0) return { state: 'notChecked', message: `AWS says nothing about ${unknown.join(', ')} in ${region}.${also}` };
    return { state: 'found', message: `${region} is opted in for every type that the policy names.${also}` };
  }

  #vaultsIn(region: string): Promise<readonly BackupVault[]> {
    const known = this.#vaults.get(region);
    if (known !== undefined) return known;
    const vaults = complete(this.#services.listBackupVaults(region, { signal: this.#call.signal }));
    this.#vaults.set(region, vaults);
    return vaults;
  }
}
