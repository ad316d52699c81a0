import { below, entitiesOf, type Entity, type Organization } from '../model/organization.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { AccountHealth, FilteredOrganizations, OrganizationFilter } from '../protocol.ts';
import { organizationHealth } from './accountHealth.ts';
import { failingGuardrails } from './guardrails/guardrailResults.ts';

/**
 * What of all organizations a filter leaves: what fits it, with the way to it. An OU that fits a text comes with
 * everything below it.
 */
export function filteredOrganizations(snapshot: Snapshot, filter: OrganizationFilter): FilteredOrganizations {
  let [accounts, matching] = [0, 0];
  const organizations = [...snapshot.organizations.values()].map((organization) => {
    const shown = new Set<Entity>();
    for (const entity of fitting(snapshot, organization, filter)) {
      for (const each of filter.type === 'text' ? below(entity) : [entity]) shown.add(each);
      for (let each: Entity | undefined = entity.parent; each !== undefined && !shown.has(each); each = each.parent) shown.add(each);
    }
    accounts += organization.root?.accounts ?? 0;
    for (const { kind } of shown) if (kind === 'account') matching++;
    return { uri: organization.uri, keys: [...shown].map(({ key }) => key) };
  });
  return { organizations, accounts, matching };
}

function fitting(snapshot: Snapshot, organization: Organization, filter: OrganizationFilter): readonly Entity[] {
  if (filter.type === 'health') {
    const wanted: ReadonlySet<AccountHealth> = new Set(filter.health);
    return [...organizationHealth(snapshot, organization).accounts].flatMap(([account, health]) => (wanted.has(health) ? [account] : []));
  }
  if (filter.type === 'guardrails') return [...entitiesOf(organization)].filter((entity) => entity.kind === 'account' && failingGuardrails(snapshot, organization, entity).length > 0);
  const text = filter.text.toLowerCase();
  const fits = (part: string | undefined): boolean => part?.toLowerCase().includes(text) === true;
  return [...entitiesOf(organization)].filter(({ name, id, path }) => fits(name) || fits(id) || (text.includes('/') && fits(path)));
}
