import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccess, type Access } from '../../../server/organizations/connection/access.ts';
import type { AwsSettings, ConnectionView } from '../../../server/protocol.ts';
import { onTheWire, type OnTheWire } from '../backends.ts';

let here: OnTheWire;
let there: OnTheWire;
let settings: AwsSettings;
let shown: ConnectionView[];
let access: Access;
/** What the user does while the question stands. */
let meanwhile: (asked: number) => boolean;

beforeEach(async () => {
  [here, there] = [await onTheWire(), await onTheWire()];
  settings = { trusted: true, mode: 'readWrite', profile: 'test', endpoint: here.stub.endpoint, storage: '' };
  shown = [];
  meanwhile = () => true;
  access = createAccess({
    clock: here.clock,
    settings: () => settings,
    mfaCode: () => Promise.resolve(undefined),
    confirmConnection: (view) => Promise.resolve(meanwhile(shown.push(view))),
  });
});
afterEach(async () => {
  access.close();
  await here.close();
  await there.close();
});

describe('the question before the first change', () => {
  it('is asked once for each organization', async () => {
    await access.writing();
    await access.writing();
    settings = { ...settings, endpoint: there.stub.endpoint };
    await access.writing();
    expect(shown.map(({ endpoint }) => endpoint)).toEqual([here.stub.endpoint, there.stub.endpoint]);
  });

  it('is asked again when another organization was chosen while it stood: the answer was not about that one', async () => {
    meanwhile = (asked) => {
      settings = { ...settings, endpoint: there.stub.endpoint };
      return asked > 0;
    };
    const api = await access.writing();
    expect(shown.map(({ endpoint }) => endpoint)).toEqual([here.stub.endpoint, there.stub.endpoint]);
    const before = there.stub.requests.length;
    await api.listRoots();
    expect(there.stub.requests.length).toBe(before + 1);
  });

  it('is a no for the other organization as well', async () => {
    meanwhile = (asked) => {
      settings = { ...settings, endpoint: there.stub.endpoint };
      return asked === 1;
    };
    await expect(access.writing()).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it('lets nothing through when the mode was changed while it stood', async () => {
    meanwhile = () => {
      settings = { ...settings, mode: 'readOnly' };
      return true;
    };
    await expect(access.writing()).rejects.toMatchObject({ name: 'Refusal' });
  });
});
