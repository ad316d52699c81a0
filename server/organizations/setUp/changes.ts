import type { ConnectionView, SetUpChange, SetUpConfirmation } from '../../protocol.ts';
import type { CommandPlace } from '../commandLine.ts';
import { awsCommand } from '../writeCommands.ts';
import type { RemoteWrite } from '../writes/write.ts';
import { backupPrincipal } from './readings.ts';

/** The call that makes a change. */
export function writeOf(change: SetUpChange): RemoteWrite {
  switch (change.type) {
    case 'enablePolicyType':
    case 'disablePolicyType':
      return change;
    case 'enableTrustedAccess':
    case 'disableTrustedAccess':
    case 'registerDelegatedAdministrator':
    case 'deregisterDelegatedAdministrator':
      return { ...change, servicePrincipal: backupPrincipal };
    case 'enableCrossAccountBackup':
    case 'disableCrossAccountBackup': {
      const after = change.type === 'enableCrossAccountBackup';
      return { type: 'updateGlobalSettings', flag: 'isCrossAccountBackupEnabled', before: !after, after };
    }
  }
}

/** The command of the AWS CLI that makes a change. */
export function changeCommand(change: SetUpChange, place: CommandPlace): string {
  return awsCommand(writeOf(change), place);
}

/** What is known beyond the change itself: how many attachments would be lost; `atLeast` when not all were counted. */
export interface ChangeFacts {
  readonly attachments?: { readonly count: number; readonly atLeast: boolean };
}

interface Words {
  readonly message: string;
  readonly consequence: string;
  readonly verb: string;
  readonly done: string;
}

/** What a change is and does, in words. Source: organizations-api §§2, 4 and 5 [doc]. */
function wordsOf(change: SetUpChange, { attachments }: ChangeFacts): Words {
  switch (change.type) {
    case 'enablePolicyType':
      return { message: 'Enable backup policies in the organization?', consequence: 'Policies of this type can be attached then. Nothing is attached by it, so no account gets another plan yet.', verb: 'Enable Backup Policies', done: 'Backup policies are enabled in the organization.' };
    case 'disablePolicyType': {
      const detached = attachments === undefined ? 'every backup policy of the organization' : attachments.count === 0 ? 'every backup policy of the organization (none is attached now)' : `every backup policy of the organization: ${attachments.atLeast ? 'at least ' : ''}${String(attachments.count)} ${attachments.count === 1 ? 'attachment is' : 'attachments are'} lost`;
      return { message: 'Disable backup policies in the organization?', consequence: `Disabling the policy type detaches ${detached}. Plans that came from policies end in every account. Enabling the type again does not attach the policies again.`, verb: 'Disable and Detach Everything', done: 'Backup policies are disabled in the organization, and every one of them is detached.' };
    }
    case 'enableTrustedAccess':
      return { message: 'Enable trusted access of AWS Backup to the organization?', consequence: `The service ${backupPrincipal} may then read the organization and work in its accounts; jobs of all accounts can be seen in one place.`, verb: 'Enable Trusted Access', done: 'AWS Backup has trusted access to the organization.' };
    case 'disableTrustedAccess':
      return { message: 'Disable trusted access of AWS Backup to the organization?', consequence: 'Disabling trusted access stops organization-wide monitoring: jobs of other accounts are no longer seen in the management account or by delegated administrators. Attached backup policies stay. AWS recommends to disable it in the console of AWS Backup.', verb: 'Disable Trusted Access', done: 'AWS Backup has no trusted access to the organization any more.' };
    case 'registerDelegatedAdministrator':
      return { message: `Register account ${change.accountId} as delegated administrator for AWS Backup?`, consequence: 'Who works there sees the jobs of every account of the organization. It does not let the account manage backup policies: that takes the delegation policy.', verb: 'Register Account', done: `Account ${change.accountId} is a delegated administrator for AWS Backup.` };
    case 'deregisterDelegatedAdministrator':
      return { message: `Deregister account ${change.accountId} as delegated administrator for AWS Backup?`, consequence: 'Who works there no longer sees the jobs of other accounts. What the delegation policy allows the account stays.', verb: 'Deregister Account', done: `Account ${change.accountId} is no delegated administrator for AWS Backup any more.` };
    case 'enableCrossAccountBackup':
      return { message: 'Enable cross-account backup in the organization?', consequence: 'Accounts of the organization can then copy backups to vaults of other accounts whose access policies allow it.', verb: 'Enable Cross-Account Backup', done: 'Cross-account backup is enabled.' };
    case 'disableCrossAccountBackup':
      return { message: 'Disable cross-account backup in the organization?', consequence: 'Copy actions to vaults of other accounts fail from then on. Copies that exist stay.', verb: 'Disable Cross-Account Backup', done: 'Cross-account backup is disabled.' };
  }
}

/** What the user is asked before a change. */
export function confirmationOf(change: SetUpChange, facts: ChangeFacts, connection: ConnectionView): Omit<SetUpConfirmation, 'ref'> {
  const { message, consequence, verb } = wordsOf(change, facts);
  const { organizationId, managementAccountId, profile, endpoint, backend } = connection;
  const place = [
    `Organization ${organizationId}, management account ${managementAccountId}`,
    ...(backend === 'embedded' ? ['embedded organization'] : []),
    ...(profile === undefined ? [] : [`profile ${profile}`]),
    ...(endpoint === undefined ? [] : [`endpoint ${endpoint}`]),
  ].join(', ');
  return { message, detail: `${consequence}\n\n${place}.\n\n${changeCommand(change, { ...(profile === undefined ? {} : { profile }), ...(endpoint === undefined ? {} : { endpoint }) })}`, verb, connection };
}

/** A change as the title of an operation. */
export function changeTitle(change: SetUpChange): string {
  return wordsOf(change, {}).message.replace(/\?$/, '');
}

/** What is said after a change. */
export function doneWords(change: SetUpChange): string {
  return wordsOf(change, {}).done;
}

/** What is said when AWS has begun a change of the policy type and not told the end of it. */
export function begunWords({ type }: Extract<SetUpChange, { readonly type: 'enablePolicyType' | 'disablePolicyType' }>): string {
  return `AWS is still ${type === 'enablePolicyType' ? 'enabling' : 'disabling'} backup policies in the organization. Refresh the set-up in a minute to see whether it has.`;
}
