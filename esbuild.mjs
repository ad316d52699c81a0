// Builds everything that ships into dist/.
//   node esbuild.mjs          minified, without source maps
//   node esbuild.mjs --dev    readable, with source maps
//   node esbuild.mjs --tests  also the suites that run inside VS Code, into out/; stale generated code is an error
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { leanClient } from './packaging/leanClient.mjs';
import { leanSchemas } from './packaging/leanSchemas.mjs';
import { leanServer } from './packaging/leanServer.mjs';
import { leanTypes } from './packaging/leanTypes.mjs';
import { writeNotices } from './packaging/notices.mjs';
import { packed } from './packaging/packs.mjs';
import { writeSbom } from './packaging/sbom.mjs';

const dev = process.argv.includes('--dev');
const tests = process.argv.includes('--tests');

const common = { bundle: true, preserveSymlinks: true, minify: !dev, sourcemap: dev ? 'linked' : false, metafile: true, legalComments: 'none', logLevel: 'warning' };

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's "main" loads its parts at run time, which a bundle cannot follow.
  mainFields: ['module', 'main'],
  // The extension host answers require('vscode'); what is loaded later is required, too.
  supported: { 'dynamic-import': false },
};

const browser = { ...common, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

/** Leaves a module out of a bundle: it is a bundle of its own beside it, loaded on first use. */
const lazily = (source, file) => ({
  name: `lazily ${file}`,
  setup(plugins) {
    plugins.onResolve({ filter: source }, () => ({ path: file, external: true }));
  },
});

/** The AWS SDK: four hundred kilobytes that nobody loads who does not talk to AWS. */
const aws = lazily(/\/awsClients\.ts$/, './organizations.js');

/** What the language client keeps to itself: its names never leave the bundle, so they may be short. */
const privateNames = dev ? undefined : /^_[a-z]/;

/** The commands of the command line; each is loaded when it is called. */
const commands = ['check', 'coverage', 'drift', 'effective', 'explain', 'import', 'lint', 'plan', 'push', 'reach', 'readiness', 'schedule'];

/** What works with an organization in AWS. */
const awsEntries = new Set(['remote', 'drift', 'import', 'push']);

/** Server and command line: what one of them loads later, and what both need, lies in packs beside them. */
const programs = {
  ...node,
  entryPoints: {
    server: 'server/nodeMain.ts',
    nodeServer: 'server/nodeServer.ts',
    cli: 'server/cli/main.ts',
    asked: 'server/askedFeatures.ts',
    views: 'server/viewAnswers.ts',
    remote: 'server/remoteHost.ts',
    ...Object.fromEntries(commands.map((name) => [name, `server/cli/${name}.ts`])),
  },
  plugins: [aws, leanSchemas, leanServer, leanTypes],
};

/**
 * `server` answers `initialize` and then loads `nodeServer`, which is the server. `base` is what server and command line
 * start with and not alone, `core` what `nodeServer` needs besides, `asked` what it needs for requests at a cursor,
 * `remote` what only works with AWS, `features` the rest: views and commands.
 */
function packOf(name, users) {
  if (name === 'server' || name === 'nodeServer' || name === 'cli') return undefined;
  if (users.has('cli') || users.has('server')) return 'base';
  if (users.has('nodeServer')) return 'core';
  if (users.has('asked')) return 'asked';
  return users.size > 0 && [...users].every((user) => awsEntries.has(user)) ? 'remote' : 'features';
}

const bundles = [
  { ...node, entryPoints: ['client/extension.ts'], outfile: 'dist/client.js', external: ['vscode'], plugins: [lazily(/\/session\.ts$/, './session.js'), lazily(/\/commands\.ts$/, './commands.js'), lazily(/\/panels\.ts$/, './panels.js')] },
  { ...node, entryPoints: ['client/commands.ts'], outfile: 'dist/commands.js', external: ['vscode'] },
  { ...node, entryPoints: ['client/views/panels.ts'], outfile: 'dist/panels.js', external: ['vscode'] },
  { ...node, entryPoints: ['client/session.ts'], outfile: 'dist/session.js', external: ['vscode'], plugins: [leanClient], mangleProps: privateNames },
  { ...node, entryPoints: ['server/organizations/awsClients.ts'], outfile: 'dist/organizations.js' },
  { ...browser, entryPoints: ['client/browser.ts'], outfile: 'dist/client-web.js', format: 'cjs', external: ['vscode'], plugins: [leanClient] },
  { ...browser, entryPoints: ['server/browserMain.ts'], outfile: 'dist/server-web.js', format: 'iife', plugins: [leanSchemas, leanTypes] },
  { ...browser, entryPoints: ['client/webview/effectivePolicy.ts', 'client/webview/coverage.ts', 'client/webview/readiness.ts'], outdir: 'dist/webview', format: 'iife', loader: { '.ttf': 'file' }, assetNames: '[name]' },
];

/** For a copy of the command line in a repository: `node FOLDER` runs it, whatever kind of modules the repository has. */
const folderManifest = { type: 'commonjs', main: './cli.js' };

async function buildPrograms() {
  const { texts, metafile } = await packed(programs, { entry: 'nodeServer', alone: new Set(['server', 'cli']), isOne: (file) => /^server\/(core|features|model)\/.*\.[jt]s$/.test(file) }, packOf);
  mkdirSync('dist', { recursive: true });
  for (const [name, text] of texts) writeFileSync(path.join('dist', name), text);
  writeFileSync('dist/package.json', `${JSON.stringify(folderManifest)}\n`);
  return { metafile };
}

async function buildExtension() {
  rmSync('dist', { recursive: true, force: true });
  const results = await Promise.all([buildPrograms(), ...bundles.map((options) => build(options))]);
  const metafiles = results.map((result) => result.metafile);
  writeNotices(metafiles, 'dist/THIRD-PARTY-NOTICES.txt');
  // What is known about the bundles and does not ship in them.
  mkdirSync('out', { recursive: true });
  writeFileSync('out/metafiles.json', JSON.stringify(metafiles));
  writeSbom(metafiles, 'out/sbom.cdx.json');
}

async function buildSuites() {
  rmSync('out/ui', { recursive: true, force: true });
  const suites = ['suite', 'untrusted'].flatMap((folder) => readdirSync(`test/ui/${folder}`).filter((name) => name.endsWith('.test.ts')).map((name) => `test/ui/${folder}/${name}`));
  const entryPoints = ['test/ui/index.ts', ...suites];
  await build({ ...node, minify: false, sourcemap: 'inline', entryPoints, outbase: 'test/ui', outdir: 'out/ui', external: ['vscode', 'mocha'] });
  await build({ ...browser, minify: false, format: 'cjs', entryPoints: ['test/web/index.ts', 'test/web/more.ts', 'test/web/noFolder.ts'], outdir: 'out/web', external: ['vscode'], alias: { 'node:assert/strict': './test/web/assert.ts' } });
}

process.chdir(import.meta.dirname);
try {
  execFileSync(process.execPath, ['schemas/generate.mjs', ...(tests ? ['--check'] : [])], { stdio: 'inherit' });
  await buildExtension();
  if (tests) await buildSuites();
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exit(1);
}
