import type { Grade } from '../core/plan/grade.ts';
import { changeText, gradeMeanings } from '../features/changeText.ts';
import type { ImpactGroup, ImpactPlan } from '../features/impactPlan.ts';
import { listed } from '../features/listed.ts';
import { code, escaped } from '../features/markdown.ts';
import { escapeMessage, escapeProperty } from './reporters/github.ts';

export type PlanFormat = 'text' | 'json' | 'markdown' | 'github';

/** The ways to print a plan; the shape of the JSON is a contract. */
export const planFormats: Readonly<Record<PlanFormat, (plan: ImpactPlan, base: string) => string>> = { text, json, markdown, github };

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

function text(plan: ImpactPlan): string {
  const blocks = plan.groups.map((group) => [
    `${group.grade}: ${counted(group.accounts.length)}, ${gradeMeanings[group.grade]}`,
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
    `${sentence(gradeMeanings[group.grade])} ${listed(names(group).map(code))}`,
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
