import type { SnippetBody } from '../../core/schemaDefinitions.ts';

/** Text that a snippet inserts exactly so. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A text as a JSON string that a snippet inserts exactly so. */
export function quoted(text: string): string {
  return literal(JSON.stringify(text));
}

/** A tab stop inside a JSON string that lets one of the texts be picked. */
export function choice(stop: number, texts: readonly string[]): string {
  const escaped = texts.map((text) => JSON.stringify(text).slice(1, -1).replace(/[\\,|]/g, '\\$&'));
  return `\${${String(stop)}|${escaped.join(',')}|}`;
}

const pieces = /\\(?<escape>[\\$},|])|\$\{\d+\|(?<first>(?:\\.|[^,|\\])*)(?:,(?:\\.|[^|\\])*)?\|\}|\$\{\d+:(?<fallback>(?:\\.|[^}\\])*)\}|\$\{\d+\}|\$\d+/g;

/** What a snippet inserts in an editor that knows none: defaults and first choices, no tab stops. */
export function plainText(snippet: string): string {
  let text = '';
  let end = 0;
  for (const match of snippet.matchAll(pieces)) {
    const { escape, first, fallback } = match.groups ?? {};
    text += snippet.slice(end, match.index) + (escape ?? (first ?? fallback ?? '').replace(/\\(.)/g, '$1'));
    end = match.index + match[0].length;
  }
  return text + snippet.slice(end);
}

/** A snippet body of the grammar as snippet text: settings on one line, containers on a line for each child. */
export function snippetText(body: SnippetBody, indent = ''): string {
  if (typeof body === 'string') return body.startsWith('^') ? body.slice(1) : JSON.stringify(body);
  if (typeof body !== 'object') return String(body);
  if (isList(body)) return `[${body.map((item) => snippetText(item)).join(', ')}]`;
  const members = Object.entries(body);
  if (members.every(([key]) => key.startsWith('@@'))) return `{ ${members.map(([key, value]) => `${JSON.stringify(key)}: ${snippetText(value)}`).join(', ')} }`;
  return `{\n${membersText(body, `${indent}\t`)}\n${indent}}`;
}

/** The members of a snippet body without the braces around them, as they stand inside an object. */
export function membersText(body: { readonly [key: string]: SnippetBody }, indent = ''): string {
  return Object.entries(body).map(([key, value]) => `${indent}${JSON.stringify(key)}: ${snippetText(value, indent)}`).join(',\n');
}

function isList(body: SnippetBody): body is readonly SnippetBody[] {
  return Array.isArray(body);
}
