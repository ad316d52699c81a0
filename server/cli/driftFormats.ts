import { code, escaped } from '../features/markdown.ts';
import type { DriftChangeView, DriftFinding, DriftReport } from '../protocol.ts';
import { escapeMessage, escapeProperty } from './reporters/github.ts';

export type DriftFormat = 'text' | 'json' | 'markdown' | 'github';

/** The ways to print drift; the shape of the JSON is a contract. */
export const driftFormats: Readonly<Record<DriftFormat, (report: DriftReport) => string>> = { text, json, markdown, github };

const titles: Readonly<Record<DriftFinding['kind'], string>> = {
  policy: 'Policies',
  organization: 'Organization',
  attachment: 'Attachments',
  effective: 'Effective policies',
};

function groups({ findings }: DriftReport): readonly (readonly [title: string, findings: readonly DriftFinding[]])[] {
  return (Object.keys(titles) as readonly DriftFinding['kind'][]).flatMap((kind) => {
    const own = findings.filter((finding) => finding.kind === kind);
    return own.length === 0 ? [] : [[titles[kind], own] as const];
  });
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function summary({ findings, organizationId, equal, frozen }: DriftReport): readonly string[] {
  const different = findings.length === 0 ? 'Nothing differs' : counted(findings.length, 'difference');
  const equalPolicies = equal.policies === 1 ? '1 policy' : `${String(equal.policies)} policies`;
  return [
    `${different} between the files and ${organizationId}; equal are ${equalPolicies}, ${counted(equal.targets, 'target')}, ${counted(equal.attachments, 'attachment')} and the effective policies of ${counted(equal.accounts, 'account')}.`,
    ...(frozen.length === 0 ? [] : [`AWS has frozen ${frozen.length === 1 ? 'an account, which keeps its' : `${String(frozen.length)} accounts, which keep their`} last valid effective policy: ${frozen.join(', ')}.`]),
  ];
}

function changesOf(finding: DriftFinding): readonly DriftChangeView[] {
  return finding.kind === 'policy' || finding.kind === 'effective' ? finding.changes : [];
}

const signs: Readonly<Record<DriftChangeView['type'], string>> = { added: '+', removed: '-', changed: '~' };

function changeText({ type, path, values }: DriftChangeView): string {
  return `${signs[type]} ${path}${values === undefined ? '' : `: ${values}`}`;
}

function errorTexts(finding: DriftFinding): readonly string[] {
  return finding.kind === 'effective' ? finding.errors.map(({ from, code: id, message, path }) => `! ${from === 'AWS' ? 'AWS' : 'the model'}: ${id}: ${message} (${path})`) : [];
}

function text(report: DriftReport): string {
  const blocks = groups(report).flatMap(([title, findings]) => [
    title,
    ...findings.flatMap((finding) => [`  ${finding.message}`, ...changesOf(finding).map((change) => `    ${changeText(change)}`), ...errorTexts(finding).map((error) => `    ${error}`), `    ${finding.nextStep}`]),
    '',
  ]);
  return `${[...blocks, ...summary(report), ...report.notes].join('\n')}\n`;
}

function json({ organizationId, managementAccountId, readAt, findings, equal, frozen, notes }: DriftReport): string {
  const value = { organizationId, managementAccountId, readAt: new Date(readAt).toISOString(), findings, equal, frozen, notes };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function markdown(report: DriftReport): string {
  const blocks = groups(report).map(([title, findings]) => [
    `### ${title}`,
    '',
    ...findings.flatMap((finding) => [`- ${escaped(finding.message)} ${escaped(finding.nextStep)}`, ...[...changesOf(finding).map(changeText), ...errorTexts(finding)].map((line) => `  - ${code(line)}`)]),
    '',
  ].join('\n'));
  return `${['## Backup policies compared with AWS', '', ...summary(report).map(escaped), '', ...blocks, ...report.notes.map((note) => `> ${escaped(note)}`)].join('\n').trimEnd()}\n`;
}

function github(report: DriftReport): string {
  const lines = report.findings.map((finding) => {
    const details = [...changesOf(finding).map(changeText), ...errorTexts(finding), finding.nextStep].join('\n');
    return `::warning title=${escapeProperty(`Drift: ${titles[finding.kind]}`)}::${escapeMessage(`${finding.message}\n${details}`)}`;
  });
  return `${[...lines, ...summary(report), ...report.notes].join('\n')}\n`;
}
