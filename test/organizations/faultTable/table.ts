import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OrganizationsApi } from '../../../server/organizations/api.ts';
import { awsOrganizations } from '../../../server/organizations/awsOrganizations.ts';
import { EmbeddedOrganization, embeddedCaller } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization, type EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import { organizationsApi } from '../../../server/organizations/organizationsApi.ts';
import { fileJournal } from '../../../server/organizations/writes/fileJournal.ts';
import { simulatedClock, type SimulatedClock } from '../simulatedClock.ts';
import { startStub, type Stub } from '../stub.ts';
import type { Place } from './scenarios.ts';

/** An organization that a scenario works on: over HTTP as the product does, and from inside as a colleague. */
export interface Table extends Place {
  readonly stub: Stub;
  readonly clock: SimulatedClock;
  /** The same organization without a wire: never fails. */
  readonly inside: OrganizationsApi;
  /** Where the journal is. */
  readonly folder: string;
  /** What AWS holds: `Daily: daily` for each policy, `Production: A, B` for each target in order of attachment, and what is trusted and delegated. */
  state(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Where the credentials of the tests are: a profile that every client of them can read all the time. */
export function writeProfile(): { readonly folder: string; readonly environment: Readonly<Record<string, string>> } {
  const folder = mkdtempSync(path.join(tmpdir(), 'profile-'));
  writeFileSync(path.join(folder, 'credentials'), '[test]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = secret-of-the-test\n');
  writeFileSync(path.join(folder, 'config'), '[profile test]\nregion = eu-central-1\n');
  const environment = {
    AWS_CONFIG_FILE: path.join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  Object.assign(process.env, environment);
  return { folder, environment };
}

/** Opens an organization with backup policies enabled and one OU. */
export async function openTable(): Promise<Table> {
  const clock = simulatedClock();
  const storage = memoryStorage(newOrganization());
  const organization = new EmbeddedOrganization({ storage, clock });
  const inside = organizationsApi(embeddedCaller({ storage, clock }), { clock, paced: false });
  const root = (await inside.listRoots())[0]?.id ?? '';
  await inside.enablePolicyType(root);
  clock.advance(60_000);
  const { OrganizationalUnit } = await organization.call('CreateOrganizationalUnit', { ParentId: root, Name: 'Production' });
  await organization.call('CreateAccount', { AccountName: 'delegate', Email: 'delegate@example.com' });
  const { id: organizationId } = await inside.describeOrganization();
  const stub = await startStub(organization);
  const caller = await awsOrganizations({ endpoint: stub.endpoint, profile: 'test', requestTimeout: 250 });
  const folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
  return {
    stub,
    clock,
    inside,
    folder,
    api: organizationsApi(caller, { clock, paced: true }),
    journal: fileJournal(folder, () => clock.now()),
    organizationId,
    unit: (OrganizationalUnit as { readonly Id: string }).Id,
    state: async () => {
      const stored = await storage.load();
      return stored === undefined ? [] : linesOf(stored.state);
    },
    close: async () => {
      caller.close();
      await stub.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function linesOf({ policies, attachments, units, trustedServices = {}, delegatedAdministrators = [] }: EmbeddedState): readonly string[] {
  const nameOf = (id: string): string => policies.find((policy) => policy.id === id)?.name ?? id;
  return [
    ...policies.map(({ name, content }) => `${name}: ${/"plans": \{\s*"(\w+)"/.exec(content)?.[1] ?? ''}`).sort(),
    ...units.flatMap(({ id, name }) => (attachments[id] === undefined ? [] : [`${name}: ${attachments[id].map(nameOf).join(', ')}`])),
    ...Object.keys(trustedServices).map((service) => `trusted: ${service}`),
    ...delegatedAdministrators.map(({ servicePrincipal }) => `delegated: ${servicePrincipal}`),
  ];
}
