import { acceptsValue } from '../../../core/grammar.ts';
import { slug } from '../proposals.ts';
import { asText, type PlainJson, type PlainObject } from './plainJson.ts';

/** A setting with its value. */
export function assign(value: PlainJson): PlainObject {
  return { '@@assign': value };
}

/** An object under its key; nothing where it is empty. */
export function orNothing(key: string, object: PlainObject): PlainObject {
  return Object.keys(object).length === 0 ? {} : { [key]: object };
}

/** A name that AWS takes in a policy and that no other of the same object has; `taken` holds them in lower case. */
export function nameIn(taken: Set<string>, text: string, otherwise: string): string {
  const fit = slug(text, /[^A-Za-z0-9_.-]+/g);
  const base = acceptsValue('name', fit) ? fit : otherwise;
  let name = base;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base.slice(0, 46)}-${String(number)}`;
  taken.add(name.toLowerCase());
  return name;
}

/** Tags as a policy writes them: an entry per key, named like it. */
export function tagEntries(tags: PlainObject | undefined): PlainObject {
  const entries = new Map<string, PlainObject>();
  for (const [key, value] of Object.entries(tags ?? {})) {
    const text = asText(value);
    if (text !== undefined && !entries.has(key.toLowerCase())) entries.set(key.toLowerCase(), { tag_key: assign(key), tag_value: assign(text) });
  }
  return Object.fromEntries(entries);
}
