/** The page of readiness: shows what the host sends, keeps how one looks at it, and tells the host what is opened. */

import { html, nothing, render, type TemplateResult } from 'lit';
import type { OrganizationReadinessView, ReadinessFormat } from '../../../server/protocol.ts';
import { counted, type CellPlace } from '../coverageTable.ts';
import { nextCell, placeOf } from '../gridKeys.ts';
import type { VsCodeApi } from '../vscodeApi.ts';
import type { ReadinessMessage, ReadinessState } from './readinessMessages.ts';
import { findingsOf, readinessCounts, readinessRows, readReadinessMemory, type Findings, type ReadinessMemory, type ReadinessRow, type StateFilter } from './readinessRows.ts';
import { readinessTable } from './readinessTable.ts';

/** Rows that are drawn at first, and added each time when somebody goes on. */
const rowsAtOnce = 200;
const lastColumn = 2;

interface Grid {
  readonly rows: readonly ReadinessRow[];
  readonly shown: readonly ReadinessRow[];
}

const stateFilters: readonly (readonly [StateFilter, string])[] = [['all', 'Everything'], ['missing', 'Missing'], ['notFound', 'Missing or not checked'], ['found', 'Found']];

/** The checklist in `container`, the page's only element. */
export class ReadinessPage {
  readonly #container: HTMLElement;
  readonly #api: VsCodeApi<ReadinessMessage>;
  readonly #toggled = new Set<string>();
  readonly #limits = new Map<string, number>();
  readonly #current = new Map<string, CellPlace>();
  readonly #grids = new Map<string, Grid>();
  #findings: Findings = new Map();
  #memory: ReadinessMemory;
  #state: ReadinessState = { kind: 'loading' };

  constructor(container: HTMLElement, api: VsCodeApi<ReadinessMessage>) {
    this.#container = container;
    this.#api = api;
    this.#memory = readReadinessMemory(api.getState());
  }

  /** Says that the page is there, and shows that it waits. */
  start(): void {
    this.#render();
    this.#api.postMessage({ type: 'ready' });
  }

  /** Shows a new state. What is on display stays while a newer one is worked out. */
  show(state: ReadinessState): void {
    if (state.kind === 'loading' && this.#state.kind === 'readiness') return;
    this.#state = state;
    this.#findings = findingsOf(state.kind === 'readiness' ? state.check : undefined);
    this.#render();
  }

  #look(change: Partial<ReadinessMemory>): void {
    this.#memory = { ...this.#memory, ...change };
    this.#api.setState(this.#memory);
    this.#limits.clear();
    this.#render();
  }

  #render(): void {
    render(this.#content(), this.#container);
  }

  #content(): TemplateResult {
    const state = this.#state;
    if (state.kind === 'loading') return html`<main><h1>Readiness</h1><p role="status">Reading the organization …</p></main>`;
    if (state.kind === 'failed') return html`<main><h1>Readiness</h1><p role="alert">${state.message}</p></main>`;
    const organizations = state.organizations.filter(({ accounts }) => accounts > 0);
    if (organizations.length === 0) return html`<main><h1>Readiness</h1><p>No organization with accounts is modelled here. A file backup-organization.json says which policies are attached to which root, organizational unit or account.</p></main>`;
    this.#grids.clear();
    for (const organization of organizations) {
      const rows = readinessRows(organization, this.#memory, this.#findings, this.#toggled);
      this.#grids.set(organization.uri, { rows, shown: rows.slice(0, this.#limits.get(organization.uri) ?? rowsAtOnce) });
    }
    return html`<header>
        <h1>Readiness</h1>
        ${this.#toolbar(state.canCheck, organizations)}
        ${state.check === undefined ? nothing : html`<p class="muted">Checked in AWS at ${new Date(state.check.at).toLocaleTimeString()}. ${state.check.others}</p>`}
      </header>
      <main>${organizations.map((organization) => this.#section(organization))}</main>`;
  }

  #toolbar(canCheck: boolean, organizations: readonly OrganizationReadinessView[]): TemplateResult {
    const lines = [...this.#grids.values()].reduce((sum, { rows }) => sum + rows.filter(({ type }) => type === 'item').length, 0);
    const all = organizations.reduce((sum, { groups }) => sum + groups.reduce((count, group) => count + group.items.length, 0), 0);
    const exporting = (format: ReadinessFormat, text: string): TemplateResult => html`<button type="button" class="button" @click=${() => { this.#export(format, organizations); }}>${text}</button>`;
    return html`<div class="toolbar" role="group" aria-label="Checklist">
      <label class="filter">Filter
        <input type="search" .value=${this.#memory.filter} placeholder="Account, id, role, vault or Region" @input=${(event: InputEvent) => { if (event.target instanceof HTMLInputElement) this.#look({ filter: event.target.value }); }}></label>
      <label class="filter">State
        <select @change=${(event: Event) => { this.#filterState(event.target); }}>${stateFilters.map(([value, text]) => html`<option value=${value} ?selected=${value === this.#memory.state}>${text}</option>`)}</select></label>
      ${canCheck ? html`<button type="button" class="button" @click=${() => { this.#api.postMessage({ type: 'check' }); }}>Check in AWS</button>` : nothing}
      ${exporting('csv', 'Export as CSV…')}
      ${exporting('markdown', 'Export as Markdown…')}
      ${exporting('cloudformation', 'Export StackSet Template…')}
      <span role="status" class="muted">${lines === all ? `${all.toLocaleString('en-US')} lines` : `${lines.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} lines`}</span>
    </div>`;
  }

  #filterState(target: EventTarget | null): void {
    const chosen = target instanceof HTMLSelectElement ? stateFilters.find(([value]) => value === target.value) : undefined;
    if (chosen !== undefined) this.#look({ state: chosen[0] });
  }

  /** A template is of one model; where there are several the host asks. */
  #export(format: ReadinessFormat, organizations: readonly OrganizationReadinessView[]): void {
    const [only, ...others] = organizations;
    this.#api.postMessage(format === 'cloudformation' && only !== undefined && others.length === 0 ? { type: 'export', format, place: { organization: only.uri } } : { type: 'export', format });
  }

  #section(organization: OrganizationReadinessView): TemplateResult {
    const { uri, name } = organization;
    const { rows, shown } = this.#grids.get(uri) ?? { rows: [], shown: [] };
    if (organization.groups.length === 0) return html`<p>No backup plan reaches an account of ${name}, so nothing has to exist.</p>`;
    if (rows.length === 0) return html`<p>No line of ${name} fits ${this.#memory.filter === '' ? 'the chosen state' : `"${this.#memory.filter}"`}.</p>`;
    const rest = rows.length - shown.length;
    return html`<section data-uri=${uri} @keydown=${(event: KeyboardEvent) => { this.#key(event, uri); }} @focusin=${(event: FocusEvent) => { this.#focused(event, uri); }}>
      ${readinessTable(organization, this.#caption(organization), shown, rows.length, this.#place(uri), {
        onToggle: (row) => { this.#toggle(row); },
        onReason: ({ location }) => { if (location !== undefined) this.#api.postMessage({ type: 'reveal', location }); },
        onPolicy: ({ group }) => { this.#showPolicy(group.accounts[0]?.target); },
      })}
      ${rest === 0 ? nothing : html`<button type="button" class="button more" @click=${() => { this.#more(uri); }}>Show ${Math.min(rest, rowsAtOnce)} More of ${rest.toLocaleString('en-US')} Rows</button>`}
    </section>`;
  }

  #caption(organization: OrganizationReadinessView): string {
    const { name, accounts, withoutNeeds } = organization;
    const { lines, missing, found } = readinessCounts(organization, this.#findings);
    const checked = this.#findings.size === 0 ? '' : ` ${String(missing)} of ${String(lines)} are missing, ${String(found)} found.`;
    const without = withoutNeeds === 0 ? '' : ` ${counted(withoutNeeds)} without a backup plan need nothing.`;
    return `${name}, ${counted(accounts)}.${checked}${without} AWS creates none of this and does not check it: without it jobs fail. Arrow keys go from cell to cell, Enter opens.`;
  }

  #showPolicy(target: OrganizationReadinessView['groups'][number]['accounts'][number]['target']): void {
    if (target !== undefined) this.#api.postMessage({ type: 'showPolicy', target });
  }

  /** The cell in the tab order, kept within the table. */
  #place(uri: string): CellPlace {
    const { row, column } = this.#current.get(uri) ?? { row: 1, column: 0 };
    return { row: Math.min(row, this.#grids.get(uri)?.shown.length ?? 0), column };
  }

  #toggle({ id }: ReadinessRow): void {
    if (!this.#toggled.delete(id)) this.#toggled.add(id);
    this.#render();
  }

  #more(uri: string): void {
    this.#limits.set(uri, (this.#limits.get(uri) ?? rowsAtOnce) + rowsAtOnce);
    this.#render();
  }

  #focused({ target }: FocusEvent, uri: string): void {
    const place = placeOf(target);
    if (place === undefined) return;
    const before = this.#current.get(uri);
    if (before?.row === place.row && before.column === place.column) return;
    this.#current.set(uri, place);
    this.#render();
  }

  #key(event: KeyboardEvent, uri: string): void {
    const place = placeOf(event.target);
    if (place === undefined || event.altKey || event.metaKey) return;
    const grid = this.#grids.get(uri);
    // Whoever goes down at the end goes on.
    if (event.key === 'ArrowDown' && grid !== undefined && place.row === grid.shown.length && grid.rows.length > grid.shown.length) this.#more(uri);
    const next = nextCell(event, place, { row: this.#grids.get(uri)?.shown.length ?? 0, column: lastColumn });
    if (next === undefined) return;
    event.preventDefault();
    for (const section of this.#container.querySelectorAll<HTMLElement>('section')) {
      if (section.dataset['uri'] === uri) section.querySelector<HTMLElement>(`[data-row="${String(next.row)}"][data-column="${String(next.column)}"]`)?.focus();
    }
  }
}
