/** The panel: shows the state that the host sends, keeps place and focus, and tells the host what the user does. */

import { html, nothing, render, type TemplateResult } from 'lit';
import type { EffectivePolicyView, ViewLocation } from '../../server/protocol.ts';
import { emptyState, noPlans } from './emptyStates.ts';
import { path, titleBar } from './header.ts';
import type { HostMessage, PageId, PanelCommand, PanelState } from './messages.ts';
import { PanelPages } from './pages.ts';
import { expansionOf, readMemory, type PanelMemory } from './panelMemory.ts';
import { policyTree } from './policyTree.ts';
import { problemList, problemSummary } from './problems.ts';
import { expandableIds, rowsOf, type Row } from './rows.ts';
import { anchorScroll, rowElement } from './scrollAnchor.ts';
import { labelOfTabPanel, tabList, tabOf, tabPanelId } from './tabs.ts';
import { treeAction, typeAhead } from './treeKeys.ts';
import { withLetter, type TypedLetters } from './typeAhead.ts';
import type { VsCodeApi } from './vscodeApi.ts';

function targetKey({ target }: EffectivePolicyView): string {
  return `${target.target.organization} ${target.target.key}`;
}

/** The side panel "Effective Policy" in `container`, the page's only element. */
export class EffectivePolicyPanel {
  readonly #container: HTMLElement;
  readonly #api: VsCodeApi;
  #memory: PanelMemory;
  #state: PanelState = { kind: 'loading' };
  /** The policy on display; it stays while a newer one is worked out. */
  #view: EffectivePolicyView | undefined;
  #rows: readonly Row[] = [];
  #typed: TypedLetters = { letters: '', at: 0 };
  readonly #pages: PanelPages;
  #inEditor = false;

  constructor(container: HTMLElement, api: VsCodeApi) {
    this.#container = container;
    this.#api = api;
    this.#memory = readMemory(api.getState());
    this.#pages = new PanelPages({
      api,
      memory: () => this.#memory,
      remember: (change) => { this.#remember(change); },
      render: () => { this.#render(); },
    });
  }

  /** Takes a message of the extension host. */
  receive(message: HostMessage): void {
    if (message.type === 'state') {
      this.#inEditor = message.inEditor === true;
      this.#container.classList.toggle('in-editor', this.#inEditor);
      this.show(message.state);
    } else {
      this.#pages.receive(message);
    }
  }

  /** Tells the host that the page is there, and what it needs. */
  start(): void {
    this.show({ kind: 'loading' });
    this.#api.postMessage({ type: 'ready' });
    if (this.#pages.current !== undefined) {
      this.#pages.ask();
    }
  }

  /** Shows a new state, without moving what the user looks at. */
  show(state: PanelState): void {
    const shown = this.#view;
    this.#state = state;
    if (state.kind !== 'loading') {
      this.#view = state.kind === 'policy' ? state.view : undefined;
    }
    const view = this.#view;
    if (view === undefined || shown !== undefined && targetKey(shown) === targetKey(view)) {
      this.#render();
      return;
    }
    const sameTarget = this.#memory.target === targetKey(view);
    const scrollTop = sameTarget ? this.#memory.scrollTop : 0;
    this.#remember({ target: targetKey(view), scrollTop, shown: view.target.target });
    if (shown !== undefined) {
      this.#pages.forget();
    }
    this.#render();
    this.#scroller().scrollTop = scrollTop;
  }

  /** Puts the focus on the current row of the tree or grid when the page has the focus and nothing in it has. */
  focusTree(): void {
    if (document.activeElement === null || document.activeElement === document.body) {
      const row = rowElement(this.#container, this.#currentRow(this.#rows)) ?? this.#container.querySelector<HTMLElement>('[role="treegrid"] [tabindex="0"]');
      row?.focus({ preventScroll: true });
    }
  }

  #remember(change: Partial<PanelMemory>): void {
    this.#memory = { ...this.#memory, ...change };
    this.#api.setState(this.#memory);
  }

  #scroller(): HTMLElement {
    return this.#container.querySelector('main') ?? this.#container;
  }

  readonly #command = (command: PanelCommand): void => { this.#api.postMessage({ type: 'command', command }); };

  readonly #reveal = (location: ViewLocation): void => { this.#api.postMessage({ type: 'reveal', location }); };

  /** Makes a row current that is there: the remembered one, else the row that took its place, else the first. */
  #currentRow(rows: readonly Row[]): string | undefined {
    const { currentRow } = this.#memory;
    if (rows.some((row) => row.id === currentRow)) {
      return currentRow;
    }
    const before = this.#rows.findIndex((row) => row.id === currentRow);
    return (rows[Math.min(before, rows.length - 1)] ?? rows[0])?.id;
  }

  #render(): void {
    const focused = document.activeElement;
    const inTree = focused !== null && focused.closest('[role="tree"]') !== null;
    const restoreScroll = anchorScroll(this.#scroller(), this.#memory.currentRow);
    const rows = this.#view === undefined ? [] : rowsOf(this.#view.plans, expansionOf(this.#memory));
    const current = this.#currentRow(rows);
    this.#rows = rows;
    if (current !== undefined && this.#memory.currentRow !== undefined && current !== this.#memory.currentRow) {
      this.#remember({ currentRow: current });
    }
    render(this.#page(rows, current), this.#container);
    restoreScroll();
    // A page without the focus must not take it from the editor in which one types.
    if (inTree && focused !== document.activeElement && document.hasFocus()) {
      rowElement(this.#container, current)?.focus({ preventScroll: true });
    }
  }

  #page(rows: readonly Row[], current: string | undefined): TemplateResult {
    const view = this.#view;
    const busy = this.#state.kind === 'loading';
    const page = this.#pages.current;
    const header = {
      isExpandable: page === undefined,
      inEditor: this.#inEditor,
      onCommand: this.#command,
      onOpenEntity: () => {
        if (view !== undefined) {
          this.#api.postMessage({ type: 'openEntity', target: view.target.target });
        }
      },
      onExpandAll: () => { this.#expandAll(true); },
      onCollapseAll: () => { this.#expandAll(false); },
    };
    return html`${view === undefined ? nothing : html`${titleBar(view, header)}${tabList(page, this.#choosePage)}`}
      <main aria-busy=${busy} @scroll=${this.#onScroll}>
        ${busy ? html`<vscode-progress-bar class="progress" indeterminate aria-label="Working out the effective policy"></vscode-progress-bar>` : nothing}
        ${view === undefined ? nothing : path(view)}
        <div class="alert" role="alert" aria-live="polite">${view === undefined ? nothing : problemSummary(view)}</div>
        ${view === undefined ? nothing : problemList(view, this.#reveal)}
        <div id=${tabPanelId} role=${view === undefined ? nothing : 'tabpanel'} aria-labelledby=${view === undefined ? nothing : labelOfTabPanel(page)}>${this.#tab(rows, current)}</div>
      </main>`;
  }

  readonly #choosePage = (page: PageId | undefined): void => {
    this.#pages.choose(page);
    this.#scroller().scrollTop = page === undefined ? this.#memory.scrollTop : 0;
  };

  #tab(rows: readonly Row[], current: string | undefined): TemplateResult | typeof nothing {
    const tab = tabOf(this.#pages.current);
    return this.#view === undefined || tab === undefined
      ? this.#body(rows, current)
      : this.#pages.render(tab, this.#view, { reveal: this.#reveal, onCommand: this.#command });
  }

  #body(rows: readonly Row[], current: string | undefined): TemplateResult | typeof nothing {
    const view = this.#view;
    if (view === undefined) {
      return this.#state.kind === 'policy' ? nothing : emptyState(this.#state, this.#command);
    }
    // Statements that lost are shown for an empty policy too: they tell why it is empty.
    const explanation = view.empty || view.plans.length === 0 ? noPlans(view, this.#command) : nothing;
    return html`${explanation}${view.plans.length === 0 ? nothing : this.#tree(view, rows, current)}`;
  }

  #tree(view: EffectivePolicyView, rows: readonly Row[], current: string | undefined): TemplateResult {
    const selected = this.#memory.currentRow !== undefined;
    return policyTree({ label: `Effective policy of ${view.target.name}`, rows, current, selected }, {
      onKey: this.#onKey,
      onRowClick: (row) => {
        if (row.kind === 'container') {
          this.#toggle(row);
        } else {
          this.#open(row);
        }
      },
      onToggle: (row) => { this.#toggle(row); },
      onFocus: (id) => { this.#makeCurrent(id); },
      onReveal: this.#reveal,
    });
  }

  readonly #onScroll = (): void => {
    if (this.#view !== undefined && this.#pages.current === undefined) {
      this.#remember({ scrollTop: this.#scroller().scrollTop });
    }
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    const current = row?.dataset['row'];
    const onLink = event.target !== row;
    if (current === undefined || onLink && (event.key === 'Enter' || event.key === ' ')) {
      return;
    }
    if (onLink && event.key === 'ArrowLeft') {
      event.preventDefault();
      row?.focus();
      return;
    }
    const action = treeAction(this.#rows, current, event);
    if (action === undefined) {
      this.#onLetter(event, current);
      return;
    }
    event.preventDefault();
    switch (action.type) {
      case 'focus':
        this.#focus(action.id);
        break;
      case 'expand':
        this.#expand(action.changes);
        break;
      case 'open':
        this.#open(action.row);
        break;
    }
  };

  #onLetter(event: KeyboardEvent, current: string): void {
    const typed = withLetter(this.#typed, event);
    if (typed === undefined) {
      return;
    }
    this.#typed = typed;
    const found = typeAhead(this.#rows, current, this.#typed.letters);
    if (found !== undefined) {
      event.preventDefault();
      this.#focus(found);
    }
  }

  #makeCurrent(id: string): void {
    if (id !== this.#memory.currentRow) {
      this.#remember({ currentRow: id });
      this.#render();
    }
  }

  #focus(id: string): void {
    this.#makeCurrent(id);
    rowElement(this.#container, id)?.focus();
  }

  #open(row: Row): void {
    if (row.reveal !== undefined) {
      this.#reveal(row.reveal);
    }
  }

  #toggle(row: Row): void {
    this.#remember({ currentRow: row.id });
    if (row.expanded !== undefined) {
      this.#expand([{ id: row.id, expanded: !row.expanded }]);
    }
  }

  #expand(changes: readonly { readonly id: string; readonly expanded: boolean }[]): void {
    const changed = Object.fromEntries(changes.map(({ id, expanded }) => [id, expanded]));
    this.#remember({ expanded: { ...this.#memory.expanded, ...changed } });
    this.#render();
  }

  #expandAll(expanded: boolean): void {
    this.#expand(expandableIds(this.#view?.plans ?? []).map((id) => ({ id, expanded })));
  }
}
