import type { RemoteAction } from '../protocol.ts';
import type { OrganizationsError } from './errors.ts';
import { minimalPolicy } from './permissions.ts';

/** What a message about a failed call offers to do at once. */
export function failureActions({ failure }: OrganizationsError): readonly RemoteAction[] {
  switch (failure.kind) {
    case 'accessDenied':
      return [{ type: 'copy', title: 'Copy IAM Policy', text: minimalPolicy([failure.action]) }];
    case 'credentials':
    case 'invalidCredentials':
    case 'notInOrganization':
      return [{ type: 'command', title: 'Choose Profile', command: 'awsBackupPolicy.connectToAws', arguments: [] }];
    default:
      return [];
  }
}
