// Namespaces and enumerations of TypeScript, taken apart: `Range.is` becomes `Range$is`, a declaration of its own, so
// that a bundler leaves out the members that nobody reads. Whoever reads a namespace as a whole still finds it.

const declaration = /^(export )?var (\w+) = \/\* @__PURE__ \*\/ \(function \(\2\) \{\n((?:(?!\}).*\n)*?)return \2; \}\)\(\{\}\);$/gm;
const comments = /^ *\/\*(?:[^*]|\*(?!\/))*\*\/\n|^ *\/\/.*\n/gm;

/** The members of a namespace by their names: functions, and what is assigned. Undefined where one of them is something else. */
function membersOf(name, body) {
  const members = new Map();
  const functions = new Map();
  const rest = body.replace(comments, '')
    .replace(/^ {4}(?:async )?function (\w+)\([^]*?^ {4}\}\n/gm, (text, member) => {
      functions.set(member, text.trim());
      return '';
    })
    .replace(new RegExp(`^ {4}${name}\\[${name}\\["(\\w+)"\\] = (-?\\d+)\\] = "\\1";\\n`, 'gm'), (_text, member, value) => {
      members.set(member, { value, isReversed: true });
      return '';
    })
    .replace(new RegExp(`^ {4}${name}(?:\\.(\\w+)|\\["(\\w+)"\\]) = ((?:.*\\n(?! {4}${name}[.[]|$))*?.*);\\n(?= {4}${name}[.[]|$)`, 'gm'), (_text, dotted, quoted, value) => {
      members.set(dotted ?? quoted, functions.has(value) && value === dotted ? { text: functions.get(value) } : { value });
      return '';
    });
  const texts = [...members.values()].map(({ text, value }) => text ?? value);
  // A function that is called by its bare name stays with whoever calls it.
  const isCalled = ([member, text]) => !members.has(member) || new RegExp(`(?<![.\\w$])${member}\\b`).test([text.replace(`function ${member}(`, ''), ...texts.filter((other) => other !== text)].join('\n'));
  return rest.trim() !== '' || members.size === 0 || [...functions].some(isCalled) ? undefined : members;
}

/** The namespaces of a module that can be taken apart, with their members, by their names. */
function namespacesOf(text) {
  const found = [...text.matchAll(declaration)].map(([, , name, body]) => [name, membersOf(name, body)]);
  return new Map(found.filter(([, members]) => members !== undefined));
}

const withPurity = (value) => (/^(?:new )?[\w.]+\(/.test(value) ? `/* @__PURE__ */ ${value}` : value);

function apart(name, members, exporting, whole) {
  const parts = [...members].map(([member, { text, value }]) => exporting + (text === undefined ? `var ${name}$${member} = ${withPurity(value)};` : text.replace(`function ${member}(`, `function ${name}$${member}(`)));
  // An enumeration also knows its names by their numbers.
  const isReversed = [...members.values()].some((member) => member.isReversed);
  return [...parts, isReversed ? whole : `${exporting}var ${name} = { ${[...members.keys()].map((member) => `${member}: ${name}$${member}`).join(', ')} };`].join('\n');
}

/**
 * A module with its namespaces taken apart, and with the names of their parts wherever it reads those of others.
 * @param known the namespaces that are taken apart in any module, by their names.
 * @param isOneOfThem whether these modules import one of themselves. Others may have the same names.
 */
function withNamespacesApart(text, known, isOneOfThem) {
  const own = new Map([...namespacesOf(text)].filter(([name]) => known.has(name)));
  const imported = new Set([...text.matchAll(/^import \* as (\w+) from "([^"]+)";$/gm)].filter(([, , source]) => isOneOfThem(source)).map(([, name]) => name));
  const partsOf = (name) => [...known.get(name).keys()].map((member) => `${name}$${member}`);
  return text
    .replace(declaration, (whole, exporting = '', name) => (own.has(name) ? apart(name, own.get(name), exporting, whole) : whole))
    .replace(/(?<![.\w$])(\w+)\.(\w+)\b/g, (whole, name, member) => (own.get(name)?.has(member) === true ? `${name}$${member}` : whole))
    .replace(/(?<![.\w$])(\w+)\.(\w+)\.(\w+)\b/g, (whole, module, name, member) => (imported.has(module) && known.get(name)?.has(member) === true ? `${module}.${name}$${member}` : whole))
    .replace(/^export \{ (\w+) as \1 \} from ("[^"]+");$/gm, (whole, name, source) => (known.has(name) ? `export { ${[name, ...partsOf(name)].join(', ')} } from ${source};` : whole));
}

/**
 * Modules, by their files, with those namespaces taken apart whose names mean one namespace alone.
 * @param isOneOfThem whether what these modules import, by its name, is one of themselves.
 */
export function allWithNamespacesApart(modules, isOneOfThem) {
  const known = new Map();
  const ambiguous = new Set();
  for (const text of modules.values()) {
    for (const [name, members] of namespacesOf(text)) {
      if (known.has(name)) ambiguous.add(name);
      known.set(name, members);
    }
  }
  for (const name of ambiguous) known.delete(name);
  return new Map([...modules].map(([file, text]) => [file, withNamespacesApart(text, known, isOneOfThem)]));
}
