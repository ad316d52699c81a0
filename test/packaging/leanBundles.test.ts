import { runInThisContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { leanSchemas } from '../../packaging/leanSchemas.mjs';
import { leanTypes, withPureNamespaces } from '../../packaging/leanTypes.mjs';

/** Runs a module as a bundle and gives what it makes of `result`. */
async function bundled(contents: string, plugins: readonly Plugin[]): Promise<{ readonly size: number; readonly result: unknown }> {
  const { outputFiles } = await build({ stdin: { contents, resolveDir: process.cwd(), loader: 'ts' }, bundle: true, write: false, format: 'iife', globalName: 'bundle', platform: 'node', mainFields: ['module', 'main'], plugins: [...plugins] });
  const text = outputFiles[0]?.text ?? '';
  const result: unknown = runInThisContext(`(() => { ${text}; return bundle.result; })()`);
  return { size: text.length, result };
}

const everyNode = `
import { controlValues, describeValue, operators, policyGrammar, suggestedValues } from './server/core/grammar.ts';
import { descriptionOf, operatorDescription, snippetsAt } from './server/core/grammarTexts.ts';
import { documentedGuardrails, documentedModel } from './server/features/documentedGrammars.ts';
import { guardrailGrammar } from './server/features/guardrails/guardrailGrammar.ts';
import { modelGrammar } from './server/features/modelGrammar.ts';
const shown = (node) => ({
  ...node, keys: undefined, names: node.names?.noun, description: descriptionOf(node), snippets: snippetsAt(node),
  operators: operators.map((operator) => operatorDescription(operator, node.kind)),
  values: node.kind === 'container' ? undefined : [describeValue(node.value), suggestedValues(node.value)],
  children: node.kind !== 'container' ? [] : [...node.keys].map(([key, child]) => [key, shown(child)]).concat(node.names === undefined ? [] : [['', shown(node.names.child)]]),
});
const placed = (grammar, path, depth) => {
  const node = grammar.at(path);
  return node === undefined || depth === 0 ? undefined : [node.title, node.patternErrorMessage, node.type, node.enum, node.required, grammar.keys(node).map(([key]) => [key, placed(grammar, [...path, key], depth - 1)]), placed(grammar, [...path, 0], depth - 1), placed(grammar, [...path, 'any'], depth - 1)];
};
const described = (grammar, path, depth) => {
  const node = grammar.at(path);
  if (node === undefined || depth === 0) return undefined;
  return { title: node.title, description: node.markdownDescription, pattern: node.patternErrorMessage, type: node.type, enum: node.enum, words: node.markdownEnumDescriptions, required: node.required, snippets: node.defaultSnippets,
    children: grammar.keys(node).map(([key]) => [key, described(grammar, [...path, key], depth - 1)]), item: described(grammar, [...path, 0], depth - 1), named: described(grammar, [...path, 'any'], depth - 1) };
};
export const result = JSON.stringify([shown(policyGrammar), operators.map(({ name, title, kinds }) => [name, title, [...kinds]]), controlValues, placed(modelGrammar, [], 5), placed(guardrailGrammar, [], 5), described(documentedModel, [], 5), described(documentedGuardrails, [], 5)]);
`;

describe('a bundle without what it does not read', () => {
  test('knows of the schemas all that the whole files say', async () => {
    const [whole, lean] = [await bundled(everyNode, []), await bundled(everyNode, [leanSchemas])];
    expect(lean.result).toBe(whole.result);
    expect(String(lean.result)).toContain('AWS Backup');
    expect(lean.size).toBeLessThan(whole.size - 20_000);
  });

  test('has the types of LSP that it uses, and those that its modules use by way of each other', async () => {
    const use = `
import { CodeActionKind } from 'vscode-languageserver-types';
import * as protocol from 'vscode-languageserver-protocol';
export const result = JSON.stringify([CodeActionKind.QuickFix, protocol.WorkspaceFolder.is({ uri: 'file:///a', name: 'a' }), protocol.NotebookCell.is({ kind: 1, document: 'file:///a' })]);`;
    const [whole, lean] = [await bundled(use, []), await bundled(use, [leanTypes])];
    expect(lean.result).toBe(whole.result);
    expect(lean.size).toBeLessThan(whole.size - 20_000);
  });

  test.each([
    ['a namespace', 'export var A;\n(function (A) {\n    A.b = 1;\n})(A || (A = {}));', 'export var A = /* @__PURE__ */ (function (A) {\n    A.b = 1;\nreturn A; })({});'],
    ['anything else', 'export const A = 1;\n(function () {\n})();', 'export const A = 1;\n(function () {\n})();'],
  ])('leaves out %s only as far as it may', (_what, text, pure) => {
    expect(withPureNamespaces(text)).toBe(pure);
  });
});
