import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import { countCharacters, maximumCharacters } from '../../core/admission/size.ts';
import { parseDocument } from '../../core/document/parse.ts';
import { verdictOf } from '../../core/problem.ts';
import type { WireObject } from '../caller.ts';
import { AwsError, constraint, notFound } from './awsError.ts';
import { propagate } from './effective.ts';
import { id, isBackup, optional, required, tagsOf, within } from './input.ts';
import type { Context, Run } from './operation.ts';
import { pageOf } from './paging.ts';
import { nextId, type EmbeddedState, type KeptPolicy } from './state.ts';

/** Source: limits-and-errors §1 [doc, api]. */
const maximumPolicies = 1000;
const maximumName = 128;
const maximumDescription = 512;
const maximumTags = 50;

/** The policy that a request names by `PolicyId`. */
export function policyOf(state: EmbeddedState, input: WireObject): KeptPolicy {
  const policyId = id(input, 'PolicyId', 'policy');
  const policy = state.policies.find((each) => each.id === policyId);
  if (policy === undefined) throw notFound('Policy');
  return policy;
}

/** The targets that a policy is attached to. */
export function targetsOf(state: EmbeddedState, policyId: string): readonly string[] {
  return Object.entries(state.attachments).flatMap(([target, policies]) => (policies.includes(policyId) ? [target] : []));
}

/** A policy as AWS lists it. */
export function summaryOf(state: EmbeddedState, { id: Id, name, description }: KeptPolicy): WireObject {
  return { Id, Arn: `arn:${state.partition}:organizations::${state.managementAccountId}:policy/${state.organizationId}/backup_policy/${Id}`, Name: name, Description: description, Type: 'BACKUP_POLICY', AwsManaged: false };
}

/** Refuses a change while an earlier one is on its way, where that is asked for. */
export function refuseWhilePropagating({ state, refuseWhilePropagating: refuse }: Context): void {
  if (refuse && state.propagation !== undefined) throw changesInProgress();
}

/** The error for a change that meets an earlier one. */
export function changesInProgress(): AwsError {
  return new AwsError('PolicyChangesInProgress', 'Changes to the effective policy are in progress. Try the operation again later.');
}

/** Judges a content at an instant: schedules are judged by what follows it. Source: syntax §§1 to 9. */
function checkContent(content: string, now: number): void {
  within(content, 'Content', 1, 1_000_000);
  if (countCharacters(content) > maximumCharacters) throw constraint('POLICY_CONTENT_LIMIT_EXCEEDED', 'You have exceeded the maximum policy content length.');
  const document = parseDocument(content);
  // What a template would fill in is not known to us; to AWS it is text like any other, and outside of strings no JSON.
  if (verdictOf(admissionProblems(document, now)) === 'rejected' || (document.templated && !isJson(content))) {
    throw new AwsError('MalformedPolicyDocument', 'The provided policy document does not meet the requirements of the specified policy type.');
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkName(state: EmbeddedState, name: string, own?: KeptPolicy): string {
  within(name, 'Name', 1, maximumName);
  if (state.policies.some((each) => each.name === name && each !== own)) throw new AwsError('DuplicatePolicy', 'A policy with the same name already exists.');
  return name;
}

/** CreatePolicy: the type need not be enabled. Source: organizations-api §2 [obs]. */
export const createPolicy: Run = ({ state, now }, input) => {
  if (!isBackup(input, 'Type') || state.featureSet !== 'ALL') throw new AwsError('PolicyTypeNotAvailableForOrganization', 'You can\'t use the specified policy type with the feature set currently enabled for this organization.');
  const description = within(required(input, 'Description'), 'Description', 0, maximumDescription);
  const content = required(input, 'Content');
  const tags = tagsOf(input);
  if (tags.length > maximumTags) throw constraint('MAX_TAG_LIMIT_EXCEEDED', 'You have exceeded the number of tags allowed on this resource.');
  const name = within(required(input, 'Name'), 'Name', 1, maximumName);
  checkContent(content, now);
  checkName(state, name);
  if (state.policies.length >= maximumPolicies) throw constraint('POLICY_NUMBER_LIMIT_EXCEEDED', 'You have exceeded the number of policies that you can have in an organization.');
  const policy: KeptPolicy = { id: `p-${nextId(state)}`, name, description, content, tags };
  state.policies.push(policy);
  return { Policy: { PolicySummary: summaryOf(state, policy), Content: content } };
};

/** UpdatePolicy: an empty description keeps the old one; any update makes the effective policies anew. Source: organizations-api §2 [obs]. */
export const updatePolicy: Run = (context, input) => {
  const { state, now } = context;
  const policy = policyOf(state, input);
  const name = optional(input, 'Name');
  const description = optional(input, 'Description');
  const content = optional(input, 'Content');
  if (description !== undefined) within(description, 'Description', 0, maximumDescription);
  if (content !== undefined) checkContent(content, now);
  if (name !== undefined) checkName(state, name, policy);
  refuseWhilePropagating(context);
  if (name !== undefined) policy.name = name;
  if (description !== undefined && description !== '') policy.description = description;
  if (content !== undefined) policy.content = content;
  const targets = targetsOf(state, policy.id);
  if (targets.length > 0) propagate(context, targets);
  const { Name, Description, ...summary } = summaryOf(state, policy);
  const supplied = { ...(name === undefined ? {} : { Name }), ...(description === undefined ? {} : { Description }) };
  return { Policy: { PolicySummary: { ...summary, ...supplied }, Content: policy.content } };
};

/** DeletePolicy */
export const deletePolicy: Run = ({ state }, input) => {
  const policy = policyOf(state, input);
  if (targetsOf(state, policy.id).length > 0) throw new AwsError('PolicyInUse', 'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.');
  state.policies.splice(state.policies.indexOf(policy), 1);
  return {};
};

/** DescribePolicy: the content byte for byte as it was sent. Source: organizations-api §2 [obs]. */
export const describePolicy: Run = ({ state }, input) => {
  const policy = policyOf(state, input);
  return { Policy: { PolicySummary: summaryOf(state, policy), Content: policy.content } };
};

/** ListPolicies */
export const listPolicies: Run = (context, input) => {
  const policies = isBackup(input, 'Filter') ? context.state.policies : [];
  return pageOf('ListPolicies', input, 'Policies', policies.map((policy) => summaryOf(context.state, policy)), context);
};

/** ListTagsForResource, for policies. */
export const listTags: Run = (context, input) => {
  const resource = required(input, 'ResourceId');
  const policy = context.state.policies.find((each) => each.id === resource);
  if (policy === undefined) throw notFound('Target');
  return pageOf('ListTagsForResource', input, 'Tags', policy.tags, context);
};
