import type { WireObject } from '../caller.ts';
import { AwsError, constraint, notFound } from './awsError.ts';
import { propagate } from './effective.ts';
import { id, isBackup } from './input.ts';
import type { Context, Run } from './operation.ts';
import { pageOf } from './paging.ts';
import { changesInProgress, policyOf, refuseWhilePropagating, summaryOf, targetsOf } from './policies.ts';
import { pathOf, type EmbeddedState } from './state.ts';
import { arnOf, rootOf } from './tree.ts';

/** Source: limits-and-errors §1 [doc]. */
const maximumAttached = 10;

function targetOf(state: EmbeddedState, input: WireObject): string {
  const target = id(input, 'TargetId', 'target');
  if (pathOf(state, target) === undefined) throw notFound('Target');
  return target;
}

/** AttachPolicy: only here the type has to be enabled. Source: organizations-api §2 [obs, api]. */
export const attachPolicy: Run = (context, input) => {
  const { state } = context;
  const policy = policyOf(state, input);
  const target = targetOf(state, input);
  if (state.policyType !== 'ENABLED') throw typeNotEnabled();
  if (state.policyTypeSettles !== undefined) throw changesInProgress();
  const attached = state.attachments[target] ?? [];
  if (attached.includes(policy.id)) throw new AwsError('DuplicatePolicyAttachment', 'The selected policy is already attached to the specified target.');
  if (attached.length >= maximumAttached) throw constraint('MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED', 'You have exceeded the number of policies attached to an entity.');
  refuseWhilePropagating(context);
  state.attachments[target] = [...attached, policy.id];
  propagate(context, [target]);
  return {};
};

/** DetachPolicy */
export const detachPolicy: Run = (context, input) => {
  const { state } = context;
  const policy = policyOf(state, input);
  const target = targetOf(state, input);
  const attached = state.attachments[target] ?? [];
  if (!attached.includes(policy.id)) throw new AwsError('PolicyNotAttached', 'The policy isn\'t attached to the specified target in the specified root.');
  refuseWhilePropagating(context);
  const left = attached.filter((each) => each !== policy.id);
  if (left.length > 0) state.attachments[target] = left;
  else Reflect.deleteProperty(state.attachments, target);
  propagate(context, [target]);
  return {};
};

/** ListPoliciesForTarget: direct attachments, in an order that has nothing to do with that of attachment. */
export const listPoliciesForTarget: Run = (context, input) => {
  const { state } = context;
  const attached = new Set(isBackup(input, 'Filter') ? state.attachments[targetOf(state, input)] : []);
  const policies = state.policies.filter((policy) => attached.has(policy.id)).sort((one, other) => (one.id < other.id ? -1 : 1));
  return pageOf('ListPoliciesForTarget', input, 'Policies', policies.map((policy) => summaryOf(state, policy)), context);
};

/** ListTargetsForPolicy */
export const listTargets: Run = (context, input) => {
  const { state } = context;
  const targets = targetsOf(state, policyOf(state, input).id).map((target) => {
    const entity = target === state.root.id ? state.root : [...state.units, ...state.accounts].find((each) => each.id === target);
    const type = target === state.root.id ? 'ROOT' : target.startsWith('ou-') ? 'ORGANIZATIONAL_UNIT' : 'ACCOUNT';
    return { TargetId: target, Arn: arnOf(state, target), Name: entity?.name ?? '', Type: type };
  });
  return pageOf('ListTargetsForPolicy', input, 'Targets', targets, context);
};

function typeNotEnabled(): AwsError {
  return new AwsError('PolicyTypeNotEnabled', 'The specified policy type isn\'t currently enabled in this root. Enable that policy type on your organization root and then retry.');
}

function checkRoot({ state }: Context, input: WireObject): void {
  if (id(input, 'RootId', 'root') !== state.root.id) throw notFound('Root');
  if (!isBackup(input, 'PolicyType') || state.featureSet !== 'ALL') throw new AwsError('PolicyTypeNotAvailableForOrganization', 'You can\'t use the specified policy type with the feature set currently enabled for this organization.');
}

/** EnablePolicyType: pending first. */
export const enablePolicyType: Run = (context, input) => {
  const { state, now, delay } = context;
  checkRoot(context, input);
  if (state.policyType === 'ENABLED') throw new AwsError('PolicyTypeAlreadyEnabled', 'The specified policy type is already enabled in the specified root.');
  if (state.policyTypeSettles !== undefined) throw changesInProgress();
  state.policyType = 'ENABLED';
  state.policyTypeSettles = now + delay();
  propagate(context, [state.root.id]);
  return { Root: rootOf(state) };
};

/** DisablePolicyType detaches every policy of the type. Source: organizations-api §2 [doc, obs]. */
export const disablePolicyType: Run = (context, input) => {
  const { state, now, delay } = context;
  checkRoot(context, input);
  if (state.policyType !== 'ENABLED') throw typeNotEnabled();
  if (state.policyTypeSettles !== undefined) throw changesInProgress();
  state.policyType = 'DISABLED';
  state.attachments = {};
  state.policyTypeSettles = now + delay();
  propagate(context, [state.root.id]);
  return { Root: rootOf(state) };
};
