import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { rules } from '../../server/core/rules.ts';
import { organizationProblems } from '../../server/features/organizationProblems.ts';
import { readOrganization } from '../../server/model/readOrganization.ts';
import { modelUri, policyUri } from './organizations.ts';

const missing = new Set([policyUri('missing')]);

function problemsOf(text: string) {
  return organizationProblems(readOrganization(modelUri, parseDocument(text)), missing);
}

/** Rule, underlined text and path of each problem. */
function found(text: string): readonly (readonly [string, string, string])[] {
  return problemsOf(text).map(({ rule, span, path }) => [rule, text.slice(span.start, span.end), path.join('/')]);
}

const definitions = '"policies": { "a": { "file": "policies/a.json" }, "b": { "file": "policies/b.json" } }';
/** A model with this at its root and two policies. */
const rooted = (content: string): string => `{ "root": { "name": "Root", ${content} }, ${definitions} }`;
/** A model with these policies and none attached. */
const defined = (content: string): string => `{ "root": { "name": "Root" }, "policies": { ${content} } }`;
/** OUs nested so many levels deep below the root. */
const nested = (levels: number): string => rooted(Array.from({ length: levels }, (_, index) => `"organizationalUnits": [{ "name": "level ${String(index + 1)}"${index === levels - 1 ? '' : ', '}`).join('') + '}]'.repeat(levels));
/** A root with so many different policies attached. */
const crowded = (count: number): string => {
  const names = Array.from({ length: count }, (_, index) => `p${String(index)}`);
  return JSON.stringify({ root: { name: 'Root', policies: names }, policies: Object.fromEntries(names.map((name) => [name, { file: `policies/${name}.json` }])) });
};

type Row = readonly [title: string, rule: string, wrong: string, underlined: string, path: string, right: string];

const rows: readonly Row[] = [
  ['an empty file', 'model-syntax', '', '', '', defined('')],
  ['a missing comma', 'model-syntax', '{ "root": { "name": "Root" } "policies": {} }', '"policies"', '', '{ "root": { "name": "Root" }, "policies": {} }'],
  ['a comment', 'model-syntax', '{ "root": { "name": "Root" }, /* why */ "policies": {} }', '/* why */', '', '{ "root": { "name": "/* why */" }, "policies": {} }'],
  ['a text that is no object', 'model-schema', '[]', '[', '', defined('')],
  ['a missing root', 'model-schema', '{ "policies": {} }', '{', '', '{ "root": { "name": "Root" }, "policies": {} }'],
  ['missing policies', 'model-schema', '{ "root": { "name": "Root" } }', '{', '', '{ "root": { "name": "Root" }, "policies": {} }'],
  ['a misspelt key', 'model-schema', rooted('"acounts": []'), '"acounts"', 'root/acounts', rooted('"accounts": []')],
  ['an OU without a name', 'model-schema', rooted('"organizationalUnits": [{ "policies": [] }]'), '{', 'root/organizationalUnits/0', rooted('"organizationalUnits": [{ "name": "Prod", "policies": [] }]')],
  ['an empty name', 'model-schema', rooted('"accounts": [{ "name": "" }]'), '""', 'root/accounts/0/name', rooted('"accounts": [{ "name": "shop" }]')],
  ['an account ID of 11 digits', 'model-schema', rooted('"accounts": [{ "id": "11112222333", "name": "shop" }]'), '"11112222333"', 'root/accounts/0/id', rooted('"accounts": [{ "id": "111122223333", "name": "shop" }]')],
  ['an account ID without quotes', 'model-schema', rooted('"accounts": [{ "id": 111122223333, "name": "shop" }]'), '111122223333', 'root/accounts/0/id', rooted('"accounts": [{ "id": "111122223333", "name": "shop" }]')],
  ['an OU ID for the root', 'model-schema', rooted('"id": "ou-ab12-11111111"'), '"ou-ab12-11111111"', 'root/id', rooted('"id": "r-ab12"')],
  ['a root ID for an OU', 'model-schema', rooted('"organizationalUnits": [{ "id": "r-ab12", "name": "Prod" }]'), '"r-ab12"', 'root/organizationalUnits/0/id', rooted('"organizationalUnits": [{ "id": "ou-ab12-11111111", "name": "Prod" }]')],
  ['an attached policy without a list', 'model-schema', rooted('"policies": "a"'), '"a"', 'root/policies', rooted('"policies": ["a"]')],
  ['an attached number', 'model-schema', rooted('"policies": [1]'), '1', 'root/policies/0', rooted('"policies": ["a"]')],
  ['accounts in an account', 'model-schema', rooted('"accounts": [{ "name": "shop", "accounts": [] }]'), '"accounts"', 'root/accounts/0/accounts', rooted('"organizationalUnits": [{ "name": "shop", "accounts": [] }]')],
  ['a policy without a file', 'model-schema', defined('"a": {}'), '{', 'policies/a', defined('"a": { "file": "a.json" }')],
  ['a policy with an empty name', 'model-schema', defined('"": { "file": "a.json" }'), '""', 'policies/', defined('"a": { "file": "a.json" }')],
  ['a policy that is not defined', 'model-unknown-policy', rooted('"policies": ["aa"]'), '"aa"', 'root/policies/0', rooted('"policies": ["a"]')],
  ['a policy in another letter case', 'model-unknown-policy', rooted('"accounts": [{ "name": "x" }, { "name": "shop", "policies": ["b", "A"] }]'), '"A"', 'root/accounts/1/policies/1', rooted('"accounts": [{ "name": "x" }, { "name": "shop", "policies": ["b", "a"] }]')],
  ['a file that cannot be read', 'model-file-missing', defined('"a": { "file": "policies/missing.json" }'), '"policies/missing.json"', 'policies/a/file', defined('"a": { "file": "policies/a.json" }')],
  ['a file above the folder', 'model-file-outside', defined('"a": { "file": "../a.json" }'), '"../a.json"', 'policies/a/file', defined('"a": { "file": "policies/../a.json" }')],
  ['an absolute path', 'model-file-outside', defined('"a": { "file": "/project/policies/a.json" }'), '"/project/policies/a.json"', 'policies/a/file', defined('"a": { "file": "policies/a.json" }')],
  ['a path with backslashes', 'model-file-outside', defined('"a": { "file": "policies\\\\a.json" }'), '"policies\\\\a.json"', 'policies/a/file', defined('"a": { "file": "policies/a.json" }')],
  ['an address', 'model-file-outside', defined('"a": { "file": "https://example.com/a.json" }'), '"https://example.com/a.json"', 'policies/a/file', defined('"a": { "file": "example.com/a.json" }')],
  ['one file of two policies', 'model-duplicate', defined('"a": { "file": "a.json" }, "b": { "file": "./a.json" }'), '"./a.json"', 'policies/b/file', defined('"a": { "file": "a.json" }, "b": { "file": "b.json" }')],
  ['two policies of one name', 'model-duplicate', defined('"a": { "file": "a.json" }, "a": { "file": "b.json" }'), '"a"', 'policies/a', defined('"a": { "file": "a.json" }, "A": { "file": "b.json" }')],
  ['a key that stands twice', 'model-duplicate', rooted('"policies": ["a"], "policies": ["b"]'), '"policies"', 'root/policies', rooted('"policies": ["a", "b"]')],
  ['two accounts of one id', 'model-duplicate', rooted('"accounts": [{ "id": "111122223333", "name": "shop" }, { "id": "111122223333", "name": "pay" }]'), '"pay"', 'root/accounts/1', rooted('"accounts": [{ "id": "111122223333", "name": "shop" }, { "id": "111122223334", "name": "pay" }]')],
  ['two accounts of one path', 'model-duplicate', rooted('"accounts": [{ "name": "shop" }, { "name": "shop" }]'), '"shop"', 'root/accounts/1', rooted('"accounts": [{ "name": "shop" }], "organizationalUnits": [{ "name": "Prod", "accounts": [{ "name": "shop" }] }]')],
  ['an account named like an OU beside it', 'model-duplicate', rooted('"organizationalUnits": [{ "name": "shop" }], "accounts": [{ "name": "shop" }]'), '"shop"', 'root/accounts/0', rooted('"organizationalUnits": [{ "name": "shop", "accounts": [{ "name": "shop" }] }]')],
  ['a policy attached twice', 'model-attached-twice', rooted('"policies": ["a", "b", "a"]'), '"a"', 'root/policies/2', rooted('"policies": ["a", "b"], "accounts": [{ "name": "shop", "policies": ["a"] }]')],
  ['eleven policies at one target', 'model-too-many-attached', crowded(11), '"p10"', 'root/policies/10', crowded(10)],
  ['a policy at an OU without accounts', 'model-reaches-no-account', rooted('"organizationalUnits": [{ "name": "Empty", "policies": ["a"] }], "accounts": [{ "name": "shop" }]'), '"a"', 'root/organizationalUnits/0/policies/0', rooted('"organizationalUnits": [{ "name": "Prod", "policies": ["a"], "accounts": [{ "name": "shop" }] }]')],
  ['six levels of OUs', 'model-too-deep', nested(6), '"level 6"', `root${'/organizationalUnits/0'.repeat(6)}`, nested(5)],
];

describe('the problems of a model file', () => {
  it.each(rows)('are, for %s, one of the rule %s at the place', (_title, rule, wrong, underlined, path) => {
    expect(found(wrong)).toEqual([[rule, underlined, path]]);
  });

  it.each(rows.map(([title, , , , , right]) => [title, right] as const))('are none for the neighbour of %s', (_title, right) => {
    expect(found(right)).toEqual([]);
  });

  it('are tested for every rule about models', () => {
    const ids = Object.entries(rules).filter(([, { stage }]) => stage === 'model').map(([id]) => id);
    expect([...new Set(rows.map(([, rule]) => rule))].sort()).toEqual(ids.sort());
  });

  it('underline the second of two alike, not the first', () => {
    const twice = rooted('"policies": ["a", "b", "a"]');
    expect(problemsOf(twice)[0]?.span.start).toBe(twice.indexOf('"a"', twice.indexOf('"b"')));
    const keys = rooted('"policies": ["a"], "policies": ["b"]');
    expect(problemsOf(keys)[0]?.span.start).toBe(keys.indexOf('"policies": ["b"]'));
  });

  it('are told once for OUs deeper than too deep', () => {
    expect(found(nested(8)).map(([, text]) => text)).toEqual(['"level 6"']);
  });

  it('are all told at once', () => {
    expect(found(rooted('"policies": ["gone", "a", "a"], "accounts": [{ "name": "shop", "polices": [] }]')).map(([rule]) => rule).sort()).toEqual(['model-attached-twice', 'model-schema', 'model-unknown-policy']);
  });

  it.each<readonly [string, string, string]>([
    ['the meant policy', rooted('"policies": ["aa"]'), '"aa" is not defined in this model file, so Root gets nothing from it. Did you mean "a"?'],
    ['what to do when none is near', rooted('"policies": ["something-else"]'), '"something-else" is not defined in this model file, so Root gets nothing from it. Define it in "policies" of this file, or remove it here.'],
    ['the meant key', rooted('"acounts": []'), '"acounts" has no meaning here, so it is not read. Did you mean "accounts"?'],
    ['the form of an ID', rooted('"accounts": [{ "id": "1", "name": "shop" }]'), 'An account ID has 12 digits, such as 111122223333.'],
    ['what is missing', '{ "policies": {} }', '"root" is missing from the model. Add it.'],
    ['what is missing from a part', defined('"a": {}'), '"file" is missing from this policy. Add it.'],
    ['the number of policies', crowded(12), 'Root has 12 policies attached: AWS allows 10 backup policies on one target. Merge some, or attach them at another level.'],
    ['where the id is already', rooted('"accounts": [{ "id": "111122223333", "name": "shop" }, { "id": "111122223333", "name": "pay" }]'), 'Root/pay has the id 111122223333, as Root/shop has: AWS knows one account with this id, in one place. Correct one of the two ids, or remove one.'],
    ['that comments are not JSON', '{ // why\n"root": { "name": "Root" }, "policies": {} }', 'JSON has no comments. Put remarks into the description of a policy.'],
    ['a key that cannot be shown by its codes', rooted('"accounts": [{ "name": "shop", "zzzzz\\b\\udc00": 1 }]'), '"zzzzz\\u0008\ufffd" has no meaning here, so it is not read. Remove it. Possible here: id, name, policies.'],
    ['what an empty file is for', '', 'The model file is empty. It describes an organization with "root" and "policies".'],
  ])('say %s', (_title, text, message) => {
    expect(problemsOf(text).map((problem) => problem.message)).toEqual([message]);
  });

  it.each(['{', '[{]', '{"root":', 'null', '{"root": null, "policies": null}', '{"root": {"policies": {}}}', '{"root": {"organizationalUnits": [1, null, {}]}}', '{"policies": {"a": 1}}', `${'{"root":'.repeat(400)}1`])('are found in %j without a crash', (text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });

  it('are none in the sample', () => {
    expect(found(readFileSync('samples/backup-organization.json', 'utf8'))).toEqual([]);
  });
});
