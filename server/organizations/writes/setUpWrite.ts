import { complete, type CallOptions, type OrganizationsApi } from '../api.ts';
import type { ServicesApi } from '../services.ts';

/** A change of what surrounds backup policies. AWS holds either what is wanted or its opposite, so there is nothing else to compare. */
export type SetUpWrite =
  | { readonly type: 'enableTrustedAccess' | 'disableTrustedAccess'; readonly servicePrincipal: string }
  | { readonly type: 'registerDelegatedAdministrator' | 'deregisterDelegatedAdministrator'; readonly accountId: string; readonly servicePrincipal: string }
  /** A flag of AWS Backup for the organization, such as `isCrossAccountBackupEnabled`. */
  | { readonly type: 'updateGlobalSettings'; readonly flag: string; readonly before: boolean; readonly after: boolean };

/** The settings of AWS Backup for the organization. */
export type GlobalSettingsApi = Pick<ServicesApi, 'describeGlobalSettings' | 'updateGlobalSettings'>;

/** What writes are made with. Without `globalSettings`, which opens AWS Backup at the first need, `updateGlobalSettings` cannot be made. */
export type WriteApi = OrganizationsApi & { readonly globalSettings?: () => Promise<GlobalSettingsApi> };

/** A write as a command to somebody: `enable trusted access of backup.amazonaws.com`. */
export function setUpWords(write: SetUpWrite): string {
  switch (write.type) {
    case 'enableTrustedAccess':
      return `enable trusted access of ${write.servicePrincipal}`;
    case 'disableTrustedAccess':
      return `disable trusted access of ${write.servicePrincipal}`;
    case 'registerDelegatedAdministrator':
      return `register account ${write.accountId} as delegated administrator for ${write.servicePrincipal}`;
    case 'deregisterDelegatedAdministrator':
      return `deregister account ${write.accountId} as delegated administrator for ${write.servicePrincipal}`;
    case 'updateGlobalSettings':
      return `change ${write.flag} of AWS Backup from ${String(write.before)} to ${String(write.after)}`;
  }
}

/** The write that takes another one back. */
export function oppositeOf(write: SetUpWrite): SetUpWrite {
  switch (write.type) {
    case 'enableTrustedAccess':
      return { ...write, type: 'disableTrustedAccess' };
    case 'disableTrustedAccess':
      return { ...write, type: 'enableTrustedAccess' };
    case 'registerDelegatedAdministrator':
      return { ...write, type: 'deregisterDelegatedAdministrator' };
    case 'deregisterDelegatedAdministrator':
      return { ...write, type: 'registerDelegatedAdministrator' };
    case 'updateGlobalSettings':
      return { ...write, before: write.after, after: write.before };
  }
}

/** Whether AWS holds what a write wants. Rejects with `OrganizationsError`. */
export async function isSetUp(api: WriteApi, write: SetUpWrite, options: CallOptions): Promise<boolean> {
  switch (write.type) {
    case 'enableTrustedAccess':
    case 'disableTrustedAccess': {
      const trusted = (await complete(api.listAWSServiceAccessForOrganization(options))).some(({ servicePrincipal }) => servicePrincipal === write.servicePrincipal);
      return trusted === (write.type === 'enableTrustedAccess');
    }
    case 'registerDelegatedAdministrator':
    case 'deregisterDelegatedAdministrator': {
      const registered = (await complete(api.listDelegatedAdministrators(write.servicePrincipal, options))).some(({ id }) => id === write.accountId);
      return registered === (write.type === 'registerDelegatedAdministrator');
    }
    case 'updateGlobalSettings': {
      const { flags } = await (await settingsOf(api)).describeGlobalSettings(options);
      // A flag that was never changed may be absent.
      return (flags[write.flag] ?? false) === write.after;
    }
  }
}

/** Makes the call. Rejects with `OrganizationsError`. */
export async function sendSetUp(api: WriteApi, write: SetUpWrite): Promise<void> {
  switch (write.type) {
    case 'enableTrustedAccess':
      await api.enableAWSServiceAccess(write.servicePrincipal);
      return;
    case 'disableTrustedAccess':
      await api.disableAWSServiceAccess(write.servicePrincipal);
      return;
    case 'registerDelegatedAdministrator':
      await api.registerDelegatedAdministrator(write.accountId, write.servicePrincipal);
      return;
    case 'deregisterDelegatedAdministrator':
      await api.deregisterDelegatedAdministrator(write.accountId, write.servicePrincipal);
      return;
    case 'updateGlobalSettings':
      await (await settingsOf(api)).updateGlobalSettings({ [write.flag]: write.after });
  }
}

function settingsOf({ globalSettings }: WriteApi): Promise<GlobalSettingsApi> {
  if (globalSettings === undefined) throw new Error('The settings of AWS Backup are changed with an access to AWS Backup.');
  return globalSettings();
}
