// What of the JSON schemas goes into bundles.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const structure = ['$ref', 'definitions', 'properties', 'additionalProperties', 'allOf'];
const ofGrammar = ['title', 'enum', 'markdownEnumDescriptions', 'required', 'anyOf', 'if', 'then', 'x-kind', 'x-value', 'x-unit', 'x-default', 'x-minimum-items', 'x-names', 'x-phrase'];
const ofFiles = ['items', 'title', 'enum', 'required', 'type', 'patternErrorMessage'];

/** The keywords that a module reads: the grammar of policies, its texts, and the grammars of other files. */
const keywordsRead = new Map([
  ['server/core/grammar.ts', [...structure, ...ofGrammar]],
  ['server/core/grammarTexts.ts', [...structure, 'markdownDescription', 'defaultSnippets']],
  ['server/features/modelGrammar.ts', [...structure, ...ofFiles]],
  ['server/features/guardrails/guardrailGrammar.ts', [...structure, ...ofFiles]],
  ['server/features/documentedGrammars.ts', [...structure, ...ofFiles, 'markdownDescription', 'markdownEnumDescriptions', 'defaultSnippets']],
]);

/** The limits are for documentation and tests. */
const factsRead = ['regions', 'resourceTypes', 'renamedKeys', 'foreignKeys'];

const named = new Set(['definitions', 'properties']);
const listed = new Set(['allOf', 'anyOf']);
const nested = new Set(['additionalProperties', 'items', 'if', 'then']);

/** A schema with these keywords alone. Definitions of which nothing is left are left out. */
function leanSchema(schema, keywords) {
  if (typeof schema !== 'object') return schema;
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keywords.includes(keyword)).map(([keyword, value]) => {
    if (named.has(keyword)) return [keyword, leanMembers(keyword, value, keywords)];
    if (listed.has(keyword)) return [keyword, value.map((each) => leanSchema(each, keywords))];
    return [keyword, nested.has(keyword) ? leanSchema(value, keywords) : value];
  }));
}

function leanMembers(keyword, members, keywords) {
  const lean = Object.entries(members).map(([name, each]) => [name, leanSchema(each, keywords)]);
  return Object.fromEntries(keyword === 'definitions' ? lean.filter(([, each]) => Object.keys(each).length > 0) : lean);
}

/** The plugin of esbuild that does so. A schema in a module that is not known here stays whole. */
export const leanSchemas = {
  name: 'lean schemas',
  setup(plugins) {
    plugins.onResolve({ filter: /[\\/]schemas[\\/][\w-]+\.schema\.json$/ }, ({ path: file, importer, resolveDir }) => {
      const reader = path.relative('.', importer).replaceAll(path.sep, '/');
      return keywordsRead.has(reader) ? { path: path.resolve(resolveDir, file), suffix: `?${reader}` } : undefined;
    });
    plugins.onLoad({ filter: /[\\/]schemas[\\/]facts\.json$/ }, ({ path: file }) => {
      const facts = JSON.parse(readFileSync(file, 'utf8'));
      return { contents: JSON.stringify(Object.fromEntries(factsRead.map((name) => [name, facts[name]]))), loader: 'json' };
    });
    plugins.onLoad({ filter: /\.schema\.json$/ }, ({ path: file, suffix }) => {
      const keywords = keywordsRead.get(suffix.slice(1));
      const schema = JSON.parse(readFileSync(file, 'utf8'));
      return { contents: JSON.stringify(keywords === undefined ? schema : leanSchema(schema, keywords)), loader: 'json' };
    });
  },
};
