import { describe, expect, test } from 'vitest';
import { attachedSentence, attachmentQuestion, enablingQuestion, placeActions } from '../../client/aws/attachmentSummary.ts';
import { incompleteText, leftOpenText, obstacleText, undoQuestion } from '../../client/aws/operationSummary.ts';
import type { AttachmentPlanView, AttachmentResultView, ConnectionView, RemoteOutcomeView, UndoPlanView } from '../../server/protocol.ts';

const connection: ConnectionView = { backend: 'aws', mode: 'readWrite', profile: 'prod', organizationId: 'o-exampleorg1', managementAccountId: '111122223333', caller: { accountId: '111122223333', arn: 'arn:aws:sts::111122223333:assumed-role/Backup/me' } };
const plan: AttachmentPlanView = { ref: 1, title: 'Attach baseline to Root/Prod', connection, steps: ['attach baseline to Root/Prod'], accounts: 39, counted: true, impact: { groups: [], accounts: 39 }, notes: [], commands: '' };
const attach = { type: 'attach', organization: 'file:///o.json', policy: 'baseline', targets: ['ou-1'] } as const;
const done: RemoteOutcomeView = { title: 'Attach baseline to Root/Prod', complete: true, writes: [{ what: 'attach baseline to Root/Prod', result: 'done' }] };

describe('the question before attaching in AWS', () => {
  test('names the organization, the accounts and who calls, and has the verb and the number on its button', () => {
    const { title, detail, action } = attachmentQuestion(attach, plan);
    expect([title, action]).toEqual(['Attach baseline to Root/Prod in organization o-exampleorg1?', 'Attach to 39 Accounts']);
    expect(detail).toContain('39 accounts at or below; no effective policy changes.');
    expect(detail).toContain('arn:aws:sts::111122223333:assumed-role/Backup/me');
    expect(detail).toContain('Management account: 111122223333');
  });

  test('lists every call of a reorder, with what the gap means', () => {
    const reorder = { type: 'reorder', organization: 'file:///o.json', policy: 'b', target: 'ou-1', index: 0 } as const;
    const { title, detail, action } = attachmentQuestion(reorder, { ...plan, title: 'Change the order of attachment at Root/Prod', steps: ['detach a from Root/Prod', 'attach a to Root/Prod'], notes: ['Between the two calls the accounts below lack the policy.'] });
    expect([title, action]).toEqual(['Change the order of attachment at Root/Prod in organization o-exampleorg1?', 'Change Order for 39 Accounts']);
    expect(detail).toContain('1. Detach a from Root/Prod\n2. Attach a to Root/Prod\nBetween the two calls');
  });

  test.each([
    ['is named by what it is about, and every call is listed', ['attach a to x', 'detach a from y'], 'Move a from y to x', '1. Attach a to x\n2. Detach a from y'],
    ['is named by its call where only one is left', ['detach a from y'], 'Detach a from y', '39 accounts at or below'],
  ] as const)('moving %s', (_name, steps, words, listed) => {
    const { title, detail } = attachmentQuestion({ type: 'move', organization: '', policy: 'a', from: '1', to: '2' }, { ...plan, title: 'Move a from y to x', steps });
    expect(title).toBe(`${words} in organization o-exampleorg1?`);
    expect(detail).toContain(listed);
  });

  test.each([
    ['attach', 'Attach in AWS and Model', 'Attach in Model'],
    ['detach', 'Detach in AWS and Model', 'Detach in Model'],
  ] as const)('%s is offered for both and for the model alone', (type, both, model) => {
    expect(placeActions({ ...attach, type })).toMatchObject({ both, model });
  });

  test('enabling is a question of its own, with its consequence', () => {
    const { title, detail, action } = enablingQuestion({ ...plan, enableFirst: { rootId: 'r-abcd', pending: false } });
    expect([title, action]).toEqual(['Enable backup policies in organization o-exampleorg1?', 'Enable Backup Policies']);
    expect(detail).toContain('Disabling it later detaches every backup policy.');
    expect(enablingQuestion({ ...plan, enableFirst: { rootId: 'r-abcd', pending: true } }).action).toBe('Wait');
  });
});

describe('what is told of a change in AWS', () => {
  const report = { account: { organization: 'file:///o.json', key: '1' }, accountId: '1', path: 'Root/Prod/shop', settled: true, agrees: true, onlyAws: [], onlyOurs: [] };
  test.each<[string, Partial<AttachmentResultView>]>([
    ['AWS\'s validation report agrees with ours', { effective: 'settled', reports: [report] }],
    ['AWS\'s validation report of Root/Prod/shop differs from ours: KEY_REQUIRED', { effective: 'settled', reports: [{ ...report, agrees: false, onlyAws: ['KEY_REQUIRED'] }] }],
    ['AWS has not made all effective policies anew yet', { effective: 'pending', reports: [{ ...report, agrees: false, settled: false, onlyAws: ['old'] }] }],
    ['No account is below it', { effective: 'notAttached' }],
  ])('%s', (words, more) => {
    expect(attachedSentence({ outcome: done, effective: 'unknown', reports: [], targets: [], ...more })).toContain(words);
  });

  test('of which only a part was done', () => {
    const { title, detail } = incompleteText({ title: 'Push', complete: false, writes: [{ what: 'create policy a', result: 'done' }, { what: 'attach a to b', result: 'notDone', message: 'no' }, { what: 'attach a to c', result: 'notReached' }], failure: { message: 'No answer.', nextStep: 'Check the network.', actions: [] } });
    expect(title).toBe('Push: done in part.');
    expect(detail).toBe('No answer.\nCheck the network.\n\nAWS holds:\n✓ Create policy a\nAWS does not hold:\n✗ Attach a to b\n✗ Attach a to c');
  });

  test('of which nothing was done, or it is not known', () => {
    expect(incompleteText({ title: 'Push', complete: false, writes: [{ what: 'attach a to b', result: 'notDone' }] })).toEqual({ title: 'Push: not done.', detail: 'AWS holds nothing of it.\nAWS does not hold:\n✗ Attach a to b' });
    expect(incompleteText({ title: 'Push', complete: false, writes: [{ what: 'attach a to b', result: 'unknown' }] })).toEqual({ title: 'Push: whether it was done is not known.', detail: 'Not known, because AWS could not be read: attach a to b' });
  });

  test('that was left in the middle', () => {
    const { title, detail } = leftOpenText({ id: '1', title: 'Push', at: Date.parse('2026-06-01T12:00:00Z'), done: ['create policy a'], notDone: ['attach a to b'] });
    expect(title).toBe('"Push" of 2026-06-01 12:00 UTC was not brought to an end.');
    expect(detail).toContain('✓ Create policy a\nAWS does not hold:\n✗ Attach a to b');
  });
});

describe('taking back', () => {
  const undo: UndoPlanView = { plan: 1, title: 'Push a', at: Date.parse('2026-06-01T12:00:00Z'), connection, steps: ['detach a from b', 'delete policy a'], notes: ['Its tags are not restored.'], obstacles: [], commands: [] };

  test('is asked with every call and what cannot be restored', () => {
    const { title, detail, action } = undoQuestion(undo);
    expect([title, action]).toEqual(['Take back "Push a" of 2026-06-01 12:00 UTC in organization o-exampleorg1?', 'Take Back 2 Changes']);
    expect(detail).toContain('1. Detach a from b\n2. Delete policy a\nIts tags are not restored.');
  });

  test('says why it cannot be done', () => {
    expect(obstacleText({ ...undo, obstacles: ['Somebody else has changed policy "a" in AWS since.'] }).detail).toContain('Somebody else has changed policy "a" in AWS since.');
  });
});
