import { describe, expect, test } from 'vitest';
import { connectionDetail, connectionStatus } from '../../client/aws/connectionText.ts';
import { profileItems } from '../../client/aws/profileItems.ts';
import type { AwsSettings, ConnectionView } from '../../server/protocol.ts';

const settings: AwsSettings = { trusted: true, mode: 'readOnly', profile: 'prod', storage: '/storage' };
const view: ConnectionView = { backend: 'aws', mode: 'readOnly', profile: 'prod', organizationId: 'o-a1b2c3d4e5', managementAccountId: '111122223333', caller: { accountId: '444455556666', arn: 'arn:aws:sts::444455556666:assumed-role/Backup/me' } };

describe('the status of the connection', () => {
  test.each<[string, AwsSettings, ConnectionView | undefined, string]>([
    ['profile and mode before AWS was asked', settings, undefined, 'prod · read-only'],
    ['the account once AWS has told it', settings, view, 'prod · 444455556666 · read-only'],
    ['that nothing is sent', { ...settings, mode: 'off' }, view, 'AWS off'],
    ['that credentials come from the environment', { trusted: true, mode: 'readWrite', storage: '' }, undefined, 'AWS environment · read and write'],
    ['that it is no organization in AWS', { ...settings, embedded: '/o.json' }, undefined, 'Embedded organization · read-only'],
  ])('says %s', (_what, now, known, text) => {
    expect(connectionStatus(now, known)).toBe(text);
  });
});

describe('the detail of a confirmation', () => {
  test('names organization, account, caller and endpoint', () => {
    expect(connectionDetail({ ...view, endpoint: 'http://127.0.0.1:5000' }).split('\n')).toEqual(['Credentials: profile prod', 'Organization: o-a1b2c3d4e5', 'Management account: 111122223333', 'Account: 444455556666', 'Caller: arn:aws:sts::444455556666:assumed-role/Backup/me', 'Endpoint: http://127.0.0.1:5000', 'Mode: read-only']);
  });

  test('says when nobody knows who calls', () => {
    const { backend, mode, organizationId, managementAccountId } = view;
    expect(connectionDetail({ backend, mode, organizationId, managementAccountId })).toContain('Caller: not known, AWS STS does not answer');
  });
});

describe('the list of profiles', () => {
  test('says where credentials come from and what is asked for', () => {
    const [sso, role] = profileItems([
      { name: 'sso', credentials: 'sso', region: 'eu-west-1', mfa: false },
      { name: 'role', credentials: 'assumeRole', role: 'arn:aws:iam::1:role/R', source: 'sso', mfa: true },
    ]);
    expect(sso).toEqual({ label: 'sso', description: 'IAM Identity Center (SSO) · eu-west-1', choice: { type: 'profile', name: 'sso' } });
    expect(role).toMatchObject({ description: 'assumes a role', detail: 'arn:aws:iam::1:role/R by way of profile sso, asks for an MFA code' });
  });
});
