/**
 * True when two texts are the same JSON value: white space, the order of members and the spelling of strings do not
 * count. Texts that are no JSON are compared as they are. Source: organizations-backend §4 "Compare by parsed value".
 */
export function sameJson(left: string, right: string): boolean {
  if (left === right) return true;
  const [one, other] = [parsed(left), parsed(right)];
  return one !== undefined && other !== undefined && sameValue(one.value, other.value);
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return undefined;
  }
}

function sameValue(left: unknown, right: unknown): boolean {
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((item, index) => sameValue(item, right[index]));
  if (typeof left !== 'object' || left === null) return left === right;
  if (typeof right !== 'object' || right === null || Array.isArray(right)) return false;
  const [one, other] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  return one.size === other.size && [...one].every(([key, value]) => other.has(key) && sameValue(value, other.get(key)));
}
