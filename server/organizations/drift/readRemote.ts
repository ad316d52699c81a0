import { complete, type OrganizationsApi } from '../api.ts';
import type { Call } from '../host.ts';
import { Refusal } from '../refusal.ts';
import type { RemoteEntity, RemoteOrganization, RemotePolicy } from './remoteOrganization.ts';

/**
 * Reads the tree, the backup policies and what they are attached to. Takes two lists for the root and each OU, one
 * for each policy, and the content of each policy that is wanted or attached.
 * @param wanted whether the content of a policy is needed although it is attached to nothing.
 */
export async function readRemote(api: OrganizationsApi, wanted: (policy: { readonly id: string; readonly name: string }) => boolean, call: Call): Promise<RemoteOrganization> {
  const { signal } = call;
  const { id, managementAccountId } = await api.describeOrganization({ signal });
  const [top] = await api.listRoots({ signal });
  if (top === undefined) throw new Refusal('AWS lists no root of the organization.', 'Check the endpoint: AWS always lists one.');
  const entities = new Map<string, RemoteEntity>();
  const read = async (kind: RemoteEntity['kind'], { id: entityId, name }: { readonly id: string; readonly name: string }, parent: RemoteEntity | undefined): Promise<RemoteEntity> => {
    const children: RemoteEntity[] = [];
    const entity: { -readonly [Key in keyof RemoteEntity]: RemoteEntity[Key] } = { kind, id: entityId, name, path: parent === undefined ? name : `${parent.path}/${name}`, parent, children, accounts: kind === 'account' ? 1 : 0 };
    entities.set(entityId, entity);
    if (kind === 'account') return entity;
    call.report(`Reading ${entity.path}, ${String(entities.size)} roots, OUs and accounts so far`);
    for (const unit of await complete(api.listOrganizationalUnitsForParent(entityId, { signal }))) children.push(await read('organizationalUnit', unit, entity));
    for (const account of await complete(api.listAccountsForParent(entityId, { signal }))) children.push(await read('account', account, entity));
    entity.accounts = children.reduce((sum, child) => sum + child.accounts, 0);
    return entity;
  };
  const root = await read('root', top, undefined);
  const policies = new Map<string, RemotePolicy>();
  const summaries = await complete(api.listPolicies({ signal }));
  for (const [index, { id: policyId, name, description }] of summaries.entries()) {
    call.report(`Reading policy ${String(index + 1)} of ${String(summaries.length)}, ${name}`, (100 * index) / summaries.length);
    const targets = (await complete(api.listTargetsForPolicy(policyId, { signal }))).map((target) => target.id);
    const content = targets.length > 0 || wanted({ id: policyId, name }) ? (await api.describePolicy(policyId, { signal })).content : undefined;
    policies.set(policyId, { id: policyId, name, description, content, targets });
  }
  return { id, managementAccountId, root, backupPolicies: top.backupPolicies, entities, policies };
}
