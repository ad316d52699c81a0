import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import { isPolicyName, policyGlobs, policyNameMatcher } from '../server/files.ts';

const reference = picomatch([...policyGlobs], { dot: true });

/** Paths of parts that policies have in their names, and of others. */
const path = fc.array(fc.constantFrom('/', 'a', '.', '-', '_', 'backup-policy', 'backup_policy', 'BackupPolicy', 'backuppolicy', 'backup-plan', 'backup-policies/', 'policies/backup/', '.json', '.tpl', '.j2', 'x.json'), { minLength: 1, maxLength: 8 })
  .map((parts) => `/w/${parts.join('')}`.replace(/\/+/g, '/')).filter((each) => !each.endsWith('/') && !/\/\.{1,2}(\/|$)/.test(each));

describe('the name of a policy file', () => {
  test.each([
    ['/w/a.backup-policy.json', true],
    ['/w/backup-policies/a.json.tftpl', true],
    ['/w/backup-policies/deep/a.json', false],
    ['/w/a.backup-policy.jsonc', false],
    ['/w/myBackupPolicyDraft.json', true],
    ['/w/package.json', false],
  ])('%s: %j', (name, isOne) => {
    expect(isPolicyName(name)).toBe(isOne);
  });

  test('is one that a usual glob matches', () => {
    fc.assert(fc.property(path, (name) => {
      expect(isPolicyName(name)).toBe(reference(name));
    }), { seed: 6, numRuns: 2000 });
  });

  test('is one that a glob of the user matches, too', async () => {
    const matches = await policyNameMatcher(['org/**/*.json', '/w/exact.json']);
    expect(['/w/org/a/b.json', '/w/exact.json', '/w/a.backup-policy.json', '/w/other.json'].map((name) => matches(name))).toEqual([true, true, true, false]);
  });
});
