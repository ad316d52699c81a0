import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCommands } from '../../server/organizations/writeCommands.ts';
import type { RemoteWrite } from '../../server/organizations/writes/write.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'commands-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
// A command that writes its arguments to a file and answers with an id.
writeFileSync(path.join(folder, 'aws'), `#!/bin/sh\nfor each in "$@"; do printf '%s\\0' "$each"; done >>"${path.join(folder, 'log')}"\nprintf '\\n\\0' >>"${path.join(folder, 'log')}"\necho p-made0001\n`, { mode: 0o755 });

/** What a shell makes of commands: the arguments of each. */
function ran(commands: readonly string[]): readonly (readonly string[])[] {
  const log = path.join(folder, 'log');
  writeFileSync(log, '');
  execFileSync('/bin/sh', ['-c', commands.join('\n')], { env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` }, stdio: 'ignore' });
  return execFileSync('cat', [log], { encoding: 'utf8' }).split('\n\0').slice(0, -1).map((line) => line.split('\0').slice(0, -1));
}

const policy = { name: 'nightly', description: '', content: '{"plans":{}}' };

describe('the commands of writes', () => {
  it.each<[string, RemoteWrite, string]>([
    ['creates', { type: 'createPolicy', ...policy }, "aws organizations create-policy --type BACKUP_POLICY --name nightly --description '' --content '{\"plans\":{}}'"],
    ['updates the content alone', { type: 'updatePolicy', policyId: 'p-1', name: 'nightly', before: { ...policy, content: '{}' }, after: policy }, "aws organizations update-policy --policy-id p-1 --content '{\"plans\":{}}'"],
    ['keeps a description that AWS cannot empty', { type: 'updatePolicy', policyId: 'p-1', name: 'daily', before: { ...policy, description: 'Old' }, after: { ...policy, name: 'daily' } }, 'aws organizations update-policy --policy-id p-1 --name daily'],
    ['changes a description', { type: 'updatePolicy', policyId: 'p-1', name: 'nightly', before: policy, after: { ...policy, description: "It's new" } }, "aws organizations update-policy --policy-id p-1 --description 'It'\\''s new'"],
    ['deletes', { type: 'deletePolicy', policyId: 'p-1', before: policy }, 'aws organizations delete-policy --policy-id p-1'],
    ['attaches', { type: 'attachPolicy', policyId: 'p-1', policyName: 'nightly', targetId: 'ou-1', targetName: 'A' }, 'aws organizations attach-policy --policy-id p-1 --target-id ou-1'],
    ['detaches', { type: 'detachPolicy', policyId: 'p-1', policyName: 'nightly', targetId: 'ou-1', targetName: 'A' }, 'aws organizations detach-policy --policy-id p-1 --target-id ou-1'],
    ['enables the type', { type: 'enablePolicyType', rootId: 'r-1' }, 'aws organizations enable-policy-type --root-id r-1 --policy-type BACKUP_POLICY'],
    ['disables the type', { type: 'disablePolicyType', rootId: 'r-1' }, 'aws organizations disable-policy-type --root-id r-1 --policy-type BACKUP_POLICY'],
    ['enables trusted access', { type: 'enableTrustedAccess', servicePrincipal: 'backup.amazonaws.com' }, 'aws organizations enable-aws-service-access --service-principal backup.amazonaws.com'],
    ['disables trusted access', { type: 'disableTrustedAccess', servicePrincipal: 'backup.amazonaws.com' }, 'aws organizations disable-aws-service-access --service-principal backup.amazonaws.com'],
    ['registers', { type: 'registerDelegatedAdministrator', accountId: '222222222222', servicePrincipal: 'backup.amazonaws.com' }, 'aws organizations register-delegated-administrator --account-id 222222222222 --service-principal backup.amazonaws.com'],
    ['deregisters', { type: 'deregisterDelegatedAdministrator', accountId: '222222222222', servicePrincipal: 'backup.amazonaws.com' }, 'aws organizations deregister-delegated-administrator --account-id 222222222222 --service-principal backup.amazonaws.com'],
    ['changes a setting', { type: 'updateGlobalSettings', flag: 'isCrossAccountBackupEnabled', before: true, after: false }, 'aws backup update-global-settings --global-settings isCrossAccountBackupEnabled=false'],
  ])('%s', (_what, write, command) => {
    expect(writeCommands([write], {})).toEqual([command]);
  });

  it('take a content from a file that holds it, and name profile and endpoint', () => {
    const commands = writeCommands([{ type: 'createPolicy', ...policy }], { profile: 'my profile', endpoint: 'http://127.0.0.1:5000' }, () => "/home/o'hara/base line.json");
    expect(ran(commands)).toEqual([['organizations', 'create-policy', '--type', 'BACKUP_POLICY', '--name', 'nightly', '--description', '', '--content', "file:///home/o'hara/base line.json", '--profile', 'my profile', '--endpoint-url', 'http://127.0.0.1:5000']]);
  });

  it('pass any content and tag through a shell unchanged', () => {
    const content = '{"a":"$HOME `id` \'quoted\' \\"double\\" \\\\ !x\\n"}';
    const write: RemoteWrite = { type: 'createPolicy', name: '$(id)', description: 'a;b', content, tags: [{ key: 'ManagedBy', value: "o'hara" }] };
    expect(ran(writeCommands([write], {}))).toEqual([['organizations', 'create-policy', '--type', 'BACKUP_POLICY', '--name', '$(id)', '--description', 'a;b', '--content', content, '--tags', '[{"Key":"ManagedBy","Value":"o\'hara"}]']]);
  });

  it('hand the id of a new policy to the command that attaches it', () => {
    const commands = writeCommands([{ type: 'createPolicy', ...policy }, { type: 'attachPolicy', policyId: { createdBy: 0 }, policyName: 'nightly', targetId: 'ou-1', targetName: 'A' }], {});
    expect(commands[1]).toBe('aws organizations attach-policy --policy-id "$POLICY_1" --target-id ou-1');
    expect(ran(commands)[1]).toEqual(['organizations', 'attach-policy', '--policy-id', 'p-made0001', '--target-id', 'ou-1']);
  });
});
