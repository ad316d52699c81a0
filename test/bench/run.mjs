// npm run bench: one table of what is measured, ours beside others, with the goals; see README.md.
//   --short            fewer turns, for continuous integration; ends with 1 when a ratio or a size is far from its goal
//   --vsix FILE        measures what is in dist/ and this package, without building them
//   --parts [ACCOUNTS…]  instead: how long the parts of one keystroke take in generated organizations
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
const { values, positionals } = parseArgs({ options: { short: { type: 'boolean', default: false }, parts: { type: 'boolean', default: false }, vsix: { type: 'string' } }, allowPositionals: true });
const bundles = path.join(root, 'out/bench');

/** Runs a script to its end; what it does not manage ends everything. */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const common = { bundle: true, platform: 'node', target: 'node20', mainFields: ['module', 'main'], logLevel: 'warning' };

/** Bundles a part of the benches and gives its path. */
async function bundle(name) {
  const outfile = path.join(bundles, `${name}.mjs`);
  await build({ ...common, entryPoints: [path.join(import.meta.dirname, `${name}.ts`)], outfile, format: 'esm', banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
  return outfile;
}

try {
  if (values.parts) {
    node(await bundle('keystrokeParts'), ...positionals);
  } else {
    const vsix = path.resolve(values.vsix ?? path.join(root, 'test-results/bench.vsix'));
    if (values.vsix === undefined) {
      node('esbuild.mjs');
      node('packaging/package.mjs', vsix);
    }
    if (!values.short) await build({ ...common, entryPoints: [path.join(import.meta.dirname, 'editor/extensionHost.ts')], outdir: bundles, format: 'cjs', external: ['vscode'] });
    node(await bundle('main'), root, vsix, values.short ? 'short' : 'full');
  }
} finally {
  rmSync(bundles, { recursive: true, force: true });
}
