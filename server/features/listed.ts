/** How many of a list a message names before it counts the rest. */
const named = 5;

/** Names for a message: all of a few, of many the first ones and the count of the rest. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, named).join(', ');
  return names.length > named ? `${shown} and ${String(names.length - named)} more` : shown;
}
