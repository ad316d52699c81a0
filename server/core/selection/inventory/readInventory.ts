import { isCsv, readCsv } from './csv.ts';
import { InventoryBuilder, maximumInventoryLength, type Inventory } from './inventory.ts';
import { readJson } from './json.ts';
import { readLines } from './lines.ts';

/**
 * Reads resources with their tags from a text: lines of `arn key=value …`, CSV with a header, JSON, JSON lines, or the
 * output of `aws resourcegroupstaggingapi get-resources`. Never throws: what cannot be read becomes a problem of
 * its line, and the rest is read.
 */
export function readInventory(text: string): Inventory {
  const builder = new InventoryBuilder();
  if (text.length > maximumInventoryLength) {
    builder.problem(1, 'The inventory is longer than 10 MB. Split it, or leave out the resources that no policy is meant for.');
    return builder.build();
  }
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const [start] = /[^\s]/.exec(content) ?? [];
  if (start === undefined) return builder.build();
  if (start === '[' || start === '{') readJson(content, builder);
  else if (isCsv(content)) readCsv(content, builder);
  else readLines(content, builder);
  return builder.build();
}
