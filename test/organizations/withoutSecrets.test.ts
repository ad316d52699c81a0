import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../server/organizations/withoutSecrets.ts';

describe('a message of AWS or its tools', () => {
  it.each([
    ['an access key id', 'The key AKIAIOSFODNN7EXAMPLE is not known.', 'The key AKIA… is not known.'],
    ['a temporary access key id', 'ASIAIOSFODNN7EXAMPLE', 'ASIA…'],
    ['the token of a canonical request', 'host:x\nx-amz-security-token:IQoJb3JpZ2luX2Vj//abc+d==\n\nhost', 'host:x\nx-amz-security-token:…\n\nhost'],
    ['a header', 'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/2026, SignedHeaders=host, Signature=abc\nnext', 'Authorization: …\nnext'],
    ['JSON', '{"SecretAccessKey": "wJalrXUtnFEMI/K7MDENG", "SessionToken":"abc"}', '{"SecretAccessKey": "…", "SessionToken":"…"}'],
    ['a command line', 'Command failed: get-credentials --password hunter2\nhunter2 is wrong', 'Command failed. Run the credential_process of the profile in a terminal to see why'],
  ])('loses %s', (_what, message, expected) => {
    expect(withoutSecrets(message)).toBe(expected);
  });

  it.each([
    'User: arn:aws:sts::111122223333:assumed-role/Backup/me is not authorized to perform: organizations:CreatePolicy',
    'The security token included in the request is invalid.',
    'Profile ASIATIC could not be found or parsed in shared credentials file.',
    "The SSO session associated with this profile has expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
  ])('stays as it is otherwise: %s', (message) => {
    expect(withoutSecrets(message)).toBe(message);
  });
});
