/** What AWS says about an invalid effective policy, at the top of the panel. */

import { html, nothing, type TemplateResult } from 'lit';
import type { EffectiveErrorView, EffectivePolicyView, ViewLocation } from '../../server/protocol.ts';
import { icon } from './icon.ts';

/**
 * What follows from an invalid effective policy. AWS makes one for accounts only; for a root or an OU the sentence
 * speaks of an account placed there. Source: inheritance rule 38 [obs].
 */
function consequence({ target }: EffectivePolicyView): string {
  return target.kind === 'account'
    ? 'AWS withholds this policy: the account keeps its last valid one.'
    : 'AWS would withhold this policy from an account placed here: it would keep its last valid one.';
}

/** The sentence for the page's alert region; empty for a valid policy. */
export function problemSummary(view: EffectivePolicyView): TemplateResult | typeof nothing {
  return view.errors.length === 0 ? nothing : html`<p class="consequence">${icon('error')}<span>${consequence(view)}</span></p>`;
}

function problem(error: EffectiveErrorView, onReveal: (location: ViewLocation) => void): TemplateResult {
  const { location } = error;
  return html`<li>
    <p>${error.message} <span class="code">${error.code}</span></p>
    <p class="place">${
      location === undefined
        ? html`<span>${error.path}</span>`
        : html`<button type="button" class="link" title="Go to the statement" @click=${() => { onReveal(location); }}
            ><span class="visually-hidden">Go to </span>${error.path}</button
          >`
    }${error.policies.length === 0 ? nothing : html`<span class="muted">from ${error.policies.join(', ')}</span>`}</p>
  </li>`;
}

/** AWS's errors in full; nothing for a valid policy. */
export function problemList(view: EffectivePolicyView, onReveal: (location: ViewLocation) => void): TemplateResult | typeof nothing {
  return view.errors.length === 0
    ? nothing
    : html`<ul class="problems" aria-label="Errors of the effective policy">${view.errors.map((error) => problem(error, onReveal))}</ul>`;
}
