import { describe, expect, it } from 'vitest';
import { codeLenses } from '../../server/features/codeLenses.ts';
import { applyChanges, emptySnapshot } from '../../server/model/snapshot.ts';
import { lensCommands } from '../../server/protocol.ts';
import { modelUri, monday, sampleOrganization } from './organizations.ts';

const sample = sampleOrganization();

function file(name: string): string {
  return `file:///project/backup-policies/${name}.json`;
}

/** Line and title of each lens. */
function titles(uri: string, chosenKey?: string, snapshot = sample): readonly string[] {
  const chosen = chosenKey === undefined ? undefined : { organization: modelUri, key: chosenKey };
  return codeLenses(snapshot, uri, chosen).map(({ range, command }) => `${String(range.start.line)} ${command?.title ?? ''}`);
}

describe('code lenses of a policy', () => {
  it('stand above the document and each plan, and name the one place of attachment', () => {
    expect(titles(file('nonprod'))).toEqual([
      '0 Effective policy for Root/Workloads/NonProd',
      '0 Attached to Root/Workloads/NonProd',
      '0 Attach…',
      '2 Effective policy for Root/Workloads/NonProd',
      '13 Effective policy for Root/Workloads/NonProd',
      '2 Overrides Root/baseline',
      '13 Overrides Workloads/database-schedule',
    ]);
  });

  it('count several places, and speak of the chosen target when it is one of them or below', () => {
    expect(titles(file('point-in-time')).slice(0, 3)).toEqual(['0 Effective policy for Root', '0 Attached to 2 targets', '0 Attach…']);
    expect(titles(file('point-in-time'), '222244446666')[0]).toBe('0 Effective policy for Root/Workloads/Prod/Corporate/people-prod');
  });

  it('carry commands that any editor can implement', () => {
    const uri = file('nonprod');
    expect(codeLenses(sample, uri, undefined).slice(0, 3).map(({ command }) => [command?.command, command?.arguments])).toEqual([
      [lensCommands.showEffectivePolicy, [{ organization: modelUri, key: 'ou-h4rb-n0npr0d1' }]],
      [lensCommands.showAttachments, [uri]],
      [lensCommands.attachPolicy, [uri]],
    ]);
  });

  it('say that a policy is attached nowhere', () => {
    const uri = file('draft');
    const snapshot = applyChanges(sample, monday, [{ type: 'policy', uri, text: '{"plans": {"daily": {}}}' }]);
    expect(titles(uri, undefined, snapshot)).toEqual(['0 Effective policy for Root', '0 Attached nowhere', '0 Attach…', '0 Effective policy for Root']);
  });

  it('offer only to attach where no model covers the policy', () => {
    const uri = 'file:///elsewhere/daily.json';
    const snapshot = applyChanges(emptySnapshot(monday), monday, [{ type: 'policy', uri, text: '{"plans": {"daily": {}}}' }]);
    expect(titles(uri, undefined, snapshot)).toEqual(['0 Attach…']);
  });

  it('pass over operators beside plans, and keep to what is understood of a half-typed text', () => {
    const uri = file('nonprod');
    const snapshot = applyChanges(sample, monday, [{ type: 'policy', uri, text: '{\n  "PLANS": {\n    "@@operators_allowed_for_child_policies": ["@@none"],\n    "a": {},\n    "b": {"rul' }]);
    expect(titles(uri, undefined, snapshot).slice(3)).toEqual(['3 Effective policy for Root/Workloads/NonProd', '4 Effective policy for Root/Workloads/NonProd']);
  });

  it.each([modelUri, 'file:///project/package.json'])('do not stand in %s', (uri) => {
    expect(codeLenses(sample, uri, undefined)).toEqual([]);
  });

  it.each(['', '[]', '"plans"', '${policy}'])('do not stand in a policy without an object: %s', (text) => {
    const uri = file('nonprod');
    expect(codeLenses(applyChanges(sample, monday, [{ type: 'policy', uri, text }]), uri, undefined)).toEqual([]);
  });
});
