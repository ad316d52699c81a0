/**
 * JSON as people write it: one member or element a line where it holds an object or a list of objects, on one line else.
 * @param indent the blanks or tabs at the start of the line that it begins on.
 * @param unit one step of indentation.
 */
export function laidOut(value: unknown, indent: string, unit: string, eol: string): string {
  if (!holdsObjects(value)) return spaced(value);
  const inner = `${indent}${unit}`;
  const lines = (parts: readonly string[]): string => `${parts.map((part) => `${eol}${inner}${part}`).join(',')}${eol}${indent}`;
  if (Array.isArray(value)) return `[${lines(value.map((item) => laidOut(item, inner, unit, eol)))}]`;
  return `{${lines(Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${laidOut(each, inner, unit, eol)}`))}}`;
}

/** JSON on one line, with a blank after colons and commas and inside braces. */
export function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** True for an object or list with an object, or a list of objects, directly in it. */
function holdsObjects(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(isObject);
  return Object.values(value).some((each) => isObject(each) || (Array.isArray(each) && each.some(isObject)));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
