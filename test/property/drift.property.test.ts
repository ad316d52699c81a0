import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entitiesOf } from '../../server/model/organization.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../server/model/snapshot.ts';
import { embeddedFromModel } from '../../server/organizations/connection/embeddedFromModel.ts';
import type { DriftFinding } from '../../server/protocol.ts';
import { modelUri, monday, policyUri } from '../features/organizations.ts';
import { deployed, modelIn, type Deployed } from '../organizations/drift/compared.ts';
import { organizations, type GeneratedOrganization } from './organizations.ts';

/** With the ids that AWS would have given, as an import writes them. */
function snapshotOf({ model, policies }: GeneratedOrganization): Snapshot {
  const files = [...policies].map(([name, text]) => ({ type: 'policy' as const, uri: policyUri(name), text }));
  return applyChanges(emptySnapshot(monday), monday, [{ type: 'organization', uri: modelUri, text: model }, ...files]);
}

/** Without the policies that AWS refuses: they are in no organization. */
const accepted = organizations.map(snapshotOf).filter((snapshot) => embeddedFromModel(snapshot, modelIn(snapshot), monday).leftOut.length === 0);

const about = ({ kind }: DriftFinding): boolean => kind !== 'effective';

/** A change that somebody makes in AWS, and the ids of what it leads to; undefined where there is nothing to change. */
type RemoteChange = (aws: Deployed, pick: (below: number) => number) => Promise<readonly string[] | undefined>;

const changes: Readonly<Record<string, RemoteChange>> = {
  attach: async ({ api, state, snapshot }, pick) => {
    const policy = state.policies[pick(state.policies.length)];
    const account = state.accounts[pick(state.accounts.length)];
    if (policy === undefined || account === undefined || state.attachments[account.id]?.includes(policy.id) === true || !has(snapshot, account.id, account.name)) return undefined;
    await api.attachPolicy({ policyId: policy.id, targetId: account.id });
    return [`attachment surplus ${policy.id} ${account.id}`];
  },
  detach: async ({ api, state }, pick) => {
    const attached = Object.entries(state.attachments).flatMap(([targetId, ids]) => ids.map((policyId) => ({ policyId, targetId })));
    const one = attached[pick(attached.length)];
    if (one === undefined) return undefined;
    await api.detachPolicy(one);
    return [`attachment missing ${state.policies.find(({ id }) => id === one.policyId)?.name ?? ''} ${one.targetId}`];
  },
  content: async ({ api, state }, pick) => {
    const policy = state.policies[pick(state.policies.length)];
    if (policy === undefined) return undefined;
    await api.updatePolicy({ policyId: policy.id, content: '{"plans":{"never-there":{"regions":{"@@assign":["eu-west-1"]}}}}' });
    return [`policy differs ${policy.name}`];
  },
  spelling: async ({ api, state }, pick) => {
    const policy = state.policies[pick(state.policies.length)];
    if (policy === undefined) return undefined;
    await api.updatePolicy({ policyId: policy.id, content: `\n ${policy.content}\n` });
    return [];
  },
  create: async ({ api }) => {
    const { id } = await api.createPolicy({ name: 'never-there', description: '', content: '{"plans":{}}' });
    return [`policy onlyInAws ${id}`];
  },
  unit: async ({ arrange, state }) => {
    await arrange('CreateOrganizationalUnit', { ParentId: state.root.id, Name: 'never-there' });
    return [`organization added ${state.units.at(-1)?.id ?? ''}`];
  },
};

function has(snapshot: Snapshot, id: string, name: string): boolean {
  return [...entitiesOf(modelIn(snapshot))].some((entity) => entity.id === id || entity.name === name);
}

describe('any organization', () => {
  test('that was put into AWS does not differ from its model', async () => {
    await fc.assert(fc.asyncProperty(accepted, async (snapshot) => {
      expect((await deployed(snapshot).compare()).findings).toEqual([]);
    }), { seed: 20261121, numRuns: 60 });
  }, 60_000);

  test('in which one thing was changed differs in exactly that', async () => {
    let made = 0;
    await fc.assert(fc.asyncProperty(accepted, fc.constantFrom(...Object.keys(changes)), fc.nat(), async (snapshot, name, seed) => {
      const aws = deployed(snapshot);
      const expected = await changes[name]?.(aws, (below) => (below === 0 ? 0 : seed % below));
      if (expected === undefined) return;
      made += 1;
      aws.settle();
      const { findings } = await aws.compare();
      expect(findings.filter(about).map(({ id }) => id)).toEqual(expected);
      // What accounts get then is another thing only because of that.
      expect(findings.filter((finding) => finding.kind === 'effective' && finding.cause !== 'drift')).toEqual([]);
    }), { seed: 20261121, numRuns: 120 });
    expect(made).toBeGreaterThan(60);
  }, 60_000);
});
