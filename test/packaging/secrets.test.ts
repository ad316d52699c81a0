import { describe, expect, test } from 'vitest';
import { secretsIn } from '../../packaging/secrets.mjs';

/** Put together here, so that this file itself has nothing in it that looks like one. */
const planted = (...parts: readonly string[]): string => parts.join('');

const keyId = planted('AKIA', 'QX4Z7M2P', 'KD5TWN3R');
const whatIn = (text: string): readonly string[] => secretsIn(text).map(({ what }) => what);

describe('a text is refused that contains', () => {
  test.each([
    ['an AWS access key ID', keyId],
    ['an AWS access key ID', planted('ASIA', 'QX4Z7M2PKD5TWN3R')],
    ['an AWS secret access key', planted('aws_secret_access_key = ', 'abcdEFGH0123/+abcdEFGH', '0123/+abcdEFGH0123')],
    ['an AWS secret access key', planted('"SecretAccessKey": "', 'abcdEFGH0123/+abcdEFGH', '0123/+abcdEFGH0123"')],
    ['a private key', planted('-----BEGIN ', 'PRIVATE KEY-----')],
    ['a private key', planted('-----BEGIN RSA ', 'PRIVATE KEY-----')],
    ['a private key', planted('-----BEGIN PGP ', 'PRIVATE KEY BLOCK-----')],
    ['a token of GitHub', planted('ghp_', 'a1B2'.repeat(9))],
    ['a token of GitHub', planted('github_pat_', 'a1B2_'.repeat(16))],
    ['a token of GitLab', planted('glpat-', 'a1B2'.repeat(5))],
    ['a token of npm', planted('npm_', 'a1B2'.repeat(9))],
    ['a token of npm', planted('//packages.example/:_auth', 'Token=a1B2a1B2a1B2')],
    ['a token of Open VSX', planted('ovsxat_', '01234567-89ab-cdef-0123-456789abcdef')],
    ['a token of Azure DevOps', planted('a1B2'.repeat(19), 'AZDO', 'a1B2')],
    ['a token of Slack', planted('xoxb-', '1234567890-abcdef')],
    ['a key of Google', planted('AIza', 'a1B2_'.repeat(7))],
    ['a JSON web token', planted('eyJhbGciOiJI', '.eyJzdWIiOiIx', '.c2lnbmF0dXJl')],
    ['a name and a password in an address', planted('https://me:', 'hush@packages.example/')],
    ['the home folder of somebody', planted('/ho', 'me/jane/project')],
    ['the home folder of somebody', planted('file:///Us', 'ers/jane/project')],
    ['the home folder of somebody', planted('/ro', 'ot/.cache')],
    ['the home folder of somebody', planted('C:\\Us', 'ers\\jane')],
    ['the home folder of somebody', planted('"c": "C:\\\\Us', 'ers\\\\jane"')],
    ['the host of a package registry', planted('https://regis', 'try.packages.example/it.tgz')],
    ['the host of a package registry', planted('http://mirror.py', 'pi.example:8080/simple')],
    ['the host of a package registry', planted('https://packages.example/arti', 'factory/api/npm/all')],
  ])('%s: %s', (what, text) => {
    expect(whatIn(text)).toContain(what);
    expect(whatIn(`before ${text} after`)).toContain(what);
    expect(whatIn(`"${text}"`)).toContain(what);
  });
});

describe('a text may contain', () => {
  test.each([
    ['the examples of AWS', 'AKIAIOSFODNN7EXAMPLE aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['a word that begins like a key ID', 'AKIAQX4Z and AKIAQX4Z7M2PKD5TWN3RTOOLONG'],
    ['a hash', 'aws_secret_access_key_sha256'],
    ['a public key', '-----BEGIN PUBLIC KEY-----'],
    ['a variable for a token', '//packages.example/:_authToken=${NPM_TOKEN}'],
    ['a path in a document', '/root/accounts/0/id and /home and /Users and ./home/it/'],
    ['a folder with such a name', 'src/home/jane/ and my-home/'],
    ['a place in an address', 'https://example.com/home'],
    ['an address with a port', 'http://127.0.0.1:5000/@me'],
    ['a page about npm', 'https://docs.example.com/npm'],
  ])('%s', (_what, text) => {
    expect(whatIn(text)).toEqual([]);
  });
});

describe('what is found', () => {
  test('has its line, and is not shown', () => {
    const found = secretsIn(`first\nsecond ${keyId}\n\n${keyId}`);
    expect(found).toEqual([{ what: 'an AWS access key ID', line: 2 }, { what: 'an AWS access key ID', line: 4 }]);
  });

  test.each([
    ['the folder', '/srv/build/it', 'see /srv/build/it.', 1],
    ['a file in the folder', '/srv/build/it', '"/srv/build/it/dist/x.js"', 1],
    ['another folder that begins like it', '/srv/build/it', '/srv/build/items', 0],
    ['a folder that ends like it', '/srv/build/it', '/mnt/srv/build/it', 0],
    ['a folder of one part, which many machines have', '/srv', 'see /srv/x', 0],
    ['a name with signs of regular expressions', '/srv/a+b (c)', 'see /srv/a+b (c)/x', 1],
  ])('of a machine: %s', (_what, place, text, count) => {
    expect(secretsIn(text, [place])).toHaveLength(count);
  });
});
