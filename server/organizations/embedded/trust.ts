import type { WireObject } from '../caller.ts';
import { AwsError, constraint, notFound } from './awsError.ts';
import { id, optional, required, within } from './input.ts';
import type { Run } from './operation.ts';
import { pageOf } from './paging.ts';
import { accountOf } from './tree.ts';

function principalOf(input: WireObject): string {
  return within(required(input, 'ServicePrincipal'), 'ServicePrincipal', 1, 128);
}

/** ListAWSServiceAccessForOrganization */
export const listTrustedServices: Run = (context, input) => {
  const services = Object.entries(context.state.trustedServices ?? {}).map(([ServicePrincipal, since]) => ({ ServicePrincipal, DateEnabled: since / 1000 }));
  return pageOf('ListAWSServiceAccessForOrganization', input, 'EnabledServicePrincipals', services, context);
};

/** EnableAWSServiceAccess: once more changes nothing. */
export const enableTrustedService: Run = ({ state, now }, input) => {
  const principal = principalOf(input);
  state.trustedServices = { [principal]: now, ...state.trustedServices };
  return {};
};

/** DisableAWSServiceAccess: registrations of delegated administrators stay. */
export const disableTrustedService: Run = ({ state }, input) => {
  const principal = principalOf(input);
  state.trustedServices = Object.fromEntries(Object.entries(state.trustedServices ?? {}).filter(([each]) => each !== principal));
  return {};
};

/** ListDelegatedAdministrators: of one service, or of all. */
export const listAdministrators: Run = (context, input) => {
  const { state } = context;
  const principal = optional(input, 'ServicePrincipal');
  const chosen = (state.delegatedAdministrators ?? []).filter((each) => principal === undefined || each.servicePrincipal === principal);
  const accounts = chosen.flatMap(({ accountId, since }) => {
    const account = state.accounts.find((each) => each.id === accountId);
    return account === undefined ? [] : [{ ...accountOf(state, account), DelegationEnabledDate: since / 1000 }];
  });
  return pageOf('ListDelegatedAdministrators', input, 'DelegatedAdministrators', accounts, context);
};

/** RegisterDelegatedAdministrator: a member account, of a service with trusted access. */
export const registerAdministrator: Run = ({ state, now }, input) => {
  const accountId = id(input, 'AccountId', 'account');
  const servicePrincipal = principalOf(input);
  if (!state.accounts.some((account) => account.id === accountId)) throw notFound('Account');
  if (accountId === state.managementAccountId) throw constraint('CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR', 'You cannot register the management account as a delegated administrator.');
  if (!Object.hasOwn(state.trustedServices ?? {}, servicePrincipal)) throw constraint('SERVICE_ACCESS_NOT_ENABLED', 'You must enable trusted access for the service first.');
  const known = state.delegatedAdministrators ?? [];
  if (known.some((each) => each.accountId === accountId && each.servicePrincipal === servicePrincipal)) throw new AwsError('AccountAlreadyRegistered', 'The specified account is already a delegated administrator for this AWS service.');
  state.delegatedAdministrators = [...known, { accountId, servicePrincipal, since: now }];
  return {};
};

/** DeregisterDelegatedAdministrator */
export const deregisterAdministrator: Run = ({ state }, input) => {
  const accountId = id(input, 'AccountId', 'account');
  const servicePrincipal = principalOf(input);
  if (!state.accounts.some((account) => account.id === accountId)) throw notFound('Account');
  const known = state.delegatedAdministrators ?? [];
  const left = known.filter((each) => each.accountId !== accountId || each.servicePrincipal !== servicePrincipal);
  if (left.length === known.length) throw new AwsError('AccountNotRegistered', 'The specified account is not a delegated administrator for this AWS service.');
  state.delegatedAdministrators = left;
  return {};
};
