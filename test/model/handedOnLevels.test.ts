import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { findEntity, type Organization } from '../../server/model/organization.ts';
import { applyChanges, effectiveOf, emptySnapshot, type Change, type Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, sampleOrganization } from '../features/organizations.ts';

const sample = sampleOrganization();
const files = [...sample.policies.values()].map(({ uri, document }) => ({ uri, text: document.text }));

function modelOf(snapshot: Snapshot): Organization {
  return snapshot.organizations.get(modelUri) ?? expect.fail('There is no model.');
}

/** A snapshot of the same files that has no history. */
function fresh(snapshot: Snapshot): Snapshot {
  const changes: Change[] = [
    ...[...snapshot.policies.values()].map(({ uri, document }): Change => ({ type: 'policy', uri, text: document.text })),
    ...[...snapshot.organizations.values()].map(({ uri, document }): Change => ({ type: 'organization', uri, text: document.text })),
  ];
  return applyChanges(emptySnapshot(snapshot.at), snapshot.at, changes);
}

function told(snapshot: Snapshot): unknown {
  return Object.fromEntries([...workspaceProblems(snapshot, new Set())].sort(([left], [right]) => (left < right ? -1 : 1)));
}

describe('what a snapshot has worked out', () => {
  it('is handed on, except where an edit reaches', () => {
    const [leaf] = files.filter(({ uri }) => uri.endsWith('/finance-ledger.json'));
    const before = applyChanges(sample, monday, []);
    const accounts = [...modelOf(before).byPath.values()].filter(({ kind }) => kind === 'account');
    const trees = accounts.map((account) => effectiveOf(before, modelOf(before), account).tree);
    const after = applyChanges(before, monday + 1, [{ type: 'policy', uri: leaf?.uri ?? '', text: `${leaf?.text ?? ''} ` }]);
    const others = accounts.filter((account, index) => effectiveOf(after, modelOf(after), account).tree !== trees[index]);
    expect(others.map(({ path }) => path)).toEqual(accounts.filter(({ attachments }) => attachments.some(({ policy }) => policy === 'finance-ledger')).map(({ path }) => path));
    expect(others.length).toBeGreaterThan(0);
  });

  it('is what a snapshot without a history works out, after any edits, asked for or not, within a minute or not', () => {
    const edit = fc.record({
      file: fc.nat(files.length - 1),
      place: fc.nat(2_000),
      cut: fc.nat(30),
      typed: fc.constantFrom('', '"', '}', '"@@assign"', '"@@append"', '1', 'x', '"plans": {}'),
      minutes: fc.nat(2),
      gone: fc.nat(9).map((each) => each === 0),
      asked: fc.constantFrom('nothing', 'one account', 'everything'),
    });
    fc.assert(fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      let snapshot = sample;
      for (const { file, place, cut, typed, minutes, gone, asked } of edits) {
        const { uri, text } = files[file] ?? expect.fail();
        const now = snapshot.policies.get(uri)?.document.text ?? text;
        snapshot = applyChanges(snapshot, snapshot.at + minutes * 60_000 + 1, [gone ? { type: 'gone', uri } : { type: 'policy', uri, text: now.slice(0, place) + typed + now.slice(place + cut) }]);
        if (asked === 'one account') effectiveOf(snapshot, modelOf(snapshot), findEntity(modelOf(snapshot), 'Root') ?? modelOf(snapshot).root ?? expect.fail());
        if (asked === 'everything') workspaceProblems(snapshot, new Set());
      }
      expect(told(snapshot)).toEqual(told(fresh(snapshot)));
    }), { seed: 6, numRuns: 60 });
  });
});
