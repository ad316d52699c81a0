/**
 * The one three-letter name that a misspelt one has a letter more or less than: MON for MOON and MO; undefined when
 * none or several fit (JU).
 * @param wrong in upper case.
 */
export function closestName(wrong: string, names: readonly string[]): string | undefined {
  const close = names.filter((name) => (wrong.length === 4 && without(wrong, name)) || (wrong.length === 2 && without(name, wrong)));
  return close.length === 1 ? close[0] : undefined;
}

/** True when `longer` without one of its letters is `shorter`. */
function without(longer: string, shorter: string): boolean {
  return Array.from({ length: longer.length }, (_, index) => index).some((index) => longer.slice(0, index) + longer.slice(index + 1) === shorter);
}
