/** The page of coverage: shows what the host sends, keeps how one looks at it, and tells the host what is opened. */

import { html, nothing, render, type TemplateResult } from 'lit';
import type { CoverageCellView, OrganizationCoverageView } from '../../server/protocol.ts';
import type { CoverageMessage, CoverageState } from './coverageMessages.ts';
import { coverageRows, isGrouped, readCoverageMemory, type CoverageMemory, type CoverageRow, type SortColumn } from './coverageRows.ts';
import { counted, coverageTable, type CellPlace } from './coverageTable.ts';
import { nextCell, placeOf } from './gridKeys.ts';
import type { VsCodeApi } from './vscodeApi.ts';

/** Rows that are drawn at first, and added each time when somebody goes on. */
const rowsAtOnce = 200;

/** The page has its heading whatever it shows. */
function page(content: TemplateResult, toolbar: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<header>
      <h1>Backup Coverage</h1>
      ${toolbar}
    </header>
    <main>${content}</main>`;
}

interface Grid {
  readonly rows: readonly CoverageRow[];
  readonly shown: readonly CoverageRow[];
}

/** The table of coverage in `container`, the page's only element. */
export class CoveragePage {
  readonly #container: HTMLElement;
  readonly #api: VsCodeApi<CoverageMessage>;
  readonly #expanded = new Set<string>();
  readonly #limits = new Map<string, number>();
  readonly #current = new Map<string, CellPlace>();
  readonly #grids = new Map<string, Grid>();
  #memory: CoverageMemory;
  #state: CoverageState = { kind: 'loading' };

  constructor(container: HTMLElement, api: VsCodeApi<CoverageMessage>) {
    this.#container = container;
    this.#api = api;
    this.#memory = readCoverageMemory(api.getState());
  }

  /** Says that the page is there, and shows that it waits. */
  start(): void {
    this.#render();
    this.#api.postMessage({ type: 'ready' });
  }

  /** Shows a new state. What is on display stays while a newer one is worked out. */
  show(state: CoverageState): void {
    if (state.kind === 'loading' && this.#state.kind === 'coverage') return;
    this.#state = state;
    this.#render();
  }

  #look(change: Partial<CoverageMemory>): void {
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
    if (state.kind === 'loading') return page(html`<p role="status">Reading the organization …</p>`);
    if (state.kind === 'failed') return page(html`<p role="alert">${state.message}</p>`);
    const organizations = state.organizations.filter(({ accounts }) => accounts > 0);
    if (organizations.length === 0) return page(html`<p>No organization with accounts is modelled here. A file backup-organization.json says which policies are attached to which root, organizational unit or account.</p>`);
    this.#grids.clear();
    for (const organization of organizations) {
      const rows = coverageRows(organization, this.#memory, this.#expanded);
      this.#grids.set(organization.uri, { rows, shown: rows.slice(0, this.#limits.get(organization.uri) ?? rowsAtOnce) });
    }
    return page(html`${organizations.map((organization) => this.#section(organization))}`, this.#toolbar(organizations));
  }

  #toolbar(organizations: readonly OrganizationCoverageView[]): TemplateResult {
    const all = organizations.reduce((sum, { accounts }) => sum + accounts, 0);
    const left = new Set([...this.#grids.values()].flatMap(({ rows }) => rows.flatMap(({ accounts }) => accounts)));
    const grouped = organizations.some((organization) => isGrouped(organization, this.#memory));
    return html`<div class="toolbar" role="group" aria-label="Table">
      <label class="filter">Filter accounts
        <input type="search" .value=${this.#memory.filter} placeholder="Name, path, id or coverage" @input=${(event: InputEvent) => { if (event.target instanceof HTMLInputElement) this.#look({ filter: event.target.value }); }}></label>
      <label class="check"><input type="checkbox" .checked=${grouped} @change=${() => { this.#look({ grouped: !grouped }); }}> Group accounts that get the same</label>
      <button type="button" class="button" @click=${() => { this.#api.postMessage({ type: 'export', format: 'csv' }); }}>Export as CSV…</button>
      <button type="button" class="button" @click=${() => { this.#api.postMessage({ type: 'export', format: 'markdown' }); }}>Export as Markdown…</button>
      <span role="status" class="muted">${left.size === all ? `All ${counted(all)}` : `${left.size.toLocaleString('en-US')} of ${counted(all)}`}</span>
    </div>`;
  }

  #section(organization: OrganizationCoverageView): TemplateResult {
    const { uri } = organization;
    const { rows, shown } = this.#grids.get(uri) ?? { rows: [], shown: [] };
    if (rows.length === 0) return html`<p>No account of ${organization.name} fits "${this.#memory.filter}".</p>`;
    const rest = rows.length - shown.length;
    return html`<section data-uri=${uri} @keydown=${(event: KeyboardEvent) => { this.#key(event, organization); }} @focusin=${(event: FocusEvent) => { this.#focused(event, uri); }}>
      ${coverageTable(organization, shown, rows.length, this.#memory, this.#place(organization), {
        onSort: (column) => { this.#sort(column); },
        onOpen: (row) => { this.#open(row); },
        onCell: (row, cell) => { this.#openCell(row, cell); },
      })}
      ${rest === 0 ? nothing : html`<button type="button" class="button more" @click=${() => { this.#more(uri); }}>Show ${Math.min(rest, rowsAtOnce)} More of ${rest.toLocaleString('en-US')} Rows</button>`}
    </section>`;
  }

  /** The cell in the tab order, kept within the table. */
  #place({ uri, plans }: OrganizationCoverageView): CellPlace {
    const { row, column } = this.#current.get(uri) ?? { row: 1, column: 0 };
    return { row: Math.min(row, this.#grids.get(uri)?.shown.length ?? 0), column: Math.min(column, plans.length + 1) };
  }

  #sort(column: SortColumn): void {
    this.#look({ sort: column, descending: this.#memory.sort === column && !this.#memory.descending });
  }

  #open(row: CoverageRow): void {
    if (row.type === 'account') {
      this.#api.postMessage({ type: 'showPolicy', target: row.accounts[0].target });
      return;
    }
    if (!this.#expanded.delete(row.id)) this.#expanded.add(row.id);
    this.#render();
  }

  #openCell({ accounts: [{ target }] }: CoverageRow, cell: CoverageCellView | null): void {
    const location = cell?.location;
    this.#api.postMessage(location === undefined ? { type: 'showPolicy', target } : { type: 'reveal', location });
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

  #key(event: KeyboardEvent, { uri, plans }: OrganizationCoverageView): void {
    const place = placeOf(event.target);
    if (place === undefined || event.altKey || event.metaKey) return;
    const grid = this.#grids.get(uri);
    // Whoever goes down at the end goes on.
    if (event.key === 'ArrowDown' && grid !== undefined && place.row === grid.shown.length && grid.rows.length > grid.shown.length) this.#more(uri);
    const next = nextCell(event, place, { row: this.#grids.get(uri)?.shown.length ?? 0, column: plans.length + 1 });
    if (next === undefined) return;
    event.preventDefault();
    for (const section of this.#container.querySelectorAll<HTMLElement>('section')) {
      if (section.dataset['uri'] === uri) section.querySelector<HTMLElement>(`[data-row="${String(next.row)}"][data-column="${String(next.column)}"]`)?.focus();
    }
  }
}
