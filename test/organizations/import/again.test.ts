import { afterEach, describe, expect, it } from 'vitest';
import { organizationProblems } from '../../../server/features/organizationProblems.ts';
import type { Organization } from '../../../server/model/organization.ts';
import type { EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { lastKnownFiles } from '../../../server/organizations/lastKnown.ts';
import { Refusal } from '../../../server/organizations/refusal.ts';
import type { ImportView } from '../../../server/protocol.ts';
import { embeddedProject, modelUri, policyFile, retention, smallOrganization, type EmbeddedProject } from './project.ts';

let project: EmbeddedProject;
let state: EmbeddedState;
afterEach(() => {
  project.close();
});

/** A project that was imported, and after which both sides change. */
async function imported(change: (state: EmbeddedState) => void = () => undefined): Promise<EmbeddedProject> {
  state = smallOrganization();
  project = embeddedProject(state);
  await project.import();
  change(state);
  return project;
}

const model = (): string => project.files.get(modelUri) ?? '';
const setModel = (text: string): unknown => project.files.set(modelUri, text);

function organization(): Organization {
  return project.snapshot().organizations.get(modelUri) ?? expect.fail('There is no model.');
}

const policyOf = (name: string): EmbeddedState['policies'][number] => state.policies.find((policy) => policy.name === name) ?? expect.fail(`There is no policy ${name}.`);

/** Imports, and checks that the model is sound and the next import has nothing to do. */
async function again(): Promise<ImportView> {
  const view = await project.import();
  expect(organizationProblems(organization(), new Set())).toEqual([]);
  expect((await project.read()).files).toEqual([]);
  return view;
}

describe('an import into a model that is there', () => {
  it('changes nothing where nothing changed, whatever the author made of the formatting', async () => {
    await imported();
    setModel(model().replaceAll('\n', '\r\n').replaceAll('  ', '\t'));
    project.files.set(policyFile('longer'), JSON.stringify(JSON.parse(retention('90')), undefined, '\t\t'));
    const view = await again();
    expect(view).toMatchObject({ files: [], changes: [], conflicts: [], summary: ['The files say what AWS has: nothing changes.'] });
  });

  it('adds what is new behind what is there, laid out like it', async () => {
    await imported(({ units, accounts, policies, attachments }) => {
      units.push({ id: 'ou-em1b-deep0000', name: 'Deep', parentId: 'ou-em1b-prod0000' });
      accounts.push({ id: '444444444444', name: 'pay', parentId: 'ou-em1b-deep0000' }, { id: '555555555555', name: 'web', parentId: 'ou-em1b-prod0000' });
      policies.push({ id: 'p-weekly0001', name: 'Weekly', description: '', content: retention('7', 'weekly'), tags: [] });
      attachments['ou-em1b-prod0000'] = ['p-longer001', 'p-weekly0001'];
      attachments['444444444444'] = ['p-weekly0001'];
    });
    const before = model();
    const { changes } = await again();
    expect(model()).toBe(before
      .replace('"policies": ["Longer"],\n        "organizationalUnits": []', `"policies": ["Longer", "Weekly"],
        "organizationalUnits": [
          {
            "id": "ou-em1b-deep0000",
            "name": "Deep",
            "policies": [],
            "organizationalUnits": [],
            "accounts": [
              { "id": "444444444444", "name": "pay", "policies": ["Weekly"] }
            ]
          }
        ]`)
      .replace('"name": "shop", "policies": [] }', '"name": "shop", "policies": [] },\n          { "id": "555555555555", "name": "web", "policies": [] }')
      .replace('"id": "p-longer001" }', '"id": "p-longer001" },\n    "Weekly": { "file": "policies/weekly.json", "id": "p-weekly0001" }'));
    expect(changes).toEqual([
      { type: 'added', kind: 'organizationalUnit', path: 'Root/Prod/Deep' },
      { type: 'added', kind: 'account', path: 'Root/Prod/Deep/pay' },
      { type: 'added', kind: 'account', path: 'Root/Prod/web' },
      { type: 'policyAdded', policy: 'Weekly', file: 'policies/weekly.json' },
      { type: 'attached', policy: 'Weekly', path: 'Root/Prod' },
      { type: 'attached', policy: 'Weekly', path: 'Root/Prod/Deep/pay' },
    ]);
  });

  it('removes what AWS does not have any more, and leaves the file of a removed policy', async () => {
    await imported((aws) => {
      aws.units = aws.units.filter(({ name }) => name !== 'Test');
      aws.accounts = aws.accounts.filter(({ name }) => name !== 'lab');
      aws.policies = aws.policies.filter(({ name }) => name !== 'Longer');
      delete aws.attachments['ou-em1b-prod0000'];
    });
    const { changes } = await again();
    expect(changes).toEqual([
      { type: 'removed', kind: 'organizationalUnit', path: 'Root/Test' },
      { type: 'removed', kind: 'account', path: 'Root/Test/lab' },
      { type: 'policyRemoved', policy: 'Longer', file: 'policies/longer.json' },
      { type: 'detached', policy: 'Longer', path: 'Root/Prod' },
    ]);
    expect(model()).not.toContain('Longer');
    expect(model()).not.toContain('Test');
    expect(project.files.has(policyFile('longer'))).toBe(true);
  });

  it('renames OUs, accounts and policies, everywhere', async () => {
    await imported(() => {
      for (const entity of [...state.units, ...state.accounts]) entity.name = `${entity.name} 2`;
      for (const policy of state.policies) policy.name = `${policy.name} 2`;
    });
    const before = model();
    const { changes } = await again();
    expect(model()).toBe(before.replace(/"(Prod|Test|shop|lab|Management|Baseline|Longer)"/g, '"$1 2"'));
    expect(changes.filter(({ type }) => type === 'renamed')).toHaveLength(5);
    expect(changes.filter(({ type }) => type === 'policyRenamed')).toEqual([{ type: 'policyRenamed', policy: 'Baseline 2', from: 'Baseline' }, { type: 'policyRenamed', policy: 'Longer 2', from: 'Longer' }]);
  });

  it('lets two policies change names', async () => {
    await imported(() => {
      const [baseline, longer] = [policyOf('Baseline'), policyOf('Longer')];
      baseline.name = 'Longer';
      longer.name = 'Baseline';
    });
    await again();
    expect(organization().policies.get('Longer')).toMatchObject({ id: 'p-baseline1', file: 'policies/baseline.json' });
    expect(organization().root?.attachments.map(({ policy }) => policy)).toEqual(['Longer']);
  });

  it('moves accounts and OUs with their text, also out of an OU that is gone', async () => {
    await imported();
    setModel(model().replace('{ "id": "222222222222", "name": "shop", "policies": [] }', '{ "id": "222222222222",   "name": "shop" , "policies": [ ] }'));
    const shop = state.accounts.find(({ name }) => name === 'shop');
    if (shop !== undefined) shop.parentId = 'ou-em1b-test0000';
    for (const unit of state.units) if (unit.name === 'Test') unit.parentId = 'ou-em1b-new00000';
    state.units.unshift({ id: 'ou-em1b-new00000', name: 'New', parentId: 'r-em1b' });
    state.units = state.units.filter(({ name }) => name !== 'Prod');
    state.attachments = { 'r-em1b': ['p-baseline1'] };
    const { changes } = await again();
    expect(changes).toEqual([
      { type: 'added', kind: 'organizationalUnit', path: 'Root/New' },
      { type: 'moved', kind: 'organizationalUnit', path: 'Root/New/Test', from: 'Root/Test' },
      { type: 'moved', kind: 'account', path: 'Root/New/Test/shop', from: 'Root/Prod/shop' },
      { type: 'removed', kind: 'organizationalUnit', path: 'Root/Prod' },
    ]);
    expect(model()).toContain('          { "id": "222222222222",   "name": "shop" , "policies": [ ] }');
    expect(organization().byPath.get('Root/New/Test/lab')?.id).toBe('333333333333');
  });

  it('keeps the order of attachment that the model has', async () => {
    await imported();
    state.attachments['r-em1b'] = ['p-baseline1', 'p-longer001'];
    setModel(model().replace('"policies": ["Baseline"]', '"policies": ["Longer", "Baseline"]'));
    expect((await again()).files).toEqual([]);
  });

  it('keeps names, files and places of the author', async () => {
    await imported();
    setModel(model().replaceAll('"Longer"', '"ours/longer"').replace('policies/longer.json', 'prod/retention.json').replace('"name": "shop"', '"name": "webshop"'));
    project.files.set('file:///project/prod/retention.json', retention('90'));
    project.files.delete(policyFile('longer'));
    expect((await again()).files).toEqual([]);
    // A name that changes in AWS counts.
    policyOf('Longer').name = 'Longest';
    expect((await again()).changes).toEqual([{ type: 'policyRenamed', policy: 'Longest', from: 'ours/longer' }]);
    expect(organization().policies.get('Longest')?.file).toBe('prod/retention.json');
  });

  it('writes a policy file again that is missing', async () => {
    await imported();
    project.files.delete(policyFile('longer'));
    expect((await again()).changes).toEqual([{ type: 'fileMissing', policy: 'Longer', file: 'policies/longer.json' }]);
  });

  it('keeps policies that only the model has, with their attachments', async () => {
    await imported();
    setModel(model().replace('["Longer"]', '["draft", "Longer"]').replace('"policies": {\n', '"policies": {\n    "draft": { "file": "draft.json" },\n'));
    project.files.set('file:///project/draft.json', '{}');
    const { files, report } = await again();
    expect(files).toEqual([]);
    expect(report).toContain('## Only in the model (1)');
  });

  it('refuses a model of another organization, and one that is no JSON', async () => {
    await imported();
    const before = model();
    setModel(before.replace('r-em1b', 'r-other'));
    await expect(project.read()).rejects.toThrow(Refusal);
    setModel(before.slice(0, -10));
    await expect(project.read()).rejects.toThrow('not valid JSON');
    setModel(before.replace('"policies": ["Baseline"]', '"policies": 1'));
    await expect(project.read()).rejects.toThrow('is no list');
  });

  it('fills a model file that is empty', async () => {
    await imported();
    const before = model();
    project.files.clear();
    setModel('{}');
    await again();
    expect(JSON.parse(model())).toEqual(JSON.parse(before));
  });

  it('stays on the line of a model that is written on one', async () => {
    await imported();
    setModel(JSON.stringify(JSON.parse(model())));
    state.units.push({ id: 'ou-em1b-deep0000', name: 'Deep', parentId: 'ou-em1b-prod0000' });
    state.accounts.push({ id: '444444444444', name: 'pay', parentId: 'ou-em1b-deep0000' });
    for (const account of state.accounts) if (account.name === 'lab') account.parentId = 'ou-em1b-deep0000';
    await again();
    expect(model()).toBe(JSON.stringify(JSON.parse(model())));
  });
});

describe('a policy that changed', () => {
  const text = '{\n    "plans": { "daily": { "rules": { "nightly": { "lifecycle": { "delete_after_days": { "@@assign": "90" } } } } } }\n}\n';

  it('in AWS is changed in the file, in the author\'s formatting', async () => {
    await imported();
    project.files.set(policyFile('longer'), text);
    policyOf('Longer').content = '{"plans":{"daily":{"regions":{"@@assign":["eu-west-1","eu-west-3"]},"rules":{"nightly":{"lifecycle":{"delete_after_days":{"@@assign":"60"}}}}}}}';
    expect((await again()).changes).toEqual([{ type: 'contentChanged', policy: 'Longer', file: 'policies/longer.json' }]);
    expect(project.files.get(policyFile('longer'))).toBe(text.replace('"90"', '"60"').replace(' } } } } } }\n', ' } } } }, "regions": { "@@assign": ["eu-west-1", "eu-west-3"] } } }\n'));
  });

  it('here is left as it is, and told', async () => {
    await imported();
    project.files.set(policyFile('longer'), text.replace('90', '30'));
    const { files, conflicts, report } = await again();
    expect([files, conflicts]).toEqual([[], []]);
    expect(report).toContain('## Edited here only (1)\n\nAWS has what it had at the last import: push them when they are ready.\n\n- `Longer`');
  });

  it('here and was pushed since takes what AWS has after that', async () => {
    await imported();
    project.files.set(policyFile('longer'), text.replace('90', '30'));
    await lastKnownFiles(project.context.host.settings().storage).put('o-em1b000000', { policyId: 'p-longer001', name: 'Longer', description: '', content: retention('30') });
    policyOf('Longer').content = retention('31');
    expect((await again()).changes).toEqual([{ type: 'contentChanged', policy: 'Longer', file: 'policies/longer.json' }]);
    expect(await lastKnownFiles(project.context.host.settings().storage).get('o-em1b000000', 'p-longer001')).toMatchObject({ content: retention('31') });
  });

  it('on both sides is a conflict, until both say the same', async () => {
    await imported();
    const edited = text.replace('90', '30');
    project.files.set(policyFile('longer'), edited);
    policyOf('Longer').content = retention('60');
    const conflict = { reason: 'both', policy: 'Longer', file: 'policies/longer.json', uri: policyFile('longer'), remote: retention('60'), base: retention('90') };
    expect((await again()).conflicts).toEqual([conflict]);
    expect((await again()).conflicts).toEqual([conflict]);
    expect(project.files.get(policyFile('longer'))).toBe(edited);
    project.files.set(policyFile('longer'), text.replace('90', '60'));
    expect((await again()).conflicts).toEqual([]);
    policyOf('Longer').content = retention('61');
    expect((await again()).changes).toMatchObject([{ type: 'contentChanged' }]);
  });

  it('is a conflict where no import has seen it before', async () => {
    await imported();
    const other = embeddedProject(state);
    for (const [uri, content] of project.files) other.files.set(uri, content);
    project.close();
    project = other;
    policyOf('Longer').content = retention('60');
    expect((await again()).conflicts).toMatchObject([{ reason: 'unknown', policy: 'Longer' }]);
  });

  it('is not compared where the file is a template', async () => {
    await imported();
    project.files.set(policyFile('longer'), text.replace('"90"', '${days}'));
    policyOf('Longer').content = retention('60');
    expect((await again()).conflicts).toMatchObject([{ reason: 'notJson', policy: 'Longer' }]);
  });

  it('only in its description changes the model', async () => {
    await imported();
    policyOf('Baseline').description = 'For everybody';
    expect((await again()).changes).toEqual([{ type: 'descriptionChanged', policy: 'Baseline', file: 'policies/baseline.json' }]);
    expect(organization().policies.get('Baseline')?.description).toBe('For everybody');
  });
});
