import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OrganizationsApi } from '../../server/organizations/api.ts';
import type { AwsOptions } from '../../server/organizations/awsConfig.ts';
import { awsOrganizations } from '../../server/organizations/awsOrganizations.ts';
import type { Caller, WireObject } from '../../server/organizations/caller.ts';
import { systemClock } from '../../server/organizations/clock.ts';
import { EmbeddedOrganization, embeddedCaller, type EmbeddedOptions } from '../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization } from '../../server/organizations/embedded/state.ts';
import { fileStorage, memoryStorage } from '../../server/organizations/embedded/storage.ts';
import { organizationsApi } from '../../server/organizations/organizationsApi.ts';
import { simulatedClock, type SimulatedClock, type WireClock } from './simulatedClock.ts';
import { startStub, type Stub } from './stub.ts';

/** An organization to test against, with its management account alone and backup policies disabled. */
export interface Opened {
  readonly api: OrganizationsApi;
  /** Calls an operation that only the arrangement of a test needs. */
  arrange(operation: string, input: WireObject): Promise<WireObject>;
  /** Lets changes reach the accounts. */
  settle(): void;
  close(): Promise<void>;
}

/** Makes a new organization for each test. */
export interface Backend {
  readonly name: string;
  open(): Promise<Opened>;
}

/** In this process, kept in a file. */
export const embedded: Backend = {
  name: 'embedded',
  open: async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'organization-'));
    const storage = fileStorage(path.join(folder, 'organization.json'));
    await storage.save(newOrganization(), undefined);
    const clock = simulatedClock();
    const organization = new EmbeddedOrganization({ storage, clock });
    return {
      api: organizationsApi(embeddedCaller({ storage, clock }), { clock, paced: false }),
      arrange: (operation, input) => organization.call(operation, input),
      settle: () => {
        clock.advance(30_000);
      },
      close: () => {
        rmSync(folder, { recursive: true, force: true });
        return Promise.resolve();
      },
    };
  },
};

/** A stub with the AWS SDK's client for it. */
export interface OnTheWire extends Opened {
  readonly stub: Stub;
  readonly caller: Caller;
  /** The clock of our own retries and of the organization; the SDK has its own. */
  readonly clock: SimulatedClock;
  readonly organization: EmbeddedOrganization;
}

/** The AWS SDK's client over HTTP, with credentials in a file. */
export async function onTheWire(options: Partial<EmbeddedOptions> = {}, aws: AwsOptions = {}, clock: SimulatedClock | WireClock = simulatedClock()): Promise<OnTheWire> {
  const organization = new EmbeddedOrganization({ storage: memoryStorage(newOrganization()), clock, ...options });
  const stub = await startStub(organization);
  const client = await openClient({ endpoint: stub.endpoint, ...aws });
  const caller: Caller = 'during' in clock ? { ...client.caller, call: (...request) => clock.during(client.caller.call(...request)) } : client.caller;
  return {
    stub,
    clock,
    organization,
    caller,
    api: organizationsApi(caller, { clock, paced: true }),
    arrange: (operation, input) => organization.call(operation, input),
    settle: () => {
      clock.advance(30_000);
    },
    close: async () => {
      client.close();
      await stub.close();
    },
  };
}

/** The AWS SDK's client against the stub, which sometimes begins a list with an empty page. */
export const wire: Backend = { name: 'stub', open: () => onTheWire({ emptyPages: true }) };

/** A client with the profile `test`, whose files nobody else has. */
export async function openClient(options: AwsOptions): Promise<{ readonly caller: Caller; close(): void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'profile-'));
  writeFileSync(path.join(folder, 'credentials'), '[test]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = secret-of-the-test\n');
  writeFileSync(path.join(folder, 'config'), '[profile test]\nregion = eu-central-1\n\n[profile test-china]\nregion = cn-north-1\naws_access_key_id = AKIATESTTESTTESTCHIN\naws_secret_access_key = secret-of-the-test\n');
  process.env['AWS_CONFIG_FILE'] = path.join(folder, 'config');
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = path.join(folder, 'credentials');
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const caller = await awsOrganizations({ profile: 'test', ...options });
  return {
    caller,
    close: () => {
      caller.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An emulator that runs already. */
export function emulator(name: 'moto' | 'ministack', endpoint: string): Backend {
  const arrange = async (operation: string, input: WireObject): Promise<WireObject> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-amz-json-1.1',
        'X-Amz-Target': `AWSOrganizationsV20161128.${operation}`,
        Authorization: 'AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260601/us-east-1/organizations/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
    return (await response.json()) as WireObject;
  };
  return {
    name,
    open: async () => {
      await fetch(`${endpoint}${name === 'moto' ? '/moto-api/reset' : '/_ministack/reset'}`, { method: 'POST' });
      // An organization that appears by itself needs no creation.
      if (name === 'moto') await arrange('CreateOrganization', { FeatureSet: 'ALL' });
      const client = await openClient({ endpoint });
      return {
        api: organizationsApi(client.caller, { clock: systemClock, paced: false }),
        arrange,
        settle: () => undefined,
        close: () => {
          client.close();
          return Promise.resolve();
        },
      };
    },
  };
}
