import type { RemoteAction } from '../protocol.ts';
import { identityCommand, signInCommand } from './errorWords.ts';
import type { OrganizationsError } from './errors.ts';
import { minimalPolicy } from './permissions.ts';

const chooseProfile: RemoteAction = { type: 'command', title: 'Choose Profile', command: 'awsBackupPolicy.connectToAws', arguments: [] };
const endpointSetting: RemoteAction = { type: 'command', title: 'Open Endpoint Setting', command: 'workbench.action.openSettings', arguments: ['awsBackupPolicy.aws.endpoint'] };
const tryAgain: RemoteAction = { type: 'retry', title: 'Try Again' };

/** What a message about a failed call offers to do at once; at most three things, the likeliest first. */
export function failureActions({ failure, call }: OrganizationsError): readonly RemoteAction[] {
  switch (failure.kind) {
    case 'accessDenied':
      return [{ type: 'copy', title: 'Copy IAM Statement', text: minimalPolicy([failure.action]) }, chooseProfile];
    case 'expired': {
      const command = signInCommand(failure, call);
      return [{ type: 'terminal', title: failure.signIn === 'console' ? 'Run aws login' : 'Run aws sso login', command }, tryAgain, chooseProfile];
    }
    case 'credentials':
      return [chooseProfile, tryAgain];
    case 'invalidCredentials':
    case 'notInOrganization':
      return [chooseProfile, { type: 'terminal', title: 'Show Caller Identity', command: identityCommand(call) }];
    case 'unsupportedEndpoint':
      return [endpointSetting, chooseProfile];
    case 'typeNotAvailable':
      return [page('Open AWS Documentation', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_org_support-all-features.html')];
    case 'typeNotEnabled':
      // Enabling concerns the whole organization: the view says so and asks.
      return [{ type: 'command', title: 'Show Set-Up', command: 'awsBackupPolicy.showSetUp', arguments: [] }];
    case 'malformedPolicy':
      return [{ type: 'command', title: 'Show Problems', command: 'workbench.actions.view.problems', arguments: [] }];
    case 'constraint':
      return [page('Open Quotas', 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html')];
    case 'service':
      return [page('Open AWS Health Dashboard', 'https://health.aws.amazon.com/health/status')];
    case 'transport':
      return failure.fault === 'tls' || failure.fault === 'timeout' || failure.fault === 'reset' ? [] : [endpointSetting];
    case 'throttled':
    case 'clock':
    case 'concurrent':
    case 'notFound':
    case 'duplicatePolicy':
    case 'alreadyAttached':
    case 'notAttached':
    case 'alreadyRegistered':
    case 'notRegistered':
    case 'policyInUse':
    case 'typeAlreadyEnabled':
    case 'invalidInput':
    case 'cancelled':
    case 'unknown':
      return [];
  }
}

function page(title: string, address: string): RemoteAction {
  return { type: 'command', title, command: 'vscode.open', arguments: [address] };
}
