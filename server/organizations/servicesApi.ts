import type { CallOptions, Pages } from './api.ts';
import type { WireObject } from './caller.ts';
import { failureOf } from './errors.ts';
import { list } from './readAnswer.ts';
import { readBackupJob, readCopyJob, readFlags, readGlobalSettings, readIdentity, readRestoreJob, readRole, readVault } from './readServices.ts';
import { Requests, type RequestOptions } from './requests.ts';
import type { ServiceCallers } from './serviceCaller.ts';
import type { ServiceOperation } from './serviceOperations.ts';
import type { BackupJob, JobFilter, ServicesApi } from './services.ts';

/** The operations over anything that answers as AWS does. */
export function servicesApi(callers: ServiceCallers, options: RequestOptions): ServicesApi {
  const { region: home } = callers;
  const regions = new Map<string, Requests<ServiceOperation>>();
  const requestsIn = (region: string): Requests<ServiceOperation> => {
    const known = regions.get(region) ?? new Requests(callers.in(region), options);
    regions.set(region, known);
    return known;
  };
  const pages = <T>(region: string, operation: ServiceOperation, input: WireObject, member: string, read: (item: WireObject) => T, call: CallOptions | undefined): Pages<T> => ({
    // Each iteration is a list of its own.
    [Symbol.asyncIterator]: () => requestsIn(region).pages(operation, input, member, (output) => list(output[member], member).map(read), call?.signal),
  });
  const jobs = (operation: ServiceOperation, member: string, stateMember: string, read: (item: WireObject, region: string) => BackupJob) => (region: string, filter: JobFilter, call?: CallOptions): Pages<BackupJob> =>
    pages(region, operation, filterInput(filter, stateMember), member, (item) => read(item, region), call);
  return {
    region: home,
    getCallerIdentity: (call) => requestsIn(home).send('sts:GetCallerIdentity', {}, readIdentity, call?.signal),
    getRole: async (RoleName, call) => {
      try {
        return await requestsIn(home).send('iam:GetRole', { RoleName }, readRole, call?.signal);
      } catch (error) {
        if (failureOf(error)?.kind === 'notFound') return undefined;
        throw error;
      }
    },
    describeGlobalSettings: (call) => requestsIn(home).send('backup:DescribeGlobalSettings', {}, readGlobalSettings, call?.signal),
    updateGlobalSettings: (flags, call) => {
      const GlobalSettings = Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, String(value)]));
      return requestsIn(home).send('backup:UpdateGlobalSettings', { GlobalSettings }, () => undefined, call?.signal);
    },
    describeRegionSettings: (region, call) => requestsIn(region).send('backup:DescribeRegionSettings', {}, (output) => readFlags(output['ResourceTypeOptInPreference']), call?.signal),
    listBackupVaults: (region, call) => pages(region, 'backup:ListBackupVaults', {}, 'BackupVaultList', readVault, call),
    listBackupJobs: jobs('backup:ListBackupJobs', 'BackupJobs', 'ByState', readBackupJob),
    listCopyJobs: jobs('backup:ListCopyJobs', 'CopyJobs', 'ByState', readCopyJob),
    listRestoreJobs: jobs('backup:ListRestoreJobs', 'RestoreJobs', 'ByStatus', readRestoreJob),
    close: () => {
      callers.close();
    },
  };
}

function filterInput({ accountId, state, createdAfter, createdBefore, resourceType }: JobFilter, stateMember: string): WireObject {
  return {
    ...(accountId === undefined ? {} : { ByAccountId: accountId }),
    ...(state === undefined ? {} : { [stateMember]: state }),
    ...(createdAfter === undefined ? {} : { ByCreatedAfter: new Date(createdAfter) }),
    ...(createdBefore === undefined ? {} : { ByCreatedBefore: new Date(createdBefore) }),
    ...(resourceType === undefined ? {} : { ByResourceType: resourceType }),
  };
}
