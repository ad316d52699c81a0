import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DeleteResourcePolicyCommand,
  DeregisterDelegatedAdministratorCommand,
  DescribeEffectivePolicyCommand,
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  DescribeResourcePolicyCommand,
  DetachPolicyCommand,
  DisableAWSServiceAccessCommand,
  DisablePolicyTypeCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListAccountsWithInvalidEffectivePolicyCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListChildrenCommand,
  ListDelegatedAdministratorsCommand,
  ListEffectivePolicyValidationErrorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  ListTargetsForPolicyCommand,
  PutResourcePolicyCommand,
  RegisterDelegatedAdministratorCommand,
  UpdatePolicyCommand,
  type OrganizationsClient,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-organizations';
import { watched } from './awsAttempts.ts';
import type { Answer, WireObject } from './caller.ts';
import type { Operation } from './rates.ts';

/** A request that the SDK's client can send. */
type AwsCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = Parameters<typeof OrganizationsClient.prototype.send<Input, Output>>[0];

/** Sends one operation of AWS with the SDK's client. */
export type Send = (client: OrganizationsClient, input: WireObject, signal: AbortSignal | undefined) => Promise<Answer>;

/** The SDK's inputs have the members of AWS's protocol, so an input in that shape is one of them. */
function sent<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(Command: new (input: Input) => AwsCommand<Input, Output>): Send {
  return async (client, input, signal) => {
    const request: unknown = { ...input };
    const { $metadata, ...output } = await watched(new Command(request as Input), (command) => client.send<Input, Output>(command, signal === undefined ? {} : { abortSignal: signal }));
    return { output, attempts: $metadata.attempts ?? 1 };
  };
}

/** By operation, what sends it: only these are in the bundle. */
export const awsCommands: Readonly<Record<Operation, Send>> = {
  DescribeOrganization: sent(DescribeOrganizationCommand),
  ListRoots: sent(ListRootsCommand),
  ListOrganizationalUnitsForParent: sent(ListOrganizationalUnitsForParentCommand),
  ListAccounts: sent(ListAccountsCommand),
  ListAccountsForParent: sent(ListAccountsForParentCommand),
  ListChildren: sent(ListChildrenCommand),
  ListParents: sent(ListParentsCommand),
  ListPolicies: sent(ListPoliciesCommand),
  DescribePolicy: sent(DescribePolicyCommand),
  ListPoliciesForTarget: sent(ListPoliciesForTargetCommand),
  ListTargetsForPolicy: sent(ListTargetsForPolicyCommand),
  ListTagsForResource: sent(ListTagsForResourceCommand),
  CreatePolicy: sent(CreatePolicyCommand),
  UpdatePolicy: sent(UpdatePolicyCommand),
  DeletePolicy: sent(DeletePolicyCommand),
  AttachPolicy: sent(AttachPolicyCommand),
  DetachPolicy: sent(DetachPolicyCommand),
  EnablePolicyType: sent(EnablePolicyTypeCommand),
  DisablePolicyType: sent(DisablePolicyTypeCommand),
  DescribeEffectivePolicy: sent(DescribeEffectivePolicyCommand),
  ListEffectivePolicyValidationErrors: sent(ListEffectivePolicyValidationErrorsCommand),
  ListAccountsWithInvalidEffectivePolicy: sent(ListAccountsWithInvalidEffectivePolicyCommand),
  DescribeResourcePolicy: sent(DescribeResourcePolicyCommand),
  PutResourcePolicy: sent(PutResourcePolicyCommand),
  DeleteResourcePolicy: sent(DeleteResourcePolicyCommand),
  ListAWSServiceAccessForOrganization: sent(ListAWSServiceAccessForOrganizationCommand),
  EnableAWSServiceAccess: sent(EnableAWSServiceAccessCommand),
  DisableAWSServiceAccess: sent(DisableAWSServiceAccessCommand),
  ListDelegatedAdministrators: sent(ListDelegatedAdministratorsCommand),
  RegisterDelegatedAdministrator: sent(RegisterDelegatedAdministratorCommand),
  DeregisterDelegatedAdministrator: sent(DeregisterDelegatedAdministratorCommand),
};
