/** What the page "Resources" remembers: the text or file with the resources, the filter, and what is expanded. */

import { isRecord, isString } from '../viewShape.ts';

/** Plain data that the editor keeps for the page. */
export interface ResourcesMemory {
  readonly text: string;
  /** A file that is read instead of the text. */
  readonly file?: { readonly uri: string; readonly name: string };
  readonly filter: string;
  /** ARNs of the resources that are expanded. */
  readonly open: readonly string[];
}

/** The longest text that is kept while the editor has thrown the page away, in UTF-16 code units. */
const longestKept = 500_000;

/** Reads what the editor kept; anything else than a {@link ResourcesMemory} counts as nothing. */
export function readResourcesMemory(kept: unknown): ResourcesMemory {
  if (!isRecord(kept)) return { text: '', filter: '', open: [] };
  const { text, file, filter, open } = kept;
  return {
    text: isString(text) ? text : '',
    filter: isString(filter) ? filter : '',
    open: Array.isArray(open) ? open.filter(isString) : [],
    ...(isRecord(file) && isString(file['uri']) && isString(file['name']) ? { file: { uri: file['uri'], name: file['name'] } } : {}),
  };
}

/** True for a text that is too long to be kept. */
export function isTooLongToKeep(text: string): boolean {
  return text.length > longestKept;
}

/** With what the server is asked. */
export function reachQuestion({ text, file, filter }: ResourcesMemory): { readonly text: string; readonly filter: string } | { readonly uri: string; readonly filter: string } {
  return file === undefined ? { text, filter } : { uri: file.uri, filter };
}
