/** `{{…}}`, `%[1]s`, `%s`, `%d`. What Python doubles (`{{ "plans": …`) is none. */
const unquotedToken = /\{\{(?!\s*")[^{}\n]*\}\}|%(?:\[\d+\])?[sdvq]/y;
const trailing = /[\w.-]+/y;
/** `{% … %}` and the comment `{# … #}` of Jinja. */
const jinjaDirective = /\{%[^\n]{0,250}?%\}|\{#[^]{0,2000}?#\}/y;
const numberedVerb = /%\[\d+\][sdvq]/;
/** What opens and what closes a token inside a string. */
const brackets = [['${', '}'], ['{{', '}}'], ['%{', '}'], ['{%', '%}']] as const;
/** No token on one line is longer; the bound keeps texts of nothing but openings from taking long. */
const longestOnLine = 1_000;

/** After so many template tokens without an end no more are to be looked for in a text: each costs as much as the longest token. */
export const maximumUnclosed = 200;

/**
 * The end of a run of template tokens that starts at `offset` outside a string, or undefined.
 * Terraform, Landing Zone Accelerator, Jinja and Go write them where JSON wants a value, a key or a part of an object.
 * @param overLines whether `${…}` may hold line breaks, as in `${jsonencode({ … })}`.
 */
export function templateEnd(text: string, offset: number, overLines = false): number | undefined {
  let end = offset;
  for (;;) {
    const next = text.startsWith('${', end) ? closingBrace(text, end + 1, overLines) : sticky(unquotedToken, text, end);
    if (next === undefined) break;
    end = sticky(trailing, text, next) ?? next;
  }
  return end > offset ? end : undefined;
}

/** The end of a directive such as `%{ if x }`, `{% for x in y %}` or `{# note #}` at `offset`, or undefined. */
export function directiveEnd(text: string, offset: number): number | undefined {
  return text.startsWith('%{', offset) ? closingBrace(text, offset + 1, false) : sticky(jinjaDirective, text, offset);
}

/**
 * The end of the string that starts at `offset`, with the quotes inside its template tokens taken for theirs:
 * `"${lookup(names, "vault")}"`. Undefined where it does not end on its line.
 */
export function templatedStringEnd(text: string, offset: number): number | undefined {
  for (let index = offset + 1; index < text.length && text[index] !== '\n'; index++) {
    if (text[index] === '"') return index + 1;
    if (text[index] === '\\') index++;
    else if (opensToken(text, index)) {
      const end = closingBrace(text, index + 1, false);
      if (end === undefined) return undefined;
      index = end - 1;
    } else index = (sticky(unquotedToken, text, index) ?? index + 1) - 1;
  }
  return undefined;
}

/** True when a decoded string holds a template token. AWS's own `$account` and `$region` are none. */
export function hasTemplate(text: string): boolean {
  if (text.length < 4) return false;
  return numberedVerb.test(text) || brackets.some(([open, close]) => {
    const start = text.indexOf(open);
    return start >= 0 && text.includes(close, start + open.length);
  });
}

/** The end of the braces that open at `offset`; braces and quotes inside must pair as well. */
function closingBrace(text: string, offset: number, overLines: boolean): number | undefined {
  const open: ('brace' | 'string')[] = [];
  const limit = overLines ? text.length : Math.min(text.length, offset + longestOnLine);
  // A text of nothing but openings is asked about each of them.
  if (!overLines && !text.slice(offset, limit).includes('}')) return undefined;
  for (let index = offset; index < limit; index++) {
    const character = text[index];
    if (character === '\n' && !overLines) return undefined;
    if (open.at(-1) === 'string') {
      if (character === '\\') index++;
      else if (character === '"') open.pop();
      else if (opensToken(text, index)) {
        open.push('brace');
        index++;
      }
    } else if (character === '"') open.push('string');
    else if (character === '{') open.push('brace');
    else if (character === '}') {
      open.pop();
      if (open.length === 0) return index + 1;
    }
  }
  return undefined;
}

function opensToken(text: string, index: number): boolean {
  return (text[index] === '$' || text[index] === '%') && text[index + 1] === '{';
}

function sticky(expression: RegExp, text: string, offset: number): number | undefined {
  expression.lastIndex = offset;
  return expression.test(text) ? expression.lastIndex : undefined;
}
