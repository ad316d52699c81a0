import { describe, expect, test } from 'vitest';
import { pushConfirmation, pushedSentence } from '../../client/aws/pushSummary.ts';
import type { ImpactGroupView, PushedPolicyView, PushPolicyView, PushPreparationView, PushResultView } from '../../server/protocol.ts';

const policy = (name: string, kind: PushPolicyView['kind'], more: Partial<PushPolicyView> = {}): PushPolicyView => ({ name, kind, summary: `What happens to ${name}.`, changes: [], minified: false, targets: [], warnings: [], problems: [], versions: ['file'], ...more });
const group = (grade: ImpactGroupView['grade'], accounts: number): ImpactGroupView => ({ grade, meaning: '', accounts: Array.from({ length: accounts }, (_, index) => ({ target: { organization: 'file:///o.json', key: String(index) }, name: `a${String(index)}`, path: `Root/a${String(index)}` })), changes: [], errors: [] });
const preparation = (policies: readonly PushPolicyView[], groups: readonly ImpactGroupView[] = [], more: Partial<PushPreparationView> = {}): PushPreparationView => ({ ref: 'push-1', organization: 'file:///o.json', organizationId: 'o-example', managementAccountId: '111111111111', policies, impact: { accounts: 50, groups }, warnings: [], notes: [], commands: '', ...more });

describe('the confirmation of a push', () => {
  test.each([
    ['Update baseline in organization o-example and change 39 accounts?', 'Push to 39 Accounts', [policy('baseline', 'update')], [group('weaker', 38), group('safe', 1)]],
    ['Update baseline in organization o-example and change 1 account?', 'Push to 1 Account', [policy('baseline', 'update')], [group('safe', 1)]],
    ['Update baseline in organization o-example?', 'Update in AWS', [policy('baseline', 'update')], []],
    ['Create baseline in organization o-example?', 'Create in AWS', [policy('baseline', 'create')], []],
    ['Push 2 policies to organization o-example and change 3 accounts?', 'Push to 3 Accounts', [policy('a', 'update'), policy('b', 'create'), policy('c', 'unchanged')], [group('safe', 3)]],
    ['Push 2 policies to organization o-example?', 'Push 2 Policies', [policy('a', 'create'), policy('b', 'create')], []],
  ] as const)('%s', (title, action, policies, groups) => {
    expect(pushConfirmation(preparation(policies, groups))).toMatchObject({ title, action });
  });

  test('says where it goes, what happens, whom it concerns, what to know and what it rests on', () => {
    const policies = [policy('baseline', 'update', { warnings: ['Terraform owns it.'] }), policy('other', 'conflict', { warnings: ['Not told.'] }), policy('broken', 'refused')];
    expect(pushConfirmation(preparation(policies, [group('frozen', 1), group('weaker', 7)], { accountId: '222222222222', endpoint: 'http://127.0.0.1:5000', warnings: ['1 account is frozen.'], notes: ['It rests on the files.'] })).detail.split('\n')).toEqual([
      'Account 222222222222, management account 111111111111, organization o-example, endpoint http://127.0.0.1:5000.',
      '',
      'What happens to baseline.',
      '',
      'Invalid, so that AWS keeps the last valid policy: Root/a0.',
      'Protected less than before: Root/a0, Root/a1, Root/a2, Root/a3, Root/a4 and 2 more.',
      '',
      '⚠ Terraform owns it.',
      '⚠ 1 account is frozen.',
      '',
      'Not pushed: other (changed in AWS), broken (cannot be pushed).',
      'It rests on the files.',
    ]);
  });

  test('says that an organization in a file is not in AWS', () => {
    expect(pushConfirmation(preparation([policy('baseline', 'create')], [], { embedded: true })).detail.split('\n')[0]).toBe('Management account 111111111111, organization o-example, in a file and not in AWS.');
  });

  test('counts the policies that it does not tell of', () => {
    const { detail } = pushConfirmation(preparation(Array.from({ length: 7 }, (_, index) => policy(`p${String(index)}`, 'create'))));
    expect(detail.split('\n').slice(0, 10)).toEqual(['Management account 111111111111, organization o-example.', '', ...[0, 1, 2, 3, 4].map((index) => `What happens to p${String(index)}.`), 'And 2 policies more.', '', 'No effective policy changes.']);
  });
});

describe('what is told of a push', () => {
  const pushed = (more: Partial<PushedPolicyView> = {}): PushedPolicyView => ({ name: 'baseline', outcome: 'updated', summary: 'Updated "baseline".', conflict: false, ...more });
  const result = (more: Partial<PushResultView>): PushResultView => ({ policies: [pushed()], complete: true, effective: 'settled', reports: [], modelEdits: [], report: '', ...more });
  const report = { account: { organization: 'file:///o.json', key: '1' }, accountId: '200000000001', path: 'Root/a', settled: true, agrees: false, onlyAws: [], onlyOurs: [] };

  test.each<[Partial<PushResultView>, string]>([
    [{}, 'Updated "baseline". The accounts that were looked at have new effective policies, and AWS\'s validation report agrees with ours.'],
    [{ effective: 'notAttached' }, 'Updated "baseline". No account is below it yet.'],
    [{ effective: 'pending' }, 'Updated "baseline". AWS has not made all effective policies anew yet; it goes on by itself.'],
    [{ effective: 'cancelled' }, 'Updated "baseline".'],
    [{ policies: [pushed(), pushed()], effective: 'unknown' }, 'Pushed 2 policies.'],
    [{ reports: [report] }, 'Updated "baseline". AWS\'s validation report of Root/a differs from ours; the report names the differences.'],
    [{ effective: 'pending', reports: [{ ...report, settled: false }] }, 'Updated "baseline". AWS has not made all effective policies anew yet; it goes on by itself.'],
    [{ complete: false, policies: [pushed(), pushed({ outcome: 'notDone', summary: 'Somebody changed it.' }), pushed({ outcome: 'notDone', summary: 'Not reached.' })] }, 'Somebody changed it.'],
  ])('%j', (more, sentence) => {
    expect(pushedSentence(result(more))).toBe(sentence);
  });
});
