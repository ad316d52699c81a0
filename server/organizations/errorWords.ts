import type { FailedCall, Failure, Missing, TransportFault } from './failure.ts';
import { minimalPolicy } from './permissions.ts';

/** What happened, in one or two sentences. */
export function messageOf(failure: Failure, call: FailedCall): string {
  const unknown = call.mayHaveHappened ? ` Whether ${call.operation} took effect is not known.` : '';
  return `${whatHappened(failure, call)}${unknown}`;
}

function whatHappened(failure: Failure, call: FailedCall): string {
  const { operation } = call;
  switch (failure.kind) {
    case 'throttled':
      return `${serviceOf(operation)} limits the rate of requests and refused ${operation} ${String(call.attempts)} times.`;
    case 'accessDenied':
      return `AWS refused ${operation}: ${caller(call)} may not call ${failure.action}.`;
    case 'credentials':
      return `No credentials for AWS: ${failure.detail}`;
    case 'expired':
      return `The credentials of ${caller(call)} have expired.`;
    case 'invalidCredentials':
      return `AWS does not accept the credentials of ${caller(call)}.`;
    case 'clock':
      return 'AWS refused the signature of the request because the clock of this machine is wrong.';
    case 'concurrent':
      return `AWS is still busy with another change of the organization and did not take ${operation}.`;
    case 'notFound':
      return missingWords[failure.missing];
    case 'duplicatePolicy':
      return 'A policy with this name exists already in the organization.';
    case 'alreadyAttached':
      return 'The policy is attached there already.';
    case 'notAttached':
      return 'The policy is not attached there.';
    case 'alreadyRegistered':
      return 'The account is registered already as delegated administrator.';
    case 'notRegistered':
      return 'The account is not registered as delegated administrator.';
    case 'policyInUse':
      return 'The policy is still attached, and AWS deletes only what is attached nowhere.';
    case 'typeNotEnabled':
      return 'Backup policies are not enabled in the organization, so AWS attaches none.';
    case 'typeAlreadyEnabled':
      return 'Backup policies are enabled already.';
    case 'typeNotAvailable':
      return 'The organization has not all features enabled; without them AWS offers no backup policies.';
    case 'malformedPolicy':
      return 'AWS refused the content: it is no valid backup policy. AWS does not say where.';
    case 'constraint':
      return constraintWords[failure.reason]?.[0] ?? `AWS refused ${operation}: it would break a limit of the organization (${failure.reason}).`;
    case 'invalidInput':
      return `AWS refused the input of ${operation}${failure.reason === '' ? '' : ` (${failure.reason})`}.`;
    case 'notInOrganization':
      return `The account of ${caller(call)} is in no organization.`;
    case 'unsupportedEndpoint':
      return `${serviceOf(operation)} does not answer ${operation} at ${call.endpoint ?? 'this endpoint'}.`;
    case 'service':
      return `${serviceOf(operation)} reports a fault of its own at ${operation}.`;
    case 'transport':
      return transportMessage(failure.fault, call);
    case 'cancelled':
      return `${operation} was cancelled.`;
    case 'unknown':
      return `${operation} failed: ${failure.name}${failure.detail === '' ? '' : `: ${failure.detail}`}`;
  }
}

/** What to do next, in imperative sentences. */
export function nextStepOf(failure: Failure, call: FailedCall): string {
  switch (failure.kind) {
    case 'throttled':
      return 'Wait a minute and try again.';
    case 'accessDenied':
      return `Ask for this permission in ${failure.action.startsWith('organizations:') ? 'the management account, or in the delegated administrator account for backup policies' : 'the account of these credentials'}:\n${minimalPolicy([failure.action])}`;
    case 'expired':
      if (failure.signIn !== undefined) return `Sign in again with \`${signInCommand(failure, call)}\`, then try again.`;
      return `Sign in again with \`${signInCommand(failure, call)}\` (profiles of IAM Identity Center), or renew the credentials the way you got them. Then try again.`;
    case 'credentials':
      return `Sign in again with \`aws sso login${profileOption(call)}\` (profiles of IAM Identity Center), or renew the credentials the way you got them. Then try again.`;
    case 'invalidCredentials':
      return `Check the access key with \`${identityCommand(call)}\`, or choose another profile.`;
    case 'clock':
      return 'Set the clock of this machine, then try again.';
    case 'concurrent':
      return 'Try again in some seconds.';
    case 'notFound':
      return failure.missing === 'effective policy' ? 'Enable backup policies in the root of the organization if they should take effect.' : 'Read the organization from AWS again: it may have been deleted or belong to another organization.';
    case 'duplicatePolicy':
      return 'Compare with the existing policy and update that, or choose another name.';
    case 'alreadyAttached':
    case 'notAttached':
    case 'alreadyRegistered':
    case 'notRegistered':
    case 'typeAlreadyEnabled':
      return 'There is nothing left to do.';
    case 'policyInUse':
      return 'Detach the policy from all its targets first.';
    case 'typeNotEnabled':
      return 'Enable the policy type BACKUP_POLICY in the root first. That concerns the whole organization.';
    case 'typeNotAvailable':
      return 'Enable all features in the management account of the organization.';
    case 'malformedPolicy':
      return 'Look at the problems of the file and mend them.';
    case 'constraint':
      return constraintWords[failure.reason]?.[1] ?? 'Look up the quotas of AWS Organizations.';
    case 'invalidInput':
      return 'Check names, ids and the length of the description.';
    case 'notInOrganization':
      return `Look with \`${identityCommand(call)}\` which account it is, and choose the profile of the management account.`;
    case 'unsupportedEndpoint':
      return 'Check the region of the profile and the endpoint setting.';
    case 'service':
      return 'Try again in some minutes; if it stays, look at the AWS Health Dashboard.';
    case 'transport':
      return transportStep(failure.fault);
    case 'cancelled':
      return call.mayHaveHappened ? 'Read the state from AWS before you go on.' : 'Nothing was changed.';
    case 'unknown':
      return 'Look into the log for the request id, and try again.';
  }
}

const missingWords: Readonly<Record<Missing, string>> = {
  policy: 'AWS has no such policy in this organization.',
  target: 'AWS has no such root, organizational unit or account in this organization.',
  parent: 'AWS has no such root or organizational unit in this organization.',
  root: 'AWS has no such root in this organization.',
  child: 'AWS has no such organizational unit or account in this organization.',
  account: 'AWS has no such account in this organization.',
  role: 'The account has no such role.',
  'effective policy': 'No effective backup policy exists there: backup policies are not enabled in the organization.',
  'resource policy': 'The organization has no delegation policy.',
};

/** By AWS's reason: what happened, what to do. Source: limits-and-errors §3. */
const constraintWords: Readonly<Record<string, readonly [string, string] | undefined>> = {
  POLICY_CONTENT_LIMIT_EXCEEDED: ['The content is longer than the 10,000 characters that AWS takes, white space included.', 'Send it without white space between the elements, or move plans into a policy of their own.'],
  POLICY_NUMBER_LIMIT_EXCEEDED: ['The organization has as many backup policies as AWS allows (1,000).', 'Delete policies that are attached nowhere.'],
  MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED: ['Ten backup policies are attached there directly, and AWS allows no more.', 'Detach one first, or attach this one at a parent or child.'],
  ORGANIZATION_NOT_IN_ALL_FEATURES_MODE: ['The organization has not all features enabled; without them AWS offers no backup policies.', 'Enable all features in the management account of the organization.'],
  MAX_TAG_LIMIT_EXCEEDED: ['A policy can have 50 tags.', 'Send fewer tags.'],
  SERVICE_ACCESS_NOT_ENABLED: ['The service has no trusted access to the organization, and AWS registers delegated administrators only after that.', 'Enable trusted access of AWS Backup first.'],
  CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR: ['The management account cannot be a delegated administrator; it may do everything anyway.', 'Choose a member account.'],
  TAG_POLICY_VIOLATION: ['A tag policy of the organization does not allow these tags.', 'Use the keys and values that the tag policy allows.'],
};

function transportMessage(fault: TransportFault, call: FailedCall): string {
  const { operation } = call;
  const endpoint = call.endpoint ?? serviceOf(operation);
  switch (fault) {
    case 'timeout':
      return `${endpoint} did not answer ${operation} in time.`;
    case 'reset':
      return `The connection to ${endpoint} broke off during ${operation}.`;
    case 'refused':
      return `${endpoint} takes no connections.`;
    case 'dns':
      return `The address of ${endpoint} cannot be found.`;
    case 'tls':
      return `The certificate of ${endpoint} is not trusted.`;
    case 'page':
      return `${endpoint} did not answer ${operation} as AWS does: a proxy or a sign-in page of the network may have answered.`;
  }
}

function transportStep(fault: TransportFault): string {
  switch (fault) {
    case 'timeout':
    case 'reset':
      return 'Check the network and try again.';
    case 'refused':
    case 'dns':
      return 'Check the network, the endpoint setting and the proxy, then try again.';
    case 'tls':
      return 'Name the certificate authority of your network in NODE_EXTRA_CA_CERTS, then try again.';
    case 'page':
      return 'Open a web page to sign in to the network, or check the proxy and the endpoint setting, then try again.';
  }
}

/** The name of the service of an operation. */
function serviceOf(operation: string): string {
  const [service] = operation.split(':');
  return service === 'backup' ? 'AWS Backup' : service === 'iam' ? 'AWS IAM' : service === 'sts' ? 'AWS STS' : 'AWS Organizations';
}

function caller(call: FailedCall): string {
  return call.profile === undefined ? 'the current credentials' : `profile "${call.profile}"`;
}

/** The command of the AWS CLI that renews a sign-in. */
export function signInCommand({ signIn }: Extract<Failure, { readonly kind: 'expired' }>, call: FailedCall): string {
  return `aws ${signIn === 'console' ? 'login' : 'sso login'}${profileOption(call)}`;
}

/** The command of the AWS CLI that tells who calls. */
export function identityCommand(call: FailedCall): string {
  return `aws sts get-caller-identity${profileOption(call)}`;
}

function profileOption(call: FailedCall): string {
  if (call.profile === undefined) return '';
  return /^[\w.-]+$/.test(call.profile) ? ` --profile ${call.profile}` : ` --profile '${call.profile.replaceAll("'", "'\\''")}'`;
}
