/** How many of a list a message names before it counts the rest. */
const named = 5;

/** Names for a message: all of a few, of many the first ones and the count of the rest. */
export function listed(names: readonly string[]): string {
  return told(names.slice(0, named), names.length);
}

/** The paths of entities in lists, for a message: looks at no more of them than it names. */
export function listedPaths(lists: Iterable<readonly { readonly path: string }[]>): string {
  const shown: string[] = [];
  let count = 0;
  for (const list of lists) {
    count += list.length;
    for (const { path } of list.slice(0, named - shown.length)) shown.push(path);
  }
  return told(shown, count);
}

function told(shown: readonly string[], count: number): string {
  return count > named ? `${shown.join(', ')} and ${String(count - named)} more` : shown.join(', ');
}
