import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewModelChange } from '../../server/features/modelChange.ts';
import { entitiesOf } from '../../server/model/organization.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../server/model/snapshot.ts';
import type { ModelChangePreview } from '../../server/protocol.ts';
import { withEdits } from './cursor.ts';
import { modelUri, monday, organization } from './organizations.ts';

function snapshotOf(model: string): Snapshot {
  return applyChanges(emptySnapshot(monday), monday, [{ type: 'organization', uri: modelUri, text: model }]);
}

function preview(snapshot: Snapshot, target: string, to: string): ModelChangePreview {
  return previewModelChange(snapshot, { type: 'moveEntity', organization: modelUri, target, to });
}

function moved(model: string, target: string, to: string): string {
  const { edits, refusal } = preview(snapshotOf(model), target, to);
  if (refusal !== undefined) throw new Error(refusal);
  return withEdits(model, [...edits]);
}

const model = `{
  "root": {
    "id": "r-ab12",
    "name": "Root",
    "organizationalUnits": [
      {
        "id": "ou-ab12-11111111",
        "name": "Prod",
        "policies": ["a"],
        "accounts": [
          { "id": "111122223333",   "name": "shop", "policies": [ "b" ] },
          {
            "id": "222233334444",
            "name": "pay"
          }
        ]
      },
      { "name": "Test" },
      {
        "name": "Lab",
        "accounts": []
      }
    ]
  },
  "policies": { "a": { "file": "a.json" }, "b": { "file": "b.json" } }
}
`;

describe('moving an account or OU in the model file', () => {
  it('keeps its text, and writes it into the empty list of its new parent', () => {
    expect(moved(model, '111122223333', 'Root/Lab')).toBe(model
      .replace('{ "id": "111122223333",   "name": "shop", "policies": [ "b" ] },\n          ', '')
      .replace('"accounts": []', '"accounts": [\n          { "id": "111122223333",   "name": "shop", "policies": [ "b" ] }\n        ]'));
  });

  it('gives a parent without a list one, and its lines the blanks of their depth', () => {
    expect(moved(model, 'Root/Prod/pay', 'r-ab12')).toBe(model
      .replace(',\n          {\n            "id": "222233334444",\n            "name": "pay"\n          }', '')
      .replace('"accounts": []\n      }\n    ]', '"accounts": []\n      }\n    ],\n    "accounts": [\n      {\n        "id": "222233334444",\n        "name": "pay"\n      }\n    ]'));
  });

  it('stays on the line of a parent that is written on one', () => {
    expect(moved(model, 'Root/Prod/shop', 'Root/Test')).toContain('{ "name": "Test", "accounts": [{ "id": "111122223333",   "name": "shop", "policies": [ "b" ] }] },');
  });

  it('takes an OU with everything in it, in CR LF and with tabs, too', () => {
    for (const style of [(text: string) => text, (text: string) => text.replaceAll('\n', '\r\n'), (text: string) => text.replaceAll('  ', '\t')]) {
      const after = moved(style(model), 'ou-ab12-11111111', 'Root/Lab');
      expect(after).toContain(style('        "name": "Lab",\n        "organizationalUnits": [\n          {\n            "id": "ou-ab12-11111111",\n'));
      expect(after.replaceAll('\r\n', '').includes('\r')).toBe(false);
      const paths = [...entitiesOf(snapshotOf(after).organizations.get(modelUri) ?? expect.fail())].map(({ path }) => path);
      expect(paths).toEqual(['Root', 'Root/Test', 'Root/Lab', 'Root/Lab/Prod', 'Root/Lab/Prod/shop', 'Root/Lab/Prod/pay']);
    }
  });

  it('has nothing to do where it is already', () => {
    expect(preview(snapshotOf(model), 'Root/Test', 'Root')).toMatchObject({ edits: [], changedTargets: [], unchangedTargets: ['Root/Test'] });
  });

  it('tells the old and the new path', () => {
    expect(preview(snapshotOf(model), '222233334444', 'Root/Lab')).toMatchObject({ changedTargets: ['Root/Prod/pay', 'Root/Lab/pay'], unchangedTargets: [], accountsReached: 1 });
  });

  const deep = (levels: number): string => (levels === 0 ? '{ "name": "leaf", "accounts": [{ "name": "x" }] }' : `{ "name": "l${String(levels)}", "organizationalUnits": [${deep(levels - 1)}] }`);
  const nested = `{ "root": { "name": "R", "organizationalUnits": [${deep(3)}, { "name": "one", "organizationalUnits": [{ "name": "two" }] }], "accounts": [{ "name": "two" }] }, "policies": {} }`;

  it.each<readonly [string, string, string, string, string]>([
    ['the root', model, 'r-ab12', 'Root/Test', 'Root is the root of the organization, which AWS cannot move. Choose an organizational unit (OU) or an account.'],
    ['something into an account', model, 'Root/Test', 'Root/Prod/shop', 'Root/Prod/shop is an account: AWS holds OUs and accounts in the root or in an OU. Choose one of these.'],
    ['an OU into itself', model, 'Root/Prod', 'ou-ab12-11111111', 'Root/Prod cannot be moved into itself. Choose a place outside of it.'],
    ['an OU below itself', nested, 'R/one', 'R/one/two', 'R/one cannot be moved to R/one/two, which is below it. Choose a place outside of it.'],
    ['an OU deeper than AWS nests them', nested, 'R/l3', 'R/one/two', 'Below R/one/two, R/l3 would reach 6 levels below the root, and AWS allows 5 levels of organizational units (OUs). Choose a place further up.'],
    ['an account beside another thing of its name', nested, 'R/two', 'R/one', 'R/one holds another two already: a path of names must lead to one target. Rename one of the two first.'],
    ['an OU beside another OU of its name', '{ "root": { "name": "R", "organizationalUnits": [{ "name": "a" }, { "name": "b", "organizationalUnits": [{ "name": "a" }] }] }, "policies": {} }', 'R/b/a', 'R', 'R holds another a already: AWS allows a name once for the OUs of one parent. Rename one of the two first.'],
    ['what is gone', model, 'Root/gone', 'Root', 'backup-organization.json has no target "Root/gone" any more. Choose another one.'],
    ['to what is gone', model, 'Root/Test', '__proto__', 'backup-organization.json has no target "__proto__" any more. Choose another one.'],
    ['into a list that is none', model.replace('"accounts": []', '"accounts": 7'), 'Root/Prod/pay', 'Root/Lab', 'The "accounts" of Root/Lab is not a list, so nothing was moved. Mend it in backup-organization.json first.'],
  ])('does not move %s', (_title, text, target, to, refusal) => {
    expect(preview(snapshotOf(text), target, to)).toMatchObject({ edits: [], refusal });
  });

  it('nests as deep as AWS does', () => {
    expect(preview(snapshotOf(nested), 'R/l3', 'R/one').refusal).toBeUndefined();
  });
});

describe('what a move means', () => {
  const assign = (value: unknown): unknown => ({ '@@assign': value });
  const whole = { plans: { daily: { regions: assign(['eu-west-1']), rules: { nightly: { target_backup_vault_name: assign('Default'), lifecycle: { delete_after_days: assign('90') } } }, selections: { tags: { backup: { iam_role_arn: assign('arn:aws:iam::$account:role/Backup'), tag_key: assign('backup'), tag_value: assign(['yes']) } } } } } };
  const short = { plans: { daily: { rules: { nightly: { lifecycle: { delete_after_days: assign('35') } } } } } };
  const snapshot = organization(
    {
      name: 'Root',
      organizationalUnits: [
        { name: 'Prod', policies: ['whole'], organizationalUnits: [{ name: 'Web', accounts: [{ name: 'shop' }, { name: 'pay', policies: ['short'] }] }] },
        { name: 'Test', policies: ['short', 'whole'], accounts: [{ name: 'lab', id: '111122223333' }] },
        { name: 'Empty', accounts: [{ name: 'first' }] },
      ],
    },
    { whole, short },
  );

  const groups = (target: string, to: string): unknown => preview(snapshot, target, to).impact.map(({ grade, accounts }) => [grade, accounts.map(({ path, target: { key } }) => [path, key])]);

  it('is told by the new path of each account, which is known by what it is and not by its path', () => {
    expect(groups('Root/Prod/Web', 'Root/Test')).toEqual([['weaker', [['Root/Test/Web/shop', 'Root/Prod/Web/shop']]]]);
    expect(preview(snapshot, 'Root/Prod/Web', 'Root/Test')).toMatchObject({ accountsReached: 2, accountsChanged: 1 });
    expect(groups('111122223333', 'Root/Prod')).toEqual([['safe', [['Root/Prod/lab', '111122223333']]]]);
  });

  it('is a loss where nothing is attached', () => {
    expect(groups('Root/Prod/Web/shop', 'Root/Empty')).toEqual([['lost', [['Root/Empty/shop', 'Root/Prod/Web/shop']]]]);
  });

  it('is nothing to accounts that stay', () => {
    expect(preview(snapshot, 'Root/Empty/first', 'Root/Prod')).toMatchObject({ accountsReached: 1, accountsChanged: 1 });
    expect(groups('Root/Empty/first', 'Root/Prod')).toEqual([['safe', [['Root/Prod/first', 'Root/Empty/first']]]]);
  });

  it('changes where things are and nothing else, from anywhere to anywhere', () => {
    const text = JSON.stringify(JSON.parse(snapshot.organizations.get(modelUri)?.document.text ?? ''));
    const all = [...entitiesOf(snapshotOf(text).organizations.get(modelUri) ?? expect.fail())].map(({ path }) => path);
    fc.assert(fc.property(fc.constantFrom(...all), fc.constantFrom(...all), fc.constantFrom(0, 2, '\t'), (target, to, indent) => {
      const before = snapshotOf(JSON.stringify(JSON.parse(text), undefined, indent));
      const { edits, refusal } = preview(before, target, to);
      if (refusal !== undefined || edits.length === 0) return;
      const after = withEdits(before.organizations.get(modelUri)?.document.text ?? '', [...edits]);
      const name = target.split('/').at(-1) ?? '';
      const expected = all.map((path) => (path === target || path.startsWith(`${target}/`) ? `${to}/${name}${path.slice(target.length)}` : path));
      expect([...entitiesOf(snapshotOf(after).organizations.get(modelUri) ?? expect.fail())].map(({ path }) => path).sort()).toEqual(expected.sort());
    }), { seed: 20_260_914, numRuns: 200 });
  });
});
