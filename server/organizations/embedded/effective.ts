import { parseDocument } from '../../core/document/parse.ts';
import { effectiveJson, nothingEffective, type EffectiveContainer } from '../../core/merge/effective.ts';
import { mergeLevel } from '../../core/merge/merge.ts';
import { readStatements } from '../../core/merge/statements.ts';
import type { AttachedPolicy, Level } from '../../core/merge/trace.ts';
import { effectiveErrors } from '../../core/validation/effectiveErrors.ts';
import type { Context } from './operation.ts';
import { pathOf, type EmbeddedState, type KeptEffective, type KeptError } from './state.ts';

/** Starts the way of a change to the accounts below some ids. Every change restarts what is still on its way. */
export function propagate({ state, now, delay }: Context, below: readonly string[]): void {
  const before = state.propagation?.below ?? [];
  state.propagation = { settles: Math.max(now + delay(), state.propagation?.settles ?? 0), below: [...new Set([...before, ...below])] };
}

/** Brings what was under way to its end if its time has come. The result depends on the state alone. */
export function settle(state: EmbeddedState, now: number): void {
  if (state.policyTypeSettles !== undefined && state.policyTypeSettles <= now) delete state.policyTypeSettles;
  const { propagation } = state;
  if (propagation === undefined || propagation.settles > now) return;
  delete state.propagation;
  if (state.policyType === 'ENABLED') evaluate(state, new Set(propagation.below), propagation.settles);
  else Object.assign(state, { effective: {}, documents: [], reports: [] });
}

/** Accounts whose merge is invalid keep their last valid document, or have `{}`. Source: limits-and-errors §4 [obs]. */
function evaluate(state: EmbeddedState, below: ReadonlySet<string>, at: number): void {
  const merged = mergedTrees(state);
  const tables = new Tables();
  const effective: Record<string, KeptEffective> = {};
  for (const account of state.accounts) {
    const known = state.effective[account.id];
    const path = pathWithin(state, account.parentId, merged);
    if (known !== undefined && !below.has(account.id) && !path.ids.some((id) => below.has(id))) {
      effective[account.id] = tables.keep(known, state);
      continue;
    }
    const tree = merged.treeOf(account.id, path.tree);
    const report = merged.reportOf(tree, at);
    effective[account.id] = report.length === 0
      ? { document: tables.document(merged.textOf(tree)), updated: at, evaluated: at }
      : { document: tables.document(known === undefined ? '{}' : (state.documents[known.document] ?? '{}')), updated: known?.updated ?? at, evaluated: at, report: tables.report(report) };
  }
  Object.assign(state, { effective, documents: tables.documents, reports: tables.reports });
}

/** Equal documents and reports are stored once: thousands of accounts share a few. */
class Tables {
  readonly documents: string[] = [];
  readonly reports: (readonly KeptError[])[] = [];
  readonly #documents = new Map<string, number>();
  readonly #reports = new Map<readonly KeptError[], number>();

  document(text: string): number {
    return numbered(this.documents, this.#documents, text);
  }

  report(errors: readonly KeptError[]): number {
    return numbered(this.reports, this.#reports, errors);
  }

  keep(known: KeptEffective, { documents, reports }: EmbeddedState): KeptEffective {
    const report = known.report === undefined ? undefined : reports[known.report];
    return { ...known, document: this.document(documents[known.document] ?? '{}'), ...(report === undefined ? {} : { report: this.report(report) }) };
  }
}

function numbered<T>(table: T[], numbers: Map<T, number>, value: T): number {
  const known = numbers.get(value);
  if (known !== undefined) return known;
  numbers.set(value, table.length);
  return table.push(value) - 1;
}

interface MergedTrees {
  readonly units: Map<string, { readonly ids: readonly string[]; readonly tree: EffectiveContainer }>;
  treeOf(id: string, inherited: EffectiveContainer): EffectiveContainer;
  reportOf(tree: EffectiveContainer, at: number): readonly KeptError[];
  textOf(tree: EffectiveContainer): string;
}

/** Merges each policy and each place once; an account without policies of its own has its parent's tree by reference. */
function mergedTrees(state: EmbeddedState): MergedTrees {
  const policies = new Map(state.policies.map((policy) => [policy.id, policy]));
  const read = new Map<string, AttachedPolicy>();
  const attached = (id: string): AttachedPolicy | undefined => {
    const policy = policies.get(id);
    const known = read.get(id);
    if (policy === undefined || known !== undefined) return known;
    const made: AttachedPolicy = { name: id, uri: id, content: readStatements(parseDocument(policy.content)) };
    read.set(id, made);
    return made;
  };
  const reports = new Map<EffectiveContainer, readonly KeptError[]>();
  const texts = new Map<EffectiveContainer, string>();
  return {
    units: new Map(),
    treeOf: (id, inherited) => {
      const own = (state.attachments[id] ?? []).flatMap((policyId) => attached(policyId) ?? []);
      const kind = id === state.root.id ? 'root' : id.startsWith('ou-') ? 'organizationalUnit' : 'account';
      const level: Level = { kind, name: id, path: id, id, depth: 0 };
      return mergeLevel(inherited, level, own).tree;
    },
    reportOf: (tree, at) => {
      const known = reports.get(tree);
      if (known !== undefined) return known;
      const report = effectiveErrors(tree, at).map(({ code, message, path, contributors }) => ({ code, message, path, policies: [...new Set(contributors.map(({ policy }) => policy.uri))] }));
      reports.set(tree, report);
      return report;
    },
    textOf: (tree) => {
      const text = texts.get(tree) ?? JSON.stringify(effectiveJson(tree));
      texts.set(tree, text);
      return text;
    },
  };
}

/** The ids from the root down to a root or OU, with what it hands down. */
function pathWithin(state: EmbeddedState, id: string, merged: MergedTrees): { readonly ids: readonly string[]; readonly tree: EffectiveContainer } {
  const known = merged.units.get(id);
  if (known !== undefined) return known;
  const ids = pathOf(state, id) ?? [];
  let tree = nothingEffective;
  for (const each of ids) tree = merged.units.get(each)?.tree ?? merged.treeOf(each, tree);
  const made = { ids, tree };
  merged.units.set(id, made);
  return made;
}
