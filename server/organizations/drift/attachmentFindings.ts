import { entitiesOf, type Entity } from '../../model/organization.ts';
import type { AttachmentFinding } from '../../protocol/drift.ts';
import type { Comparison } from './comparison.ts';
import { attachedIds, type RemoteEntity } from './remoteOrganization.ts';
import type { RemotePolicy } from '../import/remoteOrganization.ts';

/** Which policies are attached in one of the two alone, at the targets that both have. The order of attachment is not compared: AWS does not tell it. */
export function attachmentFindings({ organization, reading: { remote }, matching: { remoteOf, policyOf, nameOf } }: Comparison): readonly AttachmentFinding[] {
  const attached = attachedIds(remote);
  const findings: AttachmentFinding[] = [];
  for (const entity of entitiesOf(organization)) {
    const target = remoteOf.get(entity);
    if (target === undefined) continue;
    const there = attached.get(target.id) ?? nothing;
    const names = new Set(entity.attachments.map(({ policy }) => policy));
    for (const name of names) {
      // A name that the model does not define is a problem of the model file, not of AWS.
      const policy = policyOf.get(name);
      if (organization.policies.has(name) && (policy === undefined || !there.has(policy.id))) findings.push(missing(entity, target, name, policy));
    }
    for (const id of there) {
      const name = nameOf.get(id);
      const policy = remote.policies.get(id);
      if (policy !== undefined && (name === undefined || !names.has(name))) findings.push(surplus(entity, target, name, policy));
    }
  }
  return findings;
}

const nothing: ReadonlySet<string> = new Set();

function missing(entity: Entity, target: RemoteEntity, name: string, policy: RemotePolicy | undefined): AttachmentFinding {
  return {
    kind: 'attachment',
    type: 'missing',
    id: `attachment missing ${name} ${target.id}`,
    policy: name,
    ...(policy === undefined ? {} : { policyId: policy.id }),
    modelled: true,
    target: { key: entity.key, id: target.id, path: entity.path },
    message: `"${name}" is attached to ${entity.path} in the model, and not in AWS.`,
    nextStep: policy === undefined ? 'Push the policy first: AWS does not have it. Or detach it in the model.' : 'Attach it in AWS, or take AWS\'s side to detach it in the model.',
  };
}

function surplus(entity: Entity, target: RemoteEntity, name: string | undefined, policy: RemotePolicy): AttachmentFinding {
  return {
    kind: 'attachment',
    type: 'surplus',
    id: `attachment surplus ${policy.id} ${target.id}`,
    policy: name ?? policy.name,
    policyId: policy.id,
    modelled: name !== undefined,
    target: { key: entity.key, id: target.id, path: entity.path },
    message: `"${name ?? policy.name}" is attached to ${entity.path} in AWS, and not in the model.`,
    nextStep: name === undefined ? 'Take the policy into the model first, or detach it in AWS.' : 'Detach it in AWS, or take AWS\'s side to attach it in the model, behind the others: AWS does not tell the order.',
  };
}
