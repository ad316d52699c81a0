import { describe, expect, test } from 'vitest';
import { likelyCause, type FailedJob } from '../../../server/core/jobs/likelyCause.ts';

const failed = (message: string, type: FailedJob['type'] = 'backup', state = 'FAILED'): FailedJob => ({ type, state, message });

describe('the likely cause of', () => {
  test.each([
    ['a copy out of the organization', failed('Copy job failed. Both source and destination account must be a member of the same organization', 'copy'), 'The target account is not in the organization'],
    ['a copy that is denied', failed('Access Denied trying to call AWS Backup service', 'copy'), 'The copy is not allowed'],
    ['a backup that is denied', failed('Access Denied trying to call AWS Backup service'), 'The role is missing, or does not allow the job'],
    ['a vault that is missing', failed('Backup vault Vault does not exist in the account.'), 'The vault does not exist'],
    ['a role that is missing', failed('IAM Role arn:aws:iam::111122223333:role/x cannot be assumed by AWS Backup'), 'The role does not exist or cannot be used'],
    ['cross-account backup that is off', failed('Cross-account copy is not enabled for the organization', 'copy'), 'Cross-account backup is off'],
    ['a key that is not shared', failed('The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it', 'copy'), 'The encryption key does not allow it'],
    ['a type that is not opted in', failed('Resource type EBS is not enabled: opt-in is off in this Region'), 'The resource type is not opted in'],
    ['VSS without its agent', failed('Windows VSS Backup Job Error encountered, trying for regular backup'), 'Windows VSS did not work on the instance'],
    ['an expired job', failed('Backup job expired before completion.', 'backup', 'EXPIRED'), 'The job did not fit into its window'],
    ['an expired job without a word', failed('', 'backup', 'EXPIRED'), 'The job did not fit into its window'],
    ['two jobs at once', failed('There is already a running job for this resource: already in progress'), 'Another job has the resource'],
  ])('%s is known', (_what, job, title) => {
    expect(likelyCause(job)?.title).toBe(title);
  });

  test.each([
    ['a failure that says nothing', failed('')],
    ['another failure', failed('The disk is on fire.')],
    ['a completed job, whatever it says', failed('Access Denied', 'copy', 'COMPLETED')],
    ['a running job', failed('vault does not exist', 'backup', 'RUNNING')],
  ])('%s is not guessed', (_what, job) => {
    expect(likelyCause(job)).toBeUndefined();
  });

  test('each comes with what to do, and none blames', () => {
    const causes = ['Access Denied', 'vault x does not exist', 'kms', 'vss', 'expired before'].map((message) => likelyCause(failed(message)) ?? expect.fail(message));
    for (const { explanation, nextStep } of causes) expect([explanation.endsWith('.'), nextStep.endsWith('.')]).toEqual([true, true]);
  });
});
