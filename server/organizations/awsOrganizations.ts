import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { awsCommands } from './awsCommands.ts';
import { awsConfig, type AwsOptions, type CredentialSource } from './awsConfig.ts';
import type { Caller } from './caller.ts';


/** The client for AWS Organizations, and its credentials for the clients of other services. */
export interface AwsOrganizations extends Caller {
  readonly credentials: CredentialSource;
}

/**
 * The AWS SDK's client. Sends a request up to four times when AWS throttles it or does not answer; whether an earlier
 * attempt may have taken effect can be told by `attempts`. Source: organizations-backend §§2 and 3 [measured].
 */
export async function awsOrganizations(options: AwsOptions): Promise<AwsOrganizations> {
  const { profile, endpoint = '' } = options;
  const config = await awsConfig(options, (each) => new OrganizationsClient(each));
  const client = new OrganizationsClient(config);
  return {
    ...(profile === undefined ? {} : { profile }),
    credentials: config.credentials,
    endpoint: endpoint === '' ? await endpointOf(client) : endpoint,
    call: (operation, input, signal) => awsCommands[operation](client, input, signal),
    close: () => {
      client.destroy();
    },
  };
}

async function endpointOf(client: OrganizationsClient): Promise<string> {
  const configured = await client.config.endpoint?.();
  if (configured !== undefined) return `${configured.protocol}//${configured.hostname}${configured.port === undefined ? '' : `:${String(configured.port)}`}`;
  return client.config.endpointProvider({ Region: await client.config.region(), UseDualStack: false, UseFIPS: false }).url.origin;
}
