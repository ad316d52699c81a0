import type { Attachment, CallOptions, NewPolicy, OrganizationsApi, Policy, PolicyUpdate, ValidationReport, WriteOutcome } from './api.ts';
import type { Caller, WireObject } from './caller.ts';
import { OrganizationsError } from './errors.ts';
import type { FailureKind } from './failure.ts';
import type { Operation } from './rates.ts';
import { list, readAccount, readDelegatedAdministrator, readEffectivePolicy, readId, readOrganization, readParent, readPolicy, readReport, readResourcePolicy, readRoot, readSummary, readTag, readTarget, readTrustedService, readUnit, readUpdated, readValidationError } from './readAnswer.ts';
import { Requests, type RequestOptions } from './requests.ts';

const PolicyType = 'BACKUP_POLICY';
const Filter = 'BACKUP_POLICY';

/** The operations over anything that answers as AWS does: the real one, a stub on the wire, an organization in a file. */
export function organizationsApi(caller: Caller, options: RequestOptions): OrganizationsApi {
  const requests = new Requests(caller, options);
  const pages = <T>(operation: Operation, input: WireObject, member: string, read: (item: WireObject) => T, call: CallOptions | undefined): AsyncIterable<readonly T[]> => ({
    // Each iteration is a list of its own.
    [Symbol.asyncIterator]: () => requests.pages(operation, input, member, (output) => list(output[member], member).map(read), call?.signal),
  });
  const all = async <T>(operation: Operation, input: WireObject, member: string, read: (item: WireObject) => T, call: CallOptions | undefined): Promise<readonly T[]> => {
    const items: T[] = [];
    for await (const page of pages(operation, input, member, read, call)) items.push(...page);
    return items;
  };
  const write = async (operation: Operation, input: WireObject, call: CallOptions | undefined, holds: readonly FailureKind[]): Promise<WriteOutcome> => {
    try {
      await requests.send(operation, input, () => undefined, call?.signal);
      return 'done';
    } catch (error) {
      if (error instanceof OrganizationsError && holds.includes(error.failure.kind)) return 'already';
      throw error;
    }
  };
  const api: OrganizationsApi = {
    describeOrganization: (call) => requests.send('DescribeOrganization', {}, readOrganization, call?.signal),
    listRoots: (call) => all('ListRoots', {}, 'Roots', readRoot, call),
    listOrganizationalUnitsForParent: (ParentId, call) => pages('ListOrganizationalUnitsForParent', { ParentId }, 'OrganizationalUnits', readUnit, call),
    listAccounts: (call) => pages('ListAccounts', {}, 'Accounts', readAccount, call),
    listAccountsForParent: (ParentId, call) => pages('ListAccountsForParent', { ParentId }, 'Accounts', readAccount, call),
    listChildren: (ParentId, ChildType, call) => pages('ListChildren', { ParentId, ChildType }, 'Children', readId, call),
    listParents: (ChildId, call) => all('ListParents', { ChildId }, 'Parents', readParent, call),
    listPolicies: (call) => pages('ListPolicies', { Filter }, 'Policies', readSummary, call),
    describePolicy: (PolicyId, call) => requests.send('DescribePolicy', { PolicyId }, readPolicy, call?.signal),
    listPoliciesForTarget: (TargetId, call) => pages('ListPoliciesForTarget', { TargetId, Filter }, 'Policies', readSummary, call),
    listTargetsForPolicy: (PolicyId, call) => pages('ListTargetsForPolicy', { PolicyId }, 'Targets', readTarget, call),
    listTagsForResource: (ResourceId, call) => pages('ListTagsForResource', { ResourceId }, 'Tags', readTag, call),
    createPolicy: async (policy, call) => {
      try {
        return await requests.send('CreatePolicy', creation(policy), readPolicy, call?.signal);
      } catch (error) {
        const made = await madeBefore(api, policy, error, call);
        if (made === undefined) throw error;
        return made;
      }
    },
    updatePolicy: (update, call) => requests.send('UpdatePolicy', updateInput(update), readUpdated, call?.signal),
    deletePolicy: async (PolicyId, call) => {
      try {
        return await write('DeletePolicy', { PolicyId }, call, []);
      } catch (error) {
        if (isRepeated(error) && error.failure.kind === 'notFound') return 'already';
        throw error;
      }
    },
    attachPolicy: (attachment, call) => write('AttachPolicy', attachmentInput(attachment), call, ['alreadyAttached']),
    detachPolicy: (attachment, call) => write('DetachPolicy', attachmentInput(attachment), call, ['notAttached']),
    enablePolicyType: (RootId, call) => write('EnablePolicyType', { RootId, PolicyType }, call, ['typeAlreadyEnabled']),
    disablePolicyType: (RootId, call) => write('DisablePolicyType', { RootId, PolicyType }, call, ['typeNotEnabled']),
    describeEffectivePolicy: (TargetId, call) => requests.send('DescribeEffectivePolicy', { PolicyType, TargetId }, readEffectivePolicy, call?.signal),
    listEffectivePolicyValidationErrors: (accountId, call) => validationReport(requests, accountId, call),
    listAccountsWithInvalidEffectivePolicy: (call) => pages('ListAccountsWithInvalidEffectivePolicy', { PolicyType }, 'Accounts', readId, call),
    describeResourcePolicy: async (call) => {
      try {
        return await requests.send('DescribeResourcePolicy', {}, readResourcePolicy, call?.signal);
      } catch (error) {
        if (error instanceof OrganizationsError && error.failure.kind === 'notFound') return undefined;
        throw error;
      }
    },
    putResourcePolicy: (Content, call) => requests.send('PutResourcePolicy', { Content }, readResourcePolicy, call?.signal),
    deleteResourcePolicy: async (call) => {
      try {
        return await write('DeleteResourcePolicy', {}, call, []);
      } catch (error) {
        if (error instanceof OrganizationsError && error.failure.kind === 'notFound') return 'already';
        throw error;
      }
    },
    listAWSServiceAccessForOrganization: (call) => pages('ListAWSServiceAccessForOrganization', {}, 'EnabledServicePrincipals', readTrustedService, call),
    enableAWSServiceAccess: (ServicePrincipal, call) => write('EnableAWSServiceAccess', { ServicePrincipal }, call, []),
    disableAWSServiceAccess: (ServicePrincipal, call) => write('DisableAWSServiceAccess', { ServicePrincipal }, call, []),
    listDelegatedAdministrators: (ServicePrincipal, call) => pages('ListDelegatedAdministrators', { ServicePrincipal }, 'DelegatedAdministrators', readDelegatedAdministrator, call),
    registerDelegatedAdministrator: (AccountId, ServicePrincipal, call) => write('RegisterDelegatedAdministrator', { AccountId, ServicePrincipal }, call, ['alreadyRegistered']),
    deregisterDelegatedAdministrator: (AccountId, ServicePrincipal, call) => write('DeregisterDelegatedAdministrator', { AccountId, ServicePrincipal }, call, ['notRegistered']),
    close: () => {
      requests.close();
    },
  };
  return api;
}

/** The description is required, and may be empty. Source: organizations-backend §4. */
function creation({ name, description, content, tags = [] }: NewPolicy): WireObject {
  const input = { Name: name, Description: description, Content: content, Type: PolicyType };
  return tags.length === 0 ? input : { ...input, Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) };
}

/** Only what is sent changes. Source: organizations-backend §4. */
function updateInput({ policyId, name, description, content }: PolicyUpdate): WireObject {
  return {
    PolicyId: policyId,
    ...(name === undefined ? {} : { Name: name }),
    ...(description === undefined ? {} : { Description: description }),
    ...(content === undefined ? {} : { Content: content }),
  };
}

function attachmentInput({ policyId, targetId }: Attachment): WireObject {
  return { PolicyId: policyId, TargetId: targetId };
}

function isRepeated(error: unknown): error is OrganizationsError {
  return error instanceof OrganizationsError && error.call.attempts > 1;
}

/**
 * The policy that the first, unanswered attempt made, when the repetition was refused for its name: same name,
 * description and content. Source: organizations-backend §3 [measured].
 */
async function madeBefore(api: OrganizationsApi, policy: NewPolicy, error: unknown, call: CallOptions | undefined): Promise<Policy | undefined> {
  if (!isRepeated(error) || error.failure.kind !== 'duplicatePolicy') return undefined;
  for await (const page of api.listPolicies(call)) {
    const named = page.find((each) => each.name === policy.name);
    if (named === undefined) continue;
    const found = await api.describePolicy(named.id, call);
    return found.content === policy.content && found.description === policy.description ? found : undefined;
  }
  return undefined;
}

async function validationReport(requests: Requests, AccountId: string, call: CallOptions | undefined): Promise<ValidationReport> {
  let last: WireObject = {};
  const errors = [];
  const read = (output: WireObject): readonly ValidationReport['errors'][number][] => {
    last = { ...last, ...output };
    return list(output['EffectivePolicyValidationErrors'], 'EffectivePolicyValidationErrors').map(readValidationError);
  };
  for await (const page of requests.pages('ListEffectivePolicyValidationErrors', { AccountId, PolicyType }, 'EffectivePolicyValidationErrors', read, call?.signal)) errors.push(...page);
  return readReport(AccountId, last, errors);
}
