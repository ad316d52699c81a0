import { afterEach, describe, expect, it } from 'vitest';
import { effectiveJson } from '../../../server/core/merge/effective.ts';
import { organizationProblems } from '../../../server/features/organizationProblems.ts';
import { entitiesOf, type Organization } from '../../../server/model/organization.ts';
import { effectiveOf } from '../../../server/model/snapshot.ts';
import { propagate, settle } from '../../../server/organizations/embedded/effective.ts';
import type { EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { embeddedProject, modelUri, policyFile, retention, smallOrganization, type EmbeddedProject } from './project.ts';

let project: EmbeddedProject;
afterEach(() => {
  project.close();
});

function open(state: EmbeddedState): EmbeddedProject {
  return (project = embeddedProject(state));
}

const model = (): string => project.files.get(modelUri) ?? '';

function organization(): Organization {
  return project.snapshot().organizations.get(modelUri) ?? expect.fail('There is no model.');
}

/** The effective policy of each account by the engine, and as the organization itself prints it. */
async function compared(): Promise<readonly (readonly [unknown, unknown])[]> {
  const { state, api, clock } = project;
  propagate({ state, now: clock.now(), delay: () => 0, region: '', callerId: state.managementAccountId, refuseWhilePropagating: false }, [state.root.id]);
  settle(state, clock.now());
  const snapshot = project.snapshot();
  const pairs: (readonly [unknown, unknown])[] = [];
  for (const entity of entitiesOf(organization())) {
    if (entity.kind !== 'account' || entity.id === undefined) continue;
    const ours: unknown = JSON.parse(JSON.stringify(effectiveJson(effectiveOf(snapshot, organization(), entity).tree)));
    const { errors } = effectiveOf(snapshot, organization(), entity);
    if (errors.length === 0) pairs.push([ours, JSON.parse((await api.describeEffectivePolicy(entity.id)).content)]);
  }
  return pairs;
}

describe('a first import', () => {
  it('makes the model and a file for each policy', async () => {
    const view = await open(smallOrganization()).import();
    expect(model()).toBe(`{
  "root": {
    "id": "r-em1b",
    "name": "Root",
    "policies": ["Baseline"],
    "organizationalUnits": [
      {
        "id": "ou-em1b-prod0000",
        "name": "Prod",
        "policies": ["Longer"],
        "organizationalUnits": [],
        "accounts": [
          { "id": "222222222222", "name": "shop", "policies": [] }
        ]
      },
      {
        "id": "ou-em1b-test0000",
        "name": "Test",
        "policies": [],
        "organizationalUnits": [],
        "accounts": [
          { "id": "333333333333", "name": "lab", "policies": [] }
        ]
      }
    ],
    "accounts": [
      { "id": "111111111111", "name": "Management", "policies": [] }
    ]
  },
  "policies": {
    "Baseline": { "file": "policies/baseline.json", "id": "p-baseline1", "description": "For all" },
    "Longer": { "file": "policies/longer.json", "id": "p-longer001" }
  }
}
`);
    expect(organizationProblems(organization(), new Set())).toEqual([]);
    expect(view.summary).toEqual(['Added: 2 OUs, 3 accounts, 2 policies.', 'Attachments: 2 attached, 0 detached.']);
  });

  it('keeps the text of a policy that has lines byte for byte, and lays out one that has none', async () => {
    const { state, files } = open(smallOrganization());
    await project.import();
    expect(files.get(policyFile('baseline'))).toBe(state.policies[0]?.content);
    expect(files.get(policyFile('longer'))).toMatch(/^\{\n {2}"plans": \{\n/);
    expect(JSON.parse(files.get(policyFile('longer')) ?? '')).toEqual(JSON.parse(retention('90')));
  });

  it('gives accounts what AWS gives them', async () => {
    const state = smallOrganization();
    const policy = state.policies[0];
    if (policy !== undefined) policy.content = '{"plans":{"daily":{"regions":{"@@assign":["eu-central-1"]},"rules":{"nightly":{"schedule_expression":{"@@assign":"cron(0 5 ? * * *)"},"target_backup_vault_name":{"@@assign":"Default"},"lifecycle":{"delete_after_days":{"@@assign":"35"}}}},"selections":{"tags":{"all":{"iam_role_arn":{"@@assign":"arn:aws:iam::$account:role/Backup"},"tag_key":{"@@assign":"backup"},"tag_value":{"@@assign":["yes"]}}}}}}}';
    await open(state).import();
    const pairs = await compared();
    expect(pairs).toHaveLength(3);
    for (const [ours, aws] of pairs) expect(ours).toEqual(aws);
    expect(JSON.stringify(pairs[0])).toContain('"90"');
  });

  it('gives hostile names files that every system takes', async () => {
    const state = smallOrganization();
    const names = ['../../etc/passwd', 'con', 'COM1.backup', '__proto__', '🦄', 'Daily', 'daily', 'DAILY', ' .. ', 'Täglich / Größe', 'x'.repeat(128), '"quoted" \\ \n', '$(rm -rf)', 'policies'];
    state.policies = names.map((name, index) => ({ id: `p-hostile${String(index).padStart(2, '0')}`, name, description: '', content: retention(String(index + 1)), tags: [] }));
    state.attachments = { 'r-em1b': ['p-hostile03', 'p-hostile04'] };
    state.accounts.push({ id: '444444444444', name: '__proto__', parentId: 'r-em1b' }, { id: '555555555555', name: 'a/b "c"', parentId: 'r-em1b' });
    await open(state).import();
    expect([...project.files.keys()].map((uri) => uri.slice('file:///project/'.length)).sort()).toEqual([
      'backup-organization.json', 'policies/daily-2.json', 'policies/daily-3.json', 'policies/daily.json', 'policies/etc-passwd.json', 'policies/policies.json', 'policies/policy-2.json',
      'policies/policy-com1.backup.json', 'policies/policy-con.json', 'policies/policy.json', 'policies/quoted.json', 'policies/rm-rf.json', 'policies/taglich-gro-e.json', `policies/${'x'.repeat(60)}.json`, 'policies/__proto__.json',
    ].sort());
    expect([...organization().policies.keys()]).toEqual(names);
    expect(organization().root?.attachments.map(({ policy }) => policy)).toEqual(['__proto__', '🦄']);
    expect((await project.import()).changes).toEqual([]);
  });

  it('leaves files alone that are there already', async () => {
    const { files } = open(smallOrganization());
    files.set(policyFile('baseline'), 'mine');
    await project.import();
    expect(files.get(policyFile('baseline'))).toBe('mine');
    expect(organization().policies.get('Baseline')?.file).toBe('policies/baseline-2.json');
  });

  it('asks for no attachments where the type is disabled, and says so', async () => {
    const state = smallOrganization();
    state.policyType = 'DISABLED';
    state.attachments = {};
    const view = await open(state).import();
    expect(view.report).toContain('Backup policies are not enabled');
    expect([...entitiesOf(organization())].flatMap(({ attachments }) => attachments)).toEqual([]);
  });

  it('finds accounts below each parent where it may not list all of them', async () => {
    const state = smallOrganization();
    project = embeddedProject(state, { denied: new Set(['ListAccounts']) });
    await project.import();
    expect([...organization().byId.keys()]).toContain('333333333333');
    expect(organization().byId.get('222222222222')?.path).toBe('Root/Prod/shop');
  });
});

describe('the order of attachment', () => {
  it('is told where another one changes what accounts get', async () => {
    const state = smallOrganization();
    state.attachments = { 'r-em1b': ['p-longer001', 'p-baseline1'] };
    const { orders, report } = await open(state).import();
    expect(orders).toEqual([{ path: 'Root', policies: ['Baseline', 'Longer'], settings: ['plans/daily/rules/nightly/lifecycle/delete_after_days'] }]);
    expect(report).toContain('Order of attachment not known');
  });

  it('is not told where it makes no difference', async () => {
    const state = smallOrganization();
    const other = state.policies[1];
    if (other !== undefined) other.content = retention('90', 'weekly');
    state.attachments = { 'r-em1b': ['p-longer001', 'p-baseline1'] };
    expect((await open(state).import()).orders).toEqual([]);
  });

  it('is told without the settings where there are too many orders to try', async () => {
    const state = smallOrganization();
    for (const number of [1, 2, 3]) state.policies.push({ id: `p-another0${String(number)}`, name: `Another ${String(number)}`, description: '', content: retention('1'), tags: [] });
    state.attachments = { 'r-em1b': state.policies.map(({ id }) => id) };
    expect((await open(state).import()).orders).toEqual([{ path: 'Root', policies: ['Baseline', 'Longer', 'Another 1', 'Another 2', 'Another 3'] }]);
  });
});

describe('ids', () => {
  const allIds = /111111111111|222222222222|333333333333|r-em1b|prod0000|p-baseline1/;

  it('can be replaced, in policies as well, and stay what they are', async () => {
    const state = smallOrganization();
    const policy = state.policies[1];
    if (policy !== undefined) policy.content = '{"plans":{"a":{"rules":{"r":{"copy_actions":{"arn:aws:backup:eu-west-1:222222222222:backup-vault:v":{"target_backup_vault_arn":{"@@assign":"arn:aws:backup:eu-west-1:222222222222:backup-vault:v"}},"arn:aws:backup:eu-west-1:987654321098:backup-vault:v":{"target_backup_vault_arn":{"@@assign":"arn:aws:backup:eu-west-1:987654321098:backup-vault:v"}}}}}}}}';
    await open(state).import({ ids: 'redact' });
    const all = [...project.files.values()].join('\n');
    expect(all).not.toMatch(allIds);
    expect(all).not.toContain('987654321098');
    expect(organizationProblems(organization(), new Set())).toEqual([]);
    const shop = organization().byPath.get('Root/Prod/shop')?.id ?? '';
    expect(shop).toMatch(/^0{10}\d\d$/);
    expect(project.files.get(policyFile('longer'))).toContain(`:${shop}:backup-vault`);
    expect((await project.start()).ids).toBe('redact');
    expect((await project.import({ ids: 'redact' })).changes).toEqual([]);
    // A renamed account is found again by what stands for its id.
    const account = state.accounts.find(({ name }) => name === 'shop');
    if (account !== undefined) account.name = 'store';
    expect((await project.import({ ids: 'redact' })).changes).toEqual([{ type: 'renamed', kind: 'account', path: 'Root/Prod/store', from: 'shop' }]);
    expect(organization().byId.get(shop)?.name).toBe('store');
  });

  it('can be left out', async () => {
    await open(smallOrganization()).import({ ids: 'leaveOut' });
    expect([...project.files.values()].join('\n')).not.toMatch(allIds);
    expect(organizationProblems(organization(), new Set())).toEqual([]);
    expect((await project.start()).ids).toBe('leaveOut');
    expect((await project.import({ ids: 'leaveOut' })).changes).toEqual([]);
  });

  it('of a model that has them can be taken out and put back', async () => {
    await open(smallOrganization()).import();
    const before = model();
    await project.import({ ids: 'leaveOut' });
    expect(model()).not.toMatch(allIds);
    await project.import({ ids: 'keep' });
    expect(JSON.parse(model())).toEqual(JSON.parse(before));
  });
});
