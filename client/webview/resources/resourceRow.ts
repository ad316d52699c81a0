/** One resource: what backs it up, or why nothing does. */

import { html, nothing, type TemplateResult } from 'lit';
import type { ReachedResourceView, ReachFindingView, ReachPlanView, ReachSelectionView, ReachView, ViewLocation } from '../../../server/protocol.ts';
import { icon } from '../icon.ts';

type PlanAnswer = ReachedResourceView['plans'][number];

/** What a row can do. */
export interface RowHandlers {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly reveal: (location: ViewLocation) => void;
}

/** The last part of an ARN, by which people know a resource. */
function shortName(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

/** The tag `Name` when there is one, else the end of the ARN. */
function titleOf({ arn, tags }: ReachedResourceView): string {
  const name = tags.find(({ key }) => key === 'Name')?.value ?? '';
  return name === '' ? shortName(arn) : name;
}

function missed({ findings, selections }: PlanAnswer): readonly ReachFindingView[] {
  return [...findings, ...selections.flatMap((selection) => selection.findings)].filter(({ verdict }) => verdict !== 'met');
}

/** The plans that reach it, or the reason that stands between it and the plan that is nearest. */
function outcome(resource: ReachedResourceView, plans: readonly ReachPlanView[]): string {
  if (resource.impossible !== undefined) return resource.impossible;
  const reached = resource.plans.filter((answer) => answer.reached);
  if (reached.length > 0) return `by ${reached.map(({ plan }) => plans[plan]?.name ?? '').join(' and ')}`;
  const [nearest] = resource.plans;
  const [reason] = nearest === undefined ? [] : missed(nearest);
  return nearest === undefined || reason === undefined ? '' : `${plans[nearest.plan]?.name ?? ''}: ${reason.message}`;
}

const marks = { met: { name: 'check', word: 'met' }, unmet: { name: 'close', word: 'not met' }, unknown: { name: 'question', word: 'not known' } } as const;

function statementLink(path: string, location: ViewLocation | undefined, reveal: RowHandlers['reveal']): TemplateResult {
  return location === undefined
    ? html`<span class="muted">${path}</span>`
    : html`<button type="button" class="link statement-link" title="Go to the statement" @click=${() => { reveal(location); }}><span class="visually-hidden">Go to </span>${path}</button>`;
}

function findingItem(finding: ReachFindingView, plan: string, reveal: RowHandlers['reveal']): TemplateResult {
  const { name, word } = marks[finding.verdict];
  // The plan's name stands above: its part of the path says nothing more.
  const path = finding.path.startsWith(`plans/${plan}/`) ? finding.path.slice(`plans/${plan}/`.length) : finding.path;
  return html`<li class="finding ${finding.verdict}">${icon(name)}<span><span class="visually-hidden">${word}: </span>${finding.message}${
    path === '' ? nothing : html` ${statementLink(path, finding.location, reveal)}`
  }</span></li>`;
}

/** What decides comes first: reasons against it where it is not taken. */
function sorted(findings: readonly ReachFindingView[]): readonly ReachFindingView[] {
  return [...findings.filter(({ verdict }) => verdict !== 'met'), ...findings.filter(({ verdict }) => verdict === 'met')];
}

function selectionBlock(selection: ReachSelectionView, plan: string, reveal: RowHandlers['reveal']): TemplateResult {
  return html`<p class="selection">selection <strong>${selection.name}</strong> ${selection.reached ? 'takes it' : 'does not take it'}</p>
    <ul class="findings">${sorted(selection.findings).map((finding) => findingItem(finding, plan, reveal))}</ul>`;
}

function planTitle(plan: ReachPlanView, words: string, iconName: string, reveal: RowHandlers['reveal']): TemplateResult {
  const { location } = plan;
  const name = location === undefined ? html`${plan.name}` : html`<button type="button" class="link" title="Go to the plan" @click=${() => { reveal(location); }}>${plan.name}</button>`;
  return html`<h4 class="plan">${icon(iconName)}<span>${words} <strong>${name}</strong></span></h4>`;
}

function rules(plan: ReachPlanView, reveal: RowHandlers['reveal']): TemplateResult {
  return html`<ul class="rules" aria-label="Rules of ${plan.name}">${plan.rules.map(({ name, schedule, retention, vault, copies, location }) => html`<li>
      <p>${location === undefined ? html`<strong>${name}</strong>` : html`<button type="button" class="link" title="Go to the rule" @click=${() => { reveal(location); }}><strong>${name}</strong></button>`}: ${schedule}</p>
      <p class="muted">${retention}${vault === undefined ? '' : `, in ${vault}`}</p>
      ${copies.map((copy) => html`<p class="muted">${copy}</p>`)}
    </li>`)}</ul>`;
}

function reachedPlan({ findings, selections }: PlanAnswer, plan: ReachPlanView, reveal: RowHandlers['reveal']): TemplateResult {
  return html`${planTitle(plan, 'Backed up by', 'pass', reveal)}
    <div class="indented">${rules(plan, reveal)}
      <details><summary>Why it is selected</summary>
        <ul class="findings">${findings.map((finding) => findingItem(finding, plan.name, reveal))}</ul>
        ${selections.filter(({ reached }) => reached).map((selection) => selectionBlock(selection, plan.name, reveal))}
      </details>
    </div>`;
}

function missedPlan({ findings, selections }: PlanAnswer, plan: ReachPlanView, reveal: RowHandlers['reveal']): TemplateResult {
  return html`${planTitle(plan, 'Not by', 'circle-slash', reveal)}
    <div class="indented">
      <ul class="findings">${sorted(findings).map((finding) => findingItem(finding, plan.name, reveal))}</ul>
      ${selections.map((selection) => selectionBlock(selection, plan.name, reveal))}
    </div>`;
}

function details(resource: ReachedResourceView, plans: readonly ReachPlanView[], reveal: RowHandlers['reveal']): TemplateResult {
  const answers = resource.plans.flatMap((answer) => {
    const plan = plans[answer.plan];
    return plan === undefined ? [] : [{ answer, plan }];
  });
  const reached = answers.filter(({ answer }) => answer.reached);
  const others = answers.filter(({ answer }) => !answer.reached).map(({ answer, plan }) => missedPlan(answer, plan, reveal));
  return html`<p class="arn">${resource.arn}</p>
    <p class="facts muted">${[resource.kind, resource.region, resource.policyOf, `line ${String(resource.line)}`].filter((part) => part !== undefined).join(' · ')}</p>
    ${resource.tags.length === 0
      ? html`<p class="muted">no tags</p>`
      : html`<ul class="tags" aria-label="Tags">${resource.tags.map(({ key, value }) => html`<li>${key}=${value}</li>`)}</ul>`}
    ${resource.notes.map((note) => html`<p class="remark">${icon('info')}<span>${note}</span></p>`)}
    ${resource.impossible === undefined ? nothing : html`<p class="remark">${icon('circle-slash')}<span>${resource.impossible}</span></p>`}
    ${reached.map(({ answer, plan }) => reachedPlan(answer, plan, reveal))}
    ${reached.length === 0 || others.length === 0 ? others : html`<details><summary>Why not by ${others.length === 1 ? 'the other plan' : `the ${String(others.length)} other plans`}</summary>${others}</details>`}`;
}

/** A resource as an item of its group; `index` makes its element ids. */
export function resourceRow(resource: ReachedResourceView, view: ReachView, index: number, { isOpen, onToggle, reveal }: RowHandlers): TemplateResult {
  const id = `resource-${String(index)}`;
  return html`<li class="resource">
    <h3><button type="button" class="resource-head" aria-expanded=${isOpen} aria-controls=${id} @click=${onToggle}>
      ${icon(isOpen ? 'chevron-down' : 'chevron-right')}<span class="resource-title"><span class="resource-name">${titleOf(resource)}</span>
      <span class="muted">${resource.kind ?? ''}</span>
      <span class="reach-outcome">${outcome(resource, view.plans)}</span></span>${resource.notes.length === 0 ? nothing : html`${icon('info')}<span class="visually-hidden">with a remark</span>`}
    </button></h3>
    <div class="resource-details" id=${id} ?hidden=${!isOpen}>${isOpen ? details(resource, view.plans, reveal) : nothing}</div>
  </li>`;
}
