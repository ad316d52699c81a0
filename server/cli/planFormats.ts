import type { PolicyChange } from '../core/plan/policyDifference.ts';
import type { Grade } from '../core/plan/grade.ts';
import type { ImpactGroup, ImpactPlan } from '../features/impactPlan.ts';
import { listed } from '../features/listed.ts';
import { code, escaped } from '../features/markdown.ts';
import { escapeMessage, escapeProperty } from './reporters/github.ts';

export type PlanFormat = 'text' | 'json' | 'markdown' | 'github';

/** The ways to print a plan; the shape of the JSON is a contract. */
export const planFormats: Readonly<Record<PlanFormat, (plan: ImpactPlan, base: string) => string>> = { text, json, markdown, github };

/** What each grade means to an account. */
const meanings: Readonly<Record<Grade, string>> = {
  frozen: 'invalid: AWS keeps the last valid policy',
  lost: 'a plan, a rule or a selection is lost',
  weaker: 'protected less',
  repaired: 'valid again: what AWS withheld takes effect',
  safe: 'protected as before or better',
};

function summary({ groups, accounts }: ImpactPlan): string {
  const changed = groups.reduce((sum, group) => sum + group.accounts.length, 0);
  return changed === 0 ? `Nothing changes for ${counted(accounts)}.` : `The effective policy of ${String(changed)} of ${counted(accounts)} changes.`;
}

function counted(accounts: number): string {
  return accounts === 1 ? '1 account' : `${String(accounts)} accounts`;
}

function names({ accounts }: ImpactGroup): readonly string[] {
  return accounts.map((account) => account.path);
}

/** `delete_after_days: 90 → 35`, with the signs of what came and went. */
function changeText({ path, type, before, after }: PolicyChange): string {
  const place = path.slice(1).join('/');
  if (before === undefined && after === undefined) return `${type === 'added' ? '+' : '-'} ${place}`;
  if (before === undefined) return `+ ${place}: ${valueText(after)}`;
  if (after === undefined) return `- ${place}: ${valueText(before)}`;
  return `~ ${place}: ${valueText(before)} → ${valueText(after)}`;
}

function valueText(value: PolicyChange['before']): string {
  return typeof value === 'object' ? `[${value.join(', ')}]` : value ?? '';
}

function text(plan: ImpactPlan): string {
  const blocks = plan.groups.map((group) => [
    `${group.grade}: ${counted(group.accounts.length)}, ${meanings[group.grade]}`,
    `  ${listed(names(group))}`,
    ...group.errors.map(({ code, message, path }) => `  ! ${code}: ${message} (${path})`),
    ...group.changes.map((change) => `  ${changeText(change)}${change.grade === 'safe' ? '' : `  (${change.grade})`}`),
    '',
  ].join('\n'));
  return `${[...blocks, summary(plan)].join('\n')}\n`;
}

function json({ groups, accounts }: ImpactPlan, base: string): string {
  const value = {
    base,
    accounts,
    groups: groups.map((group) => ({
      grade: group.grade,
      accounts: names(group),
      changes: group.changes.map(({ path, ...change }) => ({ path: path.join('/'), ...change })),
      errors: group.errors.map(({ code, message, path }) => ({ code, message, path })),
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function markdown(plan: ImpactPlan, base: string): string {
  const blocks = plan.groups.map((group) => [
    `### ${group.grade}: ${counted(group.accounts.length)}`,
    '',
    `${sentence(meanings[group.grade])} ${listed(names(group).map(code))}`,
    '',
    ...group.errors.map(({ code: id, message, path }) => `- **${id}** ${escaped(message)} (${code(path)})`),
    ...group.changes.map((change) => `- ${code(changeText(change))}${change.grade === 'safe' ? '' : ` **${change.grade}**`}`),
    '',
  ].join('\n'));
  return `${[`## Backup policies compared with ${code(base)}`, '', summary(plan), '', ...blocks].join('\n').trimEnd()}\n`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

const annotations: Readonly<Record<Grade, 'error' | 'warning' | 'notice'>> = { frozen: 'error', lost: 'warning', weaker: 'warning', repaired: 'notice', safe: 'notice' };

function github(plan: ImpactPlan): string {
  const lines = plan.groups.map((group) => {
    const details = [...group.errors.map(({ message, path }) => `! ${message} (${path})`), ...group.changes.map(changeText)].join('\n');
    const title = `${group.grade}: ${counted(group.accounts.length)}`;
    return `::${annotations[group.grade]} title=${escapeProperty(title)}::${escapeMessage(`${listed(names(group))}\n${details}`)}`;
  });
  return `${[...lines, summary(plan)].join('\n')}\n`;
}
