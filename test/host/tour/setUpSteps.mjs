// The set-up view: what is missing is seen, enabled after a question, and seen again.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeEmbedded } from './embeddedOrganization.mjs';
import { eventually } from './workbench.mjs';

export const setUpSteps = [
  {
    name: 'the set-up view shows what is missing in AWS; trusted access is enabled from it, by keys, after a question with the consequence',
    run: (tour) => connected(tour, async ({ workbench, stored }) => {
      await workbench.open('production.json');
      await workbench.command('Backup Policies: Show Set-Up for AWS Backup');
      const row = (step, state) => workbench.page.locator('.pane', { has: workbench.page.locator('[aria-label^="Set-Up for AWS Backup"]') }).getByRole('treeitem', { name: `${step}: ${state}` });
      await row('Trusted Access of AWS Backup', 'Disabled').waitFor();
      await row('Backup Policies', 'Enabled').waitFor();
      await row('Trusted Access of AWS Backup', 'Disabled').click();
      // Why it matters comes first below the row, then what can be done.
      const action = workbench.page.locator('.monaco-list-row', { hasText: 'Enable Trusted Access…' });
      await action.waitFor();
      await workbench.press('ArrowDown', 'ArrowDown', 'Enter');
      const question = await workbench.dialogText();
      for (const part of ['Enable trusted access of AWS Backup', 'o-h4rb009999', '111122223333', 'aws organizations enable-aws-service-access --service-principal backup.amazonaws.com']) assert.ok(question.includes(part), `The question lacks ${part}:\n${question}`);
      await workbench.dialog.locator('.monaco-button', { hasText: /^Enable Trusted Access$/ }).click();
      await row('Trusted Access of AWS Backup', 'Enabled').waitFor();
      await eventually(() => assert.ok('backup.amazonaws.com' in (stored().trustedServices ?? {}), 'AWS has no trusted access'));
    }),
  },
];

/** Runs a step on a workspace that is connected to an organization that has what the sample says; leaves everything as it was. */
async function connected({ workbench, folder }, run) {
  const [settings, embedded] = [path.join(folder, '.vscode/settings.json'), path.join(folder, '../set-up-organization.json')];
  const before = readFileSync(settings, 'utf8');
  writeEmbedded(folder, embedded, 'o-h4rb009999');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(before), 'awsBackupPolicy.aws.embeddedOrganization': embedded, 'awsBackupPolicy.aws.mode': 'readWrite' }));
  try {
    await run({ workbench, stored: () => JSON.parse(readFileSync(embedded, 'utf8')) });
  } finally {
    await workbench.press('Escape', 'Escape');
    await workbench.command('Notifications: Clear All Notifications');
    writeFileSync(settings, before);
    rmSync(embedded);
  }
}
