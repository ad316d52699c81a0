/**
 * True when the text is like a pattern in which each `*` stands for any characters, none included. Everything else
 * counts with its letter case. Takes time in proportion to the text, whatever the pattern.
 * Source: syntax §5.3 and §5.4 [doc].
 */
export function isLike(pattern: string, text: string): boolean {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return text === pattern;
  if (text.length < start.length + end.length || !text.startsWith(start) || !text.endsWith(end)) return false;
  const last = text.length - end.length;
  let offset = start.length;
  for (const part of parts) {
    const found = text.indexOf(part, offset);
    if (found < 0 || found + part.length > last) return false;
    offset = found + part.length;
  }
  return true;
}
