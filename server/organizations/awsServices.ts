import {
  BackupClient,
  DescribeGlobalSettingsCommand,
  DescribeRegionSettingsCommand,
  ListBackupJobsCommand,
  ListBackupVaultsCommand,
  ListCopyJobsCommand,
  ListRestoreJobsCommand,
  UpdateGlobalSettingsCommand,
} from '@aws-sdk/client-backup';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { watched } from './awsAttempts.ts';
import { awsConfig, type AwsConfig, type AwsOptions } from './awsConfig.ts';
import type { Answer, WireObject } from './caller.ts';
import type { ServiceCallers } from './serviceCaller.ts';
import type { ServiceOperation } from './serviceOperations.ts';

interface Clients {
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly backup: BackupClient;
}

type Output = object & { readonly $metadata: { readonly attempts?: number | undefined } };
type Send = (clients: Clients, input: never, options: { readonly abortSignal?: AbortSignal }) => Promise<Output>;

/** By operation, what sends it: only these are in the bundle. The SDK's inputs have the members of AWS's protocol. */
const sent: Readonly<Record<ServiceOperation, Send>> = {
  'sts:GetCallerIdentity': ({ sts }, _input, options) => sts.send(new GetCallerIdentityCommand({}), options),
  'iam:GetRole': ({ iam }, input: { readonly RoleName: string }, options) => iam.send(new GetRoleCommand(input), options),
  'backup:DescribeGlobalSettings': ({ backup }, _input, options) => backup.send(new DescribeGlobalSettingsCommand({}), options),
  'backup:UpdateGlobalSettings': ({ backup }, input: object, options) => watched(new UpdateGlobalSettingsCommand(input), (command) => backup.send(command, options)),
  'backup:DescribeRegionSettings': ({ backup }, _input, options) => backup.send(new DescribeRegionSettingsCommand({}), options),
  'backup:ListBackupVaults': ({ backup }, input: object, options) => backup.send(new ListBackupVaultsCommand(input), options),
  'backup:ListBackupJobs': ({ backup }, input: object, options) => backup.send(new ListBackupJobsCommand(input), options),
  'backup:ListCopyJobs': ({ backup }, input: object, options) => backup.send(new ListCopyJobsCommand(input), options),
  'backup:ListRestoreJobs': ({ backup }, input: object, options) => backup.send(new ListRestoreJobsCommand(input), options),
};

/** The AWS SDK's clients of AWS Backup, AWS STS and IAM, made for each Region on first use. An endpoint of the options is that of all of them. */
export async function awsServices(options: AwsOptions): Promise<ServiceCallers> {
  const { profile, endpoint = '' } = options;
  const config = await awsConfig(options, (each) => new BackupClient(each));
  const regions = new Map<string, Clients>();
  const clientsIn = (region: string): Clients => {
    const known = regions.get(region) ?? clientsOf({ ...config, region });
    regions.set(region, known);
    return known;
  };
  const close = (): void => {
    for (const { sts, iam, backup } of regions.values()) for (const client of [sts, iam, backup]) client.destroy();
    regions.clear();
  };
  return {
    region: config.region,
    in: (region) => ({
      ...(profile === undefined ? {} : { profile }),
      ...(endpoint === '' ? {} : { endpoint }),
      call: (operation, input, signal) => answer(operation, clientsIn(region), input, signal),
      close,
    }),
    close,
  };
}

function clientsOf(config: AwsConfig): Clients {
  return { sts: new STSClient(config), iam: new IAMClient(config), backup: new BackupClient(config) };
}

async function answer(operation: ServiceOperation, clients: Clients, input: WireObject, signal: AbortSignal | undefined): Promise<Answer> {
  const { $metadata, ...output } = await sent[operation](clients, input as never, signal === undefined ? {} : { abortSignal: signal });
  return { output, attempts: $metadata.attempts ?? 1 };
}
