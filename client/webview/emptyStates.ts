/** What the panel says when there is no policy to show, and what to do next. */

import { html, nothing, type TemplateResult } from 'lit';
import type { EffectivePolicyView } from '../../server/protocol.ts';
import type { PanelCommand, PanelState } from './messages.ts';

interface Button {
  readonly title: string;
  readonly command: PanelCommand;
}

/** What is the matter, why, and what to do next. */
interface Welcome {
  /** The page's heading of level 1, unless a title bar above has one. */
  readonly heading: TemplateResult;
  readonly sentences: readonly string[];
  readonly button?: Button;
}

function welcome({ heading, sentences, button }: Welcome, onCommand: (command: PanelCommand) => void): TemplateResult {
  return html`<div class="welcome">${heading}${sentences.map((sentence) => html`<p>${sentence}</p>`)}${
    button === undefined ? nothing : html`<vscode-button block @click=${() => { onCommand(button.command); }}>${button.title}</vscode-button>`
  }</div>`;
}

/** The page of every state but `policy`. */
export function emptyState(state: Exclude<PanelState, { kind: 'policy' }>, onCommand: (command: PanelCommand) => void): TemplateResult {
  switch (state.kind) {
    case 'noModel':
      return welcome(
        {
          heading: html`<h1>No organization model was found in this workspace.</h1>`,
          sentences: [
            'A model file, backup-organization.json, lists the root, organizational units (OUs) and accounts, and the policies attached to each. With it, the effective policy of every account is shown here.',
          ],
          button: { title: 'New Organization Model', command: 'newModel' },
        },
        onCommand,
      );
    case 'nothingSelected':
      return welcome(
        {
          heading: html`<h1>No target is chosen.</h1>`,
          sentences: ['Choose a root, organizational unit (OU) or account to see the backup policy that AWS makes for it, and where each value comes from.'],
          button: { title: 'Choose Target', command: 'chooseTarget' },
        },
        onCommand,
      );
    case 'loading':
      return welcome({ heading: html`<h1>Working out the effective policy…</h1>`, sentences: [] }, onCommand);
    case 'failed':
      return welcome(
        { heading: html`<h1>The effective policy cannot be shown.</h1>`, sentences: [state.message], button: { title: 'Restart Server', command: 'restartServer' } },
        onCommand,
      );
  }
}

/**
 * For a target whose merged policy has no plan. AWS answers `{}` then, whether nothing is attached or the attached
 * policies set nothing. Source: inheritance rules 33 and 35 [obs].
 */
export function noPlans({ target, levels }: EffectivePolicyView, onCommand: (command: PanelCommand) => void): TemplateResult {
  const attached = levels.some(({ policies }) => policies.length > 0);
  return welcome(
    {
      heading: html`<h2>No backup policy applies to ${target.name}.</h2>`,
      sentences: [
        attached
          ? 'The policies attached from the root down to it set nothing that makes a backup plan, so AWS returns {} as its effective policy: AWS Organizations backs nothing up here.'
          : 'Nothing is attached to it or to a level above it, so AWS returns {} as its effective policy: AWS Organizations backs nothing up here.',
        'Attach a backup policy to one of these levels, or choose another target.',
      ],
      button: { title: 'Choose Target', command: 'chooseTarget' },
    },
    onCommand,
  );
}
