import { describe, expect, it } from 'vitest';
import { effectiveJson } from '../../../server/core/merge/effective.ts';
import { prepareRename, rename } from '../../../server/features/navigation/rename.ts';
import type { RenameRefusal } from '../../../server/features/navigation/renameEdits.ts';
import { entitiesOf } from '../../../server/model/organization.ts';
import { applyChanges, effectiveOf, type Snapshot } from '../../../server/model/snapshot.ts';
import { modelUri, organization, policyUri, sampleOrganization } from '../organizations.ts';
import { afterEdit, navigationOrganization, positionIn, shown } from './organization.ts';

const four = navigationOrganization();

function renamed(name: string, marked: string, newName: string, snapshot = four): ReturnType<typeof afterEdit> {
  const uri = policyUri(name);
  const edit = rename(snapshot, uri, positionIn(snapshot, uri, marked), newName);
  if (edit === undefined || 'refusal' in edit) throw new Error(edit?.refusal ?? 'nothing to rename');
  return afterEdit(snapshot, edit);
}

function refusal(name: string, marked: string, newName: string, snapshot: Snapshot = four): string | undefined {
  const uri = policyUri(name);
  return refusalIn(rename(snapshot, uri, positionIn(snapshot, uri, marked), newName));
}

function refusalIn(answer: object | RenameRefusal | undefined): string | undefined {
  return answer !== undefined && 'refusal' in answer ? answer.refusal : undefined;
}

/** What every account gets, as AWS prints it, by its path. */
function effectivePolicies(snapshot: Snapshot): ReadonlyMap<string, string> {
  const model = snapshot.organizations.get(modelUri);
  const accounts = model === undefined ? [] : [...entitiesOf(model)].filter(({ kind }) => kind === 'account');
  return new Map(accounts.map((account) => [account.path, model === undefined ? '' : JSON.stringify(effectiveJson(effectiveOf(snapshot, model, account).tree))]));
}

/** The same with one key replaced. */
function withKey(policies: ReadonlyMap<string, string>, key: string, newKey: string): ReadonlyMap<string, string> {
  return new Map([...policies].map(([path, text]) => [path, text.replaceAll(`${JSON.stringify(key)}:`, `${JSON.stringify(newKey)}:`)]));
}

describe('A rename', () => {
  it.each([
    ['a plan', 'shop', '"da|ily"', 'Everyday', 'Daily', ['company', 'production', 'shop', 'testing', 'workloads']],
    ['a rule', 'workloads', '"night|ly"', 'every.night_2-x', 'Nightly', ['company', 'production', 'shop', 'workloads']],
    ['a rule that begins lower down', 'shop', '"mon|thly"', 'first-of-month', 'Monthly', ['production', 'shop']],
    ['a selection', 'company', '"Go|ld"', 'precious', 'Gold', ['company', 'production']],
    ['a condition', 'production', '"TI|ER"', 'by-tier', 'Tier', ['company', 'production']],
    ['a copy action', 'company', '"arn:aws:backup:eu-|central-1:$account:backup-vault:Second": {', 'arn:aws:backup:eu-west-3:$account:backup-vault:Third', 'arn:aws:backup:eu-central-1:$account:backup-vault:Second', ['company', 'production']],
    ['letter case alone', 'testing', '"dAI|LY"', 'daily', 'Daily', ['company', 'production', 'testing']],
    ['the letter case of a tag', 'company', '"Own|er"', 'owner', 'Owner', ['company']],
    ['one of two things with a name', 'labs', '"TO|YS"', 'Trials', 'TOYS', ['labs']],
  ])('of %s replaces every spelling in every policy of the thing, and accounts get the same under the new name', (_what, name, marked, newName, oldName, files) => {
    const after = renamed(name, marked, newName);
    expect([...after.texts.keys()].sort()).toEqual(files);
    expect(effectivePolicies(after.snapshot)).toEqual(withKey(effectivePolicies(four), oldName, newName));
  });

  it('keeps line ends and all other text', () => {
    const { texts } = renamed('company', '"Night|ly"', 'night');
    const before = four.policies.get(policyUri('production'))?.document.text ?? '';
    expect(before).toContain('\r\n');
    expect(texts.get('production')).toBe(before.replace('"N\\u0049GHTLY"', '"night"'));
    expect(texts.get('shop')).toBe(four.policies.get(policyUri('shop'))?.document.text.replace('"nightLy"', '"night"'));
  });

  it('escapes what JSON wants escaped', () => {
    const tag = (id: string, key: string): object => ({ plans: { p: { backup_plan_tags: { [id]: { tag_key: { '@@assign': key }, tag_value: { '@@assign': 'x' } } } } } });
    const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: tag('say "HI"', 'say "hi"') });
    expect(renamed('a', '"say \\"|HI\\""', 'Say "hi"', snapshot).texts.get('a')).toContain('"Say \\"hi\\"": {');
  });

  it('of nothing changes nothing', () => {
    expect(renamed('labs', '"TO|YS"', 'TOYS').texts.size).toBe(0);
  });

  it('stays in a policy that is attached nowhere', () => {
    const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: { plans: { p: {} } }, nowhere: { plans: { P: {} } } });
    expect([...renamed('nowhere', '"P|"', 'q', snapshot).texts]).toEqual([['nowhere', expect.stringContaining('"q"')]]);
  });

  it('takes __proto__ for a name like any other', () => {
    const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: '{"plans": {"p": {"regions": {"@@assign": ["eu-west-1"]}}}}' });
    const after = renamed('a', '"p|"', '__proto__', snapshot);
    expect(after.texts.get('a')).toContain('"__proto__"');
    expect([...renamed('a', '"__pro|to__"', 'p', after.snapshot).texts.values()]).toEqual([snapshot.policies.get(policyUri('a'))?.document.text]);
  });

  it('works in the sample', () => {
    const sample = sampleOrganization();
    const uri = 'file:///project/backup-policies/nonprod.json';
    const edit = rename(sample, uri, positionIn(sample, uri, '"every|day"'), 'Each.Day');
    expect(refusalIn(edit)).toBeUndefined();
    const after = afterEdit(sample, edit === undefined || 'refusal' in edit ? {} : edit);
    expect([...after.texts.keys()].sort()).toEqual(['baseline', 'customer-data', 'nonprod', 'payments-retention', 'production']);
    expect(effectivePolicies(after.snapshot)).toEqual(withKey(effectivePolicies(sample), 'everyday', 'Each.Day'));
  });
});

const plan = (key: string): object => ({ plans: { [key]: { regions: { '@@append': ['eu-west-1'] } } } });
const rootAndTwo = { name: 'Root', policies: ['root'], organizationalUnits: [{ name: 'A', policies: ['a'] }, { name: 'B', policies: ['b'] }] };

describe('A rename is refused, with the reason,', () => {
  it.each([
    ['when a policy below has the new name', 'company', '"Dai|ly"', 'toys', '"sandbox", attached to Root/Sandbox, has a plan "toys" already. AWS compares names without letter case and would merge the two. Choose another name.'],
    ['when a policy above has it', 'sandbox', '"To|ys"', 'dAILy', '"company", attached to Root, has a plan "dAILy" already. AWS compares names without letter case and would merge the two. Choose another name.'],
    ['when a peer of a policy of the thing has it', 'workloads', '"da|ily"', 'databases', '"databases", attached to Root/Workloads/Prod, has a plan "databases" already. AWS compares names without letter case and would merge the two. Choose another name.'],
    ['when the same policy has it', 'production', '"Mon|thly"', 'nightly', '"company", attached to Root, has a rule "nightly" already. AWS compares names without letter case and would merge the two. Choose another name.'],
    ['when AWS does not take the name', 'company', '"Night|ly"', 'every night', '"every night" cannot name a rule: AWS takes a name of 1 to 50 characters out of A-Z, a-z, 0-9, dot, underscore and hyphen. Choose another name.'],
    ['when the name is too long', 'company', '"Dai|ly"', 'x'.repeat(51), `"${'x'.repeat(51)}" cannot name a plan: AWS takes a name of 1 to 50 characters out of A-Z, a-z, 0-9, dot, underscore and hyphen. Choose another name.`],
    ['when a copy action would not be named by a vault', 'company', '"arn:aws:backup:eu-|central-1:$account:backup-vault:Second": {', 'second', expect.stringMatching(/^"second" cannot name a copy action: AWS takes .*ARN.* Choose another name\.$/)],
    ['when the name is an operator', 'company', '"Own|er"', '@@assign', '"@@assign" cannot name a tag: what begins with @@ is an inheritance operator. Choose another name.'],
    ['when a template would fill it in', 'company', '"Own|er"', '${owner}', '"${owner}" is filled in by a template, so what it will name is not known. Choose a plain name.'],
    ['when AWS would refuse the document after it', 'company', '"Own|er"', 'team', 'After the rename AWS would refuse company.json: The entry is named "team" but its tag_key is "owner": AWS demands the same name but for letter case. Rename the entry to "owner".'],
    ['at a key of AWS', 'company', '"reg|ions"', 'areas', '"regions" is a key that AWS defines; under another name AWS refuses the policy. Plans, rules, selections, copy actions, conditions and tags can be renamed.'],
    ['at an operator', 'company', '"@@as|sign"', 'set', '"@@assign" is an inheritance operator of AWS and has no other name.'],
    ['at a value', 'company', '"eu-we|st-1"', 'eu-west-2', 'This is a value, not a name: change it here, and look at what that means for the accounts.'],
  ])('%s', (_when, name, marked, newName, reason) => {
    expect(refusal(name, marked, newName)).toEqual(reason);
  });

  it('but not for a name on a way that never meets the thing', () => {
    expect(refusal('a', '"a|"', 'b', organization({ ...rootAndTwo, policies: [] }, { root: plan('root'), a: plan('a'), b: plan('b') }))).toBeUndefined();
    expect(refusal('a', '"a|"', 'b', organization(rootAndTwo, { root: plan('B'), a: plan('a'), b: plan('b') }))).toMatch(/^"root", attached to Root, has a plan "b" already/);
  });

  it.each([
    ['a policy of the thing that is no JSON', '{"plans": {"ROOT": {},}}', 'b.json uses the name too and is not valid JSON, so nothing was renamed. Mend the problems shown in it first.'],
    ['a template that fills in a plan', '{"plans": {"${name}": {}}}', '"b" is a template whose filled in names may be "Root" too, and then the rename would split what AWS merges. Rename it by hand in the template and the policies around it.'],
    ['a template that fills in all plans', '{"plans": ${plans}}', '"b" is a template whose filled in names may be "Root" too, and then the rename would split what AWS merges. Rename it by hand in the template and the policies around it.'],
  ])('because of %s', (_what, b, reason) => {
    const snapshot = organization(rootAndTwo, { root: plan('root'), a: plan('Root'), b });
    expect(refusal('a', '"Ro|ot"', 'base', snapshot)).toBe(reason);
    const prepared = prepareRename(snapshot, policyUri('a'), positionIn(snapshot, policyUri('a'), '"Ro|ot"'));
    expect(refusalIn(prepared)).toBe(reason);
  });

  it('but not because of a template that fills in a value', () => {
    const b = '{"plans": {"b": {"regions": {"@@assign": ["${region}"]}}}}';
    expect(refusal('a', '"Ro|ot"', 'base', organization(rootAndTwo, { root: plan('root'), a: plan('Root'), b }))).toBeUndefined();
  });

  it('because of a policy on the way that cannot be read', () => {
    const snapshot = organization(rootAndTwo, { root: plan('root'), a: plan('Root'), b: plan('b') });
    const reason = '"b", attached to Root/B, cannot be read, so whether it uses "root" too is not known. Mend its file in backup-organization.json first.';
    expect(refusal('root', '"ro|ot"', 'base', applyChanges(snapshot, snapshot.at, [{ type: 'gone', uri: policyUri('b') }]))).toBe(reason);
    const model = snapshot.organizations.get(modelUri)?.document.text ?? '';
    for (const [part, by] of [['policies/b.json', '../b.json'], ['"b": {', '"c": {']] as const) {
      expect(refusal('root', '"ro|ot"', 'base', applyChanges(snapshot, snapshot.at, [{ type: 'organization', uri: modelUri, text: model.replace(part, by) }]))).toBe(reason);
    }
  });

  it('but not because of one beside the way', () => {
    const snapshot = organization({ ...rootAndTwo, policies: [] }, { root: plan('root'), a: plan('a'), b: plan('b') });
    expect(refusal('a', '"a|"', 'base', applyChanges(snapshot, snapshot.at, [{ type: 'gone', uri: policyUri('b') }]))).toBeUndefined();
  });

  it('because of a model that is no JSON, also one that has lost the attachment by that', () => {
    const snapshot = organization(rootAndTwo, { root: plan('root'), a: plan('Root'), b: plan('b') });
    const broken = (text: string): Snapshot => applyChanges(snapshot, snapshot.at, [{ type: 'organization', uri: modelUri, text }]);
    const text = snapshot.organizations.get(modelUri)?.document.text ?? '';
    const reason = 'backup-organization.json is not valid JSON, so it is not certain which policies meet. Mend the problems shown in it first.';
    expect(refusal('a', '"Ro|ot"', 'base', broken(`${text},`))).toBe(reason);
    expect(refusal('a', '"Ro|ot"', 'base', broken(text.replace('"a"', 'a"')))).toBe(reason);
  });

  it('at a name that a template fills in', () => {
    const snapshot = organization({ name: 'Root', policies: ['a'] }, { a: '{"plans": {"x-${name}": {}}}' });
    expect(refusal('a', '"x-|$', 'b', snapshot)).toBe('A template fills in a part of "x-${name}", so what it names is not known. Rename it by hand.');
  });

  it('and there is nothing to rename between names', () => {
    expect(rename(four, policyUri('company'), { line: 0, character: 0 }, 'x')).toBeUndefined();
  });
});

describe('The start of a rename', () => {
  it.each([
    ['inside the name', '"da|ily"', 'shop: daily', 'daily'],
    ['before its quote', '|"daily"', 'shop: "daily"', 'daily'],
    ['behind its quote', '"daily"|', 'shop: "daily"', 'daily'],
  ])('is the name without quotes, with the cursor %s', (_where, marked, text, placeholder) => {
    const uri = policyUri('shop');
    const start = prepareRename(four, uri, positionIn(four, uri, marked));
    if (start === undefined || 'refusal' in start) throw new Error('refused');
    expect([shown(four, { uri, range: start.range }), start.placeholder]).toEqual([text, placeholder]);
  });

  it('shows a name without its escapes', () => {
    const uri = policyUri('production');
    expect(prepareRename(four, uri, positionIn(four, uri, '"N\\u00|49GHTLY"'))).toMatchObject({ placeholder: 'NIGHTLY' });
  });
});
