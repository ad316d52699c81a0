import type { Snapshot } from '../../model/snapshot.ts';
import { entitiesOf, type Entity, type Organization } from '../../model/organization.ts';
import { attachPolicy } from '../embedded/attachments.ts';
import { AwsError } from '../embedded/awsError.ts';
import { settle } from '../embedded/effective.ts';
import type { Context } from '../embedded/operation.ts';
import { createPolicy } from '../embedded/policies.ts';
import { newOrganization, nextId, type EmbeddedState } from '../embedded/state.ts';

/** What of a model an organization does not take, and why in words for the user. */
export interface LeftOut {
  readonly policy: string;
  /** Absent: the policy itself was refused, so it is attached nowhere. */
  readonly target?: string;
  readonly reason: string;
}

/** A new organization that has what a model says. */
export interface ModelledEmbedded {
  readonly state: EmbeddedState;
  readonly policies: number;
  readonly attachments: number;
  readonly leftOut: readonly LeftOut[];
}

/**
 * An embedded organization with the tree of a model, its policies created, backup policies enabled and everything
 * attached in the order of the model, as if it had been so all along. Ids of the model that AWS could have given are
 * kept. What AWS refuses is left out and told.
 * @param now epoch milliseconds UTC: schedules are judged by it.
 */
export function embeddedFromModel(snapshot: Snapshot, organization: Organization, now: number): ModelledEmbedded {
  const entities = [...entitiesOf(organization)];
  const { state, ids } = treeOf(organization, entities);
  const context: Context = { state, now, delay: () => 0, region: '', callerId: state.managementAccountId, refuseWhilePropagating: false };
  const leftOut: LeftOut[] = [];
  const made = new Map<string, string>();
  for (const { name, uri, id, description = '' } of organization.policies.values()) {
    const file = uri === undefined ? undefined : snapshot.policies.get(uri);
    const policy = file === undefined
      ? { reason: 'Its file cannot be read.' }
      : attempt(() => createPolicy(context, { Name: name, Description: description, Content: file.document.text, Type: 'BACKUP_POLICY' }));
    if (policy === undefined) made.set(name, named(state, id));
    else leftOut.push({ policy: name, reason: policy.reason });
  }
  state.policyType = 'ENABLED';
  let attachments = 0;
  for (const entity of entities) {
    for (const { policy } of entity.attachments) {
      const PolicyId = made.get(policy);
      if (PolicyId === undefined) continue;
      const refusal = attempt(() => attachPolicy(context, { PolicyId, TargetId: ids.get(entity) ?? '' }));
      if (refusal === undefined) attachments += 1;
      else leftOut.push({ policy, target: entity.path, reason: refusal.reason });
    }
  }
  settleAll(state, now);
  return { state, policies: made.size, attachments, leftOut };
}

/** Accounts have their effective policies from the start, also those that no policy reaches. */
function settleAll(state: EmbeddedState, now: number): void {
  state.propagation = { settles: now, below: [state.root.id] };
  settle(state, now);
}

function attempt(write: () => unknown): { readonly reason: string } | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return { reason: error.message };
    throw error;
  }
}

const policyId = /^p-[0-9a-zA-Z_]{8,128}$/;

/** The id of the policy that was created last: the model's if it could be AWS's and is free. */
function named(state: EmbeddedState, id: string | undefined): string {
  const last = state.policies.length - 1;
  const policy = state.policies[last];
  if (policy === undefined) throw new Error('A policy was created.');
  if (id === undefined || !policyId.test(id) || state.policies.some((each) => each.id === id)) return policy.id;
  state.policies[last] = { ...policy, id };
  return id;
}

/** The ids' forms. Source: organizations-api §1 [api]. */
const forms = { root: /^r-[0-9a-z]{4,32}$/, organizationalUnit: /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/, account: /^\d{12}$/ } as const;

interface Tree {
  readonly state: EmbeddedState;
  readonly ids: ReadonlyMap<Entity, string>;
}

/** The tree alone. The management account is one of the model where it has any, so that the tree is the model's. */
function treeOf(organization: Organization, entities: readonly Entity[]): Tree {
  const { root } = organization;
  const wanted = root?.id !== undefined && forms.root.test(root.id) ? root.id.slice(2) : undefined;
  const management = managementAccount(entities);
  const blank = newOrganization({ ...(wanted === undefined ? {} : { suffix: wanted }), ...(management?.id === undefined || !forms.account.test(management.id) ? {} : { managementAccountId: management.id }) });
  const state: EmbeddedState = { ...blank, root: { id: blank.root.id, name: root?.name ?? blank.root.name }, accounts: management === undefined ? blank.accounts : [] };
  const ids = new Map<Entity, string>();
  const taken = new Set<string>([state.root.id, ...entities.flatMap(({ id }) => id ?? [])]);
  const used = new Set<string>();
  const idOf = (entity: Entity, make: () => string): string => {
    if (entity === management) return state.managementAccountId;
    if (entity.id !== undefined && forms[entity.kind].test(entity.id) && !used.has(entity.id)) return entity.id;
    let id = make();
    while (taken.has(id)) id = make();
    return id;
  };
  for (const entity of entities) {
    if (entity.kind === 'root') {
      ids.set(entity, state.root.id);
      continue;
    }
    const parentId = (entity.parent === undefined ? undefined : ids.get(entity.parent)) ?? state.root.id;
    const unit = entity.kind === 'organizationalUnit';
    const id = idOf(entity, () => (unit ? `ou-${state.root.id.slice(2)}-${nextId(state)}` : accountId(state)));
    ids.set(entity, id);
    used.add(id);
    taken.add(id);
    (unit ? state.units : state.accounts).push({ id, name: entity.name, parentId });
  }
  return { state, ids };
}

function accountId(state: EmbeddedState): string {
  state.ids += 1;
  return String(200_000_000_000 + state.ids);
}

/** The account that says so by its name, else one directly below the root, else any. */
function managementAccount(entities: readonly Entity[]): Entity | undefined {
  const accounts = entities.filter(({ kind }) => kind === 'account');
  return accounts.find(({ name }) => /^(management|master|payer|root)\b/i.test(name)) ?? accounts.find(({ parent }) => parent?.kind === 'root') ?? accounts[0];
}
