// The data types of LSP as far as a server uses them. The package has a namespace of functions for each type; bundled as
// it stands, all of them would ship, and they would run at each start.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const packageName = 'vscode-languageserver-types';
const types = path.resolve('node_modules', packageName, 'lib/esm/main.js');

/** CommonJS modules that use types by way of each other's exports, where a bundler cannot see what is used. */
const users = ['node_modules/vscode-languageserver-protocol/lib', 'node_modules/vscode-languageserver/lib'];

/** Every namespace as an expression that a bundler may leave out when nobody reads it. */
export function withPureNamespaces(text) {
  return text.replace(/^((?:export )?var) (\w+);\n((?:\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?)\(function \(\2\) \{\n([^]*?)^\}\)\(\2 \|\| \(\2 = \{\}\)\);$/gm,
    (_whole, variable, name, _comment, body) => `${variable} ${name} = /* @__PURE__ */ (function (${name}) {\n${body}return ${name}; })({});`);
}

/** The names among these that the modules of a folder read from something imported. */
function namesRead(folder, names) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.js') && !file.includes('browser'));
  const read = new Set(files.flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(/_1\.(\w+)/g)].map((match) => match[1])));
  return names.filter((name) => read.has(name));
}

/** The names that the server's own modules import from the library by which it speaks LSP, which hands the types on. */
function namesImported() {
  const files = readdirSync('server', { recursive: true }).filter((file) => file.endsWith('.ts'));
  const imports = files.flatMap((file) => [...readFileSync(path.join('server', file), 'utf8').matchAll(/^import \{([^}]*)\} from 'vscode-languageserver(?:\/\w+)?';/gm)].map((match) => match[1]));
  return new Set(imports.flatMap((list) => list.split(',').map((name) => name.trim()).filter((name) => !name.startsWith('type '))));
}

/** The plugin of esbuild that does so, for bundles of a server. */
export const leanTypes = {
  name: 'lean types',
  setup(plugins) {
    const text = withPureNamespaces(readFileSync(types, 'utf8'));
    const names = [...text.matchAll(/^export (?:var|class|const) (\w+)/gm)].map((match) => match[1]);
    plugins.onResolve({ filter: new RegExp(`^${packageName}$`) }, ({ kind }) => (kind === 'require-call' ? { path: packageName, namespace: 'types that modules read' } : { path: types }));
    plugins.onLoad({ filter: /.*/, namespace: 'types that modules read' }, () => {
      const imported = namesImported();
      const read = new Set([...users.flatMap((folder) => namesRead(folder, names)), ...names.filter((name) => imported.has(name))]);
      return { contents: `export { ${[...read].join(', ')} } from ${JSON.stringify(types)};`, loader: 'js', resolveDir: path.resolve('.') };
    });
    plugins.onLoad({ filter: /[\\/]vscode-languageserver-types[\\/]lib[\\/]esm[\\/]main\.js$/ }, () => ({ contents: text, loader: 'js' }));
  },
};
