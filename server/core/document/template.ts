/** `${…}` with nested braces on one line, `{{…}}`, `%[1]s`, `%s`, `%d`. */
const unquotedToken = /\$\{(?:[^{}\n]|\{[^{}\n]*\})*\}|\{\{[^{}"\n]*\}\}|%(?:\[\d+\])?[sdvq]/y;
const trailing = /[\w.-]+/y;
const inString = /\$\{[^}]*\}|\{\{[^}]*\}\}|%\[\d+\][sdvq]/;

/**
 * The end of a run of template tokens that starts at `offset` outside a string, or undefined.
 * Terraform, Landing Zone Accelerator, Jinja and Go write them where JSON wants a value.
 */
export function templateEnd(text: string, offset: number): number | undefined {
  let end = offset;
  for (;;) {
    unquotedToken.lastIndex = end;
    if (!unquotedToken.test(text)) break;
    end = unquotedToken.lastIndex;
    trailing.lastIndex = end;
    if (trailing.test(text)) end = trailing.lastIndex;
  }
  return end > offset ? end : undefined;
}

/** True when a decoded string holds a template token. AWS's own `$account` and `$region` are none. */
export function hasTemplate(text: string): boolean {
  return text.length > 3 && inString.test(text);
}
