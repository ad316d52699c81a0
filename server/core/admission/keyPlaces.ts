import { foldKey, policyGrammar, type GrammarContainer } from '../grammar.ts';

/** A key of a policy with the container that it belongs to, the highest one where there are several. */
interface KeyPlace {
  readonly key: string;
  /** From the top of the policy: fixed keys in quotes, names as what they name. */
  readonly path: readonly string[];
}

const places: ReadonlyMap<string, KeyPlace> = placesBelow(policyGrammar);

/** The key of a policy, wherever it belongs, that a text is but for letter case. */
export function documentedKey(text: string): string | undefined {
  return places.get(foldKey(text))?.key;
}

/**
 * Where a key belongs, for a message: below this container if it can stand there, else from the top of a policy,
 * such as `"plans" › a plan › "rules" › a rule`. Undefined for a key that no policy has.
 */
export function placeOfKey(key: string, grammar: GrammarContainer): string | undefined {
  const place = placesBelow(grammar).get(foldKey(key)) ?? places.get(foldKey(key));
  return place?.path.join(' › ');
}

/** Breadth first, so that the highest place of a key is found. */
function placesBelow(top: GrammarContainer): ReadonlyMap<string, KeyPlace> {
  const found = new Map<string, KeyPlace>();
  const open: { readonly grammar: GrammarContainer; readonly path: readonly string[] }[] = [{ grammar: top, path: [] }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { grammar, path } = next;
    if (grammar.names !== undefined) open.push({ grammar: grammar.names.child, path: [...path, `a ${grammar.names.noun}`] });
    for (const [key, child] of grammar.keys) {
      if (!found.has(foldKey(key))) found.set(foldKey(key), { key, path });
      if (child.kind === 'container') open.push({ grammar: child, path: [...path, `"${key}"`] });
    }
  }
  return found;
}
