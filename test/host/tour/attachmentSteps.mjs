// The tour of attachments in an organization in a file: in AWS and in the model together, taken back, and left in the middle.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { answerBeside, connected, press, question, told } from './pushSteps.mjs';
import { eventually } from './workbench.mjs';

const [payments, nonProduction, security] = ['999900001111', 'ou-h4rb-n0npr0d1', 'ou-h4rb-secur1ty'];

/** The steps, each a named check. */
export const attachmentSteps = [
  {
    name: 'a policy is attached in AWS and in the model together, on the accounts that AWS has below',
    run: (tour) => connected(tour, async ({ workbench, organization }) => {
      await workbench.open('production.json');
      await workbench.command('Backup Policies: Attach Policy…');
      await workbench.check('Root/Security', 'Security');
      await workbench.press('Enter');
      await question(workbench, ['Attach production to Root/Security?', 'Attach in AWS and Model', 'Attach in Model']);
      await press(workbench, 'Attach in AWS and Model');
      await question(workbench, ['Attach production to Root/Security in organization o-h4rb', '2 accounts at or below.', 'Attach to 2 Accounts', 'Show Impact']);
      await press(workbench, 'Attach to 2 Accounts');
      await eventually(async () => assert.deepEqual(organization.attachedTo(security), ['production']));
      await told(workbench, 'Attach production to Root/Security: done in AWS.', ['Undo in AWS']);
      await undoModel(workbench);
    }),
  },
  {
    name: 'a policy is detached in AWS and in the model together, with its impact first, and taken back',
    run: (tour) => connected(tour, async ({ workbench, organization }) => {
      await detachPayments(workbench, organization);
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.command('Backup Policies: Undo Last Push');
      await question(workbench, ['Take back "Detach payments-retention from Root/Workloads/Prod/Commerce/payments-prod" of ', '1. Attach payments-retention to Root/Workloads/Prod/Commerce/payments-prod', 'becomes the last one in the order of attachment', 'Take Back 1 Change', 'Copy AWS CLI Commands']);
      await press(workbench, 'Take Back 1 Change');
      await eventually(async () => assert.deepEqual(organization.attachedTo(payments), ['payments-retention']));
      await told(workbench, 'is taken back in AWS', ['Show Journal']);
      await answerBeside(workbench, 'Show Journal');
      await eventually(async () => assert.match(await workbench.editorText(), /Take back: Detach payments-retention/));
    }),
  },
  {
    name: 'what a crash left in the middle is told, and finished',
    run: (tour) => connected(tour, async ({ workbench, organization, embedded }) => {
      await detachPayments(workbench, organization);
      leaveInTheMiddle(embedded);
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.command('Backup Policies: Finish or Take Back Open Changes of AWS');
      await question(workbench, ['was not brought to an end.', '✓ Detach payments-retention from ', '✗ Detach nonprod from Root/Workloads/NonProd', 'Finish', 'Take Back…', 'Keep As It Is']);
      assert.deepEqual(organization.attachedTo(nonProduction), ['nonprod']);
      await press(workbench, 'Finish');
      await eventually(async () => assert.deepEqual(organization.attachedTo(nonProduction), []));
      await told(workbench, 'done in AWS.', ['Show Journal']);
    }),
  },
];

async function detachPayments(workbench, organization) {
  await workbench.open('payments-retention.json');
  await workbench.command('Backup Policies: Detach Policy…');
  await question(workbench, ['Detach payments-retention from Root/Workloads/Prod/Commerce/payments-prod?', 'Detach in AWS and Model', 'Detach in Model', 'Cancel']);
  await press(workbench, 'Detach in AWS and Model');
  await question(workbench, ['Detach payments-retention from Root/Workloads/Prod/Commerce/payments-prod in organization o-h4rb', '1 account at or below.', 'Embedded organization: ', 'Detach from 1 Account', 'Copy AWS CLI Commands']);
  assert.deepEqual(organization.attachedTo(payments), ['payments-retention']);
  await press(workbench, 'Detach from 1 Account');
  await eventually(async () => assert.deepEqual(organization.attachedTo(payments), []));
  await told(workbench, 'Detach payments-retention from Root/Workloads/Prod/Commerce/payments-prod: done in AWS.', ['Undo in AWS']);
  await undoModel(workbench);
}

/** The model has followed; here it goes back, so that the next step finds it as it was. */
export async function undoModel(workbench) {
  await workbench.open('backup-organization.json');
  await eventually(async () => assert.ok(await workbench.isDirty('backup-organization.json'), 'The model was not changed'));
  await workbench.undoAll('backup-organization.json');
}

/** Puts an operation into the journal as a process leaves it that is killed after the first of two changes. */
export function leaveInTheMiddle(embedded) {
  const folder = journalOf(embedded);
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.jsonl')).sort();
  const [begun, ...records] = readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  const { policies } = JSON.parse(readFileSync(embedded, 'utf8'));
  const more = { type: 'detachPolicy', policyId: policies.find(({ name }) => name === 'nonprod').id, policyName: 'nonprod', targetId: nonProduction, targetName: 'Root/Workloads/NonProd' };
  const operation = { ...begun.operation, writes: [...begun.operation.writes, more] };
  const lines = [{ ...begun, operation }, ...records.filter(({ type }) => type !== 'ended')].map((record) => JSON.stringify(record));
  writeFileSync(path.join(folder, file.replace(/\.jsonl$/, '0.open.jsonl')), `${lines.join('\n')}\n`);
}

/** Where the extension keeps what it changed in an organization in a file. */
function journalOf(embedded) {
  const name = createHash('sha256').update(path.resolve(embedded)).digest('hex').slice(0, 16);
  const storages = readdirSync(os.tmpdir()).filter((each) => each.startsWith('vscode-host-')).map((each) => path.join(os.tmpdir(), each, 'server/data/User/globalStorage'));
  const journals = storages.filter((each) => existsSync(each)).flatMap((storage) => readdirSync(storage).map((extension) => path.join(storage, extension, 'journal-embedded', name))).filter((each) => existsSync(each));
  assert.equal(journals.length, 1, `The journal is at ${journals.join(', ')}`);
  const [organization] = readdirSync(journals[0]).sort().reverse();
  return path.join(journals[0], organization);
}
