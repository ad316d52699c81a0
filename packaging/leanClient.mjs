// The language client as far as this server needs it. The library registers a feature for all that LSP has; what the
// server does not offer is left out, and so is what only that needs.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { withPureNamespaces } from './leanTypes.mjs';
import { allWithNamespacesApart } from './namespaces.mjs';
import { sourceModule } from './sourceModules.mjs';

const libraries = ['vscode-jsonrpc', 'vscode-languageserver-protocol', 'vscode-languageclient'];
const typesPackage = 'vscode-languageserver-types';
const clientModule = 'vscode-languageclient/lib/common/client.js';

/** Features that the server does not offer, by the modules of the library in which they are. */
export const unofferedFeatures = {
  callHierarchy: ['CallHierarchyFeature'],
  colorProvider: ['ColorProviderFeature'],
  declaration: ['DeclarationFeature'],
  diagnostic: ['DiagnosticFeature'],
  executeCommand: ['ExecuteCommandFeature'],
  fileOperations: ['WillCreateFilesFeature', 'WillDeleteFilesFeature'],
  formatting: ['DocumentOnTypeFormattingFeature'],
  inlineCompletion: ['InlineCompletionItemFeature'],
  inlineValue: ['InlineValueFeature'],
  linkedEditingRange: ['LinkedEditingFeature'],
  notebook: ['NotebookDocumentSyncFeature'],
  signatureHelp: ['SignatureHelpFeature'],
  textDocumentContent: ['TextDocumentContentFeature'],
  textSynchronization: ['WillSaveFeature', 'WillSaveWaitUntilFeature'],
  typeDefinition: ['TypeDefinitionFeature'],
};

/** Pieces of the library's modules and what stands in their place. */
const edits = [
  ...Object.entries(unofferedFeatures).flatMap(([module, features]) => features.map((feature) => ({ module: clientModule, whole: `this.registerFeature(new ${module}_1.${feature}(this));`, lean: '' }))),
  // Two places know notebooks by the feature that is left out.
  { module: clientModule, whole: 'notebook_1.NotebookDocumentSyncFeature.CellScheme', lean: "'vscode-notebook-cell'" },
  { module: clientModule, whole: 'if (feature === undefined || !(feature instanceof notebook_1.NotebookDocumentSyncFeature))', lean: 'if (feature === undefined)' },
];

/**
 * A module of the library with these edits.
 * @throws Error when a piece is not there exactly once: the library has changed, and what is left out is to be looked at again.
 */
export function edited(text, module, all = edits) {
  return all.filter((edit) => edit.module === module).reduce((rest, { whole, lean }) => {
    const around = rest.split(whole);
    if (around.length !== 2) throw new Error(`${module} has "${whole}" ${around.length - 1} times; packaging/leanClient.mjs was written for a version that has it once`);
    return around.join(lean);
  }, text);
}

/** The data types of LSP that the library uses: of its own version, where that is another than the server's. */
function typesFile() {
  const [own, shared] = ['node_modules/vscode-languageserver-protocol/', ''].map((folder) => path.resolve(folder, `node_modules/${typesPackage}/lib/esm/main.js`));
  return existsSync(own) ? own : shared;
}

/** The modules of the libraries by their files, ready for a bundler to leave out what nobody reads. */
function leanModules() {
  const types = typesFile();
  const names = libraries.flatMap((library) => readdirSync(`node_modules/${library}/lib`, { recursive: true }).filter((name) => name.endsWith('.js')).map((name) => `${library}/lib/${name.replaceAll(path.sep, '/')}`));
  const missing = edits.find(({ module }) => !names.includes(module));
  if (missing !== undefined) throw new Error(`${missing.module} is no longer there; packaging/leanClient.mjs was written for a version that has it`);
  const modules = names.map((name) => {
    const file = path.resolve('node_modules', name);
    return [file, sourceModule(edited(readFileSync(file, 'utf8'), name), name)];
  });
  return allWithNamespacesApart(new Map([...modules, [types, withPureNamespaces(readFileSync(types, 'utf8'))]]), (name) => /^\.{1,2}\//.test(name) || [...libraries, typesPackage].includes(name.split('/')[0]));
}

/** The plugin of esbuild that does so, for bundles of the client. What it warns of is an error: a name that is no longer there. */
export const leanClient = {
  name: 'lean client',
  setup(plugins) {
    const modules = leanModules();
    // Globs as far as LSP has them.
    plugins.onResolve({ filter: /^minimatch$/ }, () => ({ path: path.resolve('client/fileGlob.ts') }));
    // No module of these does anything by being loaded alone.
    plugins.onResolve({ filter: /.*/ }, async ({ path: name, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === modules || !modules.has(importer)) return undefined;
      return { ...(await plugins.resolve(name, { importer, kind, resolveDir, pluginData: modules })), sideEffects: false };
    });
    plugins.onLoad({ filter: /\.js$/ }, ({ path: file }) => (modules.has(file) ? { contents: modules.get(file), loader: 'js' } : undefined));
    plugins.onEnd(({ warnings }) => ({ errors: warnings }));
  },
};
