/** The author's indentation: the smallest step between lines, or a tab; two blanks where nothing is indented. */
export function indentationOf(text: string): { readonly insertSpaces: boolean; readonly tabSize: number } {
  let least: number | undefined;
  for (const [, blanks] of text.slice(0, 20_000).matchAll(/^([ \t]+)\S/gm)) {
    if (blanks === undefined) continue;
    if (blanks.startsWith('\t')) return { insertSpaces: false, tabSize: 4 };
    if (least === undefined || blanks.length < least) least = blanks.length;
  }
  return { insertSpaces: true, tabSize: least === undefined ? 2 : Math.min(least, 8) };
}
