import { describe, expect, it } from 'vitest';
import { documentTarget, inheritedTree } from '../../server/features/documentTarget.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../server/model/snapshot.ts';
import { effectiveAt } from '../../server/core/merge/effective.ts';
import { modelUri, monday, organization, policyUri } from './organizations.ts';

const plan = (days: string) => ({ plans: { daily: { rules: { r: { lifecycle: { delete_after_days: { '@@assign': days } } } } } } });

const snapshot: Snapshot = organization(
  {
    name: 'Root',
    policies: ['everywhere'],
    organizationalUnits: [
      { name: 'Prod', policies: ['twice'], accounts: [{ name: 'shop' }, { name: 'pay', policies: ['once'] }] },
      { name: 'Test', policies: ['twice'], accounts: [{ name: 'lab' }] },
    ],
  },
  { everywhere: plan('35'), once: plan('7'), twice: plan('14'), never: plan('1') },
);

function target(policy: string, chosen?: string) {
  const found = documentTarget(snapshot, policyUri(policy), chosen === undefined ? undefined : { organization: modelUri, key: chosen });
  return [found?.entity.path, found?.reason, found?.place?.path];
}

describe('the target of a document', () => {
  it('is the one place of attachment, whatever was chosen', () => {
    expect(target('once')).toEqual(['Root/Prod/pay', 'attached', 'Root/Prod/pay']);
    expect(target('once', 'Root/Test/lab')).toEqual(['Root/Prod/pay', 'attached', 'Root/Prod/pay']);
  });

  it('is, with several places, the choice, else the root', () => {
    expect(target('twice')).toEqual(['Root', 'root', undefined]);
    expect(target('twice', 'Root/Test/lab')).toEqual(['Root/Test/lab', 'chosen', 'Root/Test']);
    expect(target('twice', 'Root/Test')).toEqual(['Root/Test', 'chosen', 'Root/Test']);
    expect(target('twice', 'Root')).toEqual(['Root', 'chosen', undefined]);
    expect(target('twice', 'Root/Gone')).toEqual(['Root', 'root', undefined]);
  });

  it('is, without a place, the choice, else the root', () => {
    expect(target('never', 'Root/Test/lab')).toEqual(['Root/Test/lab', 'chosen', undefined]);
    expect(target('never')).toEqual(['Root', 'root', undefined]);
    expect(target('unnamed')).toEqual(['Root', 'root', undefined]);
  });

  it('is nothing for a file that no model covers, unless a target was chosen', () => {
    expect(documentTarget(snapshot, 'file:///elsewhere/x.json', undefined)).toBeUndefined();
    expect(documentTarget(snapshot, 'untitled:Untitled-1', { organization: modelUri, key: 'Root/Prod' })?.entity.path).toBe('Root/Prod');
    expect(documentTarget(emptySnapshot(monday), policyUri('once'), undefined)).toBeUndefined();
    const rootless = applyChanges(snapshot, monday, [{ type: 'organization', uri: modelUri, text: '{"policies": {}}' }]);
    expect(documentTarget(rootless, policyUri('once'), { organization: modelUri, key: 'Root' })).toBeUndefined();
  });

  it('inherits what stands above the place of attachment, not above the chosen account', () => {
    const below = documentTarget(snapshot, policyUri('twice'), { organization: modelUri, key: 'Root/Prod/pay' });
    if (below === undefined) throw new Error('There is a target.');
    const inherited = effectiveAt(inheritedTree(snapshot, below), ['plans', 'daily', 'rules', 'r', 'lifecycle', 'delete_after_days']);
    expect(inherited?.kind === 'single' && inherited.value?.kind === 'single' ? inherited.value.element.text : undefined).toBe('35');
  });
});
