// Libraries that TypeScript wrote as CommonJS, read as the ES modules that they were before. Of ES modules a bundler
// leaves out what nobody reads; CommonJS it has to keep whole, with every name that is exported.

/** What TypeScript writes for CommonJS alone. */
const scaffolding = [
  /^"use strict";\n/,
  /^var __\w+ = \(this && [^]*?\n[})(]+;\n/gm,
  /^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);\n/gm,
  /^(?:exports\.\w+ = )+void 0;\n/gm,
];

/** Statements, from what TypeScript makes of them to what they were. */
const statements = [
  [/^(?:const|var) (\w+) = (?:__importStar|__importDefault)\(require\("([^"]+)"\)\);$/gm, 'import * as $1 from "$2";'],
  [/^(?:const|var) (\w+_1) = require\("([^"]+)"\);$/gm, 'import * as $1 from "$2";'],
  [/^const (\w+) = require\("([^"]+)"\);$/gm, 'import $1 from "$2";'],
  [/^__exportStar\(require\("([^"]+)"\), exports\);$/gm, 'export * from "$1";'],
  [/^exports\.default = (\w+);$/gm, 'export { $1 as default };'],
];

/** A name of another module that is handed on. */
const handedOn = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/gm;

/** A namespace or an enumeration. */
const namespace = /^var (\w+);\n\(function \(\1\) \{\n((?:(?!\}).*\n)*)\}\)\(\1 \|\| \((exports\.\1 = )?\1 = \{\}\)\);$/gm;

/** One that adds to a class, a function or another namespace. */
const furtherNamespace = /^\}\)\((\w+) \|\| \(exports\.\1 = \1 = \{\}\)\);$/gm;

/**
 * A CommonJS module of TypeScript as an ES module. Its namespaces are expressions that may be left out.
 * @throws Error when it has a statement that is not known here.
 */
export function sourceModule(text, file) {
  const exported = new Set();
  const exportLater = (kept) => (_whole, name) => {
    exported.add(name);
    return kept(name);
  };
  const functions = [...text.matchAll(/^\(function \((\w+)\) \{$/gm)].map(([, name]) => name);
  const plain = scaffolding.reduce((rest, what) => rest.replace(what, ''), text);
  const imported = statements.reduce((rest, [what, form]) => rest.replace(what, form), plain);
  const module = imported
    .replace(handedOn, (whole, name, from, original) => {
      const source = new RegExp(`^import \\* as ${from} from ("[^"]+");$`, 'm').exec(imported)?.[1];
      return source === undefined ? whole : `export { ${original} as ${name} } from ${source};`;
    })
    .replace(namespace, (whole, name, body, exporting) => {
      const isWhole = functions.indexOf(name) === functions.lastIndexOf(name);
      return isWhole ? `${exporting === undefined ? '' : 'export '}var ${name} = /* @__PURE__ */ (function (${name}) {\n${body}return ${name}; })({});` : whole;
    })
    .replace(furtherNamespace, exportLater((name) => `})(${name} || (${name} = {}));`))
    .replace(/^exports\.(\w+) = \1;\n/gm, exportLater(() => ''))
    .replace(/^exports\.(\w+) = /gm, 'export const $1 = ')
    .replace(/\bexports\.(\w+)\b/g, '$1');
  const unknown = module.split('\n').find((line) => !/^\s*(?:\/?\*|\/\/)/.test(line) && /\b(?:exports|require)\b[.([]|\b__\w+\(|\(exports\b|\bmodule\.exports\b/.test(line));
  if (unknown !== undefined) throw new Error(`${file} is not written as TypeScript writes CommonJS: ${unknown.trim()}`);
  return exported.size === 0 ? module : `${module}\nexport { ${[...exported].join(', ')} };\n`;
}
