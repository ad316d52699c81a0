// The tour of pushing to an organization in a file: edit, question, difference, push; and a colleague's change.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeEmbedded } from './embeddedOrganization.mjs';
import { eventually } from './workbench.mjs';

const file = 'baseline.json';
/** The command that the steps and the pictures are about. */
export const push = 'Backup Policies: Push Policy to AWS';
/** A retention of some days, as it stands in the policy. */
export const days = (count) => `"delete_after_days": { "@@assign": "${count}" }`;

let organizations = 0;

/** The steps, each a named check. */
export const pushSteps = [
  {
    name: 'a push asks with its numbers, shows the difference, and writes what was shown',
    fresh: true,
    run: (tour) => connected(tour, async ({ workbench, organization, edit }) => {
      const text = await edit(days(35), days(14));
      await workbench.command(push);
      await question(workbench, ['Update baseline in organization o-h4rb000001 and change 7 accounts?', 'Management account 111122223333, organization o-h4rb000001, in a file and not in AWS.', 'Protected less than before: Root/Infrastructure/Vaults/central-vault, ', 'everyday/rules/daily/lifecycle/delete_after_days 35 → 14', 'Push to 7 Accounts', 'Show Difference', 'Show Impact', 'Copy AWS CLI Commands', 'Cancel']);
      await press(workbench, 'Show Difference');
      await workbench.page.locator('.monaco-diff-editor').waitFor();
      await eventually(async () => assert.equal(await workbench.activeTab(), 'baseline: AWS now ↔ file'));
      assert.notEqual(organization.contentOf('baseline'), text);
      await workbench.pick('Continue', /^Continue$/);
      await question(workbench, ['Push to 7 Accounts']);
      // The keyboard is on the button with the verb.
      await workbench.press('Enter');
      await workbench.dialog.waitFor({ state: 'detached' });
      await eventually(async () => assert.equal(organization.contentOf('baseline'), text));
      await told(workbench, 'Updated "baseline". The accounts that were looked at have new effective policies, and AWS\'s validation report agrees with ours.', ['Show Report', 'Undo Last Push']);
      await answerBeside(workbench, 'Show Report');
      await eventually(async () => assert.equal(await workbench.activeTab(), 'push-report.md'));
      assert.match(await workbench.editorText(), /# Push to AWS/);
    }),
  },
  {
    name: 'a colleague\'s change is a three-way difference, and replaced only after a second question',
    run: (tour) => connected(tour, async ({ workbench, organization, edit }) => {
      await edit(days(35), days(42));
      await pushed(workbench, 'Push to 7 Accounts');
      const theirs = organization.contentOf('baseline').replace(days(42), days(60));
      organization.change('baseline', theirs);
      const ours = await edit(days(42), days(49));
      await workbench.command(push);
      await question(workbench, ['The content of "baseline" changed in AWS since the last push or import', 'Show Three-Way Difference', 'Take AWS\'s', 'Push Ours Anyway', 'Cancel']);
      await workbench.press('Enter');
      await workbench.pick('last push or import ↔ AWS', /^last push or import ↔ AWS now$/);
      await eventually(async () => assert.equal(await workbench.activeTab(), 'baseline: last push or import ↔ AWS now'));
      await workbench.pick('Continue', /^Continue$/);
      await question(workbench, ['Push Ours Anyway']);
      await press(workbench, 'Push Ours Anyway');
      await question(workbench, ['Somebody changed the content of "baseline" in AWS since the last push or import. This push replaces it.', 'Push to 7 Accounts']);
      assert.equal(organization.contentOf('baseline'), theirs);
      await press(workbench, 'Push to 7 Accounts');
      await eventually(async () => assert.equal(organization.contentOf('baseline'), ours));
    }),
  },
  {
    name: 'what a colleague wrote can be taken into the file, and is no conflict any more',
    fresh: true,
    run: (tour) => connected(tour, async ({ workbench, organization, edit }) => {
      await edit(days(35), days(42));
      await pushed(workbench, 'Push to 7 Accounts');
      const theirs = organization.contentOf('baseline').replace(days(42), days(60));
      organization.change('baseline', theirs);
      await edit(days(42), days(49));
      await workbench.command(push);
      await question(workbench, ['Take AWS\'s']);
      await press(workbench, 'Take AWS\'s');
      await eventually(async () => assert.ok((await workbench.editorText()).includes(days(60)), 'The file has not what AWS has'));
      assert.ok(await workbench.isDirty(file), 'The edit cannot be undone');
      await workbench.command(push);
      await told(workbench, 'AWS has "baseline" as the file says.', []);
      assert.equal(organization.contentOf('baseline'), theirs);
    }),
  },
];

/** Runs a step on a workspace that is connected to an organization that has what the sample says; leaves everything as it was. */
export async function connected({ workbench, folder }, run) {
  const [policy, settings, embedded] = [path.join(folder, 'backup-policies', file), path.join(folder, '.vscode/settings.json'), path.join(folder, '../embedded-organization.json')];
  const before = [policy, settings, path.join(folder, 'backup-organization.json')].filter((each) => existsSync(each)).map((each) => [each, readFileSync(each, 'utf8')]);
  const organization = writeEmbedded(folder, embedded, `o-h4rb00000${++organizations}`);
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), 'awsBackupPolicy.aws.embeddedOrganization': embedded, 'awsBackupPolicy.aws.mode': 'readWrite' }));
  const edit = async (from, to) => {
    const text = readFileSync(policy, 'utf8');
    assert.ok(text.includes(from), `${file} lacks ${from}`);
    writeFileSync(policy, text.replace(from, to));
    await workbench.open(file);
    await eventually(async () => assert.ok((await workbench.editorText()).includes(to), 'The editor has not the file as it was written'));
    return text.replace(from, to);
  };
  try {
    await run({ workbench, organization, embedded, edit });
  } finally {
    await workbench.press('Escape', 'Escape');
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('View: Close All Editors in Group');
    for (const [each, text] of before) writeFileSync(each, text);
    rmSync(embedded);
  }
}

/** Pushes the file as it stands, without looking at anything. */
export async function pushed(workbench, button) {
  await workbench.command(push);
  await question(workbench, [button]);
  await press(workbench, button);
  await told(workbench, 'Updated "baseline".', []);
  await workbench.command('Notifications: Clear All Notifications');
}

/** Passes when the question in the middle of the window has these parts. */
export async function question(workbench, parts) {
  const text = await workbench.dialogText();
  for (const part of parts) assert.ok(text.includes(part), `The question lacks ${part}:\n${text}`);
}

/** Presses a button of the question. */
export async function press(workbench, button) {
  await workbench.dialog.locator('.monaco-button', { hasText: new RegExp(`^${button}$`) }).click();
}

/** Presses a button of a notification. */
export async function answerBeside(workbench, button) {
  await notifications(workbench).locator('.monaco-button', { hasText: new RegExp(`^${button}$`) }).first().click();
}

/** Passes when a notification says this and has these buttons. One that stays no longer in the corner is in the list behind the bell. */
export async function told(workbench, sentence, buttons) {
  const check = async () => {
    const texts = await notifications(workbench).allInnerTexts();
    const text = texts.find((each) => each.includes(sentence));
    assert.ok(text !== undefined, `No notification says: ${sentence}\n${texts.join('\n')}`);
    for (const button of buttons) assert.ok(text.includes(button), `The notification lacks ${button}:\n${text}`);
  };
  try {
    await eventually(check, 30_000);
  } catch {
    await workbench.command('Notifications: Show Notifications');
    await eventually(check);
  }
}

const notifications = (workbench) => workbench.page.locator('.notifications-toasts.visible .notification-list-item, .notifications-center.visible .notification-list-item');
