/**
 * What stands in a row of the merged policy. The row has no label of its own: assistive technology names it by what
 * stands in it, so what the eye takes from place and colour is said in words that only it gets.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { AttemptView, NodeView, OriginView } from '../../server/protocol.ts';
import { icon } from './icon.ts';
import { keyText, valueClass, type RowLink } from './rowParts.ts';
import { distinctOrigins, type Element, type Row } from './rows.ts';
import { attemptCounts, attemptedText, attemptText, lockText, noValue, originText, originTitle } from './words.ts';

/** One part of a row. `pause` goes to its end: what is spoken between it and the next one. */
type RowPart = (pause: TemplateResult | typeof nothing) => TemplateResult;

/** Elements that a closed list shows in its row. */
const elementsInSummary = 3;

const outcomeIcons: Readonly<Record<AttemptView['outcome'], string>> = {
  overridden: 'layers',
  blocked: 'circle-slash',
  noEffect: 'circle-outline',
};

function spoken(words: string): TemplateResult {
  return html`<span class="spoken">${words}</span>`;
}

/** Browsers speak a place where a key may break as a space, so the key is spoken as a whole. */
function key(name: string, after = ''): TemplateResult {
  return html`<span aria-hidden="true">${keyText(name)}</span>${spoken(`${name}${after}`)}`;
}

function originPart(link: RowLink, origins: readonly OriginView[], verb: string, className = 'origin'): readonly RowPart[] {
  const [first, ...others] = origins;
  if (first === undefined) {
    return [];
  }
  const title = origins.map(originTitle).join('\n');
  const more =
    others.length === 0
      ? nothing
      : html`<span aria-hidden="true"> +${others.length}</span>${spoken(others.map((origin) => ` and ${originText(origin)}`).join(''))}`;
  return [
    (pause) => html`<span class=${className}>${link('', first.location, title, html`${spoken(`${verb} `)}${originText(first)}${more}`)}${pause}</span>`,
  ];
}

function lockParts(link: RowLink, { type, locks }: NodeView): readonly RowPart[] {
  return locks.map(
    (lock): RowPart =>
      (pause) =>
        html`<span>${link('note', lock.origin.location, originTitle(lock.origin), html`${icon('lock-small')}<span>${lockText(lock, type)}</span>`)}${pause}</span>`,
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

/** How many attempts lost. An open row shows them below itself and only says the number. */
function attemptPart(attempts: readonly AttemptView[], expanded: boolean | undefined): readonly RowPart[] {
  const [first] = attempts;
  if (first === undefined) {
    return [];
  }
  const counts = attemptCounts(attempts);
  return [
    (pause) =>
      expanded === true
        ? html`<span class="visually-hidden">${counts.map(({ count, noun, outcome }) => `${String(count)} ${noun} ${outcome}`).join(', ')}${pause}</span>`
        : html`<span class="note">${icon(outcomeIcons[first.outcome])}<span>${counts.map(
            ({ count, noun, outcome }, index) => html`${index > 0 ? ', ' : nothing}${count}${spoken(` ${noun}`)}${` ${outcome}`}`,
          )}${pause}</span></span>`,
  ];
}

function asidePart(text: string | undefined): readonly RowPart[] {
  return text === undefined ? [] : [(pause) => html`<span class="aside">${text}${pause}</span>`];
}

function rowParts(row: Row, link: RowLink): readonly RowPart[] {
  switch (row.kind) {
    case 'container': {
      const { node } = row;
      return [
        (pause) => html`<span class="main">${key(node.name)}${node.noun === node.name ? nothing : spoken(`, ${node.noun}`)}${pause}</span>`,
        ...asidePart(node.detail === node.name ? undefined : node.detail),
        ...lockParts(link, node),
        ...attemptPart(node.refused, row.expanded),
        ...originPart(link, [node.origin], 'set by', row.sameAsParent ? 'origin repeated' : 'origin'),
      ];
    }
    case 'value': {
      const { node } = row;
      return [
        (pause) => html`<span class="main"><span class="key">${key(node.name, ': ')}</span>${listText(node.values, row.inline, row.expanded)}${pause}</span>`,
        ...asidePart(node.meaning),
        ...lockParts(link, node),
        ...attemptPart(node.attempts, row.expanded),
        ...originPart(link, distinctOrigins(node), 'set by'),
      ];
    }
    case 'element':
      return [(pause) => html`<span class="main">${valueText([row.element])}${pause}</span>`, ...originPart(link, [row.element.origin], 'set by')];
    case 'attempt': {
      const { attempt } = row;
      const text = attemptText(attempt);
      return [
        (pause) => html`<span class="main lost">${icon(outcomeIcons[attempt.outcome])}<span><s>${attemptedText(attempt)}</s>${pause}</span></span>`,
        ...originPart(link, [attempt.origin], 'attempted by'),
        () => (attempt.cause === undefined ? html`<span class="reason">${text}</span>` : link('reason', attempt.cause, 'Go to what keeps it out', text)),
      ];
    }
  }
}

/** What stands in a row; `link` draws its links. */
export function rowContent(row: Row, link: RowLink): readonly TemplateResult[] {
  const parts = rowParts(row, link);
  return parts.map((part, index) => part(index < parts.length - 1 ? spoken(',') : nothing));
}
