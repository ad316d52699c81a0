import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lockFileProblems, type Installation, type LockedPackage } from '../../packaging/lockFile.mjs';

const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
const npmrc = 'ignore-scripts=true\nomit-lockfile-registry-resolved=true\n';
const good: LockedPackage = { version: '1.2.3', integrity };

/** An installation of one package. */
function installation(entry: LockedPackage, place = 'node_modules/a'): Installation {
  return { lock: { lockfileVersion: 3, packages: { '': { devDependencies: { a: '1.2.3' } }, [place]: entry } }, manifest: { devDependencies: { a: '1.2.3' } }, npmrc };
}

const sound = installation(good);

describe('the lock file', () => {
  test('of this project is sound', () => {
    const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
    const own = { lock: json('package-lock.json') as Installation['lock'], manifest: json('package.json') as Installation['manifest'], npmrc: readFileSync('.npmrc', 'utf8') };
    expect(lockFileProblems(own)).toEqual([]);
    expect(Object.keys(own.lock.packages).length).toBeGreaterThan(500);
  });

  test.each<readonly [string, LockedPackage]>([
    ['an exact version and an integrity', good],
    ['an alias for another package of a registry', { ...good, dependencies: { b: 'npm:c@^1.0.0' } }],
    ['a range of versions', { ...good, dependencies: { b: '>=1 <3 || 5.x', c: 'latest', d: '*' } }],
  ])('may have a package with %s', (_what, entry) => {
    expect(lockFileProblems(installation(entry))).toEqual([]);
  });

  test.each<readonly [string, LockedPackage, string]>([
    ['no integrity', { version: '1.2.3' }, 'has no integrity'],
    ['a weak integrity', { ...good, integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'has no integrity'],
    ['a place it came from', { ...good, resolved: 'https://packages.example/a.tgz' }, 'names the place'],
    ['a repository it came from', { ...good, resolved: 'git+ssh://git@git.example/a.git#0123' }, 'names the place'],
    ['a link to a folder', { ...good, link: true }, 'is a link'],
    ['no version', { integrity }, 'has no exact version'],
    ['a script for its installation', { ...good, hasInstallScript: true }, 'wants to run a script'],
    ['a dependency from git', { ...good, dependencies: { b: 'git+https://git.example/b.git' } }, 'wants b from git+https:'],
    ['a dependency from an address', { ...good, optionalDependencies: { b: 'https://b.example/b.tgz' } }, 'wants b from https:'],
    ['a dependency from a folder', { ...good, dependencies: { b: 'file:../b' } }, 'wants b from file:'],
    ['a dependency from a hosted repository', { ...good, dependencies: { b: 'owner/b#main' } }, 'wants b from owner/b'],
  ])('is refused with a package that has %s', (_what, entry, problem) => {
    expect(lockFileProblems(installation(entry))).toEqual([expect.stringContaining(problem)]);
  });

  test('may have a script for the installation of a package that is known to work without', () => {
    expect(lockFileProblems(installation({ ...good, hasInstallScript: true }, 'node_modules/esbuild'))).toEqual([]);
  });

  test('is refused with a folder of the project as a package', () => {
    expect(lockFileProblems(installation(good, 'packages/a'))).toEqual([expect.stringContaining('is not in node_modules')]);
  });

  test.each<readonly [string, Installation, string]>([
    ['has an old format', { ...sound, lock: { ...sound.lock, lockfileVersion: 2 } }, 'lockfileVersion must be 3'],
    ['wants other versions than the manifest', { ...sound, manifest: { devDependencies: { a: '1.2.4' } } }, 'does not want the versions'],
    ['lacks a package of the manifest', { ...sound, manifest: { devDependencies: { a: '1.2.3', b: '1.0.0' } } }, 'does not want the versions'],
  ])('is refused when it %s', (_what, given, problem) => {
    expect(lockFileProblems(given)).toEqual([expect.stringContaining(problem)]);
  });
});

describe('the manifest', () => {
  test.each(['^1.2.3', '~1.2.3', '1.x', 'latest', '*', 'npm:b@1.2.3', 'owner/b', ''])('is refused with the version "%s"', (version) => {
    const given = { ...sound, manifest: { devDependencies: { a: version } }, lock: { ...sound.lock, packages: { '': { devDependencies: { a: version } } } } };
    expect(lockFileProblems(given)).toEqual([expect.stringContaining('is no exact version')]);
  });

  test.each([['postinstall', 1], ['prepare', 1], ['test', 0]])('with the script %s has %i problem', (script, count) => {
    expect(lockFileProblems({ ...sound, manifest: { ...sound.manifest, scripts: { [script]: 'node it.mjs' } } })).toHaveLength(count);
  });
});

describe('the settings of npm', () => {
  test.each([
    ['scripts that run', 'ignore-scripts=false\nomit-lockfile-registry-resolved=true\n', ['ignore-scripts=true is missing', 'ignore-scripts is not to be set']],
    ['a registry of their own', `${npmrc}registry=https://packages.example/\n`, ['registry is not to be set']],
    ['a token', `${npmrc}//packages.example/:_authToken=hush`, ['//packages.example/:_authToken is not to be set']],
    ['nothing', '', ['ignore-scripts=true is missing', 'omit-lockfile-registry-resolved=true is missing']],
  ])('are refused with %s', (_what, text, problems) => {
    expect(lockFileProblems({ ...sound, npmrc: text })).toEqual(problems.map((problem) => expect.stringContaining(problem) as string));
  });

  test('never show a token', () => {
    expect(lockFileProblems({ ...sound, npmrc: `${npmrc}//packages.example/:_authToken=hush` }).join()).not.toContain('hush');
  });
});
