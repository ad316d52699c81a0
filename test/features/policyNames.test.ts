import { describe, expect, it } from 'vitest';
import { policyName, policyNameOfFile } from '../../server/features/policyName.ts';
import { policyNames } from '../../server/features/policyNames.ts';
import { applyChanges, emptySnapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, organization, policyUri } from './organizations.ts';

const snapshot = organization({ name: 'Root', policies: ['baseline'], accounts: [{ name: 'shop', policies: ['baseline', 'extra'] }] }, { baseline: {}, extra: {}, unused: {} });

describe('the policies that can be attached', () => {
  it('are all of a model, with the targets that have them', () => {
    expect(policyNames(snapshot, { organization: modelUri })).toEqual([
      { organization: modelUri, policy: 'baseline', defined: true, attachedTo: [{ key: 'Root', path: 'Root' }, { key: 'Root/shop', path: 'Root/shop' }] },
      { organization: modelUri, policy: 'extra', defined: true, attachedTo: [{ key: 'Root/shop', path: 'Root/shop' }] },
      { organization: modelUri, policy: 'unused', defined: true, attachedTo: [] },
    ]);
  });

  it('are one for a file that the model names', () => {
    expect(policyNames(snapshot, { uri: policyUri('extra') }).map(({ policy, defined }) => [policy, defined])).toEqual([['extra', true]]);
  });

  it('are the name that a file would get, one that is free', () => {
    expect(policyNames(snapshot, { uri: policyUri('fresh') })).toEqual([{ organization: modelUri, policy: 'fresh', defined: false, attachedTo: [] }]);
    expect(policyNames(snapshot, { uri: 'file:///project/other/baseline.json' }).map(({ policy, defined }) => [policy, defined])).toEqual([['baseline-2', false]]);
  });

  it('come from the nearest model', () => {
    const near = 'file:///project/team/backup-organization.json';
    const two = applyChanges(snapshot, monday, [{ type: 'organization', uri: near, text: '{"root": {"name": "Team"}, "policies": {}}' }]);
    expect(policyNames(two, { uri: 'file:///project/team/x.json' })[0]?.organization).toBe(near);
    expect(policyNames(two, { uri: 'file:///project/x.json' })[0]?.organization).toBe(modelUri);
  });

  it('are none without a model', () => {
    expect(policyNames(emptySnapshot(monday), { uri: policyUri('a') })).toEqual([]);
    expect(policyNames(snapshot, { organization: 'file:///none.json' })).toEqual([]);
  });
});

describe('the name of a policy file', () => {
  it.each([
    ['file:///project/baseline.json', 'baseline'],
    ['file:///project/baseline.backup-policy.json', 'baseline'],
    ['file:///project/baseline.backuppolicy.json', 'baseline'],
    ['file:///project/base.line.json.tpl', 'base.line'],
    ['file:///project/my%20policy.json', 'my policy'],
    ['file:///project/.json', 'policy'],
    ['untitled:Untitled-1', 'Untitled-1'],
  ])('%s is %s', (uri, name) => {
    expect(policyNameOfFile(uri)).toBe(name);
  });

  it('is the one that the model gives it', () => {
    const renamed = applyChanges(snapshot, monday, [{ type: 'organization', uri: modelUri, text: '{"root": {"name": "Root"}, "policies": {"Company baseline": {"file": "policies/baseline.json"}}}' }]);
    expect(policyName(renamed, policyUri('baseline'))).toBe('Company baseline');
    expect(policyName(renamed, policyUri('extra'))).toBe('extra');
  });
});
