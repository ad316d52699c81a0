import type { Node } from '../../../core/document/tree.ts';

/** JSON with its scalars as text, as AWS converts them. */
export type PlainJson = string | readonly PlainJson[] | PlainObject;

/** Keys in the order of the text. */
export interface PlainObject {
  readonly [key: string]: PlainJson;
}

/** A tree as data; undefined where a template stands in the place of a value. `null` is left out of objects, as AWS's tools print it for what is not set. */
export function plainJson(node: Node): PlainJson | undefined {
  switch (node.type) {
    case 'object': {
      const entries: [string, PlainJson][] = [];
      for (const { key, value } of node.members) {
        if (value.type === 'null') continue;
        const plain = plainJson(value);
        if (plain === undefined) return undefined;
        entries.push([key.text, plain]);
      }
      return Object.fromEntries(entries);
    }
    case 'array': {
      const items: PlainJson[] = [];
      for (const item of node.items) {
        const plain = plainJson(item);
        if (plain === undefined) return undefined;
        items.push(plain);
      }
      return items;
    }
    case 'template':
    case 'missing':
      return undefined;
    default:
      return node.text;
  }
}

/** An object, or undefined for anything else. */
export function asObject(json: PlainJson | undefined): PlainObject | undefined {
  return typeof json === 'object' && !isList(json) ? json : undefined;
}

/** The objects of a list; empty for anything else. */
export function objectsOf(json: PlainJson | undefined): readonly PlainObject[] {
  if (!isList(json)) return [];
  return json.flatMap((item) => {
    const object = asObject(item);
    return object === undefined ? [] : [object];
  });
}

/** The texts of a list; empty for anything else. */
export function textsOf(json: PlainJson | undefined): readonly string[] {
  return isList(json) ? json.filter((item) => typeof item === 'string') : [];
}

/** A text, or undefined for anything else. */
export function asText(json: PlainJson | undefined): string | undefined {
  return typeof json === 'string' ? json : undefined;
}

/** True for a list. */
export function isList(json: PlainJson | undefined): json is readonly PlainJson[] {
  return Array.isArray(json);
}
