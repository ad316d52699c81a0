/** What stands in the cells of the cascade: statements with what became of them, controls, effective values. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CascadeControlView, CascadeLevelView, CascadeRowView, CascadeStatementView } from '../../../server/protocol.ts';
import { icon } from '../icon.ts';
import { valueClass, type RowLink } from '../rowParts.ts';
import { countsBelow, type CascadeRow } from './cascadeRows.ts';
import { absenceNote, controlNote, countsText, effectiveText, operatorSign, outcomeNote } from './cascadeWords.ts';

/** What one level says in one row. */
export interface LevelCell {
  readonly row: CascadeRow;
  readonly level: CascadeLevelView;
  readonly index: number;
  readonly statements: readonly CascadeStatementView[];
  readonly controls: readonly CascadeControlView[];
}

const outcomeIcons: Readonly<Record<CascadeStatementView['outcome'], string>> = {
  applied: 'check',
  overridden: 'blank',
  blocked: 'lock',
  noEffect: 'circle-slash',
};

function statedValues({ values, outcome, operator }: CascadeStatementView): unknown {
  if (values.length === 0) {
    return html`<span class="value">empty list</span>`;
  }
  // An element that was appended in vain is in the list all the same.
  const lost = outcome === 'overridden' || outcome === 'blocked' || (outcome === 'noEffect' && operator === '@@assign');
  return values.map(({ text, lost: gone }, index) => {
    const value = html`<span class="value ${valueClass(text)}">${text}</span>`;
    const shown = lost || gone ? html`<s>${value}</s>` : value;
    return html`${index > 0 ? ', ' : nothing}${shown}${gone ? html`<span class="visually-hidden"> (taken out again)</span>` : nothing}`;
  });
}

function statementTemplate(statement: CascadeStatementView, severalPolicies: boolean, link: RowLink): TemplateResult {
  const { outcome, location, sentence, policy } = statement;
  const sign = operatorSign(statement);
  const note = outcomeNote(statement);
  return html`<span class="statement ${outcome}">${icon(outcomeIcons[outcome])}<span class="statement-text">${link(
    'stated',
    location,
    sentence,
    html`${sign === undefined ? nothing : html`<span class="sign" aria-hidden="true">${sign} </span><span class="visually-hidden">${statement.operator} </span>`}${statedValues(statement)}`,
  )}${severalPolicies ? html` <span class="said-by">${policy}</span>` : nothing}${note === undefined ? nothing : html` <span class="outcome">${note}</span>`}<span class="visually-hidden">: ${sentence}</span></span></span>`;
}

/** Where policies of a level name a group: how much they say below it while it is closed. */
function groupMentions({ row, statements, index }: LevelCell, link: RowLink): readonly TemplateResult[] {
  const counts = row.node.type === 'group' ? countsBelow(row.node).get(index) : undefined;
  const summary = counts === undefined ? undefined : countsText(counts);
  const said = row.expanded !== true && summary !== '' && statements.every(({ outcome }) => outcome === 'applied') ? summary : undefined;
  return (said === undefined ? statements : statements.slice(0, 1)).map((statement) => {
    const { outcome, location, sentence, policy } = statement;
    return html`<span class="statement mention ${outcome}">${outcome === 'blocked' ? icon('lock') : icon('circle-small-filled')}<span class="statement-text">${link(
      'stated',
      location,
      sentence,
      outcome === 'blocked' ? html`<s>${row.node.name}</s>` : said ?? policy,
    )}${outcome === 'blocked' ? html` <span class="outcome">blocked</span>` : nothing}<span class="visually-hidden">: ${sentence}</span></span></span>`;
  });
}

function controlTemplate(control: CascadeControlView, on: CascadeRowView['type'], link: RowLink): TemplateResult {
  return html`<span class="control">${link(
    control.narrows ? 'chip' : 'chip idle',
    control.location,
    control.sentence,
    html`${icon('lock-small')}<span>${controlNote(control, on)}</span>`,
  )}<span class="visually-hidden">: ${control.sentence}</span></span>`;
}

/** The cell of one level. */
export function levelCell(cell: LevelCell, link: RowLink): TemplateResult | typeof nothing {
  const { row, level, statements, controls } = cell;
  if (statements.length + controls.length === 0) {
    return nothing;
  }
  const severalPolicies = level.policies.length > 1;
  return html`<span class="cell-level" aria-hidden="true">${level.name}</span><span class="cell-content">${
    row.node.type === 'group' ? groupMentions(cell, link) : statements.map((statement) => statementTemplate(statement, severalPolicies, link))
  }${controls.map((control) => controlTemplate(control, row.node.type, link))}</span>`;
}

/** The cell of the effective value. */
export function effectiveCell(node: CascadeRowView): TemplateResult {
  return html`<span class="cell-level" aria-hidden="true">Effective</span><span class="cell-content">${effectiveContent(node)}</span>`;
}

function effectiveContent(node: CascadeRowView): TemplateResult {
  if (!node.present) {
    return html`<span class="not-set">${absenceNote(node)}</span>`;
  }
  if (node.type === 'group') {
    return html`<span class="muted">${node.detail ?? ''}</span>`;
  }
  return html`<span class="effective-value">${
    node.values.length === 0 ? effectiveText(node) : node.values.map(({ text }, index) => html`${index > 0 ? ', ' : nothing}<span class="value ${valueClass(text)}">${text}</span>`)
  }</span>${node.meaning === undefined ? nothing : html`<span class="muted meaning">${node.meaning}</span>`}`;
}
