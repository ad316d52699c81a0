/** Markdown of our hovers and descriptions as plain text, for editors that show no Markdown: what a reader would see, line by line. */
export function plainText(markdown: string): string {
  return markdown
    .split('\n')
    .filter((line) => !/^\|(?: ?-+ ?\|)+$/.test(line))
    .map(plainLine)
    .join('\n');
}

/** Code spans keep their text as it is; outside of them marks go and escaped characters stay. */
const parts = /(`+)(.+?)(?<!`)\1(?!`)|\\([!-/:-@[-`{-~])|\[((?:\\.|[^\]\\])*)\]\([^)\s]*\)|\*\*|~~|&nbsp;/g;

function plainLine(line: string): string {
  return line.replace(/ {2}$/, '').replace(parts, (mark: string, fence: string | undefined, code: string | undefined, escaped: string | undefined, label: string | undefined): string => {
    if (fence !== undefined && code !== undefined) return code.replace(/^ (.*`.*) $/, '$1');
    if (escaped !== undefined) return escaped;
    if (label !== undefined) return plainLine(label);
    return mark === '&nbsp;' ? ' ' : '';
  });
}
