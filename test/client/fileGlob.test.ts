import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import { Minimatch } from '../../client/fileGlob.ts';
import { watchedGlob } from '../../server/watchedFiles.ts';

const paths = [
  '/a/b.json', '/a/.b.json', '/b.json.tftpl', 'c:/a/b.json', '/a/b.jsonc', '/a/b.JSON', '/a', '/a/node_modules', '/.git/HEAD', '/a b/c+d(1).json', '/ü/ß.json', '/a/b/c/d.json', '/a/bxjson', '/a/x1.json', '/a/x-.json', '/a/{b}.json',
];

describe('a glob of LSP', () => {
  test.each([watchedGlob, '**', '**/*', '**/*.json', '/a/**', '/a/*.json', '/*/*.json', '**/b.json', '/a/**/d.json', '**/?.json', '**/x[0-9].json', '**/{b,d}.json', '/{a,ü}/**/*.{json,jsonc}', '**/x-.json', '/a/b.json', '**/.git/**'])('%s takes the paths that it takes elsewhere', (glob) => {
    const [here, elsewhere] = [new Minimatch(glob), picomatch(glob, { dot: true })];
    // Whether `/a/**` takes `/a` itself, too, is open.
    const asked = paths.filter((path) => `${path}/**` !== glob);
    expect(asked.filter((path) => here.match(path))).toEqual(asked.filter((path) => elsewhere(path)));
    expect(asked.filter((path) => here.match(path))).not.toEqual([]);
  });

  test.each([
    ['**/x[!0-9].json', '/a/x-.json', '/a/x1.json'],
    ['**/x[!0-9]b.json', '/a/x-b.json', '/a/x/b.json'],
    ['**/c+d(1).json', '/a b/c+d(1).json', '/a b/ccd1.json'],
    ['{**/*.json,/b/*}', '/b/a.txt', '/a/b.txt'],
    ['/{a,{b,c}d}.json', '/cd.json', '/ad.json'],
  ])('%s takes %s and not %s', (glob, taken, left) => {
    expect([taken, left].map((path) => new Minimatch(glob).match(path))).toEqual([true, false]);
  });

  test('regards the case of letters unless it is told not to', () => {
    expect(new Minimatch('**/*.json').match('/a/b.JSON')).toBe(false);
    expect(new Minimatch('**/*.json', { nocase: true }).match('/a/b.JSON')).toBe(true);
    expect(new Minimatch('**/*.json', { nocase: true }).makeRe().test('/a/b.Json')).toBe(true);
  });

  test.each(['**/*.{json,tf', '**/[z-a].json'])('that cannot be read is refused: %s', (glob) => {
    expect(() => new Minimatch(glob)).toThrow(SyntaxError);
  });

  test.each(['a}', 'a,b', '[', '[]', '\\', 'a|b', '^$'])('takes as it stands what has no meaning: %s', (glob) => {
    expect(new Minimatch(glob).match(glob)).toBe(true);
    expect(new Minimatch(glob).match(`x${glob}`)).toBe(false);
  });
});
