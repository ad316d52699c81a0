import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAwsArguments } from '../../server/cli/awsArguments.ts';
import { commandHost } from '../../server/cli/commandHost.ts';
import { createAccess } from '../../server/organizations/connection/access.ts';
import { emptySnapshot } from '../../server/model/snapshot.ts';

const files = emptySnapshot(0);
const nothing = { profile: undefined, endpoint: undefined, embedded: undefined };

describe('the options of a connection', () => {
  test('give what they say, the path of an embedded organization in full', () => {
    const settings = commandHost(files, readAwsArguments({ profile: 'team', endpoint: 'http://127.0.0.1:5000' }), 'readWrite').settings();
    expect(settings).toMatchObject({ trusted: true, mode: 'readWrite', profile: 'team', endpoint: 'http://127.0.0.1:5000' });
    expect(commandHost(files, readAwsArguments({ embedded: 'organization.json' }), 'readOnly').settings()).toMatchObject({ mode: 'readOnly', embedded: path.resolve('organization.json') });
  });

  test.each([
    ['an embedded organization and a profile', { embedded: 'organization.json', profile: 'team' }, '--embedded FILE stands for AWS'],
    ['an embedded organization and an endpoint', { embedded: 'organization.json', endpoint: 'https://example.com' }, '--embedded FILE stands for AWS'],
    ['an endpoint without a scheme', { endpoint: 'localhost:5000' }, '--endpoint localhost:5000 is no URL'],
    ['an endpoint of another scheme', { endpoint: 'file:///organization.json' }, 'is no URL'],
  ])('refuse %s', (_what, options, message) => {
    expect(() => readAwsArguments(options)).toThrow(message);
  });

  test('let a command that reads not write', async () => {
    const access = createAccess(commandHost(files, { ...nothing, embedded: 'nowhere.json' }, 'readOnly'));
    await expect(access.writing()).rejects.toThrow('read-only');
    const api = await access.reading();
    await expect(api.describeOrganization()).rejects.toMatchObject({ failure: { kind: 'notInOrganization' } });
  });
});
