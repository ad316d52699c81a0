import type { PushPreparationView, PushResultView } from '../protocol.ts';

export type PushFormat = 'text' | 'json';

/** Why nothing was written: a conflict, a policy that cannot be pushed, or a grade of impact that `--fail-on` names. */
export type PushStop = 'conflict' | 'refused' | 'impact';

/** What a push came to so far; `result` is absent when nothing was written. */
export interface PushOutcome {
  readonly preparation: PushPreparationView;
  readonly result: PushResultView | undefined;
  readonly stopped: PushStop | undefined;
  readonly dryRun: boolean;
}

/** The ways to print a push; the shape of the JSON is a contract, described in docs/push.md. */
export const pushFormats: Readonly<Record<PushFormat, (outcome: PushOutcome) => string>> = { text, json };

function json({ preparation, result, stopped, dryRun }: PushOutcome): string {
  const { organizationId, managementAccountId, accountId, endpoint, policies, impact, warnings, notes, commands } = preparation;
  const outcomes = new Map(result?.policies.map((policy) => [policy.name, policy]));
  return `${JSON.stringify({
    organization: { id: organizationId, managementAccount: managementAccountId, ...(accountId === undefined ? {} : { account: accountId }), ...(endpoint === undefined ? {} : { endpoint }) },
    dryRun,
    ...(stopped === undefined ? {} : { stopped }),
    complete: result === undefined ? stopped === undefined && !dryRun : result.complete,
    policies: policies.map(({ name, policyId, kind, summary, changes, characters, minified, targets, warnings: own, problems }) => {
      const outcome = outcomes.get(name);
      const id = outcome?.policyId ?? policyId;
      return {
        name,
        ...(id === undefined ? {} : { id }),
        kind,
        summary,
        changes,
        ...(characters === undefined ? {} : { characters, minified }),
        targets,
        warnings: own,
        problems: problems.map(({ message, location: { range } }) => ({ message, line: range.start.line + 1, column: range.start.character + 1 })),
        ...(outcome === undefined ? {} : { outcome: outcome.outcome, result: outcome.summary }),
      };
    }),
    impact: { accounts: impact.accounts, groups: impact.groups.map(({ grade, accounts, changes, errors }) => ({ grade, accounts: accounts.map(({ path }) => path), changes: changes.map(({ type, grade: own, path, values }) => ({ type, grade: own, path, ...(values === undefined ? {} : { values }) })), errors: errors.map(({ code, message, path }) => ({ code, message, path })) })) },
    warnings,
    notes,
    commands: commands === '' ? [] : commands.split('\n'),
    ...(result === undefined ? {} : { effective: result.effective, reports: result.reports.map(({ accountId, path, settled, agrees, onlyAws, onlyOurs }) => ({ account: accountId, path, settled, agrees, onlyAws, onlyOurs })) }),
  }, undefined, 2)}\n`;
}

const stops: Readonly<Record<PushStop, string>> = {
  conflict: 'Nothing was pushed: AWS has something that neither the file nor the last push had. Compare the two in the editor, or import what AWS has.',
  refused: 'Nothing was pushed: a policy cannot be pushed as it is. Mend it, or name the others.',
  impact: 'Nothing was pushed: the impact reaches the level of --fail-on.',
};

function text(outcome: PushOutcome): string {
  const { preparation, result, stopped, dryRun } = outcome;
  const end = result !== undefined
    ? [...result.policies.map(({ summary }) => summary), effectiveText(result), ...result.reports.flatMap(reportLines)]
    : [stopped !== undefined ? stops[stopped] : preparation.commands === '' ? 'Nothing to push.' : dryRun ? 'Nothing was pushed: this was a dry run.' : ''];
  return `${[planText(preparation), '', ...end].join('\n').trimEnd()}\n`;
}

/** What a push would do, for people. */
export function planText({ organizationId, managementAccountId, accountId, endpoint, policies, impact, warnings, notes, commands }: PushPreparationView): string {
  const lines = [
    `Organization ${organizationId}, management account ${managementAccountId}${accountId === undefined ? '' : `, as account ${accountId}`}${endpoint === undefined ? '' : `, endpoint ${endpoint}`}`,
    ...policies.flatMap(({ name, kind, summary, warnings: own, problems }) => [
      `${kind}: ${name}`,
      `  ${summary}`,
      ...problems.map(({ message, location: { range } }) => `  ${String(range.start.line + 1)}:${String(range.start.character + 1)} ${message}`),
      ...own.map((warning) => `  warning: ${warning}`),
    ]),
    ...(policies.length === 0 ? ['No policy differs from what was last known of AWS.'] : []),
    ...impact.groups.flatMap(({ grade, meaning, accounts, changes }) => [
      `${grade}: ${accounts.length === 1 ? '1 account' : `${String(accounts.length)} accounts`}, ${meaning}`,
      `  ${accounts.slice(0, 5).map(({ path }) => path).join(', ')}${accounts.length > 5 ? ` and ${String(accounts.length - 5)} more` : ''}`,
      ...changes.slice(0, 10).map(({ path, values, type }) => `  ${path}: ${values ?? type}`),
    ]),
    ...warnings.map((warning) => `warning: ${warning}`),
    ...notes.map((note) => `note: ${note}`),
    ...(commands === '' ? [] : ['The same with the AWS CLI:', ...commands.split('\n').map((command) => `  ${command}`)]),
  ];
  return lines.join('\n');
}

const effective: Readonly<Record<PushResultView['effective'], string>> = {
  settled: 'The accounts that were looked at have new effective policies.',
  pending: 'After 30 seconds AWS had not made all effective policies anew that were looked at; it goes on by itself.',
  cancelled: 'Waiting for new effective policies was cancelled; AWS makes them all the same.',
  notAttached: 'No account of the model is below what was pushed, so no effective policy changes.',
  unknown: '',
};

function effectiveText(result: PushResultView): string {
  return effective[result.effective];
}

function reportLines({ path, accountId, agrees, settled, onlyAws, onlyOurs }: PushResultView['reports'][number]): readonly string[] {
  return [
    `${path} (${accountId}): AWS's validation report ${agrees ? 'says the same as ours' : 'differs from ours'}${settled ? '' : ', and may still be the one from before'}.`,
    ...onlyAws.map((error) => `  only AWS: ${error}`),
    ...onlyOurs.map((error) => `  only ours: ${error}`),
  ];
}
