import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { edited, leanClient, unofferedFeatures } from '../../packaging/leanClient.mjs';
import { allWithNamespacesApart } from '../../packaging/namespaces.mjs';
import { sourceModule } from '../../packaging/sourceModules.mjs';

/** The libraries inherit from classes of VS Code; to look at names it is enough that there are some. */
const classesOfTheEditor: Plugin = {
  name: 'classes of the editor',
  setup: (plugins) => {
    const folder = 'node_modules/vscode-languageclient/lib/common';
    const named = readdirSync(folder).filter((file) => file.endsWith('.js')).flatMap((file) => [...readFileSync(path.join(folder, file), 'utf8').matchAll(/\b(?:code|vscode|vscode_1)\.([A-Z]\w+)/g)].map(([, name]) => String(name)));
    plugins.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'editor' }));
    plugins.onLoad({ filter: /.*/, namespace: 'editor' }, () => ({ contents: [...new Set(named)].map((name) => `exports.${name} = class {};`).join('\n') }));
  },
};

/** Runs a module as a bundle and gives what its `result` becomes. */
async function bundled(contents: string, plugins: readonly Plugin[]): Promise<{ readonly size: number; readonly text: string; readonly result: unknown }> {
  const { outputFiles } = await build({ stdin: { contents, resolveDir: process.cwd(), loader: 'ts' }, bundle: true, write: false, format: 'iife', globalName: 'bundle', platform: 'node', mainFields: ['module', 'main'], preserveSymlinks: true, logLevel: 'silent', plugins: [...plugins] });
  const text = outputFiles[0]?.text ?? '';
  const result: unknown = await (runInThisContext(`(require) => { ${text}; return bundle.result; }`) as (from: NodeJS.Require) => unknown)(createRequire(import.meta.url));
  return { size: text.length, text, result };
}

const everyName = `
import * as protocol from 'vscode-languageclient/node';
const shown = (value, depth) => {
  if (typeof value === 'function') return Object.keys(value).length === 0 ? 'function' : ['function', ...Object.keys(value).sort()];
  if (typeof value !== 'object' || value === null || depth === 0) return String(value);
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, shown(value[key], depth - 1)]));
};
export const result = shown(Object.fromEntries(Object.entries(protocol)), 4);`;

const conversation = `
import { PassThrough } from 'node:stream';
import { createMessageConnection } from 'vscode-jsonrpc/node';
import { CancellationTokenSource, DiagnosticSeverity, ErrorCodes, HoverRequest, Position, ProgressType, Range, ResponseError, StreamMessageReader, StreamMessageWriter, TextDocumentEdit, Trace, WorkspaceEdit } from 'vscode-languageserver-protocol/node';
const said = [];
const [there, back] = [new PassThrough(), new PassThrough()];
const asking = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
const answering = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
const progress = new ProgressType();
answering.onRequest(HoverRequest.type, ({ position }) => ({ contents: 'ü', range: Range.create(position, Position.create(1, 2)) }));
answering.onRequest('fails', () => new ResponseError(ErrorCodes.InvalidParams, 'no', { why: 1 }));
answering.onRequest('throws', () => { throw new Error('broken'); });
answering.onRequest('waits', (_params, token) => new Promise((resolve) => token.onCancellationRequested(() => resolve('cancelled'))));
answering.onRequest('reports', async () => { await answering.sendProgress(progress, 'one', { done: 1 }); return null; });
asking.onProgress(progress, 'one', (value) => said.push(['progress', value]));
asking.trace(Trace.Verbose, { log: (message) => said.push(['trace', message.replace(/ in \\d+ms/, '')]) }, { sendNotification: false, traceFormat: 'text' });
answering.listen();
asking.listen();
const outcome = (promise) => promise.then((value) => said.push(value), (error) => said.push([error.code, error.message, error.data]));
export const result = (async () => {
  await outcome(asking.sendRequest(HoverRequest.type, { textDocument: { uri: 'file:///a' }, position: Position.create(0, 1) }));
  for (const method of ['fails', 'throws', 'reports', 'unknown']) await outcome(asking.sendRequest(method, { a: 1 }));
  const source = new CancellationTokenSource();
  const waiting = outcome(asking.sendRequest('waits', {}, source.token));
  await new Promise((resolve) => setTimeout(resolve, 50));
  source.cancel();
  await waiting;
  asking.dispose();
  said.push(TextDocumentEdit.is({ textDocument: { uri: 'a', version: null }, edits: [] }), WorkspaceEdit.is({ documentChanges: [{ kind: 'create' }] }), DiagnosticSeverity.Hint);
  return JSON.stringify(said);
})();`;

describe('the libraries of the client in a bundle', () => {
  test('have every name that they have as they stand, with the same members', async () => {
    const [whole, lean] = [await bundled(everyName, [classesOfTheEditor]), await bundled(everyName, [classesOfTheEditor, leanClient])];
    const withoutParts = Object.fromEntries(Object.entries(Object(lean.result) as Record<string, unknown>).filter(([name]) => !/^\w+\$/.test(name)));
    expect(Object.keys(withoutParts).length).toBeGreaterThan(300);
    // Two modules each have functions of these names: whoever imports them by way of both is told so by the build.
    expect({ ...withoutParts, createMessageConnection: 'function', createProtocolConnection: 'function' }).toEqual(whole.result);
  });

  test('talk as they do as they stand: answers, errors, cancellation, progress and traces', async () => {
    const [whole, lean] = [await bundled(conversation, []), await bundled(conversation, [leanClient])];
    expect(lean.result).toBe(whole.result);
    for (const part of ['"contents":"ü"', '[-32602,"no",{"why":1}]', 'broken', '["progress",{"done":1}]', 'Unhandled method unknown', '"cancelled"', 'Sending request']) expect(lean.result).toContain(part);
    expect(lean.size).toBeLessThan(whole.size / 2);
  });

  test('are not bundled when a name that is read is gone', async () => {
    const use = "import * as protocol from 'vscode-languageserver-protocol';\nexport const result = protocol.NoSuchRequest;";
    await expect(bundled(use, [leanClient])).rejects.toThrow(/NoSuchRequest/);
  });
});

describe('a feature that is left out', () => {
  test('is one that the library has', () => {
    const features = Object.values(unofferedFeatures).flat();
    expect(features).toContain('NotebookDocumentSyncFeature');
    expect(new Set(features).size).toBe(features.length);
  });

  const edits = [{ module: 'a.js', whole: 'register(b);', lean: '' }];
  test('stands in its module once', () => {
    expect(edited('register(a);register(b);', 'a.js', edits)).toBe('register(a);');
    expect(edited('register(a);register(b);', 'b.js', edits)).toBe('register(a);register(b);');
  });

  test.each([['no longer', 'register(a);', '0 times'], ['twice', 'register(b);register(b);', '2 times']])('stops the build when it is there %s', (_how, text, told) => {
    expect(() => edited(text, 'a.js', edits)).toThrow(told);
  });
});

describe('a module that TypeScript wrote as CommonJS', () => {
  test.each([
    ['an import', 'const a_1 = require("./a");', 'import * as a_1 from "./a";'],
    ['an import of everything', 'const a = __importStar(require("a"));', 'import * as a from "a";'],
    ['an export of everything', '__exportStar(require("./a"), exports);', 'export * from "./a";'],
    ['an export by default', 'exports.default = A;', 'export { A as default };'],
    ['an exported value', 'exports.A = [exports.B];', 'export const A = [B];'],
    ['a name that is handed on', 'const a_1 = require("./a");\nObject.defineProperty(exports, "B", { enumerable: true, get: function () { return a_1.B; } });', 'import * as a_1 from "./a";\nexport { B as B } from "./a";'],
    ['a namespace', 'var A;\n(function (A) {\n    A.b = 1;\n})(A || (exports.A = A = {}));', 'export var A = /* @__PURE__ */ (function (A) {\n    A.b = 1;\nreturn A; })({});'],
    ['a namespace of its own', 'var A;\n(function (A) {\n    A.b = 1;\n})(A || (A = {}));', 'var A = /* @__PURE__ */ (function (A) {\n    A.b = 1;\nreturn A; })({});'],
    ['a namespace beside a class', 'class A {\n}\nexports.A = A;\n(function (A) {\n    A.b = 1;\n})(A || (exports.A = A = {}));', 'class A {\n}\n(function (A) {\n    A.b = 1;\n})(A || (A = {}));\nexport { A };\n'],
    ['what only CommonJS needs', '"use strict";\nvar __exportStar = (this && this.__exportStar) || function(m, exports) {\n    for (var p in m) x(p);\n};\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.A = exports.B = void 0;\na();', 'a();'],
    ['words in a comment', '// exports.a, require("b")', '// a, require("b")'],
  ])('is read as an ES module: %s', (_what, commonJs, module) => {
    expect(sourceModule(commonJs, 'a.js')).toBe(module);
  });

  test.each(['if (a) exports[b] = 1;', 'const { a } = require("a");', '    return require("a").b;', 'const a = __importDefault(b);', 'module.exports = 1;'])('is not guessed at: %s', (text) => {
    expect(() => sourceModule(`a();\n${text}`, 'a.js')).toThrow(`a.js is not written as TypeScript writes CommonJS: ${text.trim()}`);
  });
});

describe('a namespace that is taken apart', () => {
  const namespace = (name: string, ...lines: readonly string[]): string => `export var ${name} = /* @__PURE__ */ (function (${name}) {\n${lines.map((line) => `    ${line}\n`).join('')}return ${name}; })({});`;
  const apart = (text: string, others: Readonly<Record<string, string>> = {}): string | undefined => allWithNamespacesApart(new Map([['a.js', text], ...Object.entries(others)]), (name) => name.startsWith('./')).get('a.js');

  test('becomes declarations, which its readers read', () => {
    const text = namespace('A', 'function is(value) {', '    return value === A.none;', '}', 'A.is = is;', 'A.none = null;', 'A.type = new B(A.is);');
    expect(apart(`${text}\nA.is(A.none, x.A.is, A.other);`)).toBe([
      'export function A$is(value) {\n        return value === A$none;\n    }', 'export var A$none = null;', 'export var A$type = /* @__PURE__ */ new B(A$is);', 'export var A = { is: A$is, none: A$none, type: A$type };', 'A$is(A$none, x.A.is, A.other);',
    ].join('\n'));
  });

  test('is read by its parts in other modules of the library, and not in modules of others that have the same name', () => {
    const others = { 'b.js': namespace('B', 'B.one = 1;') };
    expect(apart('import * as b from "./b";\nimport * as code from "vscode";\nb.B.one + code.B.one + b.B.two;\nexport { B as B } from "./b";', others)).toBe('import * as b from "./b";\nimport * as code from "vscode";\nb.B$one + code.B.one + b.B.two;\nexport { B, B$one } from "./b";');
  });

  test('keeps the names of an enumeration by their numbers', () => {
    const text = namespace('A', 'A[A["One"] = 1] = "One";');
    expect(apart(`${text}\nA[A.One];`)).toBe(`export var A$One = 1;\n${text}\nA[A$One];`);
  });

  test.each([
    ['calls its own function by the bare name', namespace('A', 'function is() {', '    return is();', '}', 'A.is = is;')],
    ['has something of its own', namespace('A', 'const own = 1;', 'A.one = own;')],
    ['has an inner namespace', namespace('A', 'let B;', '(function (B) {', '})(B = A.B || (A.B = {}));')],
  ])('stays whole when it %s', (_what, text) => {
    expect(apart(`${text}\nA.one;`)).toBe(`${text}\nA.one;`);
  });

  test('stays whole when another has its name', () => {
    const text = namespace('A', 'A.one = 1;');
    expect(apart(text, { 'b.js': namespace('A', 'A.two = 2;') })).toBe(text);
  });
});
