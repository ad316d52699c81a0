import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { impactView } from '../../../server/features/impactView.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../../server/model/snapshot.ts';
import { complete, type OrganizationsApi } from '../../../server/organizations/api.ts';
import type { WireObject } from '../../../server/organizations/caller.ts';
import { embeddedCaller, EmbeddedOrganization } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import type { Call } from '../../../server/organizations/host.ts';
import { lastKnownFiles } from '../../../server/organizations/lastKnown.ts';
import { organizationsApi } from '../../../server/organizations/organizationsApi.ts';
import { executePush, type WritingContext } from '../../../server/organizations/push/executePush.ts';
import { preparePush, type PreparedPush } from '../../../server/organizations/push/preparePush.ts';
import { fileJournal } from '../../../server/organizations/writes/fileJournal.ts';
import type { ConnectionView, PreparePushParams, PushResultView } from '../../../server/protocol.ts';
import { onTheWire } from '../backends.ts';
import { simulatedClock, type SimulatedClock } from '../simulatedClock.ts';
import type { Stub } from '../stub.ts';

/** Where the model of the tests is. */
export const modelUri = 'file:///project/backup-organization.json';

/** A policy document that keeps recovery points for some days. */
export function document(days: number, plan = 'daily'): string {
  const content = { plans: { [plan]: { regions: { '@@assign': ['eu-central-1'] }, rules: { nightly: { schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' }, target_backup_vault_name: { '@@assign': 'Default' }, lifecycle: { delete_after_days: { '@@assign': String(days) } } } }, selections: { tags: { tagged: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/Backup' }, tag_key: { '@@assign': 'backup' }, tag_value: { '@@assign': ['daily'] } } } } } } };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** An organization (root, OUs Workloads and Sandbox with one account each), its model, and a way to push. */
export interface Pushing {
  readonly api: OrganizationsApi;
  readonly clock: SimulatedClock;
  readonly context: WritingContext;
  /** On the wire only. */
  readonly stub: Stub | undefined;
  readonly ids: { readonly root: string; readonly workloads: string; readonly sandbox: string; readonly shop: string; readonly lab: string };
  /** The files of the workspace, by name. */
  readonly write: (files: Readonly<Record<string, string | undefined>>) => void;
  /** The model after some edits, as JSON. */
  readonly editedModel: (edits: PushResultView['modelEdits']) => unknown;
  /** A model with these policies, attached by the names of roots, OUs and accounts. */
  readonly modelled: (policies: Readonly<Record<string, { readonly id?: string; readonly description?: string }>>, attached?: Readonly<Record<string, readonly string[]>>) => void;
  /** Puts a policy into AWS as somebody else would. */
  readonly given: (name: string, content: string, options?: { readonly description?: string; readonly targets?: readonly string[]; readonly tags?: Readonly<Record<string, string>> }) => Promise<string>;
  readonly prepare: (policies: PreparePushParams['policies'], overwrite?: readonly string[], call?: Call) => Promise<PreparedPush>;
  readonly execute: (prepared: PreparedPush, call?: Call) => Promise<PushResultView>;
  /** Names and contents in AWS. */
  readonly remote: () => Promise<Readonly<Record<string, string>>>;
}

/** A call that nobody cancels. */
export function patiently(signal = new AbortController().signal, report: Call['report'] = () => undefined): Call {
  return { signal, report };
}

/** Cancels as soon as a message is reported. */
export function cancelledAt(words: RegExp): Call {
  const controller = new AbortController();
  return patiently(controller.signal, (message) => {
    if (words.test(message)) controller.abort();
  });
}

const closing: (() => Promise<void>)[] = [];

/** Closes what `openPushing` opened after each test of the calling file. */
export function closeAfterEach(): void {
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
}

/** Opens an organization without policies, backup policies enabled, in this process or behind HTTP. */
export async function openPushing(backend: 'embedded' | 'stub', start = Date.parse('2026-06-01T00:00:00Z')): Promise<Pushing> {
  const folder = mkdtempSync(path.join(tmpdir(), 'push-'));
  const { api, arrange, clock, stub, close } = backend === 'stub' ? await wired() : embedded(start);
  closing.push(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  const root = (await api.listRoots())[0]?.id ?? '';
  await api.enablePolicyType(root);
  const unit = async (Name: string): Promise<string> => idIn(await arrange('CreateOrganizationalUnit', { ParentId: root, Name }), 'OrganizationalUnit', 'Id');
  const account = async (AccountName: string, parent: string): Promise<string> => {
    const id = idIn(await arrange('CreateAccount', { AccountName, Email: `${AccountName}@example.com` }), 'CreateAccountStatus', 'AccountId');
    await arrange('MoveAccount', { AccountId: id, SourceParentId: root, DestinationParentId: parent });
    return id;
  };
  const [workloads, sandbox] = [await unit('Workloads'), await unit('Sandbox')];
  const ids = { root, workloads, sandbox, shop: await account('shop', workloads), lab: await account('lab', sandbox) };
  clock.advance(60_000);
  const files = new Map<string, string>();
  const edited = (): Snapshot => applyChanges(emptySnapshot(clock.now()), clock.now(), [...files].map(([name, text]) => ({ type: name === 'backup-organization.json' ? 'organization' : 'policy', uri: `file:///project/${name}`, text })));
  const context: WritingContext = {
    api,
    host: { clock, edited, impact: impactView },
    known: lastKnownFiles(folder),
    place: {},
    journal: fileJournal(path.join(folder, 'journal'), () => clock.now()),
  };
  let prepared = 0;
  return {
    api,
    clock,
    context,
    stub,
    ids,
    write: (texts) => {
      for (const [name, text] of Object.entries(texts)) {
        if (text === undefined) files.delete(name);
        else files.set(name, text);
      }
    },
    editedModel: (edits) => JSON.parse(TextDocument.applyEdits(TextDocument.create(modelUri, 'json', 1, files.get('backup-organization.json') ?? ''), edits.map(({ range, newText }) => ({ range, newText })))) as unknown,
    modelled: (policies, attached = {}) => {
      const own = (name: string): object => (attached[name] === undefined ? {} : { policies: attached[name] });
      files.set('backup-organization.json', `${JSON.stringify({
        policies: Object.fromEntries(Object.entries(policies).map(([name, more]) => [name, { file: `${name}.json`, ...more }])),
        root: {
          id: ids.root, name: 'Root', ...own('Root'),
          organizationalUnits: [
            { id: ids.workloads, name: 'Workloads', ...own('Workloads'), accounts: [{ id: ids.shop, name: 'shop', ...own('shop') }] },
            { id: ids.sandbox, name: 'Sandbox', ...own('Sandbox'), accounts: [{ id: ids.lab, name: 'lab', ...own('lab') }] },
          ],
        },
      }, undefined, 2)}\n`);
    },
    given: async (name, content, { description = '', targets = [], tags = {} } = {}) => {
      const { id } = await api.createPolicy({ name, description, content, tags: Object.entries(tags).map(([key, value]) => ({ key, value })) });
      for (const targetId of targets) await api.attachPolicy({ policyId: id, targetId });
      clock.advance(60_000);
      return id;
    },
    prepare: async (policies, overwrite = [], call = patiently()) => preparePush({ ...context, connection: await connectionOf(api) }, { organization: modelUri, policies, overwrite }, `push-${String(++prepared)}`, call),
    execute: (push, call = patiently()) => executePush(context, push, call),
    remote: async () => {
      const listed = await complete(api.listPolicies());
      return Object.fromEntries(await Promise.all(listed.map(async ({ id, name }) => [name, (await api.describePolicy(id)).content] as const)));
    },
  };
}

/** Which organization it is; who calls is not known. */
async function connectionOf(api: OrganizationsApi): Promise<ConnectionView> {
  const { id: organizationId, managementAccountId } = await api.describeOrganization();
  return { backend: 'aws', mode: 'readWrite', organizationId, managementAccountId };
}

interface Backend {
  readonly api: OrganizationsApi;
  readonly clock: SimulatedClock;
  readonly stub?: Stub;
  readonly arrange: (operation: string, input: WireObject) => Promise<WireObject>;
  readonly close: () => Promise<void>;
}

function embedded(start: number): Backend {
  const clock = simulatedClock(start);
  const storage = memoryStorage(newOrganization());
  const organization = new EmbeddedOrganization({ storage, clock });
  return { clock, api: organizationsApi(embeddedCaller({ storage, clock }), { clock, paced: false }), arrange: (operation, input) => organization.call(operation, input), close: () => Promise.resolve() };
}

async function wired(): Promise<Backend> {
  const { api, clock, stub, ...opened } = await onTheWire({ emptyPages: true });
  return { api, clock, stub, arrange: (operation, input) => opened.arrange(operation, input), close: () => opened.close() };
}

function idIn(answer: WireObject, member: string, key: string): string {
  return String((answer[member] as WireObject)[key]);
}
