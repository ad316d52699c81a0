import { findEntity, type Organization } from '../../model/organization.ts';
import { match } from './matching.ts';
import { attachedIds, type RemoteOrganization } from './remoteOrganization.ts';

/** What is attached to a target on both sides, one policy a line, by name: the order in AWS is not known, so neither side shows one. */
export function attachmentLists(organization: Organization, remote: RemoteOrganization, key: string): { readonly model: string; readonly aws: string } {
  const entity = findEntity(organization, key);
  const { remoteOf, nameOf } = match(organization, remote);
  const target = entity === undefined ? undefined : remoteOf.get(entity);
  const there = target === undefined ? [] : [...(attachedIds(remote).get(target.id) ?? [])];
  const names = there.map((id) => nameOf.get(id) ?? `${remote.policies.get(id)?.name ?? id} (${id}, not in the model)`);
  return { model: linesOf(entity?.attachments.map(({ policy }) => policy) ?? []), aws: linesOf(names) };
}

function linesOf(names: readonly string[]): string {
  return [...new Set(names)].sort().map((name) => `${name}\n`).join('');
}
