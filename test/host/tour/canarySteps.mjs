// The tour of an attachment that goes to one account first, in an organization in a file; and of the start after a crash.
import assert from 'node:assert/strict';
import { leaveInTheMiddle, undoModel } from './attachmentSteps.mjs';
import { answerBeside, connected, press, question, told } from './pushSteps.mjs';
import { eventually } from './workbench.mjs';

const [security, logArchive, nonProduction] = ['ou-h4rb-secur1ty', '555566667777', 'ou-h4rb-n0npr0d1'];
const [place, target] = ['Root/Security/log-archive', 'Root/Security'];

/** The steps, each a named check. */
export const canarySteps = [
  {
    name: 'a policy is attached to one account first in AWS and the model, and goes on to its target from the offer',
    run: (tour) => connected(tour, async ({ workbench, organization }) => {
      await attachFirst(workbench, organization);
      await answerBeside(workbench, `Continue with ${target}`);
      await goOn(workbench, organization);
      await undoModel(workbench);
    }),
  },
  {
    name: 'what is attached to one account first is remembered, and goes on to its target by the command',
    run: (tour) => connected(tour, async ({ workbench, organization }) => {
      await attachFirst(workbench, organization);
      await answerBeside(workbench, 'Later');
      await workbench.command('Backup Policies: Continue Canary Attachment');
      await workbench.pick('production', /^production$/);
      await goOn(workbench, organization);
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.command('Backup Policies: Continue Canary Attachment');
      await told(workbench, 'No policy is attached to one account or OU first.', []);
      await undoModel(workbench);
    }),
  },
  {
    name: 'what was taken back meanwhile does not go on: it is told, and can be forgotten',
    run: (tour) => connected(tour, async ({ workbench, organization }) => {
      await attachFirst(workbench, organization);
      await workbench.command('Notifications: Clear All Notifications');
      await undoModel(workbench);
      await workbench.command('Backup Policies: Continue Canary Attachment');
      await workbench.pick('production', /^production$/);
      await told(workbench, `production is no longer attached to ${place}, so it cannot go on`, [`Attach to ${target}…`, 'Forget It']);
      await answerBeside(workbench, 'Forget It');
      await workbench.command('Backup Policies: Continue Canary Attachment');
      await told(workbench, 'No policy is attached to one account or OU first.', []);
      assert.deepEqual(organization.attachedTo(security), []);
    }),
  },
  {
    name: 'the start after a crash tells that a change of AWS was left in the middle, and leads to what AWS holds of it',
    fresh: true,
    run: (tour) => connected(tour, async ({ workbench, organization, embedded }) => {
      await attachFirst(workbench, organization);
      await undoModel(workbench);
      leaveInTheMiddle(embedded);
      await workbench.reload();
      await told(workbench, 'was not brought to an end.', ['See What Was Done…', 'Later']);
      await answerBeside(workbench, 'See What Was Done…');
      await question(workbench, [`"Attach production to ${place}" of `, `✓ Attach production to ${place}`, '✗ Detach nonprod from Root/Workloads/NonProd', 'Finish', 'Take Back…', 'Keep As It Is']);
      await press(workbench, 'Take Back…');
      await question(workbench, [`1. Detach production from ${place}`, 'Take Back 1 Change']);
      assert.deepEqual(organization.attachedTo(logArchive), ['production']);
      await press(workbench, 'Take Back 1 Change');
      await eventually(async () => assert.deepEqual(organization.attachedTo(logArchive), []));
      assert.deepEqual(organization.attachedTo(nonProduction), ['nonprod']);
      await told(workbench, 'is taken back in AWS', ['Show Journal']);
    }),
  },
];

/** Attaches to one account below the OU that the policy is meant for, in AWS and in the model. */
async function attachFirst(workbench, organization) {
  await workbench.open('production.json');
  await workbench.command('Backup Policies: Attach to One Account or OU First…');
  await workbench.pick('ou-h4rb-secur1ty', /^Security$/);
  await workbench.pick(place, /^log-archive$/);
  await question(workbench, [`Attach production to ${place}?`, 'Attach in AWS and Model', 'Attach in Model']);
  await press(workbench, 'Attach in AWS and Model');
  await question(workbench, [`Attach production to ${place} in organization o-h4rb`, '1 account at or below.', 'Attach to 1 Account', 'Show Impact']);
  assert.deepEqual(organization.attachedTo(logArchive), []);
  await press(workbench, 'Attach to 1 Account');
  await eventually(async () => assert.deepEqual(organization.attachedTo(logArchive), ['production']));
  assert.deepEqual(organization.attachedTo(security), []);
  await told(workbench, `production is attached to ${place} first.`, [`Continue with ${target}`, 'Later']);
}

/** Goes on from the account to the OU. */
async function goOn(workbench, organization) {
  await question(workbench, ['production', place, target, 'Move in AWS and Model', 'Move in Model']);
  await press(workbench, 'Move in AWS and Model');
  await question(workbench, [`Attach production to ${target}`, `Detach production from ${place}`, `Move production from ${place} to ${target} in organization`, '2 accounts at or below.', 'Move for 2 Accounts']);
  assert.deepEqual(organization.attachedTo(logArchive), ['production']);
  await press(workbench, 'Move for 2 Accounts');
  await eventually(async () => {
    assert.deepEqual(organization.attachedTo(security), ['production']);
    assert.deepEqual(organization.attachedTo(logArchive), []);
  });
  await told(workbench, 'done in AWS.', ['Undo in AWS']);
  await modelSays(workbench, security, '"policies": ["production"],');
  await modelSays(workbench, logArchive, '"policies": [] }');
}

/** Passes when the model file has this on the line of an account, or two lines below the id of an OU. */
async function modelSays(workbench, id, part) {
  await workbench.open('backup-organization.json');
  await eventually(async () => {
    const lines = (await workbench.editorText()).split('\n');
    const line = lines.findIndex((text) => text.includes(`"id": "${id}"`));
    assert.ok(lines.slice(line, line + 3).some((text) => text.includes(part)), `The model has not ${part} at ${id}:\n${lines.join('\n')}`);
  });
}
