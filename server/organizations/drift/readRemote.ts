import type { OrganizationsApi } from '../api.ts';
import type { Clock } from '../clock.ts';
import type { Call } from '../host.ts';
import { readOrganization } from '../import/reading.ts';
import type { ReadingLog } from '../import/readingLog.ts';
import type { RemoteEntity, RemoteOrganization } from './remoteOrganization.ts';

/** A comparison is about the organization as it is now: nothing of an earlier reading is used. */
const noLog: ReadingLog = { load: () => Promise.resolve([]), append: () => Promise.resolve(), remove: () => Promise.resolve() };

/** Reads tree, policies and attachments as an import does, and puts the tree together. */
export async function readRemote(api: OrganizationsApi, clock: Pick<Clock, 'now' | 'sleep'>, call: Call): Promise<Omit<RemoteOrganization, 'backupPolicies'>> {
  const read = await readOrganization(api, { log: noLog, clock, resume: false, signal: call.signal, report: (message, percent) => { call.report(message, percent); } });
  const entities = new Map<string, RemoteEntity>();
  const below = childrenByParent([...read.units.map((unit) => ({ ...unit, kind: 'organizationalUnit' as const })), ...read.accounts.map((account) => ({ ...account, kind: 'account' as const }))]);
  const make = (kind: RemoteEntity['kind'], { id, name }: { readonly id: string; readonly name: string }, parent: RemoteEntity | undefined): RemoteEntity => {
    const children: RemoteEntity[] = [];
    const entity: { -readonly [Key in keyof RemoteEntity]: RemoteEntity[Key] } = { kind, id, name, path: parent === undefined ? name : `${parent.path}/${name}`, parent, children, accounts: kind === 'account' ? 1 : 0 };
    entities.set(id, entity);
    for (const child of below.get(id) ?? []) children.push(make(child.kind, child, entity));
    if (kind !== 'account') entity.accounts = children.reduce((sum, child) => sum + child.accounts, 0);
    return entity;
  };
  const root = make('root', read.root, undefined);
  const policies = new Map(read.policies.map((policy) => [policy.id, policy]));
  return { id: read.id, managementAccountId: read.managementAccountId, root, entities, policies };
}

interface Child {
  readonly kind: 'organizationalUnit' | 'account';
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

function childrenByParent(children: readonly Child[]): ReadonlyMap<string, readonly Child[]> {
  const byParent = new Map<string, Child[]>();
  for (const child of children) {
    const list = byParent.get(child.parentId);
    if (list === undefined) byParent.set(child.parentId, [child]);
    else list.push(child);
  }
  return byParent;
}
