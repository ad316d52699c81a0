import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../server/organizations/clock.ts';
import { embeddedFromModel } from '../../server/organizations/connection/embeddedFromModel.ts';
import { EmbeddedOrganization, embeddedCaller } from '../../server/organizations/embedded/embeddedOrganization.ts';
import { fileStorage } from '../../server/organizations/embedded/storage.ts';
import { organizationsApi } from '../../server/organizations/organizationsApi.ts';
import { loadOrganization } from '../../server/cli/organization.ts';
import { startStub } from '../organizations/stub.ts';
import { commandLine, type Run } from './commandLine.ts';

const { cli, folder, run } = await commandLine();
const work = path.join(folder, 'work');
const model = path.join(work, 'backup-organization.json');
const embedded = path.join(folder, 'organization.json');
const baseline = readFileSync('samples/backup-policies/baseline.json', 'utf8');

const drift = (...args: readonly string[]): Run => run('drift', '--organization', model, '--embedded', embedded, ...args);
const asked = 'backup-policy: Asking AWS for the effective policies of 7 accounts, which stand for 18; this takes at least 4 seconds.\n';

/** Does what somebody does in AWS's console, at once. */
async function change(name: string, content: string): Promise<void> {
  const api = organizationsApi(embeddedCaller({ storage: fileStorage(embedded), clock: systemClock, propagation: [0, 0] }), { clock: systemClock, paced: false });
  for await (const page of api.listPolicies()) for (const { id } of page.filter((policy) => policy.name === name)) await api.updatePolicy({ policyId: id, content });
}

beforeAll(() => {
  cpSync('samples', work, { recursive: true });
});

beforeEach(async () => {
  const { snapshot, organization } = loadOrganization(model, Date.now());
  const storage = fileStorage(embedded);
  await storage.save(embeddedFromModel(snapshot, organization, Date.now()).state, (await storage.load())?.mark);
});

describe('drift', () => {
  test('is none where AWS has what the files say', () => {
    expect(drift()).toEqual({
      status: 0,
      output: 'Nothing differs between the files and o-h4rb000000; equal are 10 policies, 31 targets, 11 attachments and the effective policies of 7 accounts.\nAWS has frozen an account, which keeps its last valid effective policy: Root/Workloads/Prod/Corporate/finance-prod.\nAWS does not tell the order in which policies were attached, so it was not compared; 2 targets have several policies.\n',
      errors: asked,
    });
  });

  test('is told for people, with the settings and what to do', async () => {
    await change('baseline', baseline.replace('"35"', '"36"'));
    const { status, output } = drift();
    expect(status).toBe(1);
    expect(output).toContain('Policies\n  "baseline" differs from AWS in 1 setting: everyday/rules/daily/lifecycle/delete_after_days/@@assign.\n    ~ plans/everyday/rules/daily/lifecycle/delete_after_days/@@assign: 35 → 36\n    Take AWS\'s content into the file, or push the file to AWS.\n');
    expect(output).toMatch(/\nEffective policies\n {2}AWS gives Root\//);
  });

  test('is told for pipelines and pull requests', async () => {
    await change('baseline', baseline.replace('"35"', '"36"'));
    const { findings, ...rest } = JSON.parse(drift('--format', 'json', '--sample', '0').output) as { readonly findings: readonly unknown[] };
    expect(findings).toMatchObject([{ kind: 'policy', type: 'differs', policy: 'baseline' }]);
    expect(rest).toMatchObject({ organizationId: 'o-h4rb000000', equal: { policies: 9 } });
    expect(drift('--format', 'markdown', '--sample', '0').output).toContain('### Policies\n\n- "baseline" differs from AWS in 1 setting: everyday/rules/daily/lifecycle/delete\\_after\\_days/@@assign. ');
    expect(drift('--format', 'github', '--sample', '0').output).toMatch(/^::warning title=Drift%3A Policies::"baseline" differs from AWS in 1 setting: .*%0A~ plans\/everyday\//);
  });

  test('asks for the accounts below the targets alone', () => {
    const { status, errors } = drift('--target', 'Root/Sandbox', '--target', '777788889999');
    expect([status, errors]).toEqual([0, 'backup-policy: Asking AWS for the effective policies of 2 accounts, which stand for 9; this takes at least 1 second.\n']);
  });

  test.each([
    ['no model', ['drift'], 'drift needs --organization FILE.'],
    ['a target that is not there', ['drift', '--organization', model, '--embedded', embedded, '--target', 'nowhere'], 'The organization has no root, OU or account "nowhere".'],
    ['a sample and a target', ['drift', '--organization', model, '--embedded', embedded, '--target', 'Root', '--sample', '1'], '--target and --sample exclude each other.'],
    ['a sample that is no number', ['drift', '--organization', model, '--embedded', embedded, '--sample', 'all'], '--sample all is no number of accounts'],
    ['an unknown format', ['drift', '--organization', model, '--embedded', embedded, '--format', 'csv'], '--format csv is not one of text, json, markdown, github.'],
    ['a repeated target of another command', ['effective', '--organization', model, '--target', 'Root', '--target', 'Root'], '--target is given more than once.'],
    ['another organization', ['drift', '--organization', 'OTHER', '--embedded', embedded], 'The model describes the organization with the root r-0the'],
  ])('takes %s for wrong use', (_what, args, message) => {
    const other = path.join(work, 'other.json');
    writeFileSync(other, readFileSync(model, 'utf8').replace('"r-h4rb"', '"r-0the"'));
    const { status, errors, output } = run(...args.map((arg) => (arg === 'OTHER' ? other : arg)));
    expect([status, output]).toEqual([2, '']);
    expect(errors).toContain(message);
  });
});

describe('over the wire', () => {
  test('drift is found through a profile and an endpoint, and a refusal of AWS has a status of its own', async () => {
    const stub = await startStub(new EmbeddedOrganization({ storage: fileStorage(embedded), clock: systemClock }));
    const credentials = path.join(folder, 'credentials');
    writeFileSync(credentials, '[team]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = secret-of-the-test\n');
    const env = { ...process.env, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: path.join(folder, 'config'), AWS_EC2_METADATA_DISABLED: 'true' };
    const wired = (): Promise<{ readonly code?: number; readonly stdout: string; readonly stderr: string }> =>
      promisify(execFile)(process.execPath, [cli, 'drift', '--organization', model, '--profile', 'team', '--endpoint', stub.endpoint, '--sample', '1'], { env }).catch((error: unknown) => error as { readonly code: number; readonly stdout: string; readonly stderr: string });
    try {
      const { stdout } = await wired();
      expect(stdout).toContain('Nothing differs between the files and o-h4rb000000');
      stub.fault({ kind: 'accessDenied', operation: 'ListPolicies' });
      const { code, stderr } = await wired();
      expect(code).toBe(3);
      expect(stderr).toContain('organizations:ListPolicies');
      expect(stderr).not.toContain('secret-of-the-test');
    } finally {
      await stub.close();
    }
  }, 60_000);
});
