/** What the rows of the effective policy and of the cascade have in common: links to lines, keys that may break, and the look of values. */

import { html, type TemplateResult } from 'lit';
import type { ViewLocation } from '../../server/protocol.ts';

/** Draws a link to a line, inside a row. */
export type RowLink = (className: string, location: ViewLocation, title: string, content: unknown) => TemplateResult;

/**
 * Links of a row are reached by Tab from the row, so only those of the current row take part in the page's tab order.
 * @param onFollow what a click does; the row itself does not hear of it.
 */
export function rowLink(current: boolean, onFollow: (location: ViewLocation) => void): RowLink {
  return (className, location, title, content) => html`<button
    type="button"
    class="link ${className}"
    tabindex=${current ? 0 : -1}
    title=${title}
    @click=${(event: Event) => {
      event.stopPropagation();
      onFollow(location);
    }}
  >${content}</button>`;
}

/** A key that may break after its underscores. */
export function keyText(name: string): readonly unknown[] {
  return name.split(/(?<=_)/).map((part, index) => (index === 0 ? part : html`<wbr>${part}`));
}

/** The class of a value by what it looks like: all values are text to AWS. */
export function valueClass(text: string): 'number' | 'boolean' | 'string' {
  return /^-?\d+(\.\d+)?$/.test(text) ? 'number' : /^(true|false)$/i.test(text) ? 'boolean' : 'string';
}
