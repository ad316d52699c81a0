import type { Row, Unit } from './rows.ts';
import type { Judged } from './verdict.ts';

/** The table as text, one line a row, and the goals that are missed with their cause. */
export function tableOf(judged: readonly Judged[]): string {
  const lines = judged.map(({ row, ratio, goal, met }) => [
    row.name,
    quantity(row.ours, row.unit),
    row.other === undefined ? '' : `${quantity(row.other.value, row.unit)} ${row.other.name}`,
    ratio === undefined ? '' : ratioText(ratio),
    goal?.goal ?? '',
    met === undefined ? '' : met ? 'yes' : 'NO',
  ]);
  const header = ['what', 'ours', 'other', 'ratio', 'goal', 'met'];
  const widths = header.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const print = (line: readonly string[]): string => line.map((cell, column) => (column === 1 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd();
  return [print(header), print(widths.map((width) => '─'.repeat(width))), ...lines.map(print), ...notes(judged), ...misses(judged)].join('\n');
}

function notes(judged: readonly Judged[]): readonly string[] {
  const byNote = new Map<string, Row[]>();
  for (const { row } of judged) if (row.note !== undefined) byNote.set(row.note, [...(byNote.get(row.note) ?? []), row]);
  return byNote.size === 0 ? [] : ['', 'Notes:', ...[...byNote].map(([note, rows]) => `  ${[...new Set(rows.map(({ name }) => name))].join('; ')}: ${note}`)];
}

function misses(judged: readonly Judged[]): readonly string[] {
  const missed = judged.filter(({ met }) => met === false);
  const lines = missed.map(({ row, goal }) => `  ${row.name}${row.other === undefined ? '' : ` against ${row.other.name}`}: ${goal?.knownMiss ?? goal?.cause ?? 'the cause is not known'}`);
  return ['', missed.length === 0 ? 'Every goal is met.' : `Goals that are missed:\n${lines.join('\n')}`];
}

function quantity(value: number, unit: Unit): string {
  if (unit === 'factor') return `×${digits(value)}`;
  return `${digits(value)} ${unit}`;
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 0.1 ? 2 : 4);
}

/** Small ratios as fractions, as goals are told. */
function ratioText(ratio: number): string {
  return ratio >= 0.5 ? ratio.toFixed(2) : `1/${digits(1 / ratio)}`;
}
