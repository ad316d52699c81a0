/** What the panel speaks of: the target, its buttons, and the path with the policies that are merged. */

import { html, nothing, type TemplateResult } from 'lit';
import type { EffectivePolicyView } from '../../server/protocol.ts';
import { entityIcon, icon } from './icon.ts';
import type { PanelCommand } from './messages.ts';
import { kindWord } from './words.ts';

/** What the header's buttons are and do. */
export interface HeaderHandlers {
  readonly onCommand: (command: PanelCommand) => void;
  readonly onOpenEntity: () => void;
  /** Whether what is below the title is the tree, which can be expanded and collapsed. */
  readonly isExpandable: boolean;
  /** Whether the panel has an editor tab of its own already. */
  readonly inEditor: boolean;
  readonly onExpandAll: () => void;
  readonly onCollapseAll: () => void;
}

function iconButton(name: string, label: string, onClick: () => void): TemplateResult {
  return html`<vscode-toolbar-button label=${label} title=${label} @click=${onClick}>${icon(name)}</vscode-toolbar-button>`;
}

/** The line above the tree that does not scroll. */
export function titleBar({ target, plans }: EffectivePolicyView, handlers: HeaderHandlers): TemplateResult {
  return html`<header class="title-bar">
    <h1>
      <button
        type="button"
        class="link entity"
        title="Show ${target.path} in the organization"
        @click=${handlers.onOpenEntity}
      >${entityIcon(target.kind)}<span class="visually-hidden">${kindWord(target.kind)} </span><span class="entity-name">${target.name}</span></button>
    </h1>
    <div class="actions" role="group" aria-label="Actions">
      <vscode-toolbar-button class="change-target" title="Change Target" label="Change Target" @click=${() => { handlers.onCommand('chooseTarget'); }}
        >${icon('arrow-swap')}<span class="change-target-text">Change Target</span></vscode-toolbar-button
      >${iconButton('json', 'Show as JSON', () => { handlers.onCommand('showJson'); })}${iconButton(
        'diff-single',
        'Compare with Another Target',
        () => { handlers.onCommand('compare'); },
      )}${handlers.inEditor ? nothing : iconButton('link-external', 'Open in Editor', () => { handlers.onCommand('openInEditor'); })}${
        plans.length === 0 || !handlers.isExpandable
          ? nothing
          : html`${iconButton('expand-all', 'Expand All', handlers.onExpandAll)}${iconButton('collapse-all', 'Collapse All', handlers.onCollapseAll)}`
      }
    </div>
  </header>`;
}

/** From the root to the target: each level with the policies attached to it, in order. */
export function path({ levels }: EffectivePolicyView): TemplateResult {
  return html`<ol class="path" aria-label="Levels and the policies attached to them">${levels.map(
    ({ name, kind, policies }) =>
      html`<li><span class="visually-hidden">${kindWord(kind)} </span><span class="level">${name}</span>${
        policies.length === 0 ? html`<span class="visually-hidden">: no policy</span>` : html`: <span class="muted">${policies.join(', ')}</span>`
      }</li>`,
  )}</ol>`;
}
