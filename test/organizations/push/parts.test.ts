import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDocument } from '../../../server/core/document/parse.ts';
import { policyIdEdit } from '../../../server/features/policyIdEdits.ts';
import { readOrganization } from '../../../server/model/readOrganization.ts';
import { lastKnownFiles } from '../../../server/organizations/lastKnown.ts';
import { policyOwner } from '../../../server/organizations/push/ownership.ts';
import { realAttachments } from '../../../server/organizations/push/realAttachments.ts';
import { sameJson } from '../../../server/organizations/push/sameJson.ts';
import { textToSend } from '../../../server/organizations/push/textToSend.ts';

describe('the text to send', () => {
  const padded = (length: number, before = '"'): string => `${before}${'x'.repeat(length - before.length - 1)}"`;

  it.each([
    ['10,000 characters as they are written', padded(10_000), { form: 'asWritten', characters: 10_000 }],
    ['10,001 characters of which one is white space without it', ` ${padded(10_000)}`, { form: 'minified', characters: 10_000, written: 10_001 }],
    ['10,001 characters without white space not at all', padded(10_001), { form: 'tooLong', characters: 10_001 }],
    ['characters beyond 16 bits as one', `"${'🗄'.repeat(9998)}"`, { form: 'asWritten', characters: 10_000 }],
    ['no byte order mark', `\uFEFF${padded(10_000)}`, { form: 'asWritten', characters: 10_000, text: padded(10_000) }],
  ])('has %s', (_what, text, sent) => {
    expect(textToSend(text)).toMatchObject(sent);
  });
});

describe('the same JSON', () => {
  it.each([
    ['{"a":1,"b":[1,2]}', '{ "b": [1, 2], "a": 1 }', true],
    ['{"a":"\\u0041"}', '{"a":"A"}', true],
    ['{"a":[1,2]}', '{"a":[2,1]}', false],
    ['{"a":1}', '{"a":1,"b":null}', false],
    ['{"a":{}}', '{"a":[]}', false],
    ['{"a":null}', '{"a":{}}', false],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}', false],
    ['{"toString":1}', '{}', false],
    ['{"a":', '{"a":', true],
    ['{"a":', '{"a": ', false],
  ])('%s and %s: %s', (left, right, same) => {
    expect([sameJson(left, right), sameJson(right, left)]).toEqual([same, same]);
  });

  it('is the same however it is laid out, and never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => { expect(sameJson(JSON.stringify(value), JSON.stringify(value, undefined, 3))).toBe(true); }), { seed: 7, numRuns: 100 });
    fc.assert(fc.property(fc.string(), fc.string(), (left, right) => { expect(typeof sameJson(left, right)).toBe('boolean'); }), { seed: 7, numRuns: 100 });
  });
});

describe('the owner of a policy', () => {
  it.each([
    ['aws:cloudformation:stack-name', 'org-policies', 'CloudFormation'],
    ['ManagedBy', 'Terraform', 'Terraform'],
    ['managed-by', 'terragrunt', 'Terraform'],
    ['terraform', 'true', 'Terraform'],
    ['Accelerator', 'AWSAccelerator', 'the Landing Zone Accelerator'],
    ['CreatedBy', 'AWS Control Tower', 'AWS Control Tower'],
    ['terraform', 'false', undefined],
    ['Team', 'CloudFormation guild', undefined],
    ['ManagedBy', 'Storage team', undefined],
  ])('by the tag %s = %s is %s', (key, value, tool) => {
    expect(policyOwner([{ key: 'Team', value: 'storage' }, { key, value }], '')?.tool).toBe(tool);
  });

  it.each([
    ['Managed by Terraform, do not edit', 'Terraform'],
    ['LZA backup policy', 'the Landing Zone Accelerator'],
    ['Created through cloudformation', 'CloudFormation'],
    ['Backs up every night', undefined],
    ['Terraforming of Mars', undefined],
  ])('by the description %s is %s', (description, tool) => {
    expect(policyOwner([], description)?.tool).toBe(tool);
  });
});

describe('the id in the model', () => {
  const edited = (text: string, name: string, id: string): string | undefined => {
    const edit = policyIdEdit(parseDocument(text), name, id);
    return edit === undefined ? undefined : `${text.slice(0, edit.start)}${edit.newText}${text.slice(edit.end)}`;
  };

  it.each([
    ['behind the file', '{ "policies": { "a": { "file": "a.json" } } }', '{ "policies": { "a": { "file": "a.json", "id": "p-1" } } }'],
    ['in the author\'s layout', '{\n\t"policies": {\n\t\t"a": {\n\t\t\t"file": "a.json",\n\t\t\t"description": "d"\n\t\t}\n\t}\n}', '{\n\t"policies": {\n\t\t"a": {\n\t\t\t"file": "a.json",\n\t\t\t"id": "p-1",\n\t\t\t"description": "d"\n\t\t}\n\t}\n}'],
    ['in place of an old one', '{"policies":{"a":{"id":"p-0","file":"a.json"}}}', '{"policies":{"a":{"id":"p-1","file":"a.json"}}}'],
    ['not where it stands already', '{"policies":{"a":{"id":"p-1","file":"a.json"}}}', undefined],
    ['not without a definition', '{"policies":{"b":{"file":"a.json"}}}', undefined],
    ['not into what is half typed', '{"policies":{"a":', undefined],
    ['not into a name of objects', '{"policies":{}}', undefined],
  ])('is written %s', (_where, text, result) => {
    expect(edited(text, 'a', 'p-1')).toBe(result);
  });
});

describe('the real attachments', () => {
  const model = (text: string): ReturnType<typeof readOrganization> => readOrganization('file:///m/backup-organization.json', parseDocument(text));
  const target = (id: string, name: string, type: 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT' = 'ORGANIZATIONAL_UNIT') => ({ id, name, type });

  it('replace those of the model, and leave the others as they are', () => {
    const organization = model('{"policies":{},"root":{"id":"r-1","name":"Root","policies":["x","a","y"],"organizationalUnits":[{"id":"ou-1","name":"A","policies":["b"]},{"id":"ou-2","name":"B"}]}}');
    const { modelText, unknown, onlyInModel } = realAttachments(organization, new Map([['a', [target('ou-1', 'A'), target('ou-2', 'B'), target('ou-9', 'Z')]]]));
    const { root } = model(modelText);
    expect([root, ...(root?.children ?? [])].map((entity) => entity?.attachments.map(({ policy }) => policy))).toEqual([['x', 'y'], ['b', 'a'], ['a']]);
    expect(unknown.get('a')).toEqual([target('ou-9', 'Z')]);
    expect(onlyInModel.get('a')?.map(({ path: at }) => at)).toEqual(['Root']);
  });

  it('know what has no id by its name, when only one has it', () => {
    const organization = model('{"root":{"name":"Root","organizationalUnits":[{"name":"A","accounts":[{"name":"x"}]},{"name":"B","accounts":[{"name":"x"}]}]}}');
    const { entities, unknown } = realAttachments(organization, new Map([['a', [target('r-1', 'Root', 'ROOT'), target('ou-1', 'A'), target('200000000001', 'x', 'ACCOUNT')]]]));
    expect(entities.get('a')?.map(({ path: at }) => at)).toEqual(['Root', 'Root/A']);
    expect(unknown.get('a')).toHaveLength(1);
  });
});

describe('what was last known', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'known-'));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const policy = { policyId: 'p-12345678', name: 'baseline', description: '', content: '{ "plans": {} }\n' };

  it('is kept byte for byte, by organization', async () => {
    const known = lastKnownFiles(folder);
    await known.put('o-one', policy);
    expect(await known.get('o-one', policy.policyId)).toEqual(policy);
    expect(await known.get('o-two', policy.policyId)).toBeUndefined();
  });

  it('is nothing where the record is damaged, and stays in its folder', async () => {
    const known = lastKnownFiles(folder);
    await known.put('../o', { ...policy, policyId: '../../p' });
    expect(readdirSync(folder)).toEqual(['known']);
    expect(await known.get('../o', '../../p')).toMatchObject({ name: 'baseline' });
    writeFileSync(path.join(folder, 'known', '___o', '______p.json'), '{"policyId":');
    expect(await known.get('../o', '../../p')).toBeUndefined();
  });
});
