import Papa from 'papaparse';
import type { ReachedResourceView, ReachFindingView, ReachView, ViewLocation } from '../protocol.ts';

export type ReachFormat = 'text' | 'json' | 'csv';

/** The file and line of a statement, for people. */
export type PlaceText = (location: ViewLocation) => string;

/** The ways to print which resources are reached; the shape of JSON and CSV is a contract. */
export const reachFormats: Readonly<Record<ReachFormat, (view: ReachView, place: PlaceText) => string>> = { text, json, csv };

const headings: Readonly<Record<ReachedResourceView['group'], string>> = { unreached: 'Reached by nothing', once: 'Backed up', several: 'Backed up by several plans' };

function text(view: ReachView, place: PlaceText): string {
  const lines: string[] = [];
  for (const group of ['unreached', 'several', 'once'] as const) {
    const resources = view.resources.filter((each) => each.group === group);
    if (resources.length === 0) continue;
    lines.push(`${headings[group]}: ${String(resources.length)}`, '');
    for (const resource of resources) lines.push(...resourceLines(view, resource, place), '');
  }
  for (const { plans, resources, message } of view.overlaps) lines.push(`${plans.join(' and ')} both reach ${String(resources)} ${resources === 1 ? 'resource' : 'resources'}. ${message}`, '');
  for (const { line, message } of view.problems) lines.push(`! line ${String(line)}: ${message}`);
  if (view.problemCount > view.problems.length) lines.push(`! ${String(view.problemCount - view.problems.length)} more problems`);
  for (const warning of view.warnings) lines.push(`! ${warning}`);
  lines.push(view.summary);
  return `${lines.join('\n')}\n`;
}

function resourceLines(view: ReachView, resource: ReachedResourceView, place: PlaceText): readonly string[] {
  const tags = resource.tags.map(({ key, value }) => `${key}=${value}`).join(' ');
  return [
    `${resource.arn}${tags === '' ? '' : `  ${tags}`}`,
    ...resource.notes.map((note) => `  ! ${note}`),
    ...resource.plans.filter(({ reached }) => reached || resource.group === 'unreached').flatMap((answer) => {
      const plan = view.plans[answer.plan];
      if (plan === undefined) return [];
      if (!answer.reached) return whyNot(answer, plan.name, place);
      const taken = answer.selections.filter(({ reached }) => reached);
      return [
        `  + ${plan.name}: ${taken.map(({ name, findings }) => `${name} (${findings.map(({ message }) => message).join('; ')})`).join(', ')}`,
        ...plan.rules.map((rule) => `      ${rule.name}: ${[rule.schedule, rule.retention, ...rule.copies].join('; ')}`),
      ];
    }),
    ...(resource.impossible === undefined ? [] : [`  - ${resource.impossible}`]),
  ];
}

function whyNot({ findings, selections }: ReachedResourceView['plans'][number], plan: string, place: PlaceText): readonly string[] {
  const reasons = [...failed(findings), ...selections.flatMap((selection) => failed(selection.findings))];
  return reasons.map((finding) => `  - ${plan}: ${finding.message}${finding.path === '' ? '' : `: ${finding.path}`}${finding.location === undefined ? '' : ` (${place(finding.location)})`}`);
}

function failed(findings: readonly ReachFindingView[]): readonly ReachFindingView[] {
  return findings.filter(({ verdict }) => verdict !== 'met');
}

function json(view: ReachView, place: PlaceText): string {
  const value = {
    target: view.target.path,
    counts: view.counts,
    warnings: view.warnings,
    resources: view.resources.map((resource) => ({
      arn: resource.arn,
      policyOf: resource.policyOf,
      tags: Object.fromEntries(resource.tags.map(({ key, value: tag }) => [key, tag])),
      group: resource.group,
      ...(resource.impossible === undefined ? {} : { impossible: resource.impossible }),
      notes: resource.notes,
      plans: resource.plans.map(({ plan, reached, findings, selections }) => ({
        plan: view.plans[plan]?.name,
        reached,
        ...(reached ? { rules: view.plans[plan]?.rules.map(({ name, schedule, retention, vault, copies }) => ({ name, schedule, retention, vault, copies })) } : {}),
        findings: findings.map((each) => findingJson(each, place)),
        selections: selections.map((selection) => ({ ...selection, findings: selection.findings.map((each) => findingJson(each, place)) })),
      })),
    })),
    overlaps: view.overlaps,
    problems: view.problems,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function findingJson({ verdict, message, path, location }: ReachFindingView, place: PlaceText): unknown {
  return { verdict, message, ...(path === '' ? {} : { path }), ...(location === undefined ? {} : { statement: place(location) }) };
}

function csv(view: ReachView): string {
  const rows = view.resources.map((resource) => {
    const reached = resource.plans.filter((each) => each.reached);
    const reasons = resource.plans.flatMap(({ plan, findings, selections }) => [...failed(findings), ...selections.flatMap((each) => failed(each.findings))].map(({ message }) => `${view.plans[plan]?.name ?? ''}: ${message}`));
    return {
      arn: resource.arn,
      effective_policy_of: resource.policyOf,
      backed_up: reached.length > 0 ? 'yes' : 'no',
      plans: reached.map(({ plan }) => view.plans[plan]?.name ?? '').join('; '),
      rules: reached.flatMap(({ plan }) => view.plans[plan]?.rules.map((rule) => `${rule.name}: ${rule.schedule}, ${rule.retention}`) ?? []).join('; '),
      why_not: reached.length > 0 ? '' : [...(resource.impossible === undefined ? [] : [resource.impossible]), ...reasons].join('; '),
      notes: resource.notes.join(' '),
    };
  });
  return `${Papa.unparse(rows, { escapeFormulae: true, newline: '\n', columns: ['arn', 'effective_policy_of', 'backed_up', 'plans', 'rules', 'why_not', 'notes'] })}\n`;
}
