import { attachmentIndex, organizationFor } from '../model/attachments.ts';
import type { Organization } from '../model/organization.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { PolicyNameView } from '../protocol.ts';
import { newPolicyName } from './attachmentPlan.ts';

/** The policies that can be attached: all of a model, or the one that a file is or would become in its nearest model. */
export function policyNames(snapshot: Snapshot, params: { readonly uri: string } | { readonly organization: string }): readonly PolicyNameView[] {
  if ('organization' in params) {
    const organization = snapshot.organizations.get(params.organization);
    return organization === undefined ? [] : [...organization.policies.keys()].map((name) => view(organization, name, true));
  }
  const organization = organizationFor(snapshot.organizations, params.uri) ?? [...snapshot.organizations.values()][0];
  if (organization === undefined) return [];
  const names = [...organization.policies.values()].filter((policy) => policy.uri === params.uri);
  if (names.length > 0) return names.map((policy) => view(organization, policy.name, true));
  return [view(organization, newPolicyName(organization, params.uri), false)];
}

function view(organization: Organization, policy: string, defined: boolean): PolicyNameView {
  const entities = defined ? (attachmentIndex(organization).entities.get(policy) ?? []) : [];
  return { organization: organization.uri, policy, defined, attachedTo: entities.map(({ key, path }) => ({ key, path })) };
}
