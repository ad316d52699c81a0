import { ESLint } from 'eslint';
import { beforeAll, describe, expect, test } from 'vitest';

const eslint = new ESLint();

/** The names of the rules that `text` breaks when it stands in `file`, which must be a file of the project. */
async function broken(file: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: file });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const core = 'server/core/problem.ts';
const feature = 'server/features/ranges.ts';

/** The first text makes the linter read the types of the whole project, which takes long beside other work. */
beforeAll(async () => {
  await broken(core, 'export {};');
}, 180_000);

describe('the linter refuses', () => {
  test.each([
    ['any', 'export const value = (it: any): void => { it; };', '@typescript-eslint/no-explicit-any'],
    ['a value that is any', 'export const value: string = JSON.parse("1");', '@typescript-eslint/no-unsafe-assignment'],
    ['a non-null assertion', 'export const value = (it: string | undefined): string => it!;', '@typescript-eslint/no-non-null-assertion'],
    ['ts-ignore', '// @ts-ignore because it is late\nexport const value = 1;', '@typescript-eslint/ban-ts-comment'],
    ['ts-expect-error', '// @ts-expect-error because it is late\nexport const value = 1;', '@typescript-eslint/ban-ts-comment'],
    ['a promise that nobody waits for', 'export const value = (): void => { Promise.resolve(1); };', '@typescript-eslint/no-floating-promises'],
    ['a case that a switch forgets', "export const value = (it: 'a' | 'b'): number => { switch (it) { case 'a': return 1; } return 2; };", '@typescript-eslint/switch-exhaustiveness-check'],
    ['a console', 'console.log(1);', 'no-console'],
    ['a file of more than 400 lines', 'export {};\n'.repeat(401), 'max-lines'],
    ['a comment that switches the linter off', '/* eslint-disable no-console */\nconsole.log(1);', 'no-console'],
  ])('%s', async (_name, text, rule) => {
    expect(await broken(feature, text)).toContain(rule);
  });
});

describe('the core', () => {
  test.each([
    ['Date.now()', 'export const value = Date.now();', 'no-restricted-syntax'],
    ['new Date()', 'export const value = new Date();', 'no-restricted-syntax'],
    ['Math.random()', 'export const value = Math.random();', 'no-restricted-syntax'],
    ['performance.now()', 'export const value = performance.now();', 'no-restricted-syntax'],
    ['the environment', 'export const value = process.env;', 'no-restricted-globals'],
    ['a timer', 'setTimeout(String, 1);', 'no-restricted-globals'],
    ['the network', "void fetch('x');", 'no-restricted-globals'],
  ])('has no %s', async (_name, text, rule) => {
    expect(await broken(core, text)).toContain(rule);
    expect(await broken(feature, text)).not.toContain(rule);
  });

  test('may turn a given time into a date', async () => {
    expect(await broken(core, 'export const value = (at: number): Date => new Date(at);')).toEqual([]);
  });
});
