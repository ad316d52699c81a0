/** Text that people leave in policies although JSON knows it nowhere, read as one piece so that it is one problem. */
export interface StrayText {
  /**
   * `comment`: from `#` to the end of the line. `blank`: white space that JSON does not take. `quoted`: a text in
   * other than straight double quotes. `placeholder`: `<name>`. `omission`: `…` or `...`. `conflict`: a line of Git.
   */
  readonly kind: 'comment' | 'blank' | 'quoted' | 'placeholder' | 'omission' | 'conflict';
  readonly end: number;
}

const forms: readonly (readonly [StrayText['kind'], RegExp])[] = [
  ['conflict', /(?<=^|\n)(?:<{7}|={7}|>{7}|\|{7})(?:[ \t][^\r\n]*)?(?=\r|\n|$)/y],
  ['comment', /#[^\r\n]*/y],
  ['blank', /[\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+/y],
  ['quoted', /[“”„‟«»][^“”„‟«»"\r\n]*[“”„‟«»]|['‘’‚][^'‘’‚"\r\n]*['‘’‚]/y],
  ['placeholder', /<[^<>"\r\n]*>/y],
  ['omission', /(?:…|\.{3,})/y],
];

/** The stray text that starts at `offset`, outside JSON's own tokens; undefined for anything else. */
export function strayTextAt(text: string, offset: number): StrayText | undefined {
  for (const [kind, form] of forms) {
    form.lastIndex = offset;
    if (form.test(text)) return { kind, end: form.lastIndex };
  }
  return undefined;
}

/** A text without the quotes of another kind around it; any other text as it is. */
export function withoutStrayQuotes(text: string): string {
  return strayTextAt(text, 0)?.kind === 'quoted' ? text.slice(1, -1) : text;
}

/** True for a line that Git leaves where two versions of a file meet. */
export function isConflictMarker(text: string): boolean {
  return strayTextAt(text, 0)?.kind === 'conflict';
}
