/**
 * Makes a function that names accounts by as few places as name them all: the highest OU or root all of whose accounts
 * are among them stands for those.
 * @param all paths of every account, `Root/Workloads/shop-prod`.
 */
export function placesAmong(all: readonly string[]): (chosen: readonly string[]) => readonly string[] {
  const everywhere = accountsBelow(all);
  return (chosen) => {
    const here = accountsBelow(chosen);
    return [...new Set(chosen.map((path) => prefixes(path).find((prefix) => here.get(prefix) === everywhere.get(prefix)) ?? path))];
  };
}

function accountsBelow(paths: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) for (const prefix of prefixes(path)) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  return counts;
}

/** `Root/a/b` lies in `Root` and in `Root/a`. */
function prefixes(path: string): readonly string[] {
  const found: string[] = [];
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) found.push(path.slice(0, end));
  return found;
}

/** So many places a sentence names before it counts the rest. */
const named = 10;

/** Places in a few words: all of a few, of many the first ones and the count of the rest. */
export function placesText(places: readonly string[]): string {
  const rest = places.length - named;
  return rest <= 0 ? places.join(', ') : `${places.slice(0, named).join(', ')} and ${String(rest)} more`;
}
