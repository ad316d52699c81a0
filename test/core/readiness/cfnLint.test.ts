import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readinessTemplate } from '../../../server/features/readiness/readinessTemplate.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import { sampleOrganization } from '../../features/organizations.ts';
import { needingOrganization } from './organizations.ts';

/** The Python that has cfn-lint; `npm run test:emulators` installs one. */
const python = process.env['CFN_LINT_PYTHON'];
const folder = mkdtempSync(path.join(tmpdir(), 'templates-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What cfn-lint says of files, warnings included; empty when it is content. */
function remarks(...files: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(python ?? '', ['-c', 'import sys; from cfnlint.runner import main; sys.exit(main())', '--format', 'parseable', '--', ...files], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return status === 0 ? '' : `${stdout}${stderr}`;
}

function written(name: string, snapshot: Snapshot): readonly string[] {
  return [...snapshot.organizations.values()].flatMap((organization) => {
    const template = readinessTemplate(snapshot, organization);
    if (template.type === 'none') return [];
    const file = path.join(folder, `${name}.yaml`);
    writeFileSync(file, template.text);
    return [file];
  });
}

describe.skipIf(python === undefined)('cfn-lint (CFN_LINT_PYTHON)', () => {
  test('accepts the template of the sample', () => {
    const files = written('sample', sampleOrganization());
    expect(files.length).toBe(1);
    expect(remarks(...files)).toBe('');
  }, 60_000);

  test('accepts templates of generated organizations', () => {
    const files = fc.sample(needingOrganization, { seed: 20261121, numRuns: 20 }).flatMap((snapshot, index) => written(`generated-${String(index)}`, snapshot));
    expect(files.length).toBeGreaterThan(10);
    expect(remarks(...files)).toBe('');
  }, 120_000);

  test('would tell a template that is wrong', () => {
    const file = path.join(folder, 'wrong.yaml');
    writeFileSync(file, 'Resources:\n  Vault:\n    Type: AWS::Backup::BackupVault\n    Properties:\n      Name: x\n');
    expect(remarks(file)).toContain('E3002');
  }, 60_000);
});
