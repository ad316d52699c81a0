/** How a text is indented, in LSP's words. */
export interface Indentation {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
}

/** So many lines show how a text is indented. */
const linesLookedAt = 2000;

/**
 * The author's indentation: tabs, or the step between neighbouring lines that occurs most often, so that a single
 * crooked line does not count. Undefined where nothing is indented.
 */
export function indentationOf(text: string): Indentation | undefined {
  const steps = new Map<number, number>();
  let tabs = 0;
  let blanks = 0;
  let previous = 0;
  for (const line of text.split(/\r\n|\n|\r/, linesLookedAt)) {
    const lead = /^[ \t]*(?=\S)/.exec(line)?.[0];
    if (lead === undefined) continue;
    if (lead.startsWith('\t')) tabs++;
    else if (lead !== '') blanks++;
    const step = Math.abs(lead.length - previous);
    if (step > 0 && step <= 8) steps.set(step, (steps.get(step) ?? 0) + 1);
    previous = lead.length;
  }
  if (tabs > blanks) return { insertSpaces: false, tabSize: 4 };
  if (blanks === 0) return undefined;
  const [tabSize = 2] = [...steps].sort(([left, leftCount], [right, rightCount]) => rightCount - leftCount || left - right)[0] ?? [];
  return { insertSpaces: true, tabSize };
}

/** The line end of a text; LF where it has one line. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
