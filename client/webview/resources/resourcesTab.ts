/** The page "Resources": which resources the plans of the target reach, by what, and why not the others. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ReachGroup, ReachView } from '../../../server/protocol.ts';
import { icon } from '../icon.ts';
import type { PanelTab, TabContext } from '../panelTab.ts';
import { inventoryInput, inventoryProblems } from './inventoryInput.ts';
import { isReachView } from './reachShape.ts';
import { resourceRow } from './resourceRow.ts';
import { readResourcesMemory, reachQuestion, type ResourcesMemory } from './resourcesMemory.ts';

/** Milliseconds without a key before the server is asked again. */
const pause = 300;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Text that was entered before a file was chosen, to come back to. */
let entered = '';

const groups: readonly { readonly id: ReachGroup; readonly title: string; readonly icon: string }[] = [
  { id: 'unreached', title: 'Not backed up', icon: 'warning' },
  { id: 'several', title: 'Backed up by several plans', icon: 'layers' },
  { id: 'once', title: 'Backed up', icon: 'pass' },
];

/** The tab of the panel. */
export const resourcesTab: PanelTab = {
  id: 'resources',
  title: 'Resources',
  params: (memory) => reachQuestion(readResourcesMemory(memory)),
  render: (result, context) => page(isReachView(result) ? result : undefined, readResourcesMemory(context.memory), context),
};

function page(view: ReachView | undefined, memory: ResourcesMemory, context: TabContext): TemplateResult {
  const { remember, ask } = context;
  const askSoon = (question: unknown): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (document.querySelector('.resources') !== null) ask(question);
    }, pause);
  };
  const change = (next: ResourcesMemory, soon = false): void => {
    if (next.file === undefined) entered = next.text;
    remember(next);
    if (soon) askSoon(reachQuestion(next));
    else ask(reachQuestion(next));
  };
  const input = inventoryInput(memory, view, {
    onText: (text) => { change({ ...memory, text }, true); },
    onExample: () => { change({ ...memory, text: view?.example ?? '' }); },
    onChooseFile: () => { context.onCommand('chooseInventory'); },
    onReadAgain: () => { ask(reachQuestion(memory)); },
    onLeaveFile: () => { change({ text: memory.text === '' ? entered : memory.text, filter: '', open: memory.open }); },
    reveal: context.reveal,
  });
  const isEmpty = memory.file === undefined && memory.text.trim() === '';
  return html`<div class="resources" aria-busy=${context.busy}>
    ${input}
    <div class="summary" role="status" aria-live="polite">${view === undefined || isEmpty ? nothing : summary(view)}</div>
    ${view === undefined || isEmpty ? nothing : results(view, memory, context, change)}
  </div>`;
}

function summary(view: ReachView): TemplateResult {
  return view.refusal === undefined
    ? html`<p><strong>${view.summary}</strong></p>`
    : html`<p class="remark">${icon('error')}<span>${view.refusal}</span></p>`;
}

function results(view: ReachView, memory: ResourcesMemory, context: TabContext, change: (next: ResourcesMemory, soon?: boolean) => void): TemplateResult {
  const toggle = (arn: string): void => {
    context.remember({ ...memory, open: memory.open.includes(arn) ? memory.open.filter((each) => each !== arn) : [...memory.open, arn] });
  };
  const matching = view.matching.unreached + view.matching.once + view.matching.several;
  return html`${inventoryProblems(view, context.reveal)}
    ${view.warnings.map((warning) => html`<p class="remark">${icon('warning')}<span>${warning}</span></p>`)}
    ${view.overlaps.map(({ plans, resources, message }) => html`<p class="remark">${icon('layers')}<span><strong>${plans.join(' and ')}</strong> both reach ${resources} ${resources === 1 ? 'resource' : 'resources'}. ${message}</span></p>`)}
    ${view.counts.resources === 0 ? nothing : html`<div class="filter"><label for="filter">Filter</label><input id="filter" type="search" spellcheck="false" placeholder="ARN, tag, account or plan" .value=${live(memory.filter)}
      @input=${(event: Event) => { if (event.target instanceof HTMLInputElement) change({ ...memory, filter: event.target.value }, true); }}></div>`}
    ${view.counts.resources > 0 && matching === 0 ? html`<p class="muted" role="status">No resource has these words.</p>` : nothing}
    <div @keydown=${onKey}>${groups.map((group) => groupSection(group, view, memory, context, toggle))}</div>`;
}

function groupSection({ id, title, icon: iconName }: (typeof groups)[number], view: ReachView, memory: ResourcesMemory, context: TabContext, toggle: (arn: string) => void): TemplateResult | typeof nothing {
  const count = view.matching[id];
  if (count === 0) return nothing;
  const shown = view.resources.flatMap((resource, index) => (resource.group === id ? [{ resource, index }] : []));
  return html`<section class="group ${id}"><h2>${icon(iconName)}<span>${title}</span><span class="count">${count}</span></h2>
    <ul>${shown.map(({ resource, index }) => resourceRow(resource, view, index, { isOpen: memory.open.includes(resource.arn), onToggle: () => { toggle(resource.arn); }, reveal: context.reveal }))}</ul>
    ${count > shown.length ? html`<p class="muted more">and ${count - shown.length} more: filter them to see others</p>` : nothing}
  </section>`;
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Arrow keys, Home and End go from resource to resource. */
function onKey(event: KeyboardEvent): void {
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLElement) || !(currentTarget instanceof HTMLElement) || !target.classList.contains('resource-head')) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const heads = [...currentTarget.querySelectorAll<HTMLElement>('.resource-head')];
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  heads[step(heads.indexOf(target), heads.length)]?.focus();
}
