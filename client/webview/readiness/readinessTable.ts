/** The checklist as HTML: what is needed, whether it exists, and the line that needs it; one cell in the tab order. */

import { html, nothing, type TemplateResult } from 'lit';
import type { OrganizationReadinessView, ReadinessReasonView, ReadinessType } from '../../../server/protocol.ts';
import { counted, type CellPlace } from '../coverageTable.ts';
import { icon } from '../icon.ts';
import type { ReadinessRow, RowState } from './readinessRows.ts';

/** What the table tells. */
export interface ReadinessHandlers {
  /** Opens or closes a group or an item. */
  readonly onToggle: (row: ReadinessRow) => void;
  readonly onReason: (reason: ReadinessReasonView) => void;
  readonly onPolicy: (row: ReadinessRow) => void;
}

const typeIcons: Readonly<Record<ReadinessType, string>> = { role: 'key', vault: 'archive', airGappedVault: 'lock', centralVault: 'archive', optIn: 'settings-gear' };
const stateIcons: Readonly<Record<RowState, string>> = { missing: 'error', found: 'pass', partlyFound: 'pass', notChecked: 'circle-outline' };
const stateWords: Readonly<Record<RowState, string>> = { missing: 'Missing', found: 'Found', partlyFound: 'Found where checked', notChecked: 'Not checked' };

/** So many places a row names before it counts the rest. */
const named = 4;

/**
 * One table.
 * @param shown the rows that are drawn, of all `total` rows.
 * @param current the one cell that the tab key reaches.
 */
export function readinessTable(organization: OrganizationReadinessView, caption: string, shown: readonly ReadinessRow[], total: number, current: CellPlace, handlers: ReadinessHandlers): TemplateResult {
  const cell = (row: number, column: number) => ({ row, column, tabindex: row === current.row && column === current.column ? 0 : -1 });
  return html`<table role="grid" aria-rowcount=${total + 1} aria-colcount="3" aria-label="Readiness of ${organization.name}">
    <caption>${caption}</caption>
    <thead>
      <tr aria-rowindex="1">${['What has to exist', 'State', 'Needed by'].map((text, column) => {
        const { tabindex } = cell(0, column);
        return html`<th scope="col" aria-colindex=${column + 1}><div class="cell" data-row="0" data-column=${column} tabindex=${tabindex}>${text}</div></th>`;
      })}</tr>
    </thead>
    <tbody>${shown.map((row, index) => tableRow(row, index, (column) => cell(index + 1, column), handlers))}</tbody>
  </table>`;
}

interface Cell extends CellPlace {
  readonly tabindex: number;
}

function tableRow(row: ReadinessRow, index: number, cell: (column: number) => Cell, handlers: ReadinessHandlers): TemplateResult {
  const [first, second, third] = [cell(0), cell(1), cell(2)];
  const state = row.type === 'item' ? row.state.state : '';
  return html`<tr aria-rowindex=${index + 2} class="${row.type} ${state}">
    <th scope="row" aria-colindex="1">${whatCell(row, first, handlers)}</th>
    <td aria-colindex="2" class="state cell" data-row=${second.row} data-column="1" tabindex=${second.tabindex}>${stateCell(row)}</td>
    <td aria-colindex="3">${lineCell(row, third, handlers)}</td>
  </tr>`;
}

function whatCell(row: ReadinessRow, { row: index, tabindex }: Cell, { onToggle }: ReadinessHandlers): TemplateResult {
  if (row.type === 'reason' || row.type === 'open') {
    return html`<div class="cell" data-row=${index} data-column="0" tabindex=${tabindex}><span class="what">${row.type === 'open' ? html`${icon('question')} Not known: ` : nothing}${row.reason.setting}</span></div>`;
  }
  const content = row.type === 'group' ? groupContent(row) : html`${icon(typeIcons[row.item.type])} <span class="what"><span class="name">${row.item.text}</span>${row.item.remark === undefined ? nothing : html` <span class="muted">${row.item.remark}</span>`}</span>`;
  return html`<button type="button" class="cell" data-row=${index} data-column="0" tabindex=${tabindex} aria-expanded=${String(row.isExpanded)}
    title=${row.type === 'group' ? 'Show or hide what these accounts need' : 'Show or hide every line that needs it'} @click=${() => { onToggle(row); }}
    >${icon(row.isExpanded ? 'chevron-down' : 'chevron-right')} ${content}</button>`;
}

function groupContent({ group }: ReadinessRow): TemplateResult {
  const [first] = group.accounts;
  const rest = group.places.length - named;
  const places = `${group.places.slice(0, named).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
  const title = group.type === 'central' ? `Central account ${first?.name ?? ''}` : group.accounts.length === 1 ? first?.name ?? '' : `${counted(group.accounts.length)} that need the same`;
  const more = group.type === 'central' ? `${counted(group.copiedFrom)} ${group.copiedFrom === 1 ? 'copies' : 'copy'} to it${first?.id === undefined ? '' : ` · ${first.id}`}` : `${places}${group.accounts.length === 1 && first?.id !== undefined ? ` · ${first.id}` : ''}`;
  return html`<span class="what"><span class="name">${title}</span>
    <span class="muted">${more}</span>
    ${group.isInvalid ? html`<span class="muted">${icon('error')} The effective policy is invalid: AWS keeps the last valid one. This is what the files say.</span>` : nothing}</span>`;
}

function stateCell(row: ReadinessRow): TemplateResult | typeof nothing {
  if (row.type !== 'item') return nothing;
  const { state, messages } = row.state;
  return html`${icon(stateIcons[state])} ${stateWords[state]}${messages.map((message) => html` <span class="muted">${message}</span>`)}`;
}

function lineCell(row: ReadinessRow, { row: index, tabindex }: Cell, { onReason, onPolicy }: ReadinessHandlers): TemplateResult {
  const target = row.type === 'group' ? row.group.accounts[0]?.target : undefined;
  const reason = row.type === 'item' ? row.item.reasons[0] : row.type === 'group' ? undefined : row.reason;
  const place = { row: index, tabindex };
  if (reason !== undefined) {
    const others = row.type === 'item' ? row.item.reasons.length - 1 : 0;
    const content = html`<span class="origin">${reason.origin}${row.type === 'item' ? html` <span class="muted">${reason.setting}</span>` : nothing}${others === 0 ? nothing : html` <span class="muted">and ${others} more</span>`}</span>`;
    return reason.location === undefined ? plainCell(place, content) : buttonCell(place, 'Go to the line of the policy', content, () => { onReason(reason); });
  }
  return target === undefined ? plainCell(place, nothing) : buttonCell(place, 'Show the effective policy', html`Effective policy`, () => { onPolicy(row); });
}

function plainCell({ row, tabindex }: Pick<Cell, 'row' | 'tabindex'>, content: unknown): TemplateResult {
  return html`<div class="cell" data-row=${row} data-column="2" tabindex=${tabindex}>${content}</div>`;
}

function buttonCell({ row, tabindex }: Pick<Cell, 'row' | 'tabindex'>, title: string, content: TemplateResult, onClick: () => void): TemplateResult {
  return html`<button type="button" class="cell" data-row=${row} data-column="2" tabindex=${tabindex} title=${title} @click=${onClick}>${icon('go-to-file')} ${content}</button>`;
}
