/** What is known of the chosen row, in sentences with links to the lines. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CascadeRowView, CascadeStatementView, NotSetReasonView, ViewLocation, WhyNotSetView } from '../../../server/protocol.ts';
import { icon } from '../icon.ts';
import { absenceNote, effectiveText } from './cascadeWords.ts';

/** Opens a place. */
export type Reveal = (location: ViewLocation) => void;

const outcomeIcons: Readonly<Record<CascadeStatementView['outcome'], string>> = { applied: 'check', overridden: 'layers', blocked: 'lock', noEffect: 'circle-slash' };

/** Reasons that a statement of the row tells already. */
const toldByStatements: ReadonlySet<NotSetReasonView['type']> = new Set(['blocked', 'refused', 'noEffect', 'empty']);

function placeLink(location: ViewLocation | undefined, words: string, reveal: Reveal): TemplateResult | typeof nothing {
  if (location === undefined) {
    return nothing;
  }
  const file = decodeURIComponent(location.uri.slice(location.uri.lastIndexOf('/') + 1));
  const place = `${file}:${String(location.range.start.line + 1)}`;
  return html` <button type="button" class="link place-link" title="Go to ${words}" aria-label="Go to ${words}, ${place}" @click=${() => { reveal(location); }}>${place}</button>`;
}

function reasonItem({ sentence, location, cause }: NotSetReasonView, reveal: Reveal): TemplateResult {
  return html`<li class="detail-item">${icon('question')}<span>${sentence}${placeLink(location, 'the statement', reveal)}${placeLink(cause, 'the reason', reveal)}</span></li>`;
}

function effectiveSentence(node: CascadeRowView): string | undefined {
  if (!node.present) {
    return absenceNote(node);
  }
  return node.type === 'group' ? node.detail : effectiveText(node);
}

/** The region below the grid; without a chosen row it says how to choose one. */
export function cascadeDetail(node: CascadeRowView | undefined, reveal: Reveal): TemplateResult {
  if (node === undefined) {
    return html`<section class="cascade-detail" aria-label="Details of the chosen row"><p class="muted">Choose a setting to see what each level says about it, and why.</p></section>`;
  }
  const value = effectiveSentence(node);
  const reasons = node.statements.length === 0 ? node.notSet : node.notSet.filter(({ type }) => !toldByStatements.has(type));
  return html`<section class="cascade-detail" aria-label="Details of ${node.name}">
    <h2 class="detail-title"><span class="detail-path">${node.path.slice(1).join(' › ')}</span>${value === undefined ? nothing : html`: <span class="detail-value">${value}</span>`}${
      node.type === 'setting' && node.meaning !== undefined ? html`<span class="muted"> (${node.meaning})</span>` : nothing
    }</h2>
    <ul class="detail-list">${node.statements.map(({ outcome, sentence, location, cause }) => html`<li class="detail-item ${node.type === 'setting' && outcome === 'applied' ? 'winner' : ''}">${icon(outcomeIcons[outcome])}<span>${sentence}${
      placeLink(location, 'the statement', reveal)
    }${cause === undefined ? nothing : html` because of${placeLink(cause, 'what keeps it out', reveal)}`}</span></li>`)}${node.controls.map(
      ({ sentence, location }) => html`<li class="detail-item">${icon('lock-small')}<span>${sentence}${placeLink(location, 'the control', reveal)}</span></li>`,
    )}${reasons.map((reason) => reasonItem(reason, reveal))}</ul>
  </section>`;
}

/** The answer to "why is this not set?" above the grid. */
export function whyBanner({ sentence, reasons, consequence }: WhyNotSetView, reveal: Reveal, onClose: () => void): TemplateResult {
  return html`<section class="why" aria-label="Why is this not set?">
    <div class="why-title">${icon('question')}<h2>${sentence}</h2><vscode-toolbar-button label="Close" title="Close" @click=${onClose}>${icon('close')}</vscode-toolbar-button></div>
    <ul class="detail-list">${reasons.map((reason) => reasonItem(reason, reveal))}${
      consequence === undefined ? nothing : html`<li class="detail-item">${icon('info')}<span>Without it: ${consequence}</span></li>`
    }</ul>
  </section>`;
}
