// What must hold of package-lock.json, package.json and .npmrc, so that npm ci gives everybody the same packages and runs none of them.

/** These want to run a script on installation. Everything here works without it, as .npmrc has it: their files come in the package. */
const scriptsNotRun = ['@playwright/browser-chromium', '@vscode/vsce-sign', 'core-js', 'esbuild', 'keytar'];

/** npm runs them by itself on npm ci. */
const installationScripts = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare', 'prepublish'];

const settings = ['ignore-scripts=true', 'omit-lockfile-registry-resolved=true'];

const exact = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;
const sha512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** What npm fetches from elsewhere than from a registry: git, an address, a file, or a repository as owner/name. */
const elsewhere = /^(git|https?:|file:|link:|github:|gitlab:|bitbucket:|[\w.-]+\/[\w.-]+(#|$))/;

const dependencyKinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** A sentence for each thing that is wrong. `npmrc` is the text of .npmrc. */
export function lockFileProblems({ lock, manifest, npmrc }) {
  return [...manifestProblems(manifest), ...rootProblems(lock, manifest), ...npmrcProblems(npmrc), ...Object.entries(lock.packages).flatMap(packageProblems)];
}

function manifestProblems(manifest) {
  const versions = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].flatMap((kind) => Object.entries(manifest[kind] ?? {}));
  return [
    ...versions.filter(([, version]) => !exact.test(version)).map(([name, version]) => `package.json: ${name} has ${JSON.stringify(version)}, which is no exact version.`),
    ...installationScripts.filter((script) => script in (manifest.scripts ?? {})).map((script) => `package.json: the script ${script} would run on installation.`),
  ];
}

function rootProblems(lock, manifest) {
  const wanted = (from) => JSON.stringify(dependencyKinds.map((kind) => Object.entries(from?.[kind] ?? {}).sort()));
  return [
    ...(lock.lockfileVersion === 3 ? [] : ['package-lock.json: lockfileVersion must be 3.']),
    ...(wanted(lock.packages['']) === wanted(manifest) ? [] : ['package-lock.json: its root does not want the versions of package.json. Run npm install.']),
  ];
}

function npmrcProblems(npmrc) {
  const lines = npmrc.split(/\r?\n/).filter((line) => line !== '');
  return [
    ...settings.filter((line) => !lines.includes(line)).map((line) => `.npmrc: ${line} is missing.`),
    ...lines.filter((line) => !settings.includes(line)).map((line) => `.npmrc: ${line.split('=')[0]} is not to be set for everybody.`),
  ];
}

function packageProblems([place, entry]) {
  if (place === '') return [];
  const specifiers = dependencyKinds.flatMap((kind) => Object.entries(entry[kind] ?? {}));
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const problems = [
    !place.startsWith('node_modules/') && 'is not in node_modules',
    entry.link === true && 'is a link',
    !sha512.test(entry.integrity ?? '') && 'has no integrity with SHA-512',
    entry.resolved !== undefined && 'names the place it came from: the registry of whoever installs decides that, and the integrity says what it must be',
    !exact.test(entry.version ?? '') && 'has no exact version',
    entry.hasInstallScript === true && !scriptsNotRun.includes(name) && 'wants to run a script on installation: see that it works without, then name it in packaging/lockFile.mjs',
    ...specifiers.filter(([, version]) => elsewhere.test(version)).map(([of, version]) => `wants ${of} from ${version}`),
  ];
  return problems.filter((problem) => problem !== false).map((problem) => `package-lock.json: ${place} ${problem}.`);
}
