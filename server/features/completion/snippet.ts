/** Text that a snippet inserts exactly so. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** What a snippet inserts in an editor that knows none: defaults and first choices, no tab stops. */
export function plainText(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|((?:\\.|[^,|\\])*)(?:,(?:\\.|[^|\\])*)?\|\}/g, '$1')
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/(^|[^\\])(?:\$\{\d+\}|\$\d+)/g, '$1')
    .replace(/\\([\\$},|])/g, '$1');
}

/**
 * A snippet body of the schema as snippet text: an object whose texts hold tab stops. A text that begins with
 * `^` is inserted without quotes, as editors do with `defaultSnippets`.
 */
export function snippetText(body: unknown): string {
  return JSON.stringify(body, undefined, '\t')
    .replace(/"\^((?:\\.|[^"\\])*)"/g, (_, raw: string) => String(JSON.parse(`"${raw}"`)));
}

/** The members of a snippet body without the braces around them, as they stand inside an object. */
export function memberText(body: object): string {
  return snippetText(body).slice(1, -1).trim().replace(/\n\t/g, '\n');
}
