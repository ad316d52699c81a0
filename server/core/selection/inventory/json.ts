import type { InventoryBuilder } from './inventory.ts';
import { fieldOf, tagsOfJson } from './tagValues.ts';

interface Part {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The list of `aws resourcegroupstaggingapi get-resources`. */
const mappingList = /"ResourceTagMappingList"\s*:\s*\[/;

/**
 * Reads JSON: resources one after the other or in lists, `{arn, tags}` or `{ResourceARN, Tags}`, and the pages of
 * `aws resourcegroupstaggingapi get-resources`. Each resource is parsed by itself, so one that is broken costs no other.
 */
export function readJson(text: string, builder: InventoryBuilder): void {
  for (const part of partsOf(text, { start: 0, end: text.length, line: 1 })) {
    for (const item of itemsOf(text, part)) {
      if (builder.isFull) return;
      readItem(text, item, builder);
    }
  }
}

function* itemsOf(text: string, part: Part): Generator<Part> {
  if (text[part.start] === '[') {
    yield* partsOf(text, { start: part.start + 1, end: text[part.end - 1] === ']' ? part.end - 1 : part.end, line: part.line });
    return;
  }
  const list = text[part.start] === '{' ? mappingList.exec(text.slice(part.start, part.end)) : null;
  if (list === null) {
    yield part;
    return;
  }
  const start = part.start + list.index + list[0].length;
  yield* partsOf(text, { start, end: part.end, line: part.line + linesIn(text, part.start, start) });
}

function readItem(text: string, { start, end, line }: Part, builder: InventoryBuilder): void {
  let value: unknown;
  try {
    value = JSON.parse(text.slice(start, end));
  } catch {
    builder.problem(line, `What begins here is not valid JSON: ${quoted(text.slice(start, Math.min(end, start + 40)))}.`);
    return;
  }
  if (typeof value === 'string') {
    builder.add(value, new Map(), line);
    return;
  }
  const arn = typeof value === 'object' && value !== null ? fieldOf(value, 'arn', 'resourcearn') : undefined;
  if (typeof value !== 'object' || value === null || typeof arn !== 'string') {
    builder.problem(line, 'What begins here is no resource: it has no "arn" or "ResourceARN".');
    return;
  }
  const { tags, problems } = tagsOfJson(fieldOf(value, 'tags', 'taglist'));
  for (const problem of problems) builder.problem(line, problem);
  builder.add(arn, tags, line, { region: textOf(fieldOf(value, 'region', 'awsregion')), account: textOf(fieldOf(value, 'account', 'accountid', 'awsaccountid')) });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function quoted(text: string): string {
  return `"${text.replace(/\s+/g, ' ').replaceAll('"', '\'').trim()}…"`;
}

/** The values in a part of a text, commas and blanks between them; ends at a bracket that closes more than was opened. */
function* partsOf(text: string, { start, end, line }: Part): Generator<Part> {
  let offset = start;
  let at = line;
  while (offset < end) {
    const character = text[offset] ?? '';
    if (isBlank(character) || character === ',') {
      at += isBreak(text, offset) ? 1 : 0;
      offset += 1;
    } else if (character === ']' || character === '}') {
      return;
    } else {
      const valueEnd = endOfValue(text, offset, end);
      yield { start: offset, end: valueEnd, line: at };
      at += linesIn(text, offset, valueEnd);
      offset = valueEnd;
    }
  }
}

/** Where the value that begins at an offset ends; without a loop of its own for each level, so depth is no matter. */
function endOfValue(text: string, start: number, end: number): number {
  let depth = 0;
  for (let offset = start; offset < end; offset++) {
    const character = text[offset] ?? '';
    if (character === '"') {
      offset = endOfString(text, offset, end) - 1;
      if (depth === 0) return offset + 1;
    } else if (character === '{' || character === '[') {
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth <= 0) return depth < 0 ? offset : offset + 1;
    } else if (depth === 0 && (isBlank(character) || character === ',')) {
      return offset;
    }
  }
  return end;
}

function endOfString(text: string, start: number, end: number): number {
  for (let offset = start + 1; offset < end; offset++) {
    const character = text[offset];
    if (character === '\\') offset += 1;
    else if (character === '"') return offset + 1;
  }
  return end;
}

function linesIn(text: string, start: number, end: number): number {
  let lines = 0;
  for (let offset = start; offset < end; offset++) if (isBreak(text, offset)) lines += 1;
  return lines;
}

function isBreak(text: string, offset: number): boolean {
  return text[offset] === '\n' || (text[offset] === '\r' && text[offset + 1] !== '\n');
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}
