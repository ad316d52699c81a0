import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewModelChange } from '../../server/features/modelChange.ts';
import { applyChanges, emptySnapshot, type Change, type Snapshot } from '../../server/model/snapshot.ts';
import type { ModelChange, ModelChangePreview } from '../../server/protocol.ts';
import { withEdits } from './cursor.ts';
import { modelUri, monday, organization, policyUri } from './organizations.ts';

type Wish = ModelChange extends infer Each ? (Each extends ModelChange ? Omit<Each, 'organization'> : never) : never;

function snapshotOf(model: string, policies: Readonly<Record<string, unknown>> = {}): Snapshot {
  const changes: Change[] = [{ type: 'organization', uri: modelUri, text: model }];
  for (const [name, content] of Object.entries(policies)) changes.push({ type: 'policy', uri: policyUri(name), text: JSON.stringify(content) });
  return applyChanges(emptySnapshot(monday), monday, changes);
}

function preview(snapshot: Snapshot, wish: Wish): ModelChangePreview {
  return previewModelChange(snapshot, { ...wish, organization: modelUri });
}

/** The model file after the change. */
function changed(model: string, wish: Wish): string {
  const { edits, refusal } = preview(snapshotOf(model), wish);
  if (refusal !== undefined) throw new Error(refusal);
  return withEdits(model, [...edits]);
}

const attach = (policy: string, ...targets: readonly string[]): Extract<Wish, { type: 'attach' }> => ({ type: 'attach', policy, targets });
const detach = (policy: string, ...targets: readonly string[]): Wish => ({ type: 'detach', policy, targets });

/** A model with this list at the root; its policies are a to d. */
function withList(list: string): string {
  return `{
  "root": {
    "name": "Root",
    "policies": ${list}
  },
  "policies": {
    "a": { "file": "policies/a.json" },
    "b": { "file": "policies/b.json" },
    "c": { "file": "policies/c.json" },
    "d": { "file": "policies/d.json" }
  }
}
`;
}

const lines = (...names: readonly string[]): string => `[\n${names.map((name) => `      "${name}"`).join(',\n')}\n    ]`;

describe('a change of one list', () => {
  it.each<readonly [title: string, before: string, wish: Wish, after: string]>([
    ['attaches to an empty list', '[]', attach('a', 'Root'), '["a"]'],
    ['attaches behind the others of one line', '["a", "b"]', attach('c', 'Root'), '["a", "b", "c"]'],
    ['attaches in the blanks of the line', '[ "a","b" ]', attach('c', 'Root'), '[ "a","b","c" ]'],
    ['attaches behind the others of several lines', lines('a', 'b'), attach('c', 'Root'), lines('a', 'b', 'c')],
    ['attaches behind the only one of several lines', lines('a'), attach('b', 'Root'), lines('a', 'b')],
    ['attaches at the start of one line', '["a", "b"]', { ...attach('c', 'Root'), index: 0 }, '["c", "a", "b"]'],
    ['attaches at the start of several lines', lines('a', 'b'), { ...attach('c', 'Root'), index: 0 }, lines('c', 'a', 'b')],
    ['attaches between two', lines('a', 'b'), { ...attach('c', 'Root'), index: 1 }, lines('a', 'c', 'b')],
    ['attaches at the end for an index beyond it', '["a"]', { ...attach('c', 'Root'), index: 7 }, '["a", "c"]'],
    ['attaches at the start for an index before it', '["a"]', { ...attach('c', 'Root'), index: -3 }, '["c", "a"]'],
    ['detaches the only one', '["a"]', detach('a', 'Root'), '[]'],
    ['detaches the only one of several lines', lines('a'), detach('a', 'Root'), '[]'],
    ['detaches the first', '["a", "b", "c"]', detach('a', 'Root'), '["b", "c"]'],
    ['detaches the middle one', lines('a', 'b', 'c'), detach('b', 'Root'), lines('a', 'c')],
    ['detaches the last', lines('a', 'b', 'c'), detach('c', 'Root'), lines('a', 'b')],
    ['detaches one that is attached twice', '["a", "b", "a"]', detach('a', 'Root'), '["b"]'],
    ['detaches a name that the model does not define', '["a", "gone"]', detach('gone', 'Root'), '["a"]'],
    ['moves the first to the end', '["a", "b", "c"]', { type: 'reorder', policy: 'a', target: 'Root', index: 2 }, '["b", "c", "a"]'],
    ['moves the last to the start', lines('a', 'b', 'c'), { type: 'reorder', policy: 'c', target: 'Root', index: 0 }, lines('c', 'a', 'b')],
    ['moves the first one down', lines('a', 'b', 'c'), { type: 'reorder', policy: 'a', target: 'Root', index: 1 }, lines('b', 'a', 'c')],
    ['moves the middle one to the end', '["a", "b", "c"]', { type: 'reorder', policy: 'b', target: 'Root', index: 9 }, '["a", "c", "b"]'],
    ['swaps two', '["a","b"]', { type: 'reorder', policy: 'b', target: 'Root', index: 0 }, '["b","a"]'],
    ['moves to another index of the same target', '["a", "b"]', { type: 'move', policy: 'a', from: 'Root', to: 'Root', index: 1 }, '["b", "a"]'],
  ])('%s', (_title, before, wish, after) => {
    expect(changed(withList(before), wish)).toBe(withList(after));
  });

  it.each<readonly [string, string, Wish]>([
    ['to attach what is attached', '["a", "b"]', attach('a', 'Root')],
    ['to detach what is not attached', '["a"]', detach('b', 'Root')],
    ['to detach from an empty list', '[]', detach('b', 'Root')],
    ['to reorder to where it is', '["a", "b"]', { type: 'reorder', policy: 'b', target: 'Root', index: 1 }],
    ['to reorder what is not attached', '["a"]', { type: 'reorder', policy: 'b', target: 'Root', index: 0 }],
    ['to move to where it is', '["a", "b"]', { type: 'move', policy: 'a', from: 'Root', to: 'Root' }],
  ])('has nothing to do %s, and says where', (_title, list, wish) => {
    expect(preview(snapshotOf(withList(list)), wish)).toEqual({ edits: [], accountsReached: 0, accountsChanged: 0, becomeInvalid: [], becomeValid: [], impact: [], changedTargets: [], unchangedTargets: ['Root'] });
  });

  it('leaves the other names as they are and comes to the wished order, whatever the layout', () => {
    const names = fc.shuffledSubarray(['a', 'b', 'c', 'd']);
    const layout = fc.constantFrom<(list: readonly string[]) => string>((list) => JSON.stringify(list), (list) => `[${list.map((name) => `"${name}"`).join(', ')}]`, (list) => JSON.stringify(list, undefined, 4));
    fc.assert(fc.property(names, layout, fc.constantFrom('a', 'b', 'c', 'd'), fc.option(fc.nat(5), { nil: undefined }), (list, write, policy, index) => {
      const rest = list.filter((name) => name !== policy);
      const listed = (text: string): unknown => (JSON.parse(text) as { readonly root: { readonly policies: unknown } }).root.policies;
      const model = withList(write(list));
      expect(listed(changed(model, detach(policy, 'Root')))).toEqual(rest);
      const at = list.includes(policy) ? list.indexOf(policy) : Math.min(index ?? rest.length, rest.length);
      expect(listed(changed(model, { type: 'attach', policy, targets: ['Root'], ...(index === undefined ? {} : { index }) }))).toEqual(rest.toSpliced(at, 0, policy));
      if (!list.includes(policy)) return;
      expect(listed(changed(model, { type: 'reorder', policy, target: 'Root', index: index ?? 0 }))).toEqual(rest.toSpliced(index ?? 0, 0, policy));
    }), { seed: 20_260_914, numRuns: 500 });
  });
});

describe('a target without a list', () => {
  it.each<readonly [string, string, string]>([
    [
      'two blanks',
      '{\n  "root": {\n    "id": "r-ab12",\n    "name": "Root",\n    "accounts": []\n  },\n  "policies": { "a": { "file": "a.json" } }\n}\n',
      '{\n  "root": {\n    "id": "r-ab12",\n    "name": "Root",\n    "policies": ["a"],\n    "accounts": []\n  },\n  "policies": { "a": { "file": "a.json" } }\n}\n',
    ],
    [
      'four blanks',
      '{\n    "root": {\n        "name": "Root"\n    },\n    "policies": { "a": { "file": "a.json" } }\n}',
      '{\n    "root": {\n        "name": "Root",\n        "policies": ["a"]\n    },\n    "policies": { "a": { "file": "a.json" } }\n}',
    ],
    [
      'tabs',
      '{\n\t"root": {\n\t\t"name": "Root"\n\t},\n\t"policies": { "a": { "file": "a.json" } }\n}',
      '{\n\t"root": {\n\t\t"name": "Root",\n\t\t"policies": ["a"]\n\t},\n\t"policies": { "a": { "file": "a.json" } }\n}',
    ],
    [
      'CR LF',
      '{\r\n  "root": {\r\n    "name": "Root"\r\n  },\r\n  "policies": { "a": { "file": "a.json" } }\r\n}\r\n',
      '{\r\n  "root": {\r\n    "name": "Root",\r\n    "policies": ["a"]\r\n  },\r\n  "policies": { "a": { "file": "a.json" } }\r\n}\r\n',
    ],
    [
      'one line of several',
      '{\n  "root": { "name": "Root", "accounts": [] },\n  "policies": { "a": { "file": "a.json" } }\n}',
      '{\n  "root": { "name": "Root", "policies": ["a"], "accounts": [] },\n  "policies": { "a": { "file": "a.json" } }\n}',
    ],
    ['one line', '{ "root": { "name": "Root" }, "policies": { "a": { "file": "a.json" } } }', '{ "root": { "name": "Root", "policies": ["a"] }, "policies": { "a": { "file": "a.json" } } }'],
    ['an empty object on one line', '{ "root": {}, "policies": { "a": { "file": "a.json" } } }', '{ "root": { "policies": ["a"] }, "policies": { "a": { "file": "a.json" } } }'],
    [
      'an empty object of several lines',
      '{\n  "root": {\n  },\n  "policies": { "a": { "file": "a.json" } }\n}',
      '{\n  "root": {\n    "policies": ["a"]\n  },\n  "policies": { "a": { "file": "a.json" } }\n}',
    ],
  ])('gets one in the layout of the file: %s', (_title, before, after) => {
    expect(changed(before, attach('a', 'Root'))).toBe(after);
  });

  it('stays without one when there is nothing to detach', () => {
    expect(preview(snapshotOf('{ "root": { "name": "Root" }, "policies": {} }'), detach('a', 'Root')).edits).toEqual([]);
  });

  it('gets the second name of a list in CR LF on a line of its own', () => {
    const before = withList(lines('a')).replaceAll('\n', '\r\n');
    expect(changed(before, attach('b', 'Root'))).toBe(withList(lines('a', 'b')).replaceAll('\n', '\r\n'));
  });
});

const fileA = policyUri('a');

describe('a file that the model does not name yet', () => {
  it.each<readonly [string, string, string, string]>([
    [
      'like the definitions of one line before it',
      fileA,
      '{\n  "root": {\n    "name": "Root",\n    "policies": ["b"]\n  },\n  "policies": {\n    "b": { "file": "policies/b.json" }\n  }\n}\n',
      '{\n  "root": {\n    "name": "Root",\n    "policies": ["b", "a"]\n  },\n  "policies": {\n    "b": { "file": "policies/b.json" },\n    "a": { "file": "policies/a.json" }\n  }\n}\n',
    ],
    [
      'like the definitions of several lines before it',
      fileA,
      '{\n\t"root": {\n\t\t"name": "Root",\n\t\t"policies": []\n\t},\n\t"policies": {\n\t\t"b": {\n\t\t\t"file": "policies/b.json"\n\t\t}\n\t}\n}\n',
      '{\n\t"root": {\n\t\t"name": "Root",\n\t\t"policies": ["a"]\n\t},\n\t"policies": {\n\t\t"b": {\n\t\t\t"file": "policies/b.json"\n\t\t},\n\t\t"a": {\n\t\t\t"file": "policies/a.json"\n\t\t}\n\t}\n}\n',
    ],
    [
      'as the only one',
      fileA,
      '{\r\n    "root": {\r\n        "name": "Root",\r\n        "policies": []\r\n    },\r\n    "policies": {}\r\n}\r\n',
      '{\r\n    "root": {\r\n        "name": "Root",\r\n        "policies": ["a"]\r\n    },\r\n    "policies": {\r\n        "a": { "file": "policies/a.json" }\r\n    }\r\n}\r\n',
    ],
    [
      'with the list of definitions itself',
      fileA,
      '{\n  "root": {\n    "name": "Root"\n  }\n}\n',
      '{\n  "root": {\n    "name": "Root",\n    "policies": ["a"]\n  },\n  "policies": {\n    "a": { "file": "policies/a.json" }\n  }\n}\n',
    ],
    ['in a text of one line', fileA, '{"root": {"name": "Root"}}', '{"root": {"name": "Root", "policies": ["a"]}, "policies": { "a": { "file": "policies/a.json" } }}'],
    [
      'under another name where another file has its name',
      'file:///project/other/a.json',
      '{ "root": { "name": "Root", "policies": [] }, "policies": { "a": { "file": "policies/a.json" } } }',
      '{ "root": { "name": "Root", "policies": ["a-2"] }, "policies": { "a": { "file": "policies/a.json" }, "a-2": { "file": "other/a.json" } } }',
    ],
    [
      'with the blanks and letters of its path as they are',
      'file:///project/pol%20icies/f%C3%BCr%20alle.backup-policy.json',
      '{ "root": { "name": "Root", "policies": [] }, "policies": {} }',
      '{ "root": { "name": "Root", "policies": ["für alle"] }, "policies": { "für alle": { "file": "pol icies/für alle.backup-policy.json" } } }',
    ],
  ])('is defined %s', (_title, uri, before, after) => {
    expect(changed(before, attach(uri, 'Root'))).toBe(after);
  });

  it('is known by its URI, however that is written, once the model names it', () => {
    const model = '{ "root": { "name": "Root", "policies": [] }, "policies": { "mine": { "file": "policies/a b.json" } } }';
    const after = '{ "root": { "name": "Root", "policies": ["mine"] }, "policies": { "mine": { "file": "policies/a b.json" } } }';
    expect(changed(model, attach('file:///project/policies/a%20b.json', 'Root'))).toBe(after);
    expect(changed(model, attach('file:///project/policies/%61%20b.json', 'Root'))).toBe(after);
  });

  it('is defined once for several targets', () => {
    const model = '{ "root": { "name": "Root", "policies": [], "accounts": [{ "name": "shop", "policies": [] }] }, "policies": {} }';
    expect(changed(model, attach(fileA, 'Root/shop', 'Root'))).toBe(
      '{ "root": { "name": "Root", "policies": ["a"], "accounts": [{ "name": "shop", "policies": ["a"] }] }, "policies": { "a": { "file": "policies/a.json" } } }');
  });

  it.each([
    ['beside the folder', 'file:///elsewhere/a.json', 'a.json is outside the folder of backup-organization.json. Move it beside or below the model file, then attach it.'],
    ['above the folder', 'file:///a.json', 'a.json is outside the folder of backup-organization.json. Move it beside or below the model file, then attach it.'],
    ['in a folder whose name starts alike', 'file:///workshop/a.json', 'a.json is outside the folder of backup-organization.json. Move it beside or below the model file, then attach it.'],
    ['on another file system', 'vscode-remote://host/project/policies/a.json', 'a.json is outside the folder of backup-organization.json. Move it beside or below the model file, then attach it.'],
    ['not saved', 'untitled:Untitled-1', 'Save the policy beside or below backup-organization.json first, then attach it.'],
  ])('is refused %s', (_title, uri, refusal) => {
    expect(preview(snapshotOf(withList('[]')), attach(uri, 'Root'))).toMatchObject({ edits: [], refusal });
  });
});

describe('a change', () => {
  const ten = Array.from({ length: 11 }, (_, index) => `p${String(index)}`);
  const crowded = (count: number): string => JSON.stringify({ root: { name: 'Root', policies: ten.slice(0, count) }, policies: Object.fromEntries(ten.map((name) => [name, { file: `${name}.json` }])) });

  it('attaches the tenth policy and refuses the eleventh', () => {
    expect(preview(snapshotOf(crowded(9)), attach('p9', 'Root')).refusal).toBeUndefined();
    expect(preview(snapshotOf(crowded(10)), attach('p10', 'Root'))).toMatchObject({
      edits: [],
      refusal: 'Root has 10 policies attached, and AWS allows 10 backup policies on one target. Detach one first, or attach at another level.',
    });
  });

  it('reorders and detaches where more are attached than AWS allows', () => {
    expect(preview(snapshotOf(crowded(11)), { type: 'reorder', policy: 'p10', target: 'Root', index: 0 }).refusal).toBeUndefined();
    expect(preview(snapshotOf(crowded(11)), detach('p0', 'Root')).refusal).toBeUndefined();
  });

  it.each<readonly [string, string, Wish, string]>([
    ['broken JSON', withList('["a"').replace('"Root",', '"Root"'), attach('b', 'Root'), 'backup-organization.json is not valid JSON, so it was not changed. Mend the problems shown in it first.'],
    ['a comment', withList('["a"] // why'), attach('b', 'Root'), 'backup-organization.json is not valid JSON, so it was not changed. Mend the problems shown in it first.'],
    ['no root', '{ "policies": {} }', attach(fileA, 'Root'), 'backup-organization.json has no "root" yet. Add the root of the organization first.'],
    ['a list that is none', withList('"a"'), attach('b', 'Root'), 'The "policies" of Root is not a list of names, so it was not changed. Mend it in backup-organization.json first.'],
    ['a list with a number', withList('["a", 1]'), attach('b', 'Root'), 'The "policies" of Root is not a list of names, so it was not changed. Mend it in backup-organization.json first.'],
    ['definitions that are a list', '{ "root": { "name": "Root" }, "policies": [] }', attach(fileA, 'Root'), 'The "policies" of backup-organization.json is not an object, so it was not changed. Mend it first.'],
    ['an unknown policy', withList('[]'), attach('nobody', 'Root'), 'backup-organization.json does not define a policy "nobody". Add it to "policies" with its file first.'],
    ['an unknown target', withList('[]'), attach('a', 'Root/gone'), 'backup-organization.json has no target "Root/gone" any more. Choose another one.'],
    ['one unknown target of two', withList('[]'), attach('a', 'Root', 'Root/gone'), 'backup-organization.json has no target "Root/gone" any more. Choose another one.'],
  ])('is refused for %s', (_title, model, wish, refusal) => {
    expect(preview(snapshotOf(model), wish)).toEqual({ edits: [], accountsReached: 0, accountsChanged: 0, becomeInvalid: [], becomeValid: [], impact: [], changedTargets: [], unchangedTargets: [], refusal });
  });

  it('is refused for a model that is gone', () => {
    expect(preview(emptySnapshot(monday), attach('a', 'Root')).refusal).toBe('The model file is gone. Open it, or choose another organization.');
  });
});

const tree = `{
  "root": {
    "id": "r-ab12",
    "name": "Root",
    "policies": ["a"],
    "organizationalUnits": [
      { "id": "ou-ab12-11111111", "name": "Prod", "policies": ["a", "b"] },
      { "name": "Test", "policies": [
        "c"
      ] }
    ]
  },
  "policies": { "a": { "file": "a.json" }, "b": { "file": "b.json" }, "c": { "file": "c.json" } }
}
`;

describe('a change of several lists', () => {
  it('attaches where the policy is not yet, and says where it is', () => {
    const wish = attach('b', 'r-ab12', 'ou-ab12-11111111', 'Root/Test');
    expect(changed(tree, wish)).toBe(tree.replace('["a"]', '["a", "b"]').replace('"c"\n', '"c",\n        "b"\n'));
    expect(preview(snapshotOf(tree), wish).unchangedTargets).toEqual(['Root/Prod']);
  });

  it('detaches everywhere', () => {
    expect(changed(tree, detach('a', 'Root', 'Root/Prod'))).toBe(tree.replace('["a"]', '[]').replace('["a", "b"]', '["b"]'));
  });

  it('takes a target once that is named by its id and by its path', () => {
    expect(changed(tree, attach('c', 'Root', 'r-ab12'))).toBe(tree.replace('["a"]', '["a", "c"]'));
  });

  it.each<readonly [string, Wish, string]>([
    ['to the end', { type: 'move', policy: 'b', from: 'Root/Prod', to: 'Root/Test' }, tree.replace('["a", "b"]', '["a"]').replace('"c"\n', '"c",\n        "b"\n')],
    ['to an index', { type: 'move', policy: 'b', from: 'ou-ab12-11111111', to: 'r-ab12', index: 0 }, tree.replace('["a"]', '["b", "a"]').replace('["a", "b"]', '["a"]')],
    ['to where it is attached already, in its place', { type: 'move', policy: 'a', from: 'Root', to: 'Root/Prod' }, tree.replace('["a"]', '[]')],
    ['to where it is attached already, to an index', { type: 'move', policy: 'a', from: 'Root', to: 'Root/Prod', index: 1 }, tree.replace('["a"]', '[]').replace('["a", "b"]', '["b", "a"]')],
  ])('moves %s', (_title, wish, after) => {
    expect(changed(tree, wish)).toBe(after);
  });

  it('does not move what is not attached there any more', () => {
    expect(preview(snapshotOf(tree), { type: 'move', policy: 'c', from: 'Root', to: 'Root/Prod' }).refusal).toBe('"c" is not attached to Root any more. Attach it instead.');
  });
});

describe('the effects of a change', () => {
  const rule = (content: Readonly<Record<string, unknown>>): unknown => ({ plans: { daily: { rules: { nightly: content } } } });
  const selections = { tags: { backup: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/Backup' }, tag_key: { '@@assign': 'backup' }, tag_value: { '@@assign': ['yes'] } } } };
  const whole = { plans: { daily: { regions: { '@@assign': ['eu-west-1'] }, rules: { nightly: { target_backup_vault_name: { '@@assign': 'Default' } } }, selections } } };
  const snapshot = organization(
    {
      name: 'Root',
      policies: ['whole'],
      organizationalUnits: [
        { name: 'Prod', accounts: [{ name: 'shop' }, { name: 'pay', policies: ['long'] }] },
        { name: 'Test', policies: ['continuous'], accounts: [{ name: 'lab', policies: ['long'] }] },
      ],
      accounts: [{ name: 'management' }],
    },
    {
      whole,
      continuous: rule({ enable_continuous_backup: { '@@assign': 'true' }, lifecycle: { delete_after_days: { '@@assign': '35' } } }),
      long: rule({ lifecycle: { delete_after_days: { '@@assign': '90' } } }),
      empty: { plans: {} },
    },
  );

  it.each<readonly [string, Wish, Partial<ModelChangePreview>]>([
    ['what is said below stays there, and what does not fit it makes it invalid', attach('continuous', 'Root/Prod'), { accountsReached: 2, accountsChanged: 2, becomeInvalid: ['Root/Prod/pay'], becomeValid: [] }],
    ['what did not fit is valid without it', detach('continuous', 'Root/Test'), { accountsReached: 1, accountsChanged: 1, becomeInvalid: [], becomeValid: ['Root/Test/lab'] }],
    ['an account has what its OU has, unless it says otherwise', attach('long', 'Root/Prod'), { accountsReached: 2, accountsChanged: 1, becomeInvalid: [], becomeValid: [] }],
    ['a part that is left over is invalid', detach('whole', 'Root'), { accountsReached: 4, accountsChanged: 4, becomeInvalid: ['Root/Prod/pay'], becomeValid: [] }],
    ['a policy that says nothing changes no account', attach('empty', 'Root'), { accountsReached: 4, accountsChanged: 0, becomeInvalid: [], becomeValid: [] }],
    ['one account is reached twice and counted once', attach('empty', 'Root/Prod', 'Root/Prod/shop'), { accountsReached: 2, accountsChanged: 0 }],
    ['both ends of a move are reached', { type: 'move', policy: 'continuous', from: 'Root/Test', to: 'Root/Prod' }, { accountsReached: 3, accountsChanged: 3, becomeInvalid: ['Root/Prod/pay'], becomeValid: ['Root/Test/lab'] }],
    ['what is moved up reaches as before and changes only those who did not have it', { type: 'move', policy: 'long', from: 'Root/Prod/pay', to: 'Root/Prod' }, { accountsReached: 2, accountsChanged: 1, becomeInvalid: [], becomeValid: [] }],
  ])('%s', (_title, wish, expected) => {
    expect(preview(snapshot, wish)).toMatchObject(expected);
  });

  it('are graded and grouped, the worst first', () => {
    const groups = (wish: Wish): unknown => preview(snapshot, wish).impact.map(({ grade, accounts }) => [grade, accounts.map(({ path }) => path)]);
    expect(groups(attach('long', 'Root/Prod'))).toEqual([['weaker', ['Root/Prod/shop']]]);
    expect(groups(detach('whole', 'Root'))).toEqual([['frozen', ['Root/Prod/pay']], ['frozen', ['Root/Test/lab']], ['lost', ['Root/Prod/shop', 'Root/management']]]);
    expect(groups(attach('empty', 'Root'))).toEqual([]);
  });

  it('of a new order change only what the order decides', () => {
    const peers = organization(
      { name: 'Root', policies: ['whole', 'short', 'long'], accounts: [{ name: 'shop' }] },
      { whole, short: rule({ lifecycle: { delete_after_days: { '@@assign': '7' } } }), long: rule({ lifecycle: { delete_after_days: { '@@assign': '90' } } }) },
    );
    expect(preview(peers, { type: 'reorder', policy: 'long', target: 'Root', index: 0 })).toMatchObject({ accountsReached: 1, accountsChanged: 1 });
    expect(preview(peers, { type: 'reorder', policy: 'whole', target: 'Root', index: 2 })).toMatchObject({ accountsReached: 1, accountsChanged: 0 });
  });

  it('are those of a file that the model does not name yet, too', () => {
    const known = applyChanges(snapshot, monday, [{ type: 'policy', uri: policyUri('new'), text: JSON.stringify(rule({ lifecycle: { delete_after_days: { '@@assign': '1' } } })) }]);
    expect(preview(known, attach(policyUri('new'), 'Root/Prod/shop'))).toMatchObject({ accountsReached: 1, accountsChanged: 1, becomeInvalid: [] });
  });

  it('are worked out without changing what is known', () => {
    const before = JSON.stringify([...snapshot.organizations.values()].map((each) => each.document.text));
    preview(snapshot, detach('whole', 'Root'));
    expect(JSON.stringify([...snapshot.organizations.values()].map((each) => each.document.text))).toBe(before);
    expect(preview(snapshot, detach('whole', 'Root')).accountsChanged).toBe(4);
  });
});
