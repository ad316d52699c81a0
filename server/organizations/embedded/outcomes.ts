import type { WireObject } from '../caller.ts';
import { AwsError, invalidInput, notFound } from './awsError.ts';
import { id, isBackup, optional, required, within } from './input.ts';
import type { Context, Run } from './operation.ts';
import { pageOf } from './paging.ts';
import { nextId } from './state.ts';
import { accountOf, hierarchyPath } from './tree.ts';

function checkType({ state }: Context, input: WireObject): void {
  if (isBackup(input, 'PolicyType') && state.policyType === 'ENABLED') return;
  throw new AwsError('EffectivePolicyNotFound', 'The specified policy type is not enabled. Enable that policy type on your organization root and then retry.');
}

/** The error of a caller that may not do what it asks for. */
export function accessDenied(): AwsError {
  return new AwsError('AccessDenied', 'You don\'t have permissions to access this resource.');
}

/** DescribeEffectivePolicy: of an account, never of a root or OU; members see their own. Source: limits-and-errors §3 [obs], organizations-api §4. */
export const describeEffectivePolicy: Run = (context, input) => {
  const { state, callerId } = context;
  isBackup(input, 'PolicyType');
  const target = optional(input, 'TargetId') ?? (callerId === state.managementAccountId ? '' : callerId);
  if (!/^\d{12}$/.test(target)) throw invalidInput('TARGET_NOT_SUPPORTED', 'You specified a target that is not currently supported.');
  if (callerId !== state.managementAccountId && target !== callerId) throw accessDenied();
  if (!state.accounts.some((account) => account.id === target)) throw notFound('Target');
  checkType(context, input);
  const kept = state.effective[target];
  return {
    EffectivePolicy: {
      PolicyContent: kept === undefined ? '{}' : (state.documents[kept.document] ?? '{}'),
      LastUpdatedTimestamp: (kept?.updated ?? 0) / 1000,
      TargetId: target,
      PolicyType: 'BACKUP_POLICY',
    },
  };
};

/** ListEffectivePolicyValidationErrors. Source: limits-and-errors §4 [obs]. */
export const listValidationErrors: Run = (context, input) => {
  const { state } = context;
  const AccountId = id(input, 'AccountId', 'account');
  if (!state.accounts.some((account) => account.id === AccountId)) throw notFound('Account');
  checkType(context, input);
  const kept = state.effective[AccountId];
  const report = kept?.report === undefined ? [] : (state.reports[kept.report] ?? []);
  const errors = report.map(({ code, message, path, policies }) => ({ ErrorCode: code, ErrorMessage: message, PathToError: path, ContributingPolicies: policies }));
  return {
    AccountId,
    PolicyType: 'BACKUP_POLICY',
    ...(kept === undefined || errors.length === 0 ? {} : { Path: hierarchyPath(state, AccountId), EvaluationTimestamp: kept.evaluated / 1000 }),
    ...pageOf('ListEffectivePolicyValidationErrors', input, 'EffectivePolicyValidationErrors', errors, context),
  };
};

/** ListAccountsWithInvalidEffectivePolicy */
export const listInvalidAccounts: Run = (context, input) => {
  const { state } = context;
  checkType(context, input);
  const invalid = state.accounts.filter((account) => state.effective[account.id]?.report !== undefined);
  return { PolicyType: 'BACKUP_POLICY', ...pageOf('ListAccountsWithInvalidEffectivePolicy', input, 'Accounts', invalid.map((account) => accountOf(state, account)), context) };
};

/** DescribeResourcePolicy */
export const describeResourcePolicy: Run = ({ state }) => {
  if (state.resourcePolicy === undefined) throw new AwsError('ResourcePolicyNotFound', 'We can\'t find a resource policy request with the parameter that you specified.');
  const { id: Id, content: Content } = state.resourcePolicy;
  const Arn = `arn:${state.partition}:organizations::${state.managementAccountId}:resourcepolicy/${state.organizationId}/${Id}`;
  return { ResourcePolicy: { ResourcePolicySummary: { Id, Arn }, Content } };
};

/** PutResourcePolicy: 40,000 characters at most. Source: limits-and-errors §1 [doc]. */
export const putResourcePolicy: Run = (context, input) => {
  const content = within(required(input, 'Content'), 'Content', 1, 40_000);
  const { state } = context;
  state.resourcePolicy = { id: state.resourcePolicy?.id ?? `rp-${nextId(state)}`, content };
  return describeResourcePolicy(context, {});
};

/** DeleteResourcePolicy */
export const deleteResourcePolicy: Run = (context) => {
  describeResourcePolicy(context, {});
  delete context.state.resourcePolicy;
  return {};
};
