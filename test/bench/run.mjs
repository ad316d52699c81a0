// How long the parts of one keystroke take in generated organizations: node test/bench/run.mjs [ACCOUNTS…]
// Read by hand; a time is no test.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
const outfile = path.join(root, 'out/bench/inheritance.mjs');
await build({ entryPoints: [path.join(import.meta.dirname, 'inheritance.ts')], outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm', mainFields: ['module', 'main'], banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
await import(pathToFileURL(outfile).href);
rmSync(path.dirname(outfile), { recursive: true });
