// Walks through the extension in a real VS Code, with mouse and keys, as a person would on the sample organization.
//   node test/host/tour.mjs [FILE.vsix]      without a file it builds and packages the extension first
//   node test/host/tour.mjs --pictures       also takes the pictures of the README
// What was to be seen at a failure is in test-results/.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { folderAddress, startServer } from './server.mjs';
import { takePictures } from './tour/pictures.mjs';
import { steps } from './tour/steps.mjs';
import { awsProfiles, Wires } from './tour/wireServer.mjs';
import { Workbench } from './tour/workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const results = path.join(root, 'test-results');
/** In a browser VS Code would save by itself, as it does after a refactoring and before tests; what is changed but not saved could not be told. */
const settings = { 'git.enabled': false, 'files.autoSave': 'off', 'files.refactoring.autoSave': false, 'testing.saveBeforeTest': false };
const viewport = { width: 1400, height: 860 };

/**
 * Runs the tour on a fresh copy of the sample and gives its counts.
 * @param options vsix: the extension to install, otherwise it is built and packaged. pictures: takes pictures, too.
 */
export async function runTour({ vsix, pictures = false } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tour-'));
  const wires = new Wires(folder);
  let server;
  let browser;
  try {
    server = await startServer({ vsix: vsix ?? packaged(path.join(folder, 'extension.vsix')), settings, env: awsProfiles(path.join(folder, 'aws')) });
    browser = await launchBrowser();
    const result = await walk({ server, page: await browser.newPage({ viewport }), folder, wires });
    const place = path.join(folder, 'pictures');
    if (pictures) await takePictures({ browser, viewport, results, images: path.join(root, 'docs/images'), address: (theme, file) => sampleAddress({ server, folder: place, theme, file }), place: (theme) => sampleFolder(place, theme) });
    return result;
  } finally {
    await browser?.close();
    server?.stop();
    await wires.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function walk({ server, page, folder, wires }) {
  const workbench = new Workbench(page);
  const openEmptyFolder = () => {
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    return workbench.load(folderAddress(server, empty));
  };
  const openRepository = (change) => workbench.load(repositoryAddress({ server, folder: path.join(folder, 'repository'), change }));
  const openWired = async (organizationId) => {
    const wire = await wires.start(organizationId);
    const workspace = path.join(folder, 'wired', 'heath-and-harbour');
    writeSettings(workspace, { 'workbench.colorTheme': theme, 'awsBackupPolicy.aws.endpoint': wire.endpoint });
    await workbench.load(folderAddress(server, workspace));
    // The palette does not look again for commands that come while it is open.
    await page.locator('.activitybar a[aria-label^="Backup Policies"]').waitFor({ timeout: 30_000 });
    return { wire, folder: workspace };
  };
  const theme = 'Default Dark Modern';
  let place = folder;
  const counts = { passed: 0, failed: 0 };
  await workbench.load(sampleAddress({ server, folder, theme, file: 'production.json' }));
  for (const { name, fresh = false, run } of steps) {
    const began = Date.now();
    try {
      // A copy in another folder: nothing that was left open or unsaved in the last one comes back.
      if (fresh) {
        place = path.join(folder, `fresh-${counts.passed + counts.failed}`);
        await workbench.load(sampleAddress({ server, folder: place, theme, file: 'production.json' }));
      }
      await run({ workbench, folder: sampleFolder(place, theme), openEmptyFolder, openRepository, openWired });
      counts.passed++;
      console.log(`✓ ${name} (${Date.now() - began} ms)`);
    } catch (error) {
      counts.failed++;
      console.log(`✗ ${name}\n${error.message}`);
      await keepPicture(page, name);
      // Nothing that this step left open or changed stands in the way of the next.
      await workbench.press('Escape', 'Escape', 'Escape');
      await workbench.undoEverything().catch(() => undefined);
    }
  }
  return counts;
}

async function keepPicture(page, name) {
  mkdirSync(results, { recursive: true });
  const file = path.join(results, `tour-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60)}.png`);
  await page.screenshot({ path: file }).catch(() => undefined);
  console.log(`What was to be seen: ${path.relative(root, file)}`);
}

/** Its name stands in the title bar of the pictures. */
function sampleFolder(folder, theme) {
  return path.join(folder, theme, 'heath-and-harbour');
}

/** The address of a fresh copy of the sample, with a colour theme of its own and one policy open. */
function sampleAddress({ server, folder, theme, file }) {
  const workspace = sampleFolder(folder, theme);
  rmSync(workspace, { recursive: true, force: true });
  cpSync(path.join(root, 'samples'), workspace, { recursive: true });
  writeSettings(workspace, { 'workbench.colorTheme': theme });
  return folderAddress(server, workspace, { open: [path.join(workspace, 'backup-policies', file)] });
}

function writeSettings(workspace, more) {
  mkdirSync(path.join(workspace, '.vscode'), { recursive: true });
  writeFileSync(path.join(workspace, '.vscode/settings.json'), JSON.stringify({ 'window.autoDetectHighContrast': false, 'editor.minimap.enabled': false, 'files.exclude': { '.vscode': true }, ...more }));
}

/** The address of a copy of the sample that is a git repository with one commit, and with a change on top of it. @param change edits the text of production.json. */
function repositoryAddress({ server, folder, change }) {
  const theme = 'Default Dark Modern';
  const address = sampleAddress({ server, folder, theme, file: 'production.json' });
  const repository = sampleFolder(folder, theme);
  const settings = path.join(repository, '.vscode/settings.json');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), 'git.enabled': true }));
  const git = (...args) => execFileSync('git', ['-c', 'user.name=Tour', '-c', 'user.email=tour@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: repository, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('add', '.');
  git('commit', '--message=Model the organization');
  const policy = path.join(repository, 'backup-policies/production.json');
  writeFileSync(policy, change(readFileSync(policy, 'utf8')));
  return address;
}

function packaged(vsix) {
  for (const step of [['esbuild.mjs'], ['packaging/package.mjs', vsix]]) execFileSync(process.execPath, step, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return vsix;
}

if (process.argv[1] === import.meta.filename) {
  const options = process.argv.slice(2);
  const { passed, failed } = await runTour({ vsix: options.find((option) => option.endsWith('.vsix')), pictures: options.includes('--pictures') });
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
