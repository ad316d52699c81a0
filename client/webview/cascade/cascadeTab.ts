/** The tab "Cascade": every level's statements of every setting, and what came of them. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CascadeRowView } from '../../../server/protocol.ts';
import { icon } from '../icon.ts';
import type { PanelTab, TabContext } from '../panelTab.ts';
import { nextByName, withLetter, type TypedLetters } from '../typeAhead.ts';
import { cascadeDetail, whyBanner } from './cascadeDetail.ts';
import { cascadeGrid, type CascadeHandlers } from './cascadeGrid.ts';
import { gridAction } from './cascadeKeys.ts';
import { readCascadeMemory, wholeRow, type CascadeMemory } from './cascadeMemory.ts';
import { cascadeRows, groupIds, groupsAround, nearestRow, type CascadeRow } from './cascadeRows.ts';
import { isCascadeAnswer, type CascadeAnswer, type CascadeParams } from './cascadeShape.ts';

function paramsOf({ why }: CascadeMemory): CascadeParams {
  return { why: why ?? null };
}

let typed: TypedLetters = { letters: '', at: 0 };

function gridElement(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.cascade-grid');
}

/** The element of a row, or of one of its cells. */
function elementAt(row: string, column: number): HTMLElement | undefined {
  const rows = [...(gridElement()?.querySelectorAll<HTMLElement>('[data-setting]') ?? [])];
  const element = rows.find((each) => each.dataset['setting'] === row);
  return column === wholeRow ? element : (element?.querySelector<HTMLElement>(`[data-column="${String(column)}"]`) ?? element);
}

/** The cells of a row that are on display: narrow panels hide the empty ones. */
function visibleColumns(row: HTMLElement): readonly number[] {
  return [...row.querySelectorAll<HTMLElement>('[data-column]')].filter((cell) => cell.getClientRects().length > 0).map((cell) => Number(cell.dataset['column']));
}

/** One drawing of the tab. */
class CascadeTab {
  readonly #answer: CascadeAnswer;
  readonly #context: TabContext;
  readonly #memory: CascadeMemory;
  readonly #rows: readonly CascadeRow[];

  constructor(answer: CascadeAnswer, context: TabContext) {
    this.#answer = answer;
    this.#context = context;
    this.#memory = withQuestion(readCascadeMemory(context.memory), answer);
    this.#rows = cascadeRows(answer.view, this.#memory.expanded);
  }

  render(): TemplateResult {
    const { view, answer } = this.#answer;
    const current = this.#rows.find(({ id }) => id === this.#memory.row);
    const place = current === undefined ? { row: this.#rows[0]?.id, column: wholeRow } : { row: current.id, column: this.#memory.column };
    return html`<div class="cascade" aria-busy=${this.#context.busy}>${
      answer === null ? nothing : whyBanner(answer, this.#context.reveal, () => { this.#closeQuestion(); })
    }${view.rows.length === 0 ? html`<p class="welcome">No policy on the path to ${view.target.name} speaks of a plan.</p>` : html`<div class="cascade-tools" role="group" aria-label="Rows">
      <vscode-toolbar-button label="Expand All" title="Expand All" @click=${() => { this.#expandAll(true); }}>${icon('expand-all')}</vscode-toolbar-button>
      <vscode-toolbar-button label="Collapse All" title="Collapse All" @click=${() => { this.#expandAll(false); }}>${icon('collapse-all')}</vscode-toolbar-button>
      <span class="legend" aria-hidden="true"><span class="statement applied">${icon('check')}counts</span><span class="statement overridden"><s>overridden</s></span><span class="statement blocked">${icon('lock')}blocked</span></span>
    </div><div class="cascade-scroller">${cascadeGrid({ view, rows: this.#rows, current: place, selected: current !== undefined }, this.#handlers)}</div>${cascadeDetail(current?.node, this.#context.reveal)}`}</div>`;
  }

  readonly #handlers: CascadeHandlers = {
    onKey: (event) => { this.#onKey(event); },
    onToggle: (row) => {
      this.#change({ row: row.id, column: wholeRow, expanded: { ...this.#memory.expanded, [row.id]: row.expanded !== true } });
    },
    onFocus: (row, column) => {
      if (row !== this.#memory.row || column !== this.#memory.column) {
        this.#change({ row, column });
        // The details take room from the grid.
        elementAt(row, column)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    },
    onReveal: (location) => { this.#context.reveal(location); },
  };

  #change(change: Partial<CascadeMemory>): void {
    this.#context.remember({ ...this.#memory, ...change });
  }

  #closeQuestion(): void {
    const { expanded, row, column } = this.#memory;
    this.#context.remember({ expanded, column, ...(row === undefined ? {} : { row }) });
    this.#context.ask({ why: null } satisfies CascadeParams);
  }

  #expandAll(expanded: boolean): void {
    this.#change({ expanded: Object.fromEntries(groupIds(this.#answer.view.rows).map((id) => [id, expanded])) });
  }

  #onKey(event: KeyboardEvent): void {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const element = target?.closest<HTMLElement>('[data-setting]');
    const row = element?.dataset['setting'];
    if (target === undefined || element === null || element === undefined || row === undefined) {
      return;
    }
    const cell = target.closest<HTMLElement>('[data-column]');
    const column = cell === null ? wholeRow : Number(cell.dataset['column']);
    const onLink = target !== element && target !== cell;
    if (onLink && (event.key === 'Enter' || event.key === ' ')) {
      return;
    }
    const action = gridAction(this.#rows, { row, column, columns: visibleColumns(element) }, event);
    if (action === undefined) {
      this.#onLetter(event, row);
      return;
    }
    event.preventDefault();
    switch (action.type) {
      case 'focus':
        this.#focus(action.row, action.column);
        break;
      case 'expand':
        this.#change({ row, expanded: { ...this.#memory.expanded, ...Object.fromEntries(action.changes.map(({ id, expanded }) => [id, expanded])) } });
        elementAt(row, column)?.focus();
        break;
      case 'open':
        this.#open(row, column);
    }
  }

  #onLetter(event: KeyboardEvent, row: string): void {
    const letters = withLetter(typed, event);
    if (letters === undefined) {
      return;
    }
    typed = letters;
    const found = nextByName(this.#rows, ({ node }) => node.name, row, letters.letters);
    if (found !== undefined) {
      event.preventDefault();
      this.#focus(found, wholeRow);
    }
  }

  #focus(row: string, column: number): void {
    const element = elementAt(row, column);
    // A narrow panel hides empty cells: then the row has the focus.
    (element?.getClientRects().length === 0 ? elementAt(row, wholeRow) : element)?.focus();
  }

  #open(row: string, column: number): void {
    const node = this.#rows.find(({ id }) => id === row)?.node;
    const location = node === undefined ? undefined : placeAt(node, column, this.#answer.view.levels.length);
    if (location !== undefined) {
      this.#context.reveal(location);
    }
  }
}

/** What Enter opens: in a level's cell its first statement or control, elsewhere the last statement that counts. */
function placeAt({ statements, controls }: CascadeRowView, column: number, levels: number): CascadeRowView['statements'][number]['location'] | undefined {
  if (column >= 2 && column < levels + 2) {
    return [...statements, ...controls].find(({ level }) => level === column - 2)?.location;
  }
  return (statements.findLast(({ outcome }) => outcome === 'applied') ?? statements[0] ?? controls[0])?.location;
}

/** Opens the groups around what was asked for, as long as the user has not chosen another row. */
function withQuestion(memory: CascadeMemory, { view }: CascadeAnswer): CascadeMemory {
  if (memory.why === undefined || memory.row !== undefined) {
    return memory;
  }
  const row = nearestRow(view.rows, memory.why);
  const around = row === undefined ? undefined : groupsAround(view.rows, row);
  return row === undefined || around === undefined
    ? memory
    : { ...memory, row, expanded: { ...memory.expanded, ...Object.fromEntries(around.map((id) => [id, true])) } };
}

/** The tab. */
export const cascadeTab: PanelTab = {
  id: 'cascade',
  title: 'Cascade',
  params: (memory) => paramsOf(readCascadeMemory(memory)),
  render: (result, context) => {
    if (!isCascadeAnswer(result)) {
      return html`<div class="welcome" role="status">${context.busy ? 'Working out what each level says…' : 'The cascade is not available.'}</div>`;
    }
    return new CascadeTab(result, context).render();
  },
};
