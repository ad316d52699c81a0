/** The merged policy as a tree (role `tree`). Its rows are the visible ones, flat, each with its level. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AttemptView, LockView, OriginView, ViewLocation } from '../../server/protocol.ts';
import { icon } from './icon.ts';
import { distinctOrigins, type Element, type Row } from './rows.ts';
import { attemptCounts, attemptText, lockText, originText, originTitle, rowLabel } from './words.ts';

/** What the tree's elements do. */
export interface TreeHandlers {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onRowClick: (row: Row) => void;
  readonly onToggle: (row: Row) => void;
  readonly onFocus: (id: string) => void;
  readonly onReveal: (location: ViewLocation) => void;
}

/** Levels that have an indentation of their own in the style sheet. */
const deepestLevel = 12;

const outcomeIcons: Readonly<Record<AttemptView['outcome'], string>> = {
  overridden: 'layers',
  blocked: 'circle-slash',
  noEffect: 'circle-outline',
};

type Link = (className: string, location: ViewLocation, title: string, content: unknown) => TemplateResult;

/** Links of a row are reached by Tab from the row, so only those of the current row take part in the page's tab order. */
function linkOf(row: Row, current: boolean, handlers: TreeHandlers): Link {
  return (className, location, title, content) => html`<button
    type="button"
    class="link ${className}"
    tabindex=${current ? 0 : -1}
    title=${title}
    @click=${(event: Event) => {
      event.stopPropagation();
      handlers.onFocus(row.id);
      handlers.onReveal(location);
    }}
  >${content}</button>`;
}

function originLink(link: Link, origins: readonly OriginView[]): TemplateResult | typeof nothing {
  const [first, ...others] = origins;
  if (first === undefined) {
    return nothing;
  }
  const title = origins.map(originTitle).join('\n');
  return link('origin', first.location, title, html`${originText(first)}${others.length > 0 ? html` +${others.length}` : nothing}`);
}

function lockLinks(link: Link, locks: readonly LockView[]): readonly TemplateResult[] {
  return locks.map((lock) => link('note', lock.origin.location, originTitle(lock.origin), html`${icon('lock-small')}${lockText(lock)}`));
}

function valueClass(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? 'number' : /^(true|false)$/i.test(text) ? 'boolean' : 'string';
}

function valueText(elements: readonly Element[]): unknown {
  return elements.map((element, index) => html`${index > 0 ? ', ' : nothing}<span class="value ${valueClass(element.text)}">${element.text}</span>`);
}

function attemptNote(attempts: readonly AttemptView[], expanded: boolean | undefined): unknown {
  const counts = attemptCounts(attempts);
  return counts === '' || expanded === true ? nothing : html`<span class="note">${icon('layers')}${counts}</span>`;
}

function rowContent(row: Row, link: Link): TemplateResult {
  switch (row.kind) {
    case 'container': {
      const { node } = row;
      return html`<span class="content"><span class="name">${node.name}</span>${
        node.detail === undefined ? nothing : html`<span class="muted">${node.detail}</span>`
      }${lockLinks(link, node.locks)}${attemptNote(node.refused, row.expanded)}</span>${originLink(link, [node.origin])}`;
    }
    case 'value': {
      const { node } = row;
      const value =
        node.values.length === 0
          ? html`<span class="muted">empty list</span>`
          : row.inline
            ? html`<span class="values">${valueText(node.values)}</span>`
            : html`<span class="muted">${node.values.length} elements</span>`;
      return html`<span class="content"><span class="key">${node.name}</span>${value}${
        node.meaning === undefined ? nothing : html`<span class="muted">${node.meaning}</span>`
      }${lockLinks(link, node.locks)}${attemptNote(node.attempts, row.expanded)}</span>${originLink(link, distinctOrigins(node))}`;
    }
    case 'element':
      return html`<span class="content">${valueText([row.element])}</span>${originLink(link, [row.element.origin])}`;
    case 'attempt': {
      const { attempt } = row;
      const text = attemptText(attempt);
      return html`<span class="content"><span class="struck">${icon(outcomeIcons[attempt.outcome])}<s>${attempt.values.join(', ')}</s></span>${
        attempt.cause === undefined ? html`<span class="muted">${text}</span>` : link('note', attempt.cause, 'Go to what keeps it out', text)
      }</span>${originLink(link, [attempt.origin])}`;
    }
  }
}

function rowTemplate(row: Row, current: boolean, handlers: TreeHandlers): TemplateResult {
  const classes = { row: true, [row.kind]: true, [`level-${Math.min(row.level, deepestLevel)}`]: true };
  return html`<div
    role="treeitem"
    class=${classMap(classes)}
    tabindex=${current ? 0 : -1}
    data-row=${row.id}
    aria-label=${rowLabel(row)}
    aria-level=${row.level}
    aria-posinset=${row.position}
    aria-setsize=${row.siblings}
    aria-selected=${current ? 'true' : 'false'}
    aria-expanded=${row.expanded ?? nothing}
    @focus=${() => handlers.onFocus(row.id)}
    @click=${() => handlers.onRowClick(row)}
  >${
    row.expanded === undefined
      ? html`<span class="twistie"></span>`
      : html`<span
          class="twistie codicon codicon-chevron-${row.expanded ? 'down' : 'right'}"
          aria-hidden="true"
          @click=${(event: Event) => {
            event.stopPropagation();
            handlers.onToggle(row);
          }}
        ></span>`
  }${rowContent(row, linkOf(row, current, handlers))}</div>`;
}

/** The tree of `rows`; `current` is the row that Tab reaches. */
export function policyTree(label: string, rows: readonly Row[], current: string | undefined, handlers: TreeHandlers): TemplateResult {
  return html`<div role="tree" class="tree" aria-label=${label} @keydown=${handlers.onKey}>${repeat(
    rows,
    (row) => row.id,
    (row) => rowTemplate(row, row.id === current, handlers),
  )}</div>`;
}
