// The tour over the wire: an organization behind HTTP that is reached with a profile as AWS is, from the import to the last undo.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { answerBeside, press, question, told } from './pushSteps.mjs';
import { profile } from './wireServer.mjs';
import { eventually } from './workbench.mjs';

const file = 'baseline.json';
const security = 'ou-h4rb-secur1ty';
const organizationId = 'o-hh4rb0ur01';
const days = (count) => `"delete_after_days": { "@@assign": "${count}" }`;
const push = 'Backup Policies: Push Policy to AWS';
const compare = 'Backup Policies: Compare with AWS';
const importCommand = 'Backup Policies: Import Organization from AWS';

/** The organization and the workspace that the first step opens; the steps go on from each other. */
let session;

/** The steps, each a named check. */
export const wireSteps = [
  {
    name: 'over HTTP, the keyboard alone connects with a profile, and the message names the organization and the mode',
    async run({ workbench, openWired }) {
      session = await openWired(organizationId);
      await workbench.command(importCommand);
      await told(workbench, 'No organization is connected, so nothing is sent to AWS.', ['Connect to AWS']);
      assert.deepEqual(session.wire.sent(), []);
      await clear(workbench);
      await workbench.command('Backup Policies: Connect to AWS…');
      await workbench.pick('heath', new RegExp(`^${profile}$`));
      await told(workbench, `Organization ${organizationId} as arn:aws:`, ['Change Mode', 'Show Connection']);
      await told(workbench, 'is connected, read-only.', []);
      await clear(workbench);
    },
  },
  {
    name: 'over HTTP, an import asks with its numbers and makes the model and the policies, and an account shows what it gets',
    async run({ workbench }) {
      await workbench.command(importCommand);
      await workbench.pick('Keep', /^Keep IDs$/);
      await question(workbench, [`Bring backup-organization.json up to date with organization ${organizationId}?`, 'Management account 111122223333; 18 accounts, 12 OUs, 10 policies.', 'Change 11 Files', 'Nothing changes in AWS.']);
      assert.ok(!existsSync(inWorkspace('backup-organization.json')));
      await workbench.press('Enter');
      await told(workbench, `Imported 18 accounts and 10 policies of organization ${organizationId}.`, ['Show Report']);
      assert.equal(contentOf(file), await session.wire.contentOf('baseline'));
      await clear(workbench);
      await workbench.open(file);
      await statusSays(workbench, [profile, '111122223333', 'read-only']);
      await workbench.page.locator('.activitybar a[aria-label^="Backup Policies"]').click({ position: { x: 8, y: 8 } });
      await (await workbench.treeRow('shop-prod')).click();
      const panel = await workbench.panelOf('shop-prod');
      await eventually(async () => assert.deepEqual(await panel.locator('.row.level-1 > .main > [aria-hidden]').allInnerTexts(), ['everyday', 'databases', 'point-in-time']));
      assert.deepEqual(session.wire.sentWrites(), []);
    },
  },
  {
    name: 'over HTTP, mode off sends nothing and read-only changes nothing, and the commands say why',
    async run({ workbench }) {
      const { wire } = session;
      await edit(workbench, 35, 14);
      await changeMode(workbench, 'off');
      const before = wire.sent().length;
      for (const command of [push, importCommand]) {
        await workbench.command(command);
        await told(workbench, 'The mode is off, so nothing is sent to AWS.', ['Change Mode']);
        await clear(workbench);
      }
      assert.deepEqual(wire.sent().slice(before), []);
      await changeMode(workbench, 'readOnly');
      await workbench.command(push);
      await question(workbench, ['The connection is read-only, so this can be looked at and not done.', 'everyday/rules/daily/lifecycle/delete_after_days 35 → 14', 'Show Difference', 'Change Mode']);
      assert.ok(!(await workbench.dialogText()).includes('Push to 7 Accounts'));
      await workbench.press('Enter');
      await workbench.pick('readWrite', /readWrite$/);
      await question(workbench, ['Push to 7 Accounts']);
      await workbench.press('Escape');
      await workbench.dialog.waitFor({ state: 'detached' });
      assert.ok(wire.sent().length > before);
      assert.deepEqual(wire.sentWrites(), []);
      await workbench.open(file);
      await statusSays(workbench, [profile, 'read and write']);
    },
  },
  {
    name: 'over HTTP, the keyboard alone pushes an edit, and the first change of the session shows who calls and where',
    async run({ workbench }) {
      const { wire } = session;
      const [before, text] = [await wire.contentOf('baseline'), contentOf(file)];
      assert.notEqual(before, text);
      await workbench.command(push);
      await question(workbench, [`Update baseline in organization ${organizationId} and change 7 accounts?`, `endpoint ${wire.endpoint}`, 'everyday/rules/daily/lifecycle/delete_after_days 35 → 14', 'Push to 7 Accounts']);
      await workbench.press('Enter');
      await question(workbench, [`Change organization ${organizationId} in AWS as this caller?`, `Credentials: profile ${profile}`, 'Account: 111122223333', 'Caller: arn:aws:', `Endpoint: ${wire.endpoint}`, 'This is asked once in a session']);
      assert.deepEqual(wire.sentWrites(), []);
      await workbench.press('Enter');
      await told(workbench, 'Updated "baseline".', ['Show Report', 'Undo Last Push']);
      assert.equal(await wire.contentOf('baseline'), text);
      assert.deepEqual(wire.sentWrites(), ['UpdatePolicy']);
      await answerBeside(workbench, 'Show Report');
      await eventually(async () => assert.match(await workbench.editorText(), /# Push to AWS/));
      await workbench.closeEditor();
      await clear(workbench);
    },
  },
  {
    name: 'over HTTP, what a colleague changes while the question stands stops the push, and becomes a three-way difference',
    async run({ workbench }) {
      const { wire } = session;
      await edit(workbench, 14, 21);
      await workbench.command(push);
      await question(workbench, ['everyday/rules/daily/lifecycle/delete_after_days 14 → 21']);
      const theirs = (await wire.contentOf('baseline')).replace(days(14), days(60));
      await wire.change('baseline', theirs);
      await workbench.press('Enter');
      await told(workbench, 'Somebody changed "baseline" in AWS after it was shown, so nothing was sent.', ['Push Again']);
      assert.equal(await wire.contentOf('baseline'), theirs);
      await answerBeside(workbench, 'Push Again');
      await question(workbench, ['The content of "baseline" changed in AWS since the last push or import', 'Show Three-Way Difference', 'Take AWS\'s', 'Push Ours Anyway']);
      await workbench.press('Enter');
      await workbench.pick('AWS now ↔ file', /^AWS now ↔ file$/);
      await eventually(async () => assert.equal(await workbench.activeTab(), 'baseline: AWS now ↔ file'));
      const diff = workbench.page.locator('.monaco-diff-editor');
      await diff.locator('.editor.original .view-line', { hasText: /delete_after_days.*"60"/ }).waitFor();
      await diff.locator('.editor.modified .view-line', { hasText: /delete_after_days.*"21"/ }).waitFor();
      await workbench.pick('Continue', /^Continue$/);
      await press(workbench, 'Push Ours Anyway');
      await question(workbench, ['This push replaces it.', 'everyday/rules/daily/lifecycle/delete_after_days 60 → 21']);
      await workbench.press('Enter');
      await told(workbench, 'Updated "baseline".', []);
      assert.equal(await wire.contentOf('baseline'), contentOf(file));
      await workbench.closeEditor();
      await clear(workbench);
    },
  },
  {
    name: 'over HTTP, the last push is taken back: AWS has again what the colleague wrote',
    async run({ workbench }) {
      const { wire } = session;
      await workbench.command('Backup Policies: Undo Last Push');
      await question(workbench, ['Take back "Push baseline" of ', `in organization ${organizationId}?`, 'everyday/rules/daily/lifecycle/delete_after_days 21 → 60', `Endpoint: ${wire.endpoint}`, 'Take Back 1 Change']);
      await workbench.press('Enter');
      await told(workbench, '"Push baseline" is taken back in AWS.', ['Show Journal']);
      assert.ok((await wire.contentOf('baseline')).includes(days(60)));
      await clear(workbench);
    },
  },
  {
    name: 'over HTTP, the mouse attaches in AWS and in the model, after a question of its own to enable backup policies',
    async run({ workbench }) {
      const { wire } = session;
      await wire.disablePolicyType();
      assert.deepEqual(await wire.attachedTo('r-h4rb'), []);
      await chooseAt(workbench, await workbench.treeRow('Security'), 'Attach Policy…');
      await workbench.pick('production', /^production$/);
      await press(workbench, 'Attach in AWS and Model');
      await question(workbench, [`Enable backup policies in organization ${organizationId}?`, 'Disabling it later detaches every backup policy.', 'Enable Backup Policies']);
      await press(workbench, 'Enable Backup Policies');
      await question(workbench, [`Attach production to Root/Security in organization ${organizationId}?`, '2 accounts at or below.', `Endpoint: ${wire.endpoint}`, 'Attach to 2 Accounts']);
      await press(workbench, 'Attach to 2 Accounts');
      await told(workbench, 'Attach production to Root/Security: done in AWS.', ['Undo in AWS']);
      assert.deepEqual(await wire.attachedTo(security), ['production']);
      await clear(workbench);
    },
  },
  {
    name: 'over HTTP, a comparison takes AWS\'s content into the file, marks what a colleague detached, and attaches it again',
    async run({ workbench }) {
      const { wire } = session;
      await wire.attachAsAtTheStart();
      await workbench.command(compare);
      await chooseAt(workbench, driftRow(workbench, 'baseline1 setting differs'), 'Take AWS Version');
      await nothingDiffers(workbench);
      await workbench.open(file);
      assert.ok((await workbench.editorText()).includes(days(60)));
      await wire.detach('production', security);
      await workbench.command(compare);
      await driftRow(workbench, 'production → Security').waitFor();
      await badgeBecomes(workbench, 'Security', '"≠"');
      await chooseAt(workbench, driftRow(workbench, 'production → Security'), 'Push Ours');
      await question(workbench, [`Attach production to Root/Security in organization ${organizationId}?`]);
      await press(workbench, 'Attach to 2 Accounts');
      await nothingDiffers(workbench);
      assert.deepEqual(await wire.attachedTo(security), ['production']);
      await badgeBecomes(workbench, 'Security', 'none');
    },
  },
];

const inWorkspace = (name) => path.join(session.folder, name);
const contentOf = (name) => readFileSync(inWorkspace(`policies/${name}`), 'utf8');

const driftView = (workbench) => workbench.page.locator('.pane', { has: workbench.page.locator('[aria-label^="Drift"]') });
const driftRow = (workbench, text) => driftView(workbench).locator('.monaco-list-row', { hasText: text });

async function nothingDiffers(workbench) {
  await driftView(workbench).getByText(`The files and ${organizationId} do not differ.`).waitFor({ timeout: 45_000 });
}

/** Passes when the sign at the end of a row of the organization view is this one; VS Code draws it with a style alone. */
async function badgeBecomes(workbench, name, sign) {
  const row = await workbench.treeRow(name);
  await eventually(async () => assert.equal(await row.locator('.monaco-icon-label').first().evaluate((label) => getComputedStyle(label, '::after').content), sign));
}

/** Chooses from the context menu of a row, with the mouse. */
async function chooseAt(workbench, row, action) {
  await row.waitFor({ timeout: 45_000 });
  await row.click({ button: 'right' });
  await workbench.chooseInMenu(action);
}

async function clear(workbench) {
  await workbench.command('Notifications: Clear All Notifications');
  // What comes next is not to be taken for what was there, nor to be cleared with it.
  await eventually(async () => assert.deepEqual(await workbench.page.locator('.notification-toast').allInnerTexts(), []));
  await workbench.quickInput.waitFor({ state: 'hidden' });
}

async function changeMode(workbench, mode) {
  await workbench.command('Backup Policies: Change AWS Mode…');
  await workbench.pick(mode, new RegExp(`${mode}$`));
  await workbench.quickInput.waitFor({ state: 'hidden' });
}

async function statusSays(workbench, parts) {
  const item = workbench.page.locator('.statusbar-item[id*="awsBackupPolicy.aws"]');
  await eventually(async () => {
    const text = await item.innerText({ timeout: 1000 });
    for (const part of parts) assert.ok(text.includes(part), `The status bar lacks ${part}: ${text}`);
  });
}

/** Types another retention over the one in the file; it is saved by the push. */
async function edit(workbench, from, to) {
  await workbench.open(file);
  const lines = contentOf(file).split('\n');
  const line = lines.findIndex((each) => each.includes(days(from)));
  await workbench.goTo(line + 1, lines[line].indexOf(`"${from}"`) + 2);
  await workbench.press('Delete', 'Delete');
  await workbench.type(String(to));
  await workbench.press('Control+s');
  await eventually(() => assert.ok(contentOf(file).includes(days(to)), 'The file has not what was typed'));
}
