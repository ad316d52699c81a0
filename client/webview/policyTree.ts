/** The merged policy as a tree (role `tree`). Its rows are the visible ones, flat, each with its level. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AttemptView, NodeView, OriginView, ViewLocation } from '../../server/protocol.ts';
import { icon } from './icon.ts';
import { keyText, rowLink, valueClass, type RowLink } from './rowParts.ts';
import { distinctOrigins, type Element, type Row } from './rows.ts';
import { attemptCounts, attemptedText, attemptText, lockText, noValue, originText, originTitle, rowLabel } from './words.ts';

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

/** Elements that a closed list shows in its row. */
const elementsInSummary = 3;

const outcomeIcons: Readonly<Record<AttemptView['outcome'], string>> = {
  overridden: 'layers',
  blocked: 'circle-slash',
  noEffect: 'circle-outline',
};

function originLink(link: RowLink, origins: readonly OriginView[], className = 'origin'): TemplateResult | typeof nothing {
  const [first, ...others] = origins;
  if (first === undefined) {
    return nothing;
  }
  const title = origins.map(originTitle).join('\n');
  return link(className, first.location, title, html`${originText(first)}${others.length > 0 ? html` +${others.length}` : nothing}`);
}

function lockLinks(link: RowLink, { type, locks }: NodeView): readonly TemplateResult[] {
  return locks.map((lock) =>
    link('note', lock.origin.location, originTitle(lock.origin), html`${icon('lock-small')}<span>${lockText(lock, type)}</span>`),
  );
}

function valueText(elements: readonly Element[]): readonly TemplateResult[] {
  return elements.map((element, index) => html`${index > 0 ? ', ' : nothing}<span class="value ${valueClass(element.text)}">${element.text}</span>`);
}

function listText(elements: readonly Element[], inline: boolean, expanded: boolean | undefined): unknown {
  if (elements.length === 0) {
    return html`<span class="muted">${noValue}</span>`;
  }
  if (inline) {
    return valueText(elements);
  }
  const more = elements.length - elementsInSummary;
  return expanded === true
    ? html`<span class="muted">${elements.length} elements</span>`
    : html`${valueText(elements.slice(0, elementsInSummary))}${more > 0 ? html`<span class="muted">, ${more} more</span>` : nothing}`;
}

function attemptNote(attempts: readonly AttemptView[], expanded: boolean | undefined): TemplateResult | typeof nothing {
  const [first] = attempts;
  return first === undefined || expanded === true
    ? nothing
    : html`<span class="note">${icon(outcomeIcons[first.outcome])}<span>${attemptCounts(attempts)}</span></span>`;
}

function muted(text: string | undefined): TemplateResult | typeof nothing {
  return text === undefined ? nothing : html`<span class="aside">${text}</span>`;
}

function rowContent(row: Row, link: RowLink): TemplateResult {
  switch (row.kind) {
    case 'container': {
      const { node } = row;
      return html`<span class="main">${keyText(node.name)}</span>${muted(node.detail === node.name ? undefined : node.detail)}${lockLinks(link, node)}${attemptNote(
        node.refused,
        row.expanded,
      )}${originLink(link, [node.origin], row.sameAsParent ? 'origin repeated' : 'origin')}`;
    }
    case 'value': {
      const { node } = row;
      return html`<span class="main"><span class="key">${keyText(node.name)}</span> ${listText(node.values, row.inline, row.expanded)}</span
        >${muted(node.meaning)}${lockLinks(link, node)}${attemptNote(node.attempts, row.expanded)}${originLink(link, distinctOrigins(node))}`;
    }
    case 'element':
      return html`<span class="main">${valueText([row.element])}</span>${originLink(link, [row.element.origin])}`;
    case 'attempt': {
      const { attempt } = row;
      const text = attemptText(attempt);
      const reason =
        attempt.cause === undefined
          ? html`<span class="reason">${text}</span>`
          : link('reason', attempt.cause, 'Go to what keeps it out', text);
      return html`<span class="main lost">${icon(outcomeIcons[attempt.outcome])}<s>${attemptedText(attempt)}</s></span>${originLink(
        link,
        [attempt.origin],
      )}${reason}`;
    }
  }
}

function rowTemplate(row: Row, current: boolean, selected: boolean, handlers: TreeHandlers): TemplateResult {
  const classes = { row: true, [row.kind]: true, [`level-${String(Math.min(row.level, deepestLevel))}`]: true };
  const link = rowLink(current, (location) => {
    handlers.onFocus(row.id);
    handlers.onReveal(location);
  });
  return html`<div
    role="treeitem"
    class=${classMap(classes)}
    tabindex=${current ? 0 : -1}
    data-row=${row.id}
    aria-label=${rowLabel(row)}
    aria-level=${row.level}
    aria-posinset=${row.position}
    aria-setsize=${row.siblings}
    aria-selected=${selected ? 'true' : 'false'}
    aria-expanded=${row.expanded ?? nothing}
    @focus=${() => { handlers.onFocus(row.id); }}
    @click=${() => { handlers.onRowClick(row); }}
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
  }${rowContent(row, link)}</div>`;
}

/** What a tree shows. */
export interface PolicyTree {
  readonly label: string;
  readonly rows: readonly Row[];
  /** The row that Tab reaches. */
  readonly current: string | undefined;
  /** False until the user has chosen a row. */
  readonly selected: boolean;
}

/** The tree, with `handlers` for what the user does in it. */
export function policyTree({ label, rows, current, selected }: PolicyTree, handlers: TreeHandlers): TemplateResult {
  return html`<div role="tree" class="tree" aria-label=${label} @keydown=${handlers.onKey}>${repeat(
    rows,
    (row) => row.id,
    (row) => rowTemplate(row, row.id === current, selected && row.id === current, handlers),
  )}</div>`;
}
