import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../server/organizations/clock.ts';
import { embeddedCaller } from '../../server/organizations/embedded/embeddedOrganization.ts';
import { fileStorage } from '../../server/organizations/embedded/storage.ts';
import { organizationsApi } from '../../server/organizations/organizationsApi.ts';
import { retention, smallOrganization } from '../organizations/import/project.ts';
import { commandLine, type Run } from './commandLine.ts';

const { folder, runIn } = await commandLine();
const work = path.join(folder, 'work');
const model = path.join(work, 'backup-organization.json');
const embedded = path.join(folder, 'organization.json');
const state = path.join(folder, 'state');

const run = (...args: readonly string[]): Run => runIn({ cwd: folder, env: { XDG_STATE_HOME: state } }, 'import', '--organization', model, '--embedded', embedded, ...args);
const read = (name: string): string => readFileSync(path.join(work, name), 'utf8');

/** Does what somebody does in AWS's console. */
async function push(policyId: string, content: string): Promise<void> {
  const api = organizationsApi(embeddedCaller({ storage: fileStorage(embedded), clock: systemClock, propagation: [0, 0] }), { clock: systemClock, paced: false });
  await api.updatePolicy({ policyId, content });
}

beforeEach(async () => {
  for (const place of [work, state, embedded]) rmSync(place, { recursive: true, force: true });
  mkdirSync(work);
  await fileStorage(embedded).save(smallOrganization(), undefined);
});

describe('import', () => {
  test('writes the model and its policies, and then changes nothing', () => {
    const { status, output } = run();
    expect([status, output.split('\n')[0]]).toEqual([0, '# Import from AWS Organizations']);
    expect(readdirSync(path.join(work, 'policies'))).toEqual(['baseline.json', 'longer.json']);
    const before = read('backup-organization.json');
    expect(JSON.parse(run('--format', 'json').output)).toMatchObject({ organizationId: 'o-em1b000000', accounts: 3, units: 2, policies: 2, written: true, files: [], changes: [], conflicts: [] });
    expect(read('backup-organization.json')).toBe(before);
  });

  test('only says what would happen', () => {
    const { status, output } = run('--dry-run', '--format', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ written: false, files: [{ type: 'create', file: 'work/backup-organization.json' }, { type: 'create', file: 'work/policies/baseline.json' }, { type: 'create', file: 'work/policies/longer.json' }] });
    expect(existsSync(model)).toBe(false);
  });

  test('takes what changed in AWS, and leaves a file that was edited as well', async () => {
    run();
    await push('p-longer001', retention('91'));
    expect(JSON.parse(run('--format', 'json').output)).toMatchObject({ changes: [{ type: 'contentChanged', policy: 'Longer' }] });
    expect(read('policies/longer.json')).toContain('"91"');
    await push('p-longer001', retention('92'));
    writeFileSync(path.join(work, 'policies/longer.json'), retention('1'));
    const { status, output } = run('--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ conflicts: [{ reason: 'both', policy: 'Longer', file: 'policies/longer.json' }], changes: [] });
    expect(read('policies/longer.json')).toBe(retention('1'));
  });

  test('goes on with what a dry run has read and says so, and reads everything again on demand', async () => {
    const first = run('--dry-run', '--format', 'json');
    expect(first.errors).not.toContain('--fresh');
    const { readAt } = JSON.parse(first.output) as { readonly readAt: string };
    await push('p-longer001', retention('91'));
    const kept = run('--dry-run', '--format', 'json');
    expect(kept.errors).toContain(`Goes on with what an earlier import began to read of AWS at ${readAt}`);
    expect(JSON.parse(kept.output)).toMatchObject({ readAt });
    const fresh = run('--fresh');
    expect([fresh.status, fresh.errors]).toEqual([0, expect.not.stringContaining('--fresh')]);
    expect(read('policies/longer.json')).toContain('"91"');
  });

  test('can replace ids', () => {
    expect(run('--redact-ids').status).toBe(0);
    expect(read('backup-organization.json')).not.toMatch(/222222222222|em1b|p-longer001/);
  });

  test('says why not, where the model is of another organization or AWS has none', () => {
    run();
    writeFileSync(model, read('backup-organization.json').replace('r-em1b', 'r-other'));
    expect(run()).toMatchObject({ status: 2, output: '' });
    rmSync(embedded);
    expect(run()).toMatchObject({ status: 3, output: '' });
    expect(runIn({}, 'import', '--embedded', embedded)).toMatchObject({ status: 2, errors: 'backup-policy: import needs --organization FILE.\n' });
  });
});
