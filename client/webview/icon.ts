/** Codicons: decoration only, the words stand beside them. */

import { html, type TemplateResult } from 'lit';
import type { EntityKind } from '../../server/protocol.ts';

/** The codicon of this name, hidden from screen readers. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

const entityIcons: Readonly<Record<EntityKind, string>> = {
  root: 'organization',
  organizationalUnit: 'folder',
  account: 'account',
};

/** The codicon of a root, OU or account. */
export function entityIcon(kind: EntityKind): TemplateResult {
  return icon(entityIcons[kind]);
}
