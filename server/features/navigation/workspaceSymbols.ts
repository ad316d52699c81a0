import { URI, Utils } from 'vscode-uri';
import type { DocumentSymbol, WorkspaceSymbol } from 'vscode-languageserver-types';
import type { Snapshot } from '../../model/snapshot.ts';
import { policySymbols } from '../documentSymbols.ts';
import { organizationSymbols } from '../organizationSymbols.ts';
import { policyName } from '../policyName.ts';

/** More symbols than this nobody reads in a list; the best matches come first. */
const maximumSymbols = 1000;

/**
 * `workspace/symbol`: the names in all policies (plans, rules, selections, copy actions, conditions, tags), and the
 * roots, organizational units, accounts and policies of all models. A query matches names that have its characters in its
 * order, in any letter case. At most 1,000, the best matches first.
 */
export function workspaceSymbols(snapshot: Snapshot, query: string): WorkspaceSymbol[] {
  const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
  const take = (uri: string, symbols: readonly NestedSymbol[], containerOf: (around: string | undefined) => string): void => {
    for (const { symbol: { name, kind, selectionRange }, around } of symbols) {
      const rank = matchRank(name, query);
      if (rank !== undefined) found.push({ rank, symbol: { name, kind, containerName: containerOf(around), location: { uri, range: selectionRange } } });
    }
  };
  for (const organization of snapshot.organizations.values()) {
    const file = Utils.basename(URI.parse(organization.uri));
    take(organization.uri, nested(organization, () => organizationSymbols(organization)), (around) => around ?? file);
  }
  for (const { uri, document } of snapshot.policies.values()) {
    const policy = policyName(snapshot, uri);
    take(uri, nested(document, () => policySymbols(document)), (around) => (around === undefined ? policy : `${policy}/${around}`));
  }
  return found.sort((left, right) => left.rank - right.rank).slice(0, maximumSymbols).map(({ symbol }) => symbol);
}

interface NestedSymbol {
  readonly symbol: DocumentSymbol;
  /** The names around it from the outermost one, with slashes; undefined at the top. */
  readonly around: string | undefined;
}

/** Derived from immutable documents and models, so they can never be stale; editors ask again with every letter of a query. */
const knownSymbols = new WeakMap<object, readonly NestedSymbol[]>();

function nested(owner: object, read: () => readonly DocumentSymbol[]): readonly NestedSymbol[] {
  const known = knownSymbols.get(owner);
  if (known !== undefined) return known;
  const symbols: NestedSymbol[] = [];
  const walk = (each: readonly DocumentSymbol[], around: string | undefined): void => {
    for (const symbol of each) {
      symbols.push({ symbol, around });
      walk(symbol.children ?? [], around === undefined ? symbol.name : `${around}/${symbol.name}`);
    }
  };
  walk(read(), undefined);
  knownSymbols.set(owner, symbols);
  return symbols;
}

/** How well a name fits a query, 0 the best; undefined when characters of the query are missing or in another order. */
function matchRank(name: string, query: string): number | undefined {
  const [text, wanted] = [name.toLowerCase(), query.toLowerCase().replace(/\s+/g, '')];
  const at = text.indexOf(wanted);
  if (at === 0) return text.length === wanted.length ? 0 : 1;
  if (at > 0) return 2;
  let next = 0;
  for (const character of text) if (character === wanted[next]) next++;
  return next >= wanted.length ? 3 : undefined;
}
