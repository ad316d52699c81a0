import { URI, Utils } from 'vscode-uri';
import { placesAmong } from '../../core/readiness/places.ts';
import { remarkOn } from '../../core/readiness/remarks.ts';
import type { Reason, Requirement } from '../../core/readiness/requirement.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { OrganizationReadinessView, ReadinessAccountView, ReadinessGroupView, ReadinessItemView, ReadinessReasonView, ReadinessType } from '../../protocol.ts';
import { viewLocation } from '../viewLocation.ts';
import { centralVaults, readinessGroups, type CentralVault, type ReadinessGroup } from './readinessGroups.ts';
import { resourceTypeNames } from './resourceTypeNames.ts';

/** What has to exist in the accounts of every model before backups can succeed. */
export function readiness(snapshot: Snapshot): readonly OrganizationReadinessView[] {
  return [...snapshot.organizations.values()].map((organization) => organizationReadiness(snapshot, organization));
}

/** The checklist of one model. @param target only the accounts at or below it, and the vaults that those copy to. */
export function organizationReadiness(snapshot: Snapshot, organization: Organization, target?: Entity): OrganizationReadinessView {
  const groups = readinessGroups(snapshot, organization, target);
  const central = centralVaults(groups);
  const top = target ?? organization.root;
  return {
    uri: organization.uri,
    name: top?.name ?? Utils.basename(URI.parse(organization.uri)),
    accounts: top?.accounts ?? 0,
    withoutNeeds: groups.reduce((sum, group) => (needsNothing(group) ? sum + group.accounts.length : sum), 0),
    groups: [...centralGroups(snapshot, organization, central), ...accountGroups(snapshot, organization, groups)],
  };
}

function needsNothing({ requirements }: ReadinessGroup): boolean {
  return requirements.items.length === 0 && requirements.open.length === 0;
}

function centralGroups(snapshot: Snapshot, organization: Organization, vaults: readonly CentralVault[]): readonly ReadinessGroupView[] {
  const ids = [...new Set(vaults.map(({ requirement }) => requirement.account))];
  return ids.map((id): ReadinessGroupView => {
    const here = vaults.filter(({ requirement }) => requirement.account === id);
    const entity = organization.byId.get(id);
    const account = entity === undefined ? { name: id, path: id, id } : accountView(organization, entity);
    return {
      key: `central ${id}`,
      type: 'central',
      accounts: [account],
      places: [account.path],
      copiedFrom: here.reduce((most, { copiedFrom }) => Math.max(most, copiedFrom), 0),
      isInvalid: false,
      items: here.map(({ requirement }) => itemView(snapshot, requirement)),
      open: [],
    };
  });
}

/** Accounts whose policies differ and need the same for the same reasons stand together. */
function accountGroups(snapshot: Snapshot, organization: Organization, groups: readonly ReadinessGroup[]): readonly ReadinessGroupView[] {
  const merged = new Map<string, { readonly group: Omit<ReadinessGroupView, 'accounts' | 'places'>; readonly accounts: ReadinessAccountView[] }>();
  for (const group of groups) {
    if (needsNothing(group)) continue;
    const { items, open } = group.requirements;
    const contents = {
      items: items.filter(({ type }) => type !== 'centralVault').map((item) => itemView(snapshot, item)),
      open: open.map((reason) => reasonView(snapshot, reason)),
    };
    const same = JSON.stringify([group.isInvalid, contents]);
    const known = merged.get(same);
    const accounts = group.accounts.map((account) => accountView(organization, account));
    if (known === undefined) merged.set(same, { group: { key: `accounts ${group.accounts[0]?.key ?? ''}`, type: 'accounts', copiedFrom: 0, isInvalid: group.isInvalid, ...contents }, accounts });
    else known.accounts.push(...accounts);
  }
  const places = placesAmong(groups.flatMap(({ accounts }) => accounts.map(({ path }) => path)));
  return [...merged.values()].map(({ group, accounts }) => ({ ...group, accounts, places: places(accounts.map(({ path }) => path)) }));
}

function accountView(organization: Organization, { key, name, path, id }: Entity): ReadinessAccountView {
  return { name, path, target: { organization: organization.uri, key }, ...(id === undefined ? {} : { id }) };
}

function reasonView(snapshot: Snapshot, { path, place, origin }: Reason): ReadinessReasonView {
  const location = viewLocation(snapshot, place.uri, place.span);
  return { setting: path.join('/'), origin, ...(location === undefined ? {} : { location }) };
}

function itemView(snapshot: Snapshot, requirement: Requirement): ReadinessItemView {
  const remark = remarkOn(requirement);
  return {
    key: requirement.key,
    ...factsOf(requirement),
    ...(remark === undefined ? {} : { remark }),
    reasons: requirement.reasons.map((reason) => reasonView(snapshot, reason)),
  };
}

interface Facts {
  readonly type: ReadinessType;
  readonly name: string;
  readonly region?: string;
  readonly arn: string;
  readonly text: string;
}

function factsOf(requirement: Requirement): Facts {
  switch (requirement.type) {
    case 'role': {
      const name = `${requirement.path.slice(1)}${requirement.name}`;
      return { type: 'role', name, arn: `arn:${requirement.partition}:iam::$account:role/${name}`, text: `${requirement.use === 'scan' ? 'Role for malware scans' : 'Role'} ${name}` };
    }
    case 'vault': {
      const { region, name, partition, isAirGapped } = requirement;
      return { type: isAirGapped ? 'airGappedVault' : 'vault', name, region, arn: `arn:${partition}:backup:${region}:$account:backup-vault:${name}`, text: `${isAirGapped ? 'Logically air-gapped vault' : 'Vault'} ${name} in ${region}` };
    }
    case 'centralVault': {
      const { region, name, partition, account } = requirement;
      return { type: 'centralVault', name, region, arn: `arn:${partition}:backup:${region}:${account}:backup-vault:${name}`, text: `Vault ${name} in ${region}, with an access policy that lets the organization copy into it` };
    }
    case 'optIn': {
      const names = resourceTypeNames(requirement);
      return { type: 'optIn', name: 'Service opt-in', region: requirement.region, arn: '', text: `Service opt-in in ${requirement.region} for ${names}` };
    }
  }
}
