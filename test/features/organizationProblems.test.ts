import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import type { Problem } from '../../server/core/problem.ts';
import { organizationProblems } from '../../server/features/organizationProblems.ts';
import { readOrganization } from '../../server/model/readOrganization.ts';
import { modelUri, policyUri, sampleOrganization } from './organizations.ts';

const nothingMissing: ReadonlySet<string> = new Set();

function problemsIn(text: string, missing: ReadonlySet<string> = nothingMissing): readonly Problem[] {
  return organizationProblems(readOrganization(modelUri, parseDocument(text)), missing);
}

/** What a person sees: the rule, the underlined text, and the message. */
function told(text: string, missing = nothingMissing): readonly (readonly [string, string, string])[] {
  return problemsIn(text, missing).map(({ rule, span, message }) => [rule, text.slice(span.start, span.end), message]);
}

/** A model whose root has these members besides its name. */
function model(root: string, policies = '"a": { "file": "policies/a.json" }, "b": { "file": "policies/b.json" }'): string {
  return `{ "root": { "name": "Root"${root === '' ? '' : `, ${root}`} }, "policies": { ${policies} } }`;
}

describe('a model file in order', () => {
  it.each([
    ['the smallest one', '{ "root": { "name": "Root" }, "policies": {} }'],
    ['attached policies', model('"policies": ["a", "b"]')],
    ['ids of AWS', '{ "root": { "id": "r-ab12", "name": "Root", "organizationalUnits": [{ "id": "ou-ab12-11111111", "name": "U" }], "accounts": [{ "id": "111122223333", "name": "x" }] }, "policies": { "a": { "file": "a.json", "id": "p-examplebase", "description": "" } } }'],
    ['one name in two OUs', model('"organizationalUnits": [{ "name": "U", "accounts": [{ "name": "x" }] }, { "name": "V", "accounts": [{ "name": "x" }] }]')],
    ['a policy attached to several targets', model('"policies": ["a"], "accounts": [{ "name": "x", "policies": ["a"] }]')],
  ])('has no problems: %s', (_name, text) => {
    expect(told(text)).toEqual([]);
  });

  it('is the sample', () => {
    const sample = sampleOrganization().organizations.get(modelUri);
    expect(sample === undefined ? undefined : organizationProblems(sample, nothingMissing)).toEqual([]);
  });
});

describe('text that is no JSON', () => {
  it.each([
    ['', '', /^The model file is empty\. It describes an organization with "root" and "policies"\.$/],
    ['{ "root": { "name": "Root" }, "policies": {} // mine\n}', '// mine', /^JSON has no comments\. Put remarks into the description of a policy\.$/],
    ['{ "root": { "name": "Root" "policies": {} } }', '"policies"', /./],
  ])('is told once, at the place: %j', (text, over, message) => {
    expect(told(text)).toEqual([['model-syntax', over, expect.stringMatching(message)]]);
  });

  it('is not judged by its form before it is JSON', () => {
    expect(told('{ "root": { "nam": "Root", }').map(([rule]) => rule)).toEqual(['model-syntax', 'model-syntax']);
    expect(told('{ "root": { "nam": "Root" }, "policies": {} }').map(([rule]) => rule)).toEqual(['model-schema', 'model-schema']);
  });
});

describe('a model file of another form', () => {
  it.each([
    ['an unknown key', model('"acounts": []'), '"acounts"', '"acounts" has no meaning here, so it is not read. Did you mean "accounts"?'],
    ['an unknown key like no other', model('"zzzzzzzz": 1'), '"zzzzzzzz"', '"zzzzzzzz" has no meaning here, so it is not read. Remove it. Possible here: id, name, policies, organizationalUnits, accounts.'],
    ['an account with accounts', model('"accounts": [{ "name": "x", "accounts": [] }]'), '"accounts"', '"accounts" has no meaning here, so it is not read. Remove it. Possible here: id, name, policies.'],
    ['no root', '{ "policies": {} }', '{', '"root" is missing from the model. Add it.'],
    ['no name', model('"accounts": [{ "id": "111122223333" }]'), '{', '"name" is missing from this account. Add it.'],
    ['no name of an OU', model('"organizationalUnits": [{}]'), '{', '"name" is missing from this organizational unit. Add it.'],
    ['no file', model('', '"a": {}'), '{', '"file" is missing from this policy. Add it.'],
    ['an empty file', model('', '"a": { "file": "" }'), '""', '"file" must not be empty. Fill it in, or remove it.'],
    ['an id without quotes', model('"accounts": [{ "id": 111122223333, "name": "x" }]'), '111122223333', '"id" must be text in double quotes: as it stands it is not read. Correct it.'],
    ['an id of eleven digits', model('"accounts": [{ "id": "11112222333", "name": "x" }]'), '"11112222333"', 'An account ID has 12 digits, such as 111122223333.'],
    ['an id of an OU at an account', model('"accounts": [{ "id": "ou-ab12-11111111", "name": "x" }]'), '"ou-ab12-11111111"', 'An account ID has 12 digits, such as 111122223333.'],
    ['an id of a root', model('"id": "root"'), '"root"', 'A root ID is r- followed by 4 to 32 lower-case letters or digits, such as r-ab12.'],
    ['one policy in place of a list', model('"policies": "a"'), '"a"', '"policies" must be a list in square brackets: as it stands it is not read. Correct it.'],
    ['a number in a list', model('"policies": ["a", 5]'), '5', 'This element of "policies" must be text in double quotes: as it stands it is not read. Correct it.'],
    ['an empty name in a list', model('"policies": [""]'), '""', 'This element of "policies" must not be empty. Fill it in, or remove it.'],
    ['a list in place of an object', '[]', '[', 'The model must be an object in braces: as it stands it is not read. Correct it.'],
    ['a policy without a name', model('', '"": { "file": "a.json" }'), '""', '"" cannot be the name of a policy: AWS takes 1 to 128 characters. Rename it.'],
    ['a description of 513 characters', model('', `"a": { "file": "a.json", "description": "${'d'.repeat(513)}" }`), `"${'d'.repeat(513)}"`, '"description" is longer than AWS allows: at most 512 characters. Shorten it.'],
  ])('is told once, at the value or the key: %s', (_name, text, over, message) => {
    expect(told(text)).toEqual([['model-schema', over, message]]);
  });

  it('names the path to the place', () => {
    const text = model('"organizationalUnits": [{ "name": "U", "accounts": [{ "name": "x", "ip": "" }] }]');
    expect(problemsIn(text).map(({ path }) => path.join('/'))).toEqual(['root/organizationalUnits/0/accounts/0/ip']);
  });
});

describe('attached policies', () => {
  it('must be defined; a name that is like a known one is offered', () => {
    expect(told(model('"policies": ["a", "basline"]', '"a": { "file": "a.json" }, "baseline": { "file": "b.json" }'))).toEqual([
      ['model-unknown-policy', '"basline"', '"basline" is not defined in this model file, so Root gets nothing from it. Did you mean "baseline"?'],
    ]);
    expect(told(model('"accounts": [{ "name": "x", "policies": ["nothing-alike"] }]'))).toEqual([
      ['model-unknown-policy', '"nothing-alike"', '"nothing-alike" is not defined in this model file, so Root/x gets nothing from it. Define it in "policies" of this file, or remove it here.'],
    ]);
  });

  it('must not be attached twice to one target; the second one is told', () => {
    const text = model('"policies": ["a", "b", "a"]');
    const [problem, ...others] = problemsIn(text);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: 'model-attached-twice', path: ['root', 'policies', '2'], span: { start: text.lastIndexOf('"a"]') }, message: '"a" is attached to Root already: AWS refuses the second attachment. Remove one of the two.' });
  });

  it.each([[10, []], [11, [['model-too-many-attached', '"p10"', 'Root has 11 policies attached: AWS allows 10 backup policies on one target. Merge some, or attach them at another level.']]]])('%i on one target', (count, expected) => {
    const names = Array.from({ length: count }, (_, index) => `"p${String(index)}"`);
    expect(told(model(`"policies": [${names.join(', ')}]`, names.map((name) => `${name}: { "file": ${name} }`).join(', ')))).toEqual(expected);
  });
});

describe('organizational units', () => {
  const nested = (levels: number): string => (levels === 0 ? '{ "name": "L0" }' : `{ "name": "L${String(levels)}", "organizationalUnits": [${nested(levels - 1)}], "accounts": [{ "name": "x" }] }`);

  it.each([[5, []], [6, [['model-too-deep', '"L0"', '"L0" is 6 levels below the root: AWS allows 5 levels of organizational units (OUs). Move it further up.']]]])('on %i levels', (levels, expected) => {
    expect(told(model(`"organizationalUnits": [${nested(levels - 1)}]`))).toEqual(expected);
  });

  it('are told once for everything below the sixth level', () => {
    expect(told(model(`"organizationalUnits": [${nested(8)}]`)).map(([rule, over]) => [rule, over])).toEqual([['model-too-deep', '"L3"']]);
  });
});

describe('what stands twice', () => {
  it.each([
    ['an account in two places', '"organizationalUnits": [{ "name": "U", "accounts": [{ "id": "111122223333", "name": "x" }] }], "accounts": [{ "id": "111122223333", "name": "y" }]', '"y"', 'Root/y has the id 111122223333, as Root/U/x has: AWS knows one account with this id, in one place. Correct one of the two ids, or remove one.'],
    ['two names in one OU', '"accounts": [{ "name": "x" }, { "name": "x" }]', '"x"', 'There is another target with the path Root/x: a path of names must lead to one target. Rename one of the two.'],
    ['an OU and an account of one name', '"organizationalUnits": [{ "name": "x" }], "accounts": [{ "name": "x" }]', '"x"', 'There is another target with the path Root/x: a path of names must lead to one target. Rename one of the two.'],
    ['a name with a slash that reads like a path', '"organizationalUnits": [{ "name": "U", "accounts": [{ "name": "x" }] }], "accounts": [{ "name": "U/x" }]', '"U/x"', 'There is another target with the path Root/U/x: a path of names must lead to one target. Rename one of the two.'],
    ['one account copied as it is', '"accounts": [{ "id": "111122223333", "name": "x" }, { "id": "111122223333", "name": "x" }]', '"x"', expect.stringMatching(/^Root\/x has the id 111122223333/) as string],
    ['a key', '"name": "Again"', '"name"', '"name" stands twice here, and only the first one is read. Rename or remove one of the two.'],
  ])('is told at the second place: %s', (_name, root, over, message) => {
    const text = model(root);
    const [problem, ...others] = problemsIn(text);
    expect(others).toEqual([]);
    expect([problem?.rule, text.slice(problem?.span.start, problem?.span.end), problem?.message]).toEqual(['model-duplicate', over, message]);
    expect(problem?.span.start).toBe(text.lastIndexOf(over));
  });

  it('a policy', () => {
    expect(told(model('', '"a": { "file": "a.json" }, "a": { "file": "b.json" }'))).toEqual([['model-duplicate', '"a"', '"a" stands twice here, and only the first one is read. Rename or remove one of the two.']]);
  });

  it('a file of two policies', () => {
    expect(told(model('', '"a": { "file": "x/../p.json" }, "b": { "file": "p.json" }'))).toEqual([['model-duplicate', '"p.json"', 'The policies "a" and "b" have the same file: in AWS each policy has a document of its own. Give "b" another file, or remove it.']]);
  });

  it('is no name that is not there', () => {
    expect(told(model('"accounts": [{}, {}]')).map(([rule]) => rule)).toEqual(['model-schema', 'model-schema']);
  });
});

describe('the file of a policy', () => {
  it.each(['../a.json', '/etc/a.json', 'C:/a.json', 'x\\\\a.json', 'file:///work/a.json', 'x/../../a.json', '.'])('must be below the folder of the model: %s', (file) => {
    expect(told(model('', `"a": { "file": "${file}" }`))).toEqual([['model-file-outside', `"${file}"`, expect.stringMatching(/is no path below the folder of this model file, so it is not read\. Write a relative path with forward slashes/)]]);
  });

  it('must exist', () => {
    const text = model('"policies": ["a", "b"]');
    expect(told(text, new Set([policyUri('b')]))).toEqual([
      ['model-file-missing', '"policies/b.json"', 'The file "policies/b.json" does not exist or cannot be read, so effective policies are worked out without "b". Correct the path, or create the file.'],
    ]);
  });
});

it('says something useful about any prefix of a model, and never throws', () => {
  const text = model('"policies": ["a"], "accounts": [{ "id": "111122223333", "name": "x", "policies": ["b"] }]');
  for (let end = 0; end < text.length; end++) {
    const prefix = text.slice(0, end);
    const problems = problemsIn(prefix);
    expect(problems.length).toBeGreaterThan(0);
    for (const { message, span } of problems) {
      expect(message).toMatch(/[.?)]$/);
      expect(span.start >= 0 && span.start <= span.end && span.end <= prefix.length).toBe(true);
    }
  }
});
