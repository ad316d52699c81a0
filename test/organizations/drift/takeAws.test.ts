import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { previewModelChange } from '../../../server/features/modelChange.ts';
import { applyChanges, type Snapshot } from '../../../server/model/snapshot.ts';
import { driftReport } from '../../../server/organizations/drift/driftReport.ts';
import { takeAws } from '../../../server/organizations/drift/takeAws.ts';
import type { DriftEditsView } from '../../../server/protocol.ts';
import { withEdits } from '../../features/cursor.ts';
import { modelUri, sampleOrganization } from '../../features/organizations.ts';
import { deployed, idsOf, modelIn, type Deployed } from './compared.ts';

const sample = sampleOrganization();
const baseline = readFileSync('samples/backup-policies/baseline.json', 'utf8');

function textIn(snapshot: Snapshot, uri: string): string {
  return (snapshot.policies.get(uri)?.document ?? snapshot.organizations.get(uri)?.document)?.text ?? '';
}

/** The files after the edits. */
function taken(snapshot: Snapshot, { edits, newFiles, refusal }: DriftEditsView): Snapshot {
  expect(refusal).toBeUndefined();
  const uris = [...new Set(edits.map(({ uri }) => uri))];
  const changed = uris.map((uri) => ({ type: uri === modelUri ? 'organization' as const : 'policy' as const, uri, text: withEdits(textIn(snapshot, uri), edits.filter((edit) => edit.uri === uri)) }));
  return applyChanges(snapshot, snapshot.at, [...changed, ...newFiles.map((file) => ({ type: 'policy' as const, ...file }))]);
}

/** Takes AWS's side of one finding after the other, until none is left that files can settle. */
async function settled(change: (aws: Deployed) => Promise<unknown>, files = sample): Promise<{ readonly snapshot: Snapshot; readonly steps: readonly string[] }> {
  const aws = deployed(sample);
  await change(aws);
  aws.settle();
  const reading = await aws.read({ files });
  let snapshot = files;
  const steps: string[] = [];
  for (let step = 0; step < 10; step++) {
    const report = driftReport(snapshot, modelIn(snapshot), reading);
    const views = report.findings.map((finding) => ({ finding, view: takeAws({ snapshot, organization: modelIn(snapshot), remote: reading.remote, previewModelChange }, finding) }));
    const next = views.find(({ view }) => view.refusal === undefined);
    if (next === undefined) {
      expect(idsOf(report)).toEqual([]);
      return { snapshot, steps };
    }
    expect(next.view.edits.length + next.view.newFiles.length).toBeGreaterThan(0);
    steps.push(`${next.finding.kind} ${next.finding.type}`);
    snapshot = taken(snapshot, next.view);
  }
  throw new Error(`Taking AWS's side does not end: ${steps.join(', ')}`);
}

const model = textIn(sample, modelUri);

function withModel(from: string, to: string): Snapshot {
  expect(model).toContain(from);
  return applyChanges(sample, sample.at, [{ type: 'organization', uri: modelUri, text: model.replace(from, to) }]);
}

const nothing = (): Promise<void> => Promise.resolve();

describe('taking AWS\'s side', () => {
  test.each<readonly [what: string, change: (aws: Deployed) => Promise<unknown>, files: Snapshot, steps: readonly string[]]>([
    ['of a content', ({ api, policyId }) => api.updatePolicy({ policyId: policyId('baseline'), content: JSON.stringify(JSON.parse(baseline.replace('"35"', '"36"'))) }), sample, ['policy differs']],
    ['of a name', ({ api, policyId }) => api.updatePolicy({ policyId: policyId('baseline'), name: 'base-line' }), sample, ['policy nameDiffers']],
    ['of a description', ({ api, policyId }) => api.updatePolicy({ policyId: policyId('baseline'), description: 'with "quotes"' }), sample, ['policy descriptionDiffers']],
    ['of a policy that a colleague created and attached', async ({ api }) => {
      const { id } = await api.createPolicy({ name: 'New Policy', description: 'of a colleague', content: JSON.stringify(JSON.parse(baseline)) });
      await api.attachPolicy({ policyId: id, targetId: '333344445555' });
    }, sample, ['policy onlyInAws', 'attachment surplus']],
    ['of a policy that is gone', async ({ api, policyId }) => {
      await api.detachPolicy({ policyId: policyId('nonprod'), targetId: 'ou-h4rb-n0npr0d1' });
      await api.deletePolicy(policyId('nonprod'));
    }, sample, ['attachment missing', 'policy onlyInModel']],
    ['of a file that is missing', nothing, applyChanges(sample, sample.at, [{ type: 'gone', uri: 'file:///project/backup-policies/baseline.json' }]), ['policy fileMissing']],
    ['of an account that moved', ({ arrange }) => arrange('MoveAccount', { AccountId: '777788889999', SourceParentId: 'ou-h4rb-c0mmerce', DestinationParentId: 'ou-h4rb-sandb0x1' }), sample, ['organization moved']],
    ['of a new OU with an account in it', async ({ arrange, state }) => {
      await arrange('CreateOrganizationalUnit', { ParentId: 'ou-h4rb-sandb0x1', Name: 'New' });
      await arrange('CreateAccount', { AccountName: 'new', Email: 'new@example.com' });
      await arrange('MoveAccount', { AccountId: state.accounts.at(-1)?.id ?? '', SourceParentId: 'r-h4rb', DestinationParentId: state.units.at(-1)?.id ?? '' });
    }, sample, ['organization added']],
    ['of a new account with a policy', async ({ api, arrange, state, policyId }) => {
      await arrange('CreateAccount', { AccountName: 'new', Email: 'new@example.com' });
      await api.attachPolicy({ policyId: policyId('nonprod'), targetId: state.accounts.at(-1)?.id ?? '' });
    }, sample, ['organization added']],
    ['of a name of an account', nothing, withModel('"name": "shop-prod"', '"name": "shop"'), ['organization renamed']],
    ['of an account that is gone', nothing, withModel('{ "id": "333344445555"', '{ "id": "012345678901", "name": "more", "policies": [] },\n          { "id": "333344445555"'), ['organization removed']],
  ])('%s leaves no difference', async (_what, change, files, steps) => {
    expect((await settled(change, files)).steps).toEqual(steps);
  });

  test('of a content keeps every other character of the file', async () => {
    const content = JSON.stringify(JSON.parse(baseline.replace('"35"', '"36"')));
    const { snapshot } = await settled(({ api, policyId }) => api.updatePolicy({ policyId: policyId('baseline'), content }));
    expect(textIn(snapshot, 'file:///project/backup-policies/baseline.json')).toBe(baseline.replace('"35"', '"36"'));
  });

  test('of a new account writes it as its neighbours are written', async () => {
    const { snapshot } = await settled(({ arrange }) => arrange('CreateAccount', { AccountName: 'new', Email: 'new@example.com' }));
    const own = '{ "id": "111122223333", "name": "management", "policies": [] }';
    expect(textIn(snapshot, modelUri)).toMatch(new RegExp(`${own.replace(/[[\]{}]/g, '\\$&')},\\n      \\{ "id": "\\d{12}", "name": "new", "policies": \\[\\] \\}\\n    \\]`));
  });

  test('of an effective policy is refused with what to do instead', async () => {
    const aws = deployed(sample);
    await aws.api.updatePolicy({ policyId: aws.policyId('baseline'), content: baseline.replace('"35"', '"36"') });
    aws.settle();
    const reading = await aws.read();
    const finding = driftReport(sample, modelIn(sample), reading).findings.find(({ kind }) => kind === 'effective');
    expect(finding).toBeDefined();
    if (finding !== undefined) expect(takeAws({ snapshot: sample, organization: modelIn(sample), remote: reading.remote, previewModelChange }, finding).refusal).toContain('take these from AWS instead');
  });
});
