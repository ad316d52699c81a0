import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complete } from '../../../server/organizations/api.ts';
import { embeddedFromModel, type ModelledEmbedded } from '../../../server/organizations/connection/embeddedFromModel.ts';
import { embeddedCaller } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import { organizationsApi } from '../../../server/organizations/organizationsApi.ts';
import { effectiveJson } from '../../../server/core/merge/effective.ts';
import { entitiesOf } from '../../../server/model/organization.ts';
import { applyChanges, effectiveOf, emptySnapshot, type Snapshot } from '../../../server/model/snapshot.ts';
import { simulatedClock } from '../simulatedClock.ts';

const now = Date.parse('2026-11-21T06:00:00Z');
const modelUri = 'file:///model/backup-organization.json';
const policy = '{ "plans": { "daily": { "regions": { "@@assign": ["eu-west-1"] } } } }';

function snapshotOf(model: unknown, files: Readonly<Record<string, string>>): Snapshot {
  const policies = Object.entries(files).map(([name, text]) => ({ type: 'policy' as const, uri: `file:///model/${name}`, text }));
  return applyChanges(emptySnapshot(now), now, [{ type: 'organization', uri: modelUri, text: JSON.stringify(model) }, ...policies]);
}

function made(snapshot: Snapshot): ModelledEmbedded {
  const organization = snapshot.organizations.get(modelUri);
  if (organization === undefined) throw new Error('There is no model.');
  return embeddedFromModel(snapshot, organization, now);
}

const sample = (): Snapshot => {
  const files = readdirSync('samples/backup-policies').map((name) => [`backup-policies/${name}`, readFileSync(`samples/backup-policies/${name}`, 'utf8')] as const);
  return snapshotOf(JSON.parse(readFileSync('samples/backup-organization.json', 'utf8')), Object.fromEntries(files));
};

describe('an embedded organization made from a model', () => {
  it('answers as AWS would if the model were pushed and attached: tree, policies, order', async () => {
    const snapshot = sample();
    const { state, policies, attachments } = made(snapshot);
    const api = organizationsApi(embeddedCaller({ storage: memoryStorage(state), clock: simulatedClock() }), { clock: simulatedClock(), paced: false });
    const entities = [...entitiesOf([...snapshot.organizations.values()][0] ?? expect.fail())];
    const [root] = await api.listRoots();
    expect(root).toMatchObject({ id: 'r-h4rb', name: 'Root', backupPolicies: 'ENABLED' });
    const accounts = entities.filter(({ kind }) => kind === 'account');
    expect(state.accounts.map(({ name }) => name).sort()).toEqual(accounts.map(({ name }) => name).sort());
    expect(state.accounts.map(({ id }) => id)).toEqual(expect.arrayContaining(accounts.flatMap(({ id }) => id ?? [])));
    expect((await complete(api.listPolicies())).map(({ name }) => name).length).toBe(policies);
    expect(attachments).toBe(Object.values(state.attachments).flat().length);
    const prod = state.attachments['ou-h4rb-pr0d0001']?.map((id) => state.policies.find((each) => each.id === id)?.name);
    expect(prod).toEqual(['production', 'databases-prod']);
  });

  it('has the effective policies that the editor shows, for every account whose merge is valid', async () => {
    const snapshot = sample();
    const organization = snapshot.organizations.get(modelUri) ?? expect.fail();
    const { state, leftOut } = made(snapshot);
    const api = organizationsApi(embeddedCaller({ storage: memoryStorage(state), clock: simulatedClock() }), { clock: simulatedClock(), paced: false });
    const refused = new Set(leftOut.map((each) => each.policy));
    let compared = 0;
    for (const account of [...entitiesOf(organization)].filter(({ kind }) => kind === 'account')) {
      const own = effectiveOf(snapshot, organization, account);
      const path = [account, ...ancestors(account)];
      if (own.errors.length > 0 || path.some(({ attachments }) => attachments.some((each) => refused.has(each.policy)))) continue;
      const { content } = await api.describeEffectivePolicy(state.accounts.find(({ name }) => name === account.name)?.id ?? '');
      expect(JSON.parse(content)).toEqual(effectiveJson(own.tree));
      compared += 1;
    }
    expect(compared).toBeGreaterThan(5);
  });

  it('leaves out what AWS refuses, and says it', () => {
    const { state, leftOut, policies } = made(snapshotOf({ root: { name: 'Root', policies: ['good', 'bad', 'gone'], accounts: [{ id: '123456789012', name: 'one' }] }, policies: { good: { file: 'good.json' }, bad: { file: 'bad.json' }, gone: { file: 'gone.json' } } }, { 'good.json': policy, 'bad.json': '{ "plan": {} }' }));
    expect(policies).toBe(1);
    expect(state.policies.map(({ name }) => name)).toEqual(['good']);
    expect(leftOut).toEqual([
      { policy: 'bad', reason: 'The provided policy document does not meet the requirements of the specified policy type.' },
      { policy: 'gone', reason: 'Its file cannot be read.' },
    ]);
  });

  it('keeps ids that AWS could have given, and gives others where a model has none or twice the same', () => {
    const model = { root: { name: 'Root', policies: [], organizationalUnits: [{ name: 'A', id: 'ou-abcd-12345678' }, { name: 'B', id: 'ou-abcd-12345678' }, { name: 'C', id: 'mine' }], accounts: [{ name: 'Management' }, { name: 'two', id: '210987654321' }] }, policies: { good: { file: 'good.json', id: 'p-abcdefgh12' }, other: { file: 'good.json', id: 'other' } } };
    const { state } = made(snapshotOf(model, { 'good.json': policy }));
    expect(state.units.map(({ id }) => id)).toEqual(['ou-abcd-12345678', expect.stringMatching(/^ou-em1b-[0-9a-z]{8}$/), expect.stringMatching(/^ou-em1b-[0-9a-z]{8}$/)]);
    expect(new Set(state.units.map(({ id }) => id)).size).toBe(3);
    expect(state.accounts).toEqual([{ id: state.managementAccountId, name: 'Management', parentId: 'r-em1b' }, { id: '210987654321', name: 'two', parentId: 'r-em1b' }]);
    expect(state.policies.map(({ id }) => id)).toEqual(['p-abcdefgh12', expect.stringMatching(/^p-[0-9a-z]{8}$/)]);
  });

  it('has a management account of its own only when the model has no account at all', () => {
    expect(made(snapshotOf({ root: { name: 'Root' }, policies: {} }, {})).state.accounts.map(({ name }) => name)).toEqual(['Management']);
    const { state } = made(snapshotOf({ root: { name: 'Root', organizationalUnits: [{ name: 'A', accounts: [{ id: '123456789012', name: 'one' }] }] }, policies: {} }, {}));
    expect(state.managementAccountId).toBe('123456789012');
  });

  it('takes a model without a root, and one with half of it', () => {
    expect(made(snapshotOf({ policies: {} }, {})).state.root).toEqual({ id: 'r-em1b', name: 'Root' });
    expect(made(snapshotOf({ root: { policies: [1, 'none'] } }, {})).attachments).toBe(0);
  });
});

function ancestors(entity: { readonly parent: Parent | undefined }): readonly Parent[] {
  return entity.parent === undefined ? [] : [entity.parent, ...ancestors(entity.parent)];
}

interface Parent {
  readonly attachments: readonly { readonly policy: string }[];
  readonly parent: Parent | undefined;
}
