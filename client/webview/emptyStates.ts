/** What the panel says when there is no policy to show, and what to do next. */

import { html, nothing, type TemplateResult } from 'lit';
import type { EffectivePolicyView } from '../../server/protocol.ts';
import type { PanelCommand, PanelState } from './messages.ts';

interface Button {
  readonly title: string;
  readonly command: PanelCommand;
}

function welcome(sentences: readonly string[], button: Button | undefined, onCommand: (command: PanelCommand) => void): TemplateResult {
  return html`<div class="welcome">${sentences.map((sentence) => html`<p>${sentence}</p>`)}${
    button === undefined ? nothing : html`<vscode-button block @click=${() => { onCommand(button.command); }}>${button.title}</vscode-button>`
  }</div>`;
}

/** The page of every state but `policy`. */
export function emptyState(state: Exclude<PanelState, { kind: 'policy' }>, onCommand: (command: PanelCommand) => void): TemplateResult {
  switch (state.kind) {
    case 'noModel':
      return welcome(
        [
          'No organization model was found in this workspace.',
          'A model file, backup-organization.json, lists the root, organizational units (OUs) and accounts, and the policies attached to each. With it, the effective policy of every account is shown here.',
        ],
        { title: 'New Organization Model', command: 'newModel' },
        onCommand,
      );
    case 'nothingSelected':
      return welcome(
        ['Choose a root, organizational unit (OU) or account to see the backup policy that AWS makes for it, and where each value comes from.'],
        { title: 'Choose Target', command: 'chooseTarget' },
        onCommand,
      );
    case 'loading':
      return welcome(['Working out the effective policy…'], undefined, onCommand);
    case 'failed':
      return welcome(['The effective policy cannot be shown.', state.message], { title: 'Restart Server', command: 'restartServer' }, onCommand);
  }
}

/**
 * For a target whose merged policy has no plan. AWS answers `{}` then, whether nothing is attached or the attached
 * policies set nothing. Source: inheritance rules 33 and 35 [obs].
 */
export function noPlans({ target, levels }: EffectivePolicyView, onCommand: (command: PanelCommand) => void): TemplateResult {
  const attached = levels.some(({ policies }) => policies.length > 0);
  return welcome(
    [
      `No backup policy applies to ${target.name}.`,
      attached
        ? 'The policies attached from the root down to it set nothing that makes a backup plan, so AWS returns {} as its effective policy: AWS Organizations backs nothing up here.'
        : 'Nothing is attached to it or to a level above it, so AWS returns {} as its effective policy: AWS Organizations backs nothing up here.',
      'Attach a backup policy to one of these levels, or choose another target.',
    ],
    { title: 'Choose Target', command: 'chooseTarget' },
    onCommand,
  );
}
