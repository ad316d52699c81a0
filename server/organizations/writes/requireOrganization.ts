import type { OrganizationsApi } from '../api.ts';
import type { Call } from '../host.ts';
import { Refusal } from '../refusal.ts';

/**
 * Asks AWS whether this is the organization that something was prepared for: the same profile can lead to another one
 * after another login. Throws a `Refusal` where it is not.
 */
export async function requireOrganization(api: OrganizationsApi, organizationId: string, { signal }: Pick<Call, 'signal'>): Promise<void> {
  const { id } = await api.describeOrganization({ signal });
  if (id !== organizationId) throw new Refusal(`The connection leads to organization ${id} now, and this was prepared for ${organizationId}. Nothing was changed.`, 'Choose the profile of that organization, or start again.');
}
