// Builds everything that ships into dist/, and the suites that run inside VS Code into out/.
//   node esbuild.mjs          production: minified, no source maps
//   node esbuild.mjs --dev    source maps, readable
//   node esbuild.mjs --tests  also out/ui
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';
import { writeNotices } from './test/host/notices.mjs';

const dev = process.argv.includes('--dev');
const withTests = process.argv.includes('--tests');

const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  logLevel: 'warning',
  metafile: true,
  legalComments: 'none',
  // jsonc-parser's main entry loads its parts at run time, which a bundle cannot follow.
  mainFields: ['module', 'main'],
};
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs' };
const browser = { ...common, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

/** In the client's first bundle the session stays a file of its own, so that activation does not load the language client. */
const lazySession = {
  name: 'lazy-session',
  setup(build) {
    build.onResolve({ filter: /\/session\.ts$/ }, () => ({ path: './session.js', external: true }));
  },
};

const bundles = [
  { ...node, entryPoints: ['client/extension.ts'], outfile: 'dist/client.js', external: ['vscode'], plugins: [lazySession] },
  { ...node, entryPoints: ['client/session.ts'], outfile: 'dist/session.js', external: ['vscode'] },
  { ...node, entryPoints: ['server/nodeMain.ts'], outfile: 'dist/server.js' },
  { ...node, entryPoints: ['server/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  { ...browser, entryPoints: ['client/browser.ts'], outfile: 'dist/client-web.js', format: 'cjs', external: ['vscode'] },
  { ...browser, entryPoints: ['server/browserMain.ts'], outfile: 'dist/server-web.js', format: 'iife' },
  { ...browser, entryPoints: ['client/webview/effectivePolicy.ts'], outfile: 'dist/webview/effectivePolicy.js', format: 'iife', loader: { '.ttf': 'file' }, assetNames: '[name]' },
];

execFileSync(process.execPath, ['schemas/generate.mjs'], { stdio: 'inherit' });
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });
// The package is ESM; VS Code's extension host loads CommonJS.
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
const results = await Promise.all(bundles.map((options) => build(options)));
writeNotices(results.map((result) => result.metafile), 'dist/THIRD-PARTY-NOTICES.txt');

if (withTests) {
  const suites = readdirSync('test/ui/suite').filter((name) => name.endsWith('.test.ts')).map((name) => `test/ui/suite/${name}`);
  rmSync('out', { recursive: true, force: true });
  await build({ ...node, minify: false, sourcemap: 'inline', entryPoints: ['test/ui/index.ts', ...suites], outdir: 'out/ui', outbase: 'test/ui', external: ['vscode', 'mocha'] });
  writeFileSync('out/package.json', '{ "type": "commonjs" }\n');
}
