import type { WireObject } from '../caller.ts';
import { AwsError, constraint, invalidInput, notFound } from './awsError.ts';
import { propagate } from './effective.ts';
import { id, optional, required, within } from './input.ts';
import type { Run } from './operation.ts';
import { pageOf } from './paging.ts';
import { nextId, pathOf, type EmbeddedState, type KeptEntity } from './state.ts';

/** Source: limits-and-errors §1 [doc]. */
const maximumUnits = 2000;
const maximumDepth = 5;

/** The ARN of a root, OU or account. */
export function arnOf(state: EmbeddedState, entityId: string): string {
  const noun = entityId === state.root.id ? 'root' : entityId.startsWith('ou-') ? 'ou' : 'account';
  return `arn:${state.partition}:organizations::${state.managementAccountId}:${noun}/${state.organizationId}/${entityId}`;
}

/** AWS's path of an entity: `o-id/r-id/ou-id/…/`. Source: organizations-api §1 [obs]. */
export function hierarchyPath(state: EmbeddedState, entityId: string): string {
  return `${[state.organizationId, ...(pathOf(state, entityId) ?? [])].join('/')}/`;
}

/** DescribeOrganization */
export const describeOrganization: Run = ({ state }) => ({
  Organization: {
    Id: state.organizationId,
    Arn: `arn:${state.partition}:organizations::${state.managementAccountId}:organization/${state.organizationId}`,
    FeatureSet: state.featureSet,
    MasterAccountId: state.managementAccountId,
    MasterAccountArn: arnOf(state, state.managementAccountId),
  },
});

/** A root as AWS describes it: a disabled type is absent. Source: organizations-api §2 [api]. */
export function rootOf(state: EmbeddedState): WireObject {
  const { root, policyType, policyTypeSettles } = state;
  const status = policyTypeSettles === undefined ? policyType : policyType === 'ENABLED' ? 'PENDING_ENABLE' : 'PENDING_DISABLE';
  return { Id: root.id, Arn: arnOf(state, root.id), Name: root.name, PolicyTypes: status === 'DISABLED' ? [] : [{ Type: 'BACKUP_POLICY', Status: status }] };
}

/** ListRoots */
export const listRoots: Run = (context, input) => pageOf('ListRoots', input, 'Roots', [rootOf(context.state)], context);

function parentOf(state: EmbeddedState, input: WireObject): string {
  const parent = id(input, 'ParentId', 'parent');
  if (parent !== state.root.id && !state.units.some((unit) => unit.id === parent)) throw notFound('Parent');
  return parent;
}

/** ListOrganizationalUnitsForParent */
export const listUnits: Run = (context, input) => {
  const { state } = context;
  const parent = parentOf(state, input);
  const units = state.units.filter((unit) => unit.parentId === parent).map((unit) => unitOf(state, unit));
  return pageOf('ListOrganizationalUnitsForParent', input, 'OrganizationalUnits', units, context);
};

function unitOf(state: EmbeddedState, unit: KeptEntity): WireObject {
  return { Id: unit.id, Arn: arnOf(state, unit.id), Name: unit.name, Path: hierarchyPath(state, unit.id) };
}

/** ListAccountsForParent */
export const listAccounts: Run = (context, input) => {
  const { state } = context;
  const parent = parentOf(state, input);
  const accounts = state.accounts.filter((account) => account.parentId === parent);
  return pageOf('ListAccountsForParent', input, 'Accounts', accounts.map((account) => accountOf(state, account)), context);
};

/** ListAccounts */
export const listAllAccounts: Run = (context, input) => {
  const { state } = context;
  const page = pageOf('ListAccounts', input, 'Accounts', state.accounts, context);
  // Paths are long to find, so only those of the page are.
  return { ...page, Accounts: (page['Accounts'] as readonly KeptEntity[]).map((account) => ({ ...accountOf(state, account), Paths: [hierarchyPath(state, account.id)] })) };
};

/** An account as AWS lists it. */
export function accountOf(state: EmbeddedState, { id: Id, name: Name }: KeptEntity): WireObject {
  return { Id, Arn: arnOf(state, Id), Name, Status: 'ACTIVE', State: 'ACTIVE', JoinedMethod: 'CREATED' };
}

/** ListChildren */
export const listChildren: Run = (context, input) => {
  const { state } = context;
  const parent = parentOf(state, input);
  const type = required(input, 'ChildType');
  if (type !== 'ACCOUNT' && type !== 'ORGANIZATIONAL_UNIT') throw invalidInput('INVALID_ENUM:CHILD_TYPE');
  const children = (type === 'ACCOUNT' ? state.accounts : state.units).filter((child) => child.parentId === parent);
  return pageOf('ListChildren', input, 'Children', children.map((child) => ({ Id: child.id, Type: type })), context);
};

/** ListParents */
export const listParents: Run = (context, input) => {
  const { state } = context;
  const childId = id(input, 'ChildId', 'child');
  const child = [...state.units, ...state.accounts].find((each) => each.id === childId);
  if (child === undefined) throw notFound('Child');
  const parent = { Id: child.parentId, Type: child.parentId === state.root.id ? 'ROOT' : 'ORGANIZATIONAL_UNIT' };
  return pageOf('ListParents', input, 'Parents', [parent], context);
};

/** CreateOrganizationalUnit */
export const createUnit: Run = ({ state }, input) => {
  const parentId = parentOf(state, input);
  const name = within(required(input, 'Name'), 'Name', 1, 128);
  if (state.units.some((unit) => unit.parentId === parentId && unit.name === name)) throw new AwsError('DuplicateOrganizationalUnit', 'An OU with the same name already exists.');
  if (state.units.length >= maximumUnits) throw constraint('OU_NUMBER_LIMIT_EXCEEDED', 'You have reached the maximum number of organizational units.');
  if ((pathOf(state, parentId)?.length ?? 0) > maximumDepth) throw constraint('OU_DEPTH_LIMIT_EXCEEDED', 'You have reached the maximum depth of organizational units.');
  const unit = { id: `ou-${state.root.id.slice(2)}-${nextId(state)}`, name, parentId };
  state.units.push(unit);
  return { OrganizationalUnit: unitOf(state, unit) };
};

/** CreateAccount: AWS takes minutes, here the account is there at once. */
export const createAccount: Run = (context, input) => {
  const { state } = context;
  const name = within(required(input, 'AccountName'), 'AccountName', 1, 50);
  optional(input, 'Email');
  const request = nextId(state);
  const accountId = String(200_000_000_000 + state.ids);
  state.accounts.push({ id: accountId, name, parentId: state.root.id });
  propagate(context, [accountId]);
  return { CreateAccountStatus: { Id: `car-${request}`, AccountName: name, AccountId: accountId, State: 'SUCCEEDED' } };
};

/** MoveAccount */
export const moveAccount: Run = (context, input) => {
  const { state } = context;
  const accountId = id(input, 'AccountId', 'account');
  const account = state.accounts.find((each) => each.id === accountId);
  if (account === undefined) throw notFound('Account');
  const destination = id(input, 'DestinationParentId', 'parent');
  if (account.parentId !== id(input, 'SourceParentId', 'parent')) throw notFound('SourceParent');
  if (pathOf(state, destination) === undefined) throw notFound('DestinationParent');
  if (destination === account.parentId) throw new AwsError('DuplicateAccount', 'That account is already present in the specified destination.');
  account.parentId = destination;
  propagate(context, [account.id]);
  return {};
};
