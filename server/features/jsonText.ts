import { isScalar, type Node } from '../core/document/tree.ts';

/** JSON whose scalars are as they are written: `1.50` stays that. Maps keep keys such as `__proto__` and `1` in their order. */
export type JsonText = string | readonly JsonText[] | ReadonlyMap<string, JsonText>;

/** A node of a document with its scalars as they are written; what is missing or comes from a template is null. */
export function jsonOfNode(node: Node, text: string): JsonText {
  if (node.type === 'object') return new Map(node.members.map(({ key, value }) => [key.text, jsonOfNode(value, text)]));
  if (node.type === 'array') return node.items.map((item) => jsonOfNode(item, text));
  return isScalar(node) ? text.slice(node.start, node.end) : 'null';
}

/**
 * JSON as people write it: one member or element a line where it holds an object or a list of objects, on one line else.
 * @param indent the blanks or tabs at the start of the line that it begins on.
 * @param unit one step of indentation.
 */
export function laidOut(json: JsonText, indent: string, unit: string, eol: string): string {
  if (!holdsObjects(json)) return spaced(json);
  const inner = `${indent}${unit}`;
  const lines = (parts: readonly string[]): string => `${parts.map((part) => `${eol}${inner}${part}`).join(',')}${eol}${indent}`;
  return json instanceof Map
    ? `{${lines(entriesOf(json).map(([key, each]) => `${JSON.stringify(key)}: ${laidOut(each, inner, unit, eol)}`))}}`
    : `[${lines(itemsOf(json).map((item) => laidOut(item, inner, unit, eol)))}]`;
}

/** JSON on one line, with a blank after colons and commas and inside braces. */
export function spaced(json: JsonText): string {
  if (typeof json === 'string') return json;
  if (!(json instanceof Map)) return `[${itemsOf(json).map(spaced).join(', ')}]`;
  const members = entriesOf(json).map(([key, each]) => `${JSON.stringify(key)}: ${spaced(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function entriesOf(json: JsonText): readonly (readonly [string, JsonText])[] {
  return json instanceof Map ? [...(json as ReadonlyMap<string, JsonText>)] : [];
}

function itemsOf(json: JsonText): readonly JsonText[] {
  return typeof json === 'object' && !(json instanceof Map) ? (json as readonly JsonText[]) : [];
}

/** True for an object or list with an object, or a list of objects, directly in it. */
function holdsObjects(json: JsonText): boolean {
  const isObject = (each: JsonText): boolean => each instanceof Map;
  return itemsOf(json).some(isObject) || entriesOf(json).some(([, each]) => isObject(each) || itemsOf(each).some(isObject));
}
