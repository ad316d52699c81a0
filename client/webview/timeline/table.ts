/** The timeline as tables: the same rules, days, gaps, overlaps and changes of clocks. */

import { html, nothing, type TemplateResult } from 'lit';
import type { TimelineView } from '../../../server/protocol.ts';
import { cells, type CellUnit } from './marks.ts';
import type { Scale } from './scale.ts';
import { minute, type ZoneTime } from './zoneTime.ts';

/** Starts of a row that are listed one by one. */
const mostListed = 4;
/** Longer parts are told by week. */
const mostDays = 62;

type TableRule = TimelineView['plans'][number]['rules'][number] & { readonly title: string };

/** All of the tables for the part of the period that is shown. */
export function timelineTable(view: TimelineView, window: Scale['window'], clock: ZoneTime): TemplateResult {
  const rules = view.plans.flatMap((plan) => plan.rules.map((rule) => ({ ...rule, title: `${plan.name}/${rule.name}` })));
  const unit: CellUnit = window.to - window.from > mostDays * 1440 * minute ? 'week' : 'day';
  return html`<div class="timeline-table" id="timeline-table">
    ${scrollable('Rules', rulesTable(rules))}
    ${view.plans.length + view.shared.length === 0 ? nothing : scrollable('Gaps between backups', gapsTable(view))}
    ${view.overlaps.length === 0 ? nothing : scrollable('Overlaps', html`<table><caption>Overlaps</caption><tbody>${view.overlaps.map(({ meaning }) => html`<tr><td>${meaning}</td></tr>`)}</tbody></table>`)}
    ${scrollable(unit === 'day' ? 'Days' : 'Weeks', daysTable(view, rules, window, unit, clock))}
  </div>`;
}

function scrollable(label: string, content: TemplateResult): TemplateResult {
  return html`<div class="table-scroller" role="region" aria-label=${label} tabindex="0">${content}</div>`;
}

/** What stands for days that are not known. */
const byTemplate = 'as a template says';

function rulesTable(rules: readonly TableRule[]): TemplateResult {
  const days = (count: number | undefined, otherwise: string): string => (count === undefined ? otherwise : `${String(count)} ${count === 1 ? 'day' : 'days'}`);
  return html`<table>
    <caption>Rules</caption>
    <thead><tr>${['Rule', 'Schedule', 'Starts within', 'Done within', 'To cold storage after', 'Kept', 'Recovery points'].map(header)}</tr></thead>
    <tbody>${rules.map((rule) => html`<tr>
        <th scope="row">${rule.title}</th>
        <td>${rule.problem ?? rule.schedule}${rule.scheduleByDefault ? ' (by default)' : nothing}${rule.continuous ? ', continuous backup' : nothing}</td>
        <td>${rule.startWindow.text}${rule.startWindow.byDefault ? ' (by default)' : nothing}</td>
        <td>${rule.completionWindow.text}${rule.completionWindow.byDefault ? ' (by default)' : nothing}</td>
        <td>${days(rule.coldAfterDays, rule.isColdUnknown === true ? byTemplate : 'never')}</td><td>${days(rule.deleteAfterDays, rule.isDeletionUnknown === true ? byTemplate : 'for ever')}</td><td>${rule.kept}</td>
      </tr>${rule.copies.map((copy) => html`<tr>
        <th scope="row">${rule.title}: copy to ${copy.destination}</th>
        <td>with each backup</td><td></td><td></td>
        <td>${days(copy.coldAfterDays, copy.isColdUnknown === true ? byTemplate : 'never')}</td><td>${days(copy.deleteAfterDays, copy.isDeletionUnknown === true ? byTemplate : 'for ever')}</td><td>${copy.kept}</td>
      </tr>`)}`)}</tbody>
  </table>`;
}

function header(title: string): TemplateResult {
  return html`<th scope="col">${title}</th>`;
}

function gapsTable({ plans, shared }: TimelineView): TemplateResult {
  const rows = [
    ...plans.map(({ name, gaps }) => ({ what: `Plan ${name}`, gaps })),
    ...shared.map(({ resources, regions, plans: together, gaps }) => ({ what: `${resources} in ${regions.join(', ')}, by ${together.map(({ name }) => name).join(' and ')}`, gaps })),
  ];
  return html`<table>
    <caption>Gaps between backups</caption>
    <thead><tr>${['Backups of', 'Longest', 'In words'].map(header)}</tr></thead>
    <tbody>${rows.map(({ what, gaps }) => html`<tr><th scope="row">${what}</th><td>${gaps?.largestText ?? 'none'}</td><td>${gaps?.meaning ?? 'There are no two backups to compare.'}</td></tr>`)}</tbody>
  </table>`;
}

function daysTable(view: TimelineView, rules: readonly TableRule[], window: Scale['window'], unit: CellUnit, clock: ZoneTime): TemplateResult {
  return html`<table>
    <caption>${unit === 'day' ? 'Days' : 'Weeks'}, ${clock.name}</caption>
    <thead><tr>${[unit === 'day' ? 'Day' : 'Week', 'Rule', 'Starts', 'Copies', 'To cold storage', 'Deleted'].map(header)}</tr></thead>
    ${cells(unit, { window }, clock).map(([start, end]) => {
      const within = (times: readonly number[]): readonly number[] => times.filter((time) => time >= Math.max(start, window.from) && time < Math.min(end, window.to));
      const change = view.zone.changes.find(({ time }) => time >= start && time < end);
      const rows = rules.flatMap((rule) => {
        const [starts, moves, deletions] = [within(rule.starts), within(rule.moves), within(rule.deletions)];
        const moved = moves.length + rule.copies.reduce((sum, copy) => sum + within(copy.moves).length, 0);
        const deleted = deletions.length + rule.copies.reduce((sum, copy) => sum + within(copy.deletions).length, 0);
        return starts.length + moved + deleted === 0 ? [] : [[rule.title, timesText(starts, unit, clock), number(starts.length * rule.copies.length), number(moved), number(deleted)]];
      });
      const name = unit === 'day' ? clock.dayText(start) : `${clock.dayText(start)} to ${clock.dayText(end - minute)}`;
      return rows.length === 0 && change === undefined ? nothing : html`<tbody>
        ${change === undefined ? nothing : html`<tr class="changed"><th scope="row">${name}</th><td colspan="5">${change.meaning}</td></tr>`}
        ${rows.map((row, index) => html`<tr>${index === 0 ? html`<th scope="rowgroup" rowspan=${rows.length}>${name}</th>` : nothing}${row.map((text) => html`<td>${text}</td>`)}</tr>`)}
      </tbody>`;
    })}
  </table>`;
}

function timesText(times: readonly number[], unit: CellUnit, clock: ZoneTime): string {
  if (unit === 'day' && times.length <= mostListed) {
    return times.map((time) => clock.timeText(time)).join(', ');
  }
  const [first, last] = [times[0], times.at(-1)];
  return unit === 'week' || first === undefined || last === undefined ? number(times.length) : `${String(times.length)} from ${clock.timeText(first)} to ${clock.timeText(last)}`;
}

function number(count: number): string {
  return count === 0 ? '' : String(count);
}
