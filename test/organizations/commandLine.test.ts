import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsCommandLine } from '../../server/organizations/commandLine.ts';

describe('a command of the AWS CLI', () => {
  it('names its options, profile and endpoint', () => {
    expect(awsCommandLine('organizations', 'update-policy', { 'policy-id': 'p-examplebase', content: { file: 'policies/base line.json' } }, { profile: 'prod', endpoint: 'http://127.0.0.1:5000' })).toBe(
      "aws organizations update-policy --policy-id p-examplebase --content 'file://policies/base line.json' --profile prod --endpoint-url http://127.0.0.1:5000",
    );
  });

  it('passes every text through a shell unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')), { minLength: 1, maxLength: 8 }), (texts) => {
        const command = awsCommandLine('organizations', 'list-policies', { names: texts }, {}).replace(/^aws/, "printf '%s\\0'");
        const words = execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }).split('\0').slice(0, -1);
        expect(words).toEqual(['organizations', 'list-policies', '--names', ...texts]);
      }),
      { seed: 5, numRuns: 40 },
    );
  });
});

it.each([
  ['the name of a file', 'file:///home/me/.aws/credentials'],
  ['an address', 'https://example.com/'],
  ['an option', '--debug'],
])('a text that looks like %s is sent as it is, and not what the AWS CLI would read there', (_what, description) => {
  expect(awsCommandLine('organizations', 'update-policy', { 'policy-id': 'p-1', 'description': description }, {})).toBe(`aws organizations update-policy --cli-input-json '{"Description":"${description}"}' --policy-id p-1`);
});
