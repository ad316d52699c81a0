import { entitiesOf, type Entity } from '../../model/organization.ts';
import type { EntityFinding, EntityKind } from '../../protocol.ts';
import { counted, type Comparison } from './comparison.ts';
import { remoteBelow, type RemoteEntity } from './remoteOrganization.ts';

const kindNames: Readonly<Record<EntityKind, string>> = { root: 'root', organizationalUnit: 'OU', account: 'account' };

/** What differs between the OUs and accounts of the model and those in AWS. What lies below something added or removed goes with it. */
export function treeFindings({ organization, reading: { remote }, matching: { remoteOf, localOf } }: Comparison): readonly EntityFinding[] {
  const findings: EntityFinding[] = [];
  for (const entity of entitiesOf(organization)) {
    const other = remoteOf.get(entity);
    if (other === undefined) {
      if (entity.parent === undefined || remoteOf.has(entity.parent)) findings.push(removed(entity));
      continue;
    }
    if (entity.id !== undefined && other.name !== entity.name) findings.push(renamed(entity, other));
    if (entity.parent === undefined) continue;
    const parent = other.parent === undefined ? undefined : localOf.get(other.parent.id);
    if (parent !== entity.parent) findings.push(moved(entity, other, parent));
  }
  for (const entity of remoteBelow(remote.root)) {
    if (localOf.has(entity.id)) continue;
    if (entity.parent === undefined || localOf.has(entity.parent.id)) findings.push(added(entity, entity.parent === undefined ? undefined : localOf.get(entity.parent.id)));
  }
  return findings;
}

function added(entity: RemoteEntity, parent: Entity | undefined): EntityFinding {
  const below = [...remoteBelow(entity)].length - 1;
  return {
    kind: 'organization',
    type: 'added',
    id: `organization added ${entity.id}`,
    entityKind: entity.kind,
    path: entity.path,
    remote: remoteView(entity),
    ...(parent === undefined ? {} : { parentKey: parent.key }),
    accounts: entity.accounts,
    message: `The model lacks the ${kindNames[entity.kind]} ${entity.path} (${entity.id})${below === 0 ? '' : `, with ${below === 1 ? '1 OU or account' : `${below.toLocaleString('en-US')} OUs and accounts`} below it`}.`,
    nextStep: 'Take it into the model: until then nothing is said about what it gets.',
  };
}

function removed(entity: Entity): EntityFinding {
  return {
    kind: 'organization',
    type: 'removed',
    id: `organization removed ${entity.key}`,
    entityKind: entity.kind,
    key: entity.key,
    path: entity.path,
    accounts: entity.accounts,
    message: `AWS has no ${kindNames[entity.kind]} ${entity.path}${entity.id === undefined ? '' : ` (${entity.id})`}${entity.kind === 'account' ? '' : `; the model has ${counted(entity.accounts, 'account')} below it`}.`,
    nextStep: entity.id === undefined ? 'Without an id it is known by its name and place: correct these, or take it out of the model.' : 'Take it out of the model, or correct its id.',
  };
}

function renamed(entity: Entity, other: RemoteEntity): EntityFinding {
  return {
    ...known(entity, other),
    type: 'renamed',
    id: `organization renamed ${entity.key}`,
    message: `The ${kindNames[entity.kind]} ${entity.path} is called "${other.name}" in AWS.`,
    nextStep: 'Take AWS\'s name into the model, or rename it in AWS. Policies do not depend on it.',
  };
}

function moved(entity: Entity, other: RemoteEntity, parent: Entity | undefined): EntityFinding {
  return {
    ...known(entity, other),
    type: 'moved',
    id: `organization moved ${entity.key}`,
    ...(parent === undefined ? {} : { parentKey: parent.key }),
    message: `The ${kindNames[entity.kind]} ${entity.path} is at ${other.path} in AWS, where it inherits other policies.`,
    nextStep: parent === undefined ? 'Take its new parent into the model first.' : 'Take AWS\'s place into the model, or move it back in AWS.',
  };
}

function known(entity: Entity, other: RemoteEntity): Pick<EntityFinding, 'kind' | 'entityKind' | 'key' | 'path' | 'remote' | 'accounts'> {
  return { kind: 'organization', entityKind: entity.kind, key: entity.key, path: entity.path, remote: remoteView(other), accounts: entity.accounts };
}

function remoteView({ id, name, path }: RemoteEntity): NonNullable<EntityFinding['remote']> {
  return { id, name, path };
}
