import { describe, expect, test } from 'vitest';
import { failureOf } from '../../server/organizations/errors.ts';
import type { Failure } from '../../server/organizations/failure.ts';
import { minimalStatements } from '../../server/organizations/permissions.ts';
import { readError } from '../../server/organizations/readError.ts';

const context = { operation: 'CreatePolicy', profile: 'backup-admin' };

const named = (name: string, message = '', more: object = {}): Error => Object.assign(new Error(message), { name, ...more });

const table: readonly [string, Error, Failure][] = [
  ['TooManyRequestsException', named('TooManyRequestsException'), { kind: 'throttled' }],
  ['an access denied of IAM, which names the action', named('AccessDeniedException', 'User: arn:aws:iam::111111111111:user/me is not authorized to perform: organizations:TagResource on resource: *'), { kind: 'accessDenied', action: 'organizations:TagResource' }],
  ['an access denied of Organizations, which does not', named('AccessDeniedException', 'You don\'t have permissions to access this resource.'), { kind: 'accessDenied', action: 'organizations:CreatePolicy' }],
  ['an expired SSO session', named('CredentialsProviderError', 'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.'), { kind: 'expired', signIn: 'sso' }],
  ['a missing profile', named('CredentialsProviderError', 'Could not resolve credentials using profile: [x]'), { kind: 'credentials', detail: 'Could not resolve credentials using profile: [x]' }],
  ['an old signature', named('InvalidSignatureException', 'Signature expired: 1 is now earlier than 2'), { kind: 'clock' }],
  ['a signature of the future', named('InvalidSignatureException', 'Signature not yet current: 2 is still later than 1'), { kind: 'clock' }],
  ['a wrong secret', named('InvalidSignatureException', 'The request signature we calculated does not match'), { kind: 'invalidCredentials' }],
  ['a reason with a field', named('InvalidInputException', '', { Reason: 'INVALID_PATTERN:TARGET_ID' }), { kind: 'invalidInput', reason: 'INVALID_PATTERN:TARGET_ID' }],
  ['a constraint', named('ConstraintViolationException', '', { Reason: 'POLICY_CONTENT_LIMIT_EXCEEDED' }), { kind: 'constraint', reason: 'POLICY_CONTENT_LIMIT_EXCEEDED' }],
  ['a name with a namespace', named('com.amazonaws.organizations#PolicyNotFoundException'), { kind: 'notFound', missing: 'policy' }],
  ['an address that is not known', named('Error', 'getaddrinfo ENOTFOUND x', { code: 'ENOTFOUND' }), { kind: 'transport', fault: 'dns', detail: 'getaddrinfo ENOTFOUND x' }],
  ['a certificate of a proxy', named('Error', 'self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), { kind: 'transport', fault: 'tls', detail: 'self-signed certificate' }],
  ['a late answer', named('TimeoutError', 'late'), { kind: 'transport', fault: 'timeout', detail: 'late' }],
  ['a page instead of JSON', named('SyntaxError', 'Unexpected token <'), { kind: 'transport', fault: 'page', detail: 'Unexpected token <' }],
  ['a name of every object', named('constructor', 'x'), { kind: 'unknown', name: 'constructor', detail: 'x' }],
];

describe('an error of AWS or of the way to it is known by its name:', () => {
  test.each(table)('%s', (_what, thrown, failure) => {
    const error = readError(thrown, context);
    expect(error.failure).toEqual(failure);
    expect(failureOf(error)).toEqual(failure);
    expect(error.message).toMatch(/^[A-Z].{10,}/);
    expect(error.nextStep).toMatch(/^[A-Z].*/);
  });

  test.each(['AWSOrganizationsNotInUse', 'ConcurrentModification', 'DuplicatePolicy', 'DuplicatePolicyAttachment', 'EffectivePolicyNotFound', 'MalformedPolicyDocument', 'PolicyChangesInProgress', 'PolicyInUse', 'PolicyNotAttached', 'PolicyTypeAlreadyEnabled', 'PolicyTypeNotAvailableForOrganization', 'PolicyTypeNotEnabled', 'TargetNotFound', 'ParentNotFound', 'RootNotFound', 'ChildNotFound', 'AccountNotFound', 'Service', 'UnsupportedAPIEndpoint', 'ExpiredToken', 'UnrecognizedClient'])('%sException is not unknown', (name) => {
    expect(readError(named(`${name}Exception`), context).failure.kind).not.toBe('unknown');
  });

  test('whatever was thrown, and the status says nothing', () => {
    for (const thrown of [undefined, null, 'text', 7, {}]) expect(readError(thrown, context).failure.kind).toBe('unknown');
    expect(readError(named('PolicyNotFoundException', '', { $metadata: { httpStatusCode: 500 } }), context).failure.kind).toBe('notFound');
  });
});

describe('the next step', () => {
  test('after a refusal is the smallest statement that would do', () => {
    const { nextStep } = readError(named('AccessDeniedException'), context);
    expect(JSON.parse(nextStep.slice(nextStep.indexOf('{')))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['organizations:CreatePolicy'], Resource: '*', Condition: { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } } }],
    });
  });

  test('after an expired login is the command for the profile, quoted where a shell needs it', () => {
    expect(readError(named('ExpiredTokenException'), context).nextStep).toContain('`aws sso login --profile backup-admin`');
    expect(readError(named('ExpiredTokenException'), { ...context, profile: 'it\'s; rm' }).nextStep).toContain('--profile \'it\'\\\'\'s; rm\'');
  });

  test('for a type that is not enabled says whom enabling concerns', () => {
    expect(readError(named('PolicyTypeNotEnabledException'), context).nextStep).toContain('the whole organization');
  });
});

describe('permissions', () => {
  test('are limited to backup policies where AWS can do so, and asked for once', () => {
    expect(minimalStatements(['organizations:ListRoots', 'organizations:AttachPolicy', 'organizations:ListRoots'])).toEqual([
      { Effect: 'Allow', Action: ['organizations:ListRoots'], Resource: '*' },
      { Effect: 'Allow', Action: ['organizations:AttachPolicy'], Resource: '*', Condition: { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } } },
    ]);
  });
});
