/** True when `*` in the pattern can stand for something that makes it the text. In time of at most one length times the other. */
export function matchesWildcards(pattern: string, text: string): boolean {
  return matchesParts(Array.from(pattern), Array.from(text), '*', (part, each) => part === each);
}

/**
 * True when a pattern of names fits a path of names: `*` stands for any part of one name, `**` for any number of
 * names, none included. Both are split at slashes; letter case counts.
 */
export function matchesPath(pattern: string, path: string): boolean {
  return matchesParts(pattern.split('/'), path.split('/'), '**', matchesWildcards);
}

/** Goes back to the last wildcard only: an earlier one could do nothing that the later one cannot. */
function matchesParts(pattern: readonly string[], parts: readonly string[], any: string, matches: (pattern: string, part: string) => boolean): boolean {
  let [at, from, wildcard, resume] = [0, 0, -1, 0];
  while (from < parts.length) {
    const wanted = pattern[at];
    if (wanted === any) {
      wildcard = at++;
      resume = from;
    } else if (wanted !== undefined && matches(wanted, parts[from] ?? '')) {
      at += 1;
      from += 1;
    } else if (wildcard >= 0) {
      at = wildcard + 1;
      from = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === any) at += 1;
  return at === pattern.length;
}
