import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { maximumInventoryLength, maximumResources } from '../../../server/core/selection/inventory/inventory.ts';
import { readInventory } from '../../../server/core/selection/inventory/readInventory.ts';

const volume = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-1';
const bucket = 'arn:aws:s3:::photos';

/** The resources as `line arn key=value …`, and the problems as `line message`. */
function read(text: string): { readonly resources: readonly string[]; readonly problems: readonly string[] } {
  const { resources, problems } = readInventory(text);
  return {
    resources: resources.map(({ line, arn, tags }) => [String(line), arn, ...[...tags].map(([key, value]) => `${key}=${value}`)].join(' ')),
    problems: problems.map(({ line, message }) => `${String(line)} ${message}`),
  };
}

describe('an inventory', () => {
  it.each<[what: string, text: string, resources: readonly string[], problems?: readonly string[]]>([
    ['of nothing', ' \n\n', []],
    ['of lines', `${volume} tier=gold env=prod\n\n# of the shop\n${bucket}\n`, [`1 ${volume} tier=gold env=prod`, `4 ${bucket}`]],
    ['of lines with quotes', `${volume} Name="my disk" "Team=R & D" empty= sum=a=b`, [`1 ${volume} Name=my disk Team=R & D empty= sum=a=b`]],
    ['of lines that Windows wrote', `\uFEFF${volume} tier=gold\r\n${bucket} tier=silver\r\n`, [`1 ${volume} tier=gold`, `2 ${bucket} tier=silver`]],
    ['of a line without an ARN', `vol-1 tier=gold\n${bucket}`, [`2 ${bucket}`], ['1 "vol-1" is not the ARN of a resource, such as arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d.']],
    ['of a word that is no tag', `${volume} gold`, [`1 ${volume}`], ['1 "gold" is no tag: write key=value, in quotes when it has blanks.']],
    ['of an ARN with a comma and tags', `${volume},tier=gold`, [], ['1 Put a blank between the ARN and its tags, or begin the text with a header such as arn,backup-tier.']],
    ['that lists an ARN twice', `${volume} tier=gold\n${volume} tier=silver`, [`1 ${volume} tier=gold`], [`2 "${volume}" is listed again; what line 1 says of it counts.`]],
    ['in columns', `arn,tier,env\n${volume},gold,\n${bucket},,prod\n`, [`2 ${volume} tier=gold`, `3 ${bucket} env=prod`]],
    ['in columns of tags', `Resource ARN;tag:tier;tag: Cost Center;service\n${volume};gold;12;ec2`, [`2 ${volume} tier=gold Cost Center=12`]],
    ['in a column of tags', `arn,name,tags\n${volume},x,tier=gold; env=prod\n${bucket},y,"{""tier"": ""gold"", ""n"": 1}"`, [`2 ${volume} tier=gold env=prod`, `3 ${bucket} tier=gold n=1`]],
    ['in tabs', `arn\ttier\n${volume}\tgold`, [`2 ${volume} tier=gold`]],
    ['in columns with line breaks in quotes', `arn,note\n${volume},"one\ntwo"\n\n${bucket},x`, [`2 ${volume} note=one\ntwo`, `5 ${bucket} note=x`]],
    ['in columns, a row too long', `arn,tier\n${volume},gold,more`, [`2 ${volume} tier=gold`], ['2 The row has 3 cells, and the header 2; the rest is left out.']],
    ['in columns, quotes that stay open', `arn,tier\n${volume},"gold`, [`2 ${volume} tier=gold`], ['2 The quotes of this row do not match.']],
    ['in columns, a row without an ARN', `arn,tier\n,gold`, [], ['2 The ARN is missing.']],
    ['in columns, tags that are broken', `arn,tags\n${volume},"{""tier"""`, [`2 ${volume}`], ['2 The tags are not valid JSON.']],
    ['in JSON', JSON.stringify([{ arn: volume, tags: { tier: 'gold' } }, { ResourceARN: bucket, Tags: [{ Key: 'tier', Value: 'silver' }] }], undefined, 2), [`2 ${volume} tier=gold`, `8 ${bucket} tier=silver`]],
    ['in JSON with names of other letter case', JSON.stringify([{ resourceArn: volume, tags: [{ key: 'tier', value: 'gold' }] }, bucket]), [`1 ${volume} tier=gold`, `1 ${bucket}`]],
    ['of one JSON object', `{"arn": "${volume}", "tags": {"__proto__": "x", "n": 1, "b": true}}`, [`1 ${volume} __proto__=x n=1 b=true`]],
    ['of get-resources', JSON.stringify({ PaginationToken: '', ResourceTagMappingList: [{ ResourceARN: volume, Tags: [{ Key: 'tier', Value: 'gold' }] }, { ResourceARN: bucket, Tags: [] }] }, undefined, 4), [`4 ${volume} tier=gold`, `13 ${bucket}`]],
    ['of JSON lines', `${JSON.stringify({ arn: volume, tags: { tier: 'gold' } })}\n${JSON.stringify({ arn: bucket })}\n`, [`1 ${volume} tier=gold`, `2 ${bucket}`]],
    ['of JSON that is broken in one resource', `[{"arn": "${volume}",, },\n {"arn": "${bucket}"}]`, [`2 ${bucket}`], [`1 What begins here is not valid JSON: "{'arn': '${volume.slice(0, 31)}…".`]],
    ['of JSON that ends early', `[{"arn": "${volume}"},\n{"arn": "arn:aws`, [`1 ${volume}`], ['2 What begins here is not valid JSON: "{\'arn\': \'arn:aws…".']],
    ['of JSON without ARNs', '[{"id": 1}, 7]', [], ['1 What begins here is no resource: it has no "arn" or "ResourceARN".', '1 What begins here is no resource: it has no "arn" or "ResourceARN".']],
    ['of JSON with tags that are none', JSON.stringify([{ arn: volume, tags: 'gold' }, { arn: bucket, tags: { tier: null } }]), [`1 ${volume}`, `1 ${bucket}`], ['1 The tags are neither a map nor a list of Key and Value.', '1 The tag "tier" has no text as its value.']],
  ])('%s', (_what, text, resources, problems = []) => {
    expect(read(text)).toEqual({ resources, problems });
  });

  test('has Region and account of what does not name them in its ARN, and of nothing else', () => {
    const { resources } = readInventory(`arn,region,account,tag:tier\n${bucket},eu-west-2,444455556666,gold\n${volume},eu-west-2,444455556666,gold`);
    expect(resources.map(({ region, account }) => [region, account])).toEqual([['eu-west-2', '444455556666'], ['eu-west-1', '111122223333']]);
    expect(readInventory(JSON.stringify([{ arn: bucket, region: 'eu-west-2', accountId: '444455556666' }])).resources[0]).toMatchObject({ region: 'eu-west-2', account: '444455556666' });
    expect(readInventory(bucket).resources[0]).not.toHaveProperty('region');
  });

  test.each([
    ['lines', (count: number) => Array.from({ length: count }, (_, index) => `${volume}${String(index)} tier=gold`).join('\n')],
    ['CSV', (count: number) => `arn,tier\n${Array.from({ length: count }, (_, index) => `${volume}${String(index)},"gold"`).join('\n')}`],
    ['JSON', (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => ({ arn: `${volume}${String(index)}`, tags: { tier: 'gold' } })))],
  ])('of %s has a limit, and is read in seconds', (_what, text) => {
    const start = performance.now();
    const { resources, problems } = readInventory(text(maximumResources + 5));
    expect(resources).toHaveLength(maximumResources);
    expect(problems.map(({ message }) => message)).toEqual(['The inventory has more than 100,000 resources; from this line on they are left out. Split it to look at the others.']);
    expect(performance.now() - start).toBeLessThan(8000);
    expect(readInventory(text(3))).toMatchObject({ resources: [{}, {}, {}], problemCount: 0 });
  });

  test('that is too long is not read', () => {
    expect(readInventory(' '.repeat(maximumInventoryLength + 1)).problems).toEqual([{ line: 1, message: 'The inventory is longer than 10 MB. Split it, or leave out the resources that no policy is meant for.' }]);
    expect(readInventory(' '.repeat(maximumInventoryLength)).problems).toEqual([]);
  });

  test('counts the problems that it does not list', () => {
    const { problems, problemCount } = readInventory('x\n'.repeat(500));
    expect([problems.length, problemCount]).toEqual([200, 500]);
  });

  test('of any text never throws, and says of every line at most what it is', () => {
    const piece = fc.constantFrom('arn', ',', ';', '\t', '"', '\n', '\r\n', '{', '}', '[', ']', ':', '=', '\\', volume, bucket, 'tags', '"arn"', '"Tags"', '"ResourceTagMappingList": [', '__proto__', ' ', '\uFEFF', '\u0000', '\ud800');
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const { problems, resources } = readInventory(text);
      const lines = text.split(/\r\n|\r|\n/).length;
      expect([...problems, ...resources].every(({ line }) => line >= 1 && line <= lines)).toBe(true);
    }), { seed: 20261121, numRuns: 3000 });
  });

  test('nested without end does not exhaust anything', () => {
    expect(readInventory('['.repeat(1_000_000)).problemCount).toBe(1);
    expect(readInventory('{"tags":'.repeat(100_000)).problemCount).toBe(1);
  });
});
