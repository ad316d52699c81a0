import { code, escaped } from '../../features/markdown.ts';
import type { PushPreparationView, PushResultView } from '../../protocol/push.ts';
import { counted } from './pushWords.ts';

const effective: Readonly<Record<PushResultView['effective'], string>> = {
  settled: 'The accounts that were looked at have new effective policies.',
  pending: 'After 30 seconds AWS had not made the effective policies of all accounts anew that were looked at. It goes on by itself.',
  cancelled: 'Waiting for new effective policies was cancelled. AWS makes them all the same.',
  notAttached: 'The policies are attached to nothing that has accounts, so no effective policy changes.',
  unknown: 'Whether effective policies were made anew was not looked at.',
};

/** What came of a push, as Markdown for the report. */
export function reportText({ organizationId, managementAccountId, endpoint, warnings, notes, impact, commands }: PushPreparationView, { policies, effective: outcome, reports }: Omit<PushResultView, 'report'>): string {
  const place = `Organization ${code(organizationId)}, management account ${code(managementAccountId)}${endpoint === undefined ? '' : `, endpoint ${code(endpoint)}`}.`;
  const changed = impact.groups.reduce((sum, { accounts }) => sum + accounts.length, 0);
  const lines = [
    '# Push to AWS',
    '',
    place,
    '',
    ...policies.map(({ summary }) => `- ${escaped(summary)}`),
    '',
    '## Effective policies',
    '',
    `${effective[outcome]} Expected: ${changed === 0 ? 'nothing changes' : `the policies of ${counted(changed, 'account')} change`} in ${counted(impact.accounts, 'account')} of the model.`,
    '',
    ...reports.flatMap(({ path, accountId, agrees, settled, onlyAws, onlyOurs }) => [
      `- ${escaped(path)} (${accountId}): AWS's validation report ${agrees ? 'says the same as ours.' : 'differs from ours.'}${settled ? '' : ' It may still be the one from before the push.'}`,
      ...onlyAws.map((error) => `  - only AWS: ${escaped(error)}`),
      ...onlyOurs.map((error) => `  - only ours: ${escaped(error)}`),
    ]),
    ...(reports.some(({ agrees, settled }) => !agrees && settled) ? ['', 'Where the two differ, the model has probably other policies or attachments than AWS: compare them with AWS.'] : []),
    ...section('Warnings', warnings.map((each) => `- ${escaped(each)}`)),
    ...section('On what it rests', notes.map((each) => `- ${escaped(each)}`)),
    ...section('Equivalent commands', commands === '' ? [] : ['```sh', commands, '```']),
  ];
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}
