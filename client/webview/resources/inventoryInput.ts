/** Where the resources come from: a text that is typed or pasted, or a file of the workspace. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ReachView, ViewLocation } from '../../../server/protocol.ts';
import { icon } from '../icon.ts';
import { isTooLongToKeep, type ResourcesMemory } from './resourcesMemory.ts';

const placeholder = `arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d4e5f60718 backup-tier=gold
arn:aws:s3:::reports "Name=monthly reports"`;

/** What the user can do with the inventory. */
export interface InventoryHandlers {
  readonly onText: (text: string) => void;
  readonly onExample: () => void;
  readonly onChooseFile: () => void;
  readonly onReadAgain: () => void;
  readonly onLeaveFile: () => void;
  readonly reveal: (location: ViewLocation) => void;
}

/** The field for resources, or the file that is read instead of it. */
export function inventoryInput({ text, file }: ResourcesMemory, view: ReachView | undefined, handlers: InventoryHandlers): TemplateResult {
  return html`<section class="inventory" aria-label="Inventory">${file === undefined ? field(text, view, handlers) : fileLine(file.name, handlers)}</section>`;
}

function field(text: string, view: ReachView | undefined, handlers: InventoryHandlers): TemplateResult {
  return html`<label for="inventory">Resources</label>
    <p class="muted" id="inventory-hint">One a line: the ARN, then its tags as key=value. CSV, JSON and the output of get-resources work, too.</p>
    <textarea id="inventory" rows="5" spellcheck="false" autocapitalize="off" aria-describedby="inventory-hint" placeholder=${placeholder} .value=${live(text)}
      @input=${(event: Event) => { if (event.target instanceof HTMLTextAreaElement) handlers.onText(event.target.value); }}></textarea>
    ${isTooLongToKeep(text) ? html`<p class="remark">${icon('info')}<span>This text is too long to be kept when the view is hidden. Save it as a file to come back to it.</span></p>` : nothing}
    <div class="buttons">
      <vscode-button secondary ?disabled=${view === undefined} @click=${handlers.onExample}>Use an Example</vscode-button>
      <vscode-button secondary @click=${handlers.onChooseFile}>Choose Inventory File…</vscode-button>
    </div>`;
}

function fileLine(name: string, handlers: InventoryHandlers): TemplateResult {
  return html`<p class="file">${icon('file')}<span>Resources of <strong>${name}</strong></span></p>
    <div class="buttons">
      <vscode-button secondary @click=${handlers.onReadAgain}>Read Again</vscode-button>
      <vscode-button secondary @click=${handlers.onChooseFile}>Choose Inventory File…</vscode-button>
      <vscode-button secondary @click=${handlers.onLeaveFile}>Enter Resources</vscode-button>
    </div>`;
}

/** The lines that cannot be read; nothing when all can. */
export function inventoryProblems({ problems, problemCount }: ReachView, reveal: (location: ViewLocation) => void): TemplateResult | typeof nothing {
  if (problemCount === 0) return nothing;
  return html`<details class="inventory-problems"><summary>${icon('warning')}${problemCount === 1 ? '1 problem' : `${String(problemCount)} problems`} of the inventory</summary>
    <ul>${problems.map(({ line, message, location }) => html`<li><button type="button" class="link statement-link" @click=${() => {
      if (location === undefined) selectLine(line);
      else reveal(location);
    }}><span class="visually-hidden">Go to </span>Line ${line}</button>: ${message}</li>`)}</ul>
    ${problemCount > problems.length ? html`<p class="muted">and ${problemCount - problems.length} more</p>` : nothing}
  </details>`;
}

/** Selects a line of the field. @param line 1 = first. */
function selectLine(line: number): void {
  const field = document.getElementById('inventory');
  if (!(field instanceof HTMLTextAreaElement)) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}
