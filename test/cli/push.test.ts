import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { complete, type OrganizationsApi } from '../../server/organizations/api.ts';
import { systemClock } from '../../server/organizations/clock.ts';
import { embeddedCaller } from '../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization, type EmbeddedState } from '../../server/organizations/embedded/state.ts';
import { fileStorage } from '../../server/organizations/embedded/storage.ts';
import { organizationsApi } from '../../server/organizations/organizationsApi.ts';
import { document } from '../organizations/push/pushing.ts';
import { commandLine, type Run } from './commandLine.ts';

const { folder, file, runIn } = await commandLine();
const model = path.join(folder, 'backup-organization.json');
const embedded = path.join(folder, 'organization.json');
const state = path.join(folder, 'state');

/** AWS as it is: one account below the root, the type enabled. */
const account = '200000000001';
let api: OrganizationsApi;

beforeEach(async () => {
  for (const each of [embedded, state]) rmSync(each, { recursive: true, force: true });
  const fresh: EmbeddedState = newOrganization();
  const storage = fileStorage(embedded);
  await storage.save({ ...fresh, policyType: 'ENABLED', accounts: [...fresh.accounts, { id: account, name: 'shop', parentId: fresh.root.id }] }, undefined);
  api = organizationsApi(embeddedCaller({ storage, clock: systemClock, propagation: [0, 0] }), { clock: systemClock, paced: false });
  file('baseline.json', document(35));
  modelled({ baseline: {} });
});

function modelled(policies: Readonly<Record<string, { readonly id?: string }>>): void {
  const definitions = Object.fromEntries(Object.entries(policies).map(([name, more]) => [name, { file: `${name}.json`, ...more }]));
  writeFileSync(model, `${JSON.stringify({ policies: definitions, root: { id: 'r-em1b', name: 'Root', accounts: [{ id: account, name: 'shop' }] } }, undefined, 2)}\n`);
}

/** Pushes to the embedded organization. */
function push(...args: readonly string[]): Run {
  return runIn({ env: { XDG_STATE_HOME: state } }, 'push', '--organization', model, '--embedded', embedded, ...args);
}

function json(...args: readonly string[]): unknown {
  return JSON.parse(push('--format', 'json', ...args).output);
}

async function contents(): Promise<readonly string[]> {
  return Promise.all((await complete(api.listPolicies())).map(async ({ id }) => (await api.describePolicy(id)).content));
}

async function given(content: string): Promise<string> {
  const { id } = await api.createPolicy({ name: 'baseline', description: '', content });
  await api.attachPolicy({ policyId: id, targetId: 'r-em1b' });
  return id;
}

describe('push', () => {
  test('creates a policy and writes its id into the model, then has nothing to do', async () => {
    const { status, output, errors } = push('baseline', '--yes');
    const [policy] = await complete(api.listPolicies());
    expect([status, errors]).toEqual([0, '']);
    expect(output).toContain(`create: baseline\n  AWS creates the policy "baseline". It has no effect until it is attached.\n`);
    expect(output).toContain(`Created "baseline" as ${policy?.id ?? ''}.\n`);
    expect(readFileSync(model, 'utf8')).toContain(`      "file": "baseline.json",\n      "id": "${policy?.id ?? ''}"\n`);
    expect(await contents()).toEqual([document(35)]);
    const again = push('--changed', '--yes');
    expect([again.status, again.output]).toEqual([0, expect.stringMatching(/No policy differs from what was last known of AWS\.[^]*\nNothing to push\.\n$/)]);
  });

  test('says what would happen without doing it', async () => {
    const id = await given(document(90));
    modelled({ baseline: { id } });
    expect(json('baseline', '--dry-run')).toEqual({
      organization: { id: 'o-em1b000000', managementAccount: '111111111111', account: '111111111111' },
      dryRun: true,
      complete: false,
      policies: [expect.objectContaining({ name: 'baseline', id, kind: 'update', changes: ['content'], characters: document(35).length, minified: false, targets: [{ id: 'r-em1b', name: 'Root', path: 'Root' }], warnings: [], problems: [] })],
      impact: { accounts: 1, groups: [{ grade: 'weaker', accounts: ['Root/shop'], changes: [{ type: 'changed', grade: 'weaker', path: 'plans/daily/rules/nightly/lifecycle/delete_after_days', values: '90 → 35' }], errors: [] }] },
      warnings: [],
      notes: [expect.stringMatching(/^The impact rests on where AWS has these policies attached/)],
      commands: [`aws organizations update-policy --policy-id ${id} --content file://${path.join(folder, 'baseline.json')}`],
    });
    expect(await contents()).toEqual([document(90)]);
  });

  test('updates, waits for the effective policy and compares the verdicts', async () => {
    const id = await given(document(90));
    modelled({ baseline: { id } });
    expect(json('baseline', '--yes')).toMatchObject({ complete: true, policies: [{ outcome: 'updated', result: 'Updated "baseline".' }], effective: 'settled', reports: [{ account, path: 'Root/shop', settled: true, agrees: true }] });
    expect(await contents()).toEqual([document(35)]);
  });

  test.each([
    ['weaker', 1, document(90)],
    ['lost', 0, document(35)],
  ])('stops from the grade %s on: status %i', async (grade, status, content) => {
    const id = await given(document(90));
    modelled({ baseline: { id } });
    const run = push('baseline', '--yes', '--fail-on', grade);
    expect(run.status).toBe(status);
    expect(run.output.includes('Nothing was pushed: the impact reaches the level of --fail-on.')).toBe(status === 1);
    expect(await contents()).toEqual([content]);
  });

  test('stops at a change of somebody else', async () => {
    const id = await given(document(35));
    modelled({ baseline: { id } });
    expect(push('baseline', '--yes').status).toBe(0);
    await api.updatePolicy({ policyId: id, content: document(60) });
    file('baseline.json', document(30));
    const { status, output } = push('--changed', '--yes');
    expect([status, output]).toEqual([1, expect.stringContaining('conflict: baseline\n  The content of "baseline" changed in AWS since the last push or import')]);
    expect(await contents()).toEqual([document(60)]);
  });

  test('stops at what AWS would refuse, and says where', async () => {
    file('baseline.json', '{\n  "plans": { "daily": { "retention": 1 } }\n}\n');
    const { status, output } = push('baseline', '--yes');
    expect([status, output]).toEqual([1, expect.stringMatching(/refused: baseline\n {2}AWS would refuse baseline\.json: [^\n]*\n {2}2:\d+ /)]);
    expect(await contents()).toEqual([]);
  });

  test.each([
    ['nobody can confirm', ['baseline'], 'give --yes to push without a question'],
    ['no policy is named', ['--yes'], 'push needs the names of policies or --changed'],
    ['policies are named beside --changed', ['baseline', '--changed', '--yes'], 'and not both'],
    ['the model does not define the policy', ['nightly', '--yes'], 'The model does not define a policy "nightly". It has: baseline.'],
    ['there are two ways to AWS', ['baseline', '--yes', '--profile', 'prod'], 'it excludes --profile and --endpoint'],
    ['an option is another command\'s', ['baseline', '--at', '2026-01-01'], 'push takes no option --at'],
  ])('has status 2 when %s', async (_why, args, words) => {
    const { status, errors, output } = push(...args);
    expect([status, output]).toEqual([2, '']);
    expect(errors).toContain(words);
    expect(await contents()).toEqual([]);
  });

  test('has status 3 when AWS cannot be reached', () => {
    const env = { XDG_STATE_HOME: state, AWS_ACCESS_KEY_ID: 'AKIATESTTESTTESTTEST', AWS_SECRET_ACCESS_KEY: 'secret-of-the-test', AWS_EC2_METADATA_DISABLED: 'true', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    const { status, output, errors } = runIn({ env }, 'push', '--organization', model, 'baseline', '--yes', '--endpoint', 'http://127.0.0.1:9');
    expect([status, output]).toEqual([3, '']);
    expect(errors).toContain('http://127.0.0.1:9');
    expect(errors).not.toContain('secret-of-the-test');
  });

  test('prints nothing that the page on pushing does not describe', async () => {
    const id = await given(document(90));
    modelled({ baseline: { id } });
    const page = readFileSync('docs/push.md', 'utf8');
    const { policies: [policy], ...printed } = json('baseline', '--yes') as { readonly policies: readonly object[] };
    const [group] = (printed as unknown as { readonly impact: { readonly groups: readonly object[] } }).impact.groups;
    for (const key of [...Object.keys(printed), ...Object.keys(policy ?? {}), ...Object.keys(group ?? {})]) expect(page).toContain(`\`${key}\``);
    for (const option of ['--changed', '--dry-run', '--yes', '--fail-on', '--profile', '--endpoint', '--embedded', '--format']) expect(page).toContain(option);
  });

  test('needs an endpoint that is a URL', () => {
    expect(runIn({}, 'push', '--organization', model, 'baseline', '--yes', '--endpoint', 'localhost:5000')).toMatchObject({ status: 2, errors: 'backup-policy: --endpoint localhost:5000 is no URL such as http://127.0.0.1:5000.\n' });
  });
});
