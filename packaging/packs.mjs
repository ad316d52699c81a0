// The pieces into which esbuild splits what several bundles share are many and small. Here each becomes a function in
// one of a few files, so that a program opens few files and runs only the pieces that it needs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';

/**
 * Bundles entry points together and gives the files of dist/: every entry point that is a program of its own, and the
 * packs. esbuild splits ES modules only, which start more slowly and which no extension host loads, so everything
 * becomes CommonJS afterwards.
 * @param options those of esbuild; the names of its entry points are the names of the files.
 * @param together the entry point that starts most often, and which of its modules all others load with it, except the
 *   entry points of `alone`: esbuild makes one piece of them, in which calls are direct.
 * @param packOf the name of the pack for a piece, from the names of the entry points that load it at once; undefined
 *   for an entry point that is a file of its own.
 * @returns the texts by file name, and what esbuild says about them.
 */
export async function packed(options, together, packOf) {
  const inline = options.sourcemap === false ? false : 'inline';
  const { supported, ...splittable } = options;
  const begun = withTogether(splittable, await modulesTogether(splittable, together), together);
  const { outputFiles, metafile } = await build({ ...begun, sourcemap: inline, format: 'esm', splitting: true, chunkNames: 'piece-[hash]', outdir: 'dist', write: false });
  const users = usersOf(metafile.outputs, Object.keys(options.entryPoints));
  const names = outputFiles.map((file) => path.basename(file.path, '.js')).sort();
  const packs = new Map(names.map((name) => [name, packOf(name, users.get(name) ?? new Set())]));
  const { minify, target, platform } = options;
  const texts = new Map();
  const pieces = new Map();
  for (const name of names) {
    const file = outputFiles.find((each) => path.basename(each.path, '.js') === name);
    const pack = packs.get(name);
    const { code } = await transform(pack === undefined ? file.text : withGivenExports(file.text), { minify, target, platform, supported, format: 'cjs', sourcemap: inline, sourcefile: `${name}.js` });
    const text = withoutMarks(code).trimEnd().replace(/require\("\.\/([\w-]+)\.js"\)/g, (whole, required) => (packs.get(required) === undefined ? whole : `require("./${packs.get(required)}.js")["${required}"]`));
    if (pack === undefined) texts.set(`${name}.js`, `${text}\n`);
    else pieces.set(pack, [...(pieces.get(pack) ?? []), `add(${JSON.stringify(name)},(function(exports){${text}\n}));`]);
  }
  for (const [pack, functions] of pieces) texts.set(`${pack}.js`, `${preamble}\n${functions.join('\n')}\n`);
  return { texts, metafile: withPacks(metafile, (name) => packs.get(name) ?? name) };
}

/** A piece runs when it is first asked for. What it gives is read where it is used, for some of it is set late. */
const preamble = `"use strict";function give(exports,gifts){for(const name in gifts)Object.defineProperty(exports,name,{get:gifts[name],enumerable:true})}function add(name,run){let piece;give(exports,{[name](){if(piece===undefined)run(piece={});return piece}})}`;

/** esbuild would begin every CommonJS module with the same functions for its exports, and give them in the place of the whole file. */
function withGivenExports(text) {
  const gifts = [];
  const named = text.replace(/\bexport\s*\{([^}]*)\};?\s*(?=(\/\/# sourceMappingURL.*\s*)?$)/, (_whole, names) => {
    for (const each of names.split(',').map((name) => name.trim()).filter((name) => name !== '')) {
      const [local, name = local] = each.split(/\s+as\s+/);
      gifts.push(`${JSON.stringify(name)}:()=>${local}`);
    }
    return '';
  });
  // What a CommonJS library gives is the default of its piece.
  const whole = named.replace(/\bexport default (?=[\w$]+\(\);?\s*$)/m, () => {
    gifts.push('"default":()=>given');
    return 'const given=';
  });
  if (/^\s*export\b/m.test(whole)) throw new Error(`A piece exports in a way that packs do not know: ${/^\s*export\b.*/m.exec(whole)?.[0] ?? ''}`);
  const at = whole.search(/\n\/\/# sourceMappingURL/);
  const giving = gifts.length === 0 ? '' : `\ngive(exports,{${gifts.join(',')}});`;
  return at < 0 ? `${whole}${giving}\n` : `${whole.slice(0, at)}${giving}${whole.slice(at)}`;
}

async function modulesTogether(options, { entry, isOne }) {
  const { metafile } = await build({ ...options, entryPoints: [options.entryPoints[entry]], format: 'esm', splitting: true, outdir: 'dist', write: false, sourcemap: false });
  const begun = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint === options.entryPoints[entry]);
  const files = new Set();
  const visit = (output) => {
    for (const input of Object.keys(output.inputs)) if (isOne(input)) files.add(input);
    for (const each of output.imports) if (each.kind === 'import-statement' && each.path in metafile.outputs) visit(metafile.outputs[each.path]);
  };
  for (const [, output] of begun) visit(output);
  return [...files].sort();
}

/** esbuild leaves out a module of which an entry point uses nothing, unless it does something when it runs. */
const mark = 'globalThis.together';

const withoutMarks = (text) => text.replace(/globalThis\.together,\s*|,\s*globalThis\.together\b|globalThis\.together;\n?/g, '');

/** Every entry point, with the modules that it loads together with all others before its own. */
function withTogether(options, files, { entry, alone }) {
  const entryPoints = Object.fromEntries(Object.entries(options.entryPoints).map(([name, file]) => [name, alone.has(name) || name === entry ? file : `together:${file}`]));
  const marked = new Set(files.map((file) => path.resolve(file)));
  const begins = new Map(Object.values(entryPoints).filter((file) => file.startsWith('together:')).map((file) => file.slice('together:'.length)).map((file) => [path.resolve(file), file]));
  const plugin = {
    name: 'together',
    setup(plugins) {
      plugins.onLoad({ filter: /\.[jt]s$/, namespace: 'file' }, ({ path: file }) => (
        marked.has(file) ? { contents: `${readFileSync(file, 'utf8')}\n${mark};\n`, loader: file.endsWith('.ts') ? 'ts' : 'js' } : undefined));
      plugins.onResolve({ filter: /^\..*\.ts$/ }, ({ path: file, kind, resolveDir }) => {
        const begun = kind === 'dynamic-import' ? begins.get(path.resolve(resolveDir, file)) : undefined;
        return begun === undefined ? undefined : { path: begun, namespace: 'together' };
      });
      plugins.onResolve({ filter: /^together:/ }, ({ path: file }) => ({ path: file.slice('together:'.length), namespace: 'together' }));
      plugins.onLoad({ filter: /.*/, namespace: 'together' }, ({ path: file }) => ({
        contents: [...files.map((each) => `import ${JSON.stringify(`./${each}`)};`), `export * from ${JSON.stringify(`./${file}`)};`].join('\n'),
        resolveDir: path.resolve('.'),
        loader: 'js',
      }));
    },
  };
  return { ...options, entryPoints, plugins: [plugin, ...options.plugins] };
}

/** For each piece the entry points that load it at once. */
function usersOf(outputs, entries) {
  const users = new Map();
  const visit = (entry, file) => {
    const name = path.basename(file, '.js');
    const known = users.get(name) ?? new Set();
    if (known.has(entry)) return;
    users.set(name, known.add(entry));
    for (const each of outputs[file]?.imports ?? []) if (each.kind === 'import-statement') visit(entry, each.path);
  };
  for (const entry of entries) visit(entry, `dist/${entry}.js`);
  return users;
}

/** What esbuild says about the pieces, as if it had written the packs. */
function withPacks(metafile, fileOf) {
  const outputs = {};
  for (const [output, { inputs, bytes }] of Object.entries(metafile.outputs)) {
    const file = `dist/${fileOf(path.basename(output, '.js'))}.js`;
    const known = outputs[file] ?? { bytes: 0, inputs: {}, imports: [], exports: [] };
    outputs[file] = { ...known, bytes: known.bytes + bytes, inputs: { ...known.inputs, ...inputs } };
  }
  return { ...metafile, outputs };
}
