import Papa from 'papaparse';
import type { InventoryBuilder } from './inventory.ts';
import { plainName, tagsOfCell, type ReadTags } from './tagValues.ts';

const arnNames: readonly string[] = ['arn', 'resourcearn'];
const delimiters = [',', ';', '\t', '|'] as const;
const tagPrefix = /^tag\s*:\s*/i;

/** True for a text whose first line names a column for ARNs. */
export function isCsv(text: string): boolean {
  return headerOf(text) !== undefined;
}

interface Header {
  readonly delimiter: string;
  readonly columns: readonly Column[];
}

type Column =
  | { readonly type: 'arn' | 'tags' | 'region' | 'account' | 'other' }
  | { readonly type: 'tag'; readonly key: string };

function headerOf(text: string): Header | undefined {
  const first = /[^\r\n]*\S[^\r\n]*/.exec(text)?.[0].slice(0, longestHeader) ?? '';
  for (const delimiter of delimiters) {
    const names = Papa.parse<readonly string[]>(first, { delimiter, preview: 1 }).data[0] ?? [];
    if (names.some((name) => arnNames.includes(plainName(name)))) return { delimiter, columns: columnsOf(names.map((name) => name.trim())) };
  }
  return undefined;
}

/** More of a first line is not looked at, in UTF-16 code units. */
const longestHeader = 100_000;

/** With columns for tags, the others say something else; without any, each other column is a tag. */
function columnsOf(names: readonly string[]): readonly Column[] {
  const arn = names.findIndex((name) => arnNames.includes(plainName(name)));
  const named = names.some((name) => tagPrefix.test(name) || plainName(name) === 'tags');
  return names.map((name, index): Column => {
    const plain = plainName(name);
    if (index === arn) return { type: 'arn' };
    if (tagPrefix.test(name)) return { type: 'tag', key: name.replace(tagPrefix, '') };
    if (plain === 'tags') return { type: 'tags' };
    if (plain === 'region' || plain === 'awsregion') return { type: 'region' };
    if (plain === 'account' || plain === 'accountid' || plain === 'awsaccount' || plain === 'awsaccountid') return { type: 'account' };
    return named || name === '' ? { type: 'other' } : { type: 'tag', key: name };
  });
}

/** Reads a table with a header: a column for ARNs, and columns for tags. An empty cell is a tag that is not there. */
export function readCsv(text: string, builder: InventoryBuilder): void {
  const header = headerOf(text);
  if (header === undefined) return;
  const lines = new LineCounter(text);
  let rowStart = 0;
  let headerPassed = false;
  Papa.parse<readonly string[]>(text, {
    delimiter: header.delimiter,
    step: ({ data, errors, meta }, parser) => {
      const line = lines.at(rowStart);
      rowStart = meta.cursor;
      if (data.every((cell) => cell.trim() === '')) return;
      if (!headerPassed) {
        headerPassed = true;
        return;
      }
      if (errors.some(({ type }) => type === 'Quotes')) builder.problem(line, 'The quotes of this row do not match.');
      readRow(data, header.columns, line, builder);
      if (builder.isFull) parser.abort();
    },
  });
}

function readRow(cells: readonly string[], columns: readonly Column[], line: number, builder: InventoryBuilder): void {
  if (cells[0]?.trimStart().startsWith('#') === true) return;
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) builder.problem(line, `The row has ${String(cells.length)} cells, and the header ${String(columns.length)}; the rest is left out.`);
  let [arn, region, account] = ['', '', ''];
  const tags = new Map<string, string>();
  for (const [index, column] of columns.entries()) {
    const cell = (cells[index] ?? '').trim();
    if (column.type === 'arn') arn = cell;
    else if (column.type === 'region') region = cell;
    else if (column.type === 'account') account = cell;
    else if (column.type === 'tag' && cell !== '') tags.set(column.key, cell);
    else if (column.type === 'tags' && cell !== '') take(tagsOfCell(cell), tags, line, builder);
  }
  builder.add(arn, tags, line, { region, account });
}

function take(read: ReadTags, tags: Map<string, string>, line: number, builder: InventoryBuilder): void {
  for (const [key, value] of read.tags) tags.set(key, value);
  for (const problem of read.problems) builder.problem(line, problem);
}

/** Line numbers of offsets that only grow. */
class LineCounter {
  readonly #text: string;
  #offset = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  at(offset: number): number {
    for (; this.#offset < offset; this.#offset++) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code === lineFeed || (code === carriageReturn && this.#text.charCodeAt(this.#offset + 1) !== lineFeed)) this.#line += 1;
    }
    return this.#line;
  }
}

const lineFeed = 10;
const carriageReturn = 13;
