import type { EffectiveElement, EffectiveLeaf, EffectiveValue } from './effective.ts';
import { allows, type ValueOperator } from './operators.ts';
import type { StatedLeaf } from './statements.ts';
import type { Control, Outcome, Source, Statement, TraceEntry } from './trace.ts';

/** A leaf of one policy of the entity that is being merged. */
export interface PeerLeaf {
  readonly stated: StatedLeaf;
  readonly source: Source;
}

const applied: Outcome = { type: 'applied' };

/**
 * Merges what the policies of one entity say about one setting into its inherited state: the first `@@assign`
 * in attachment order, then all `@@append`s, then all `@@remove`s, each only as far as higher levels allow it.
 * Source: inheritance rules 6 to 10, 15, 17, 18 and 27 [obs].
 * @returns the next state, and the entries of this entity's statements.
 */
export function mergeLeaf(inherited: EffectiveLeaf, peers: readonly PeerLeaf[]): { readonly leaf: EffectiveLeaf; readonly added: readonly TraceEntry[] } {
  const step = new LeafStep(inherited);
  step.assign(statementsOf(peers, 'assign'));
  for (const statement of statementsOf(peers, 'append')) step.append(statement);
  for (const statement of statementsOf(peers, 'remove')) step.remove(statement);
  return step.result();
}

function statementsOf(peers: readonly PeerLeaf[], operator: ValueOperator): readonly Statement[] {
  const statements: Statement[] = [];
  for (const { stated, source } of peers) {
    for (const { operator: stands, values, span } of stated.operations) if (stands === operator) statements.push({ operator, values, span, source });
  }
  return statements;
}

class LeafStep {
  readonly #inherited: EffectiveLeaf;
  readonly #trace: TraceEntry[];
  #value: EffectiveValue | undefined;

  constructor(inherited: EffectiveLeaf) {
    this.#inherited = inherited;
    this.#trace = [...inherited.trace];
    this.#value = inherited.value;
  }

  assign(statements: readonly Statement[]): void {
    let first: Statement | undefined;
    for (const statement of statements) {
      if (this.#blocked(statement)) continue;
      if (first !== undefined) {
        this.#trace.push({ statement, outcome: { type: 'noEffect', reason: { type: 'laterPeer', first } } });
        continue;
      }
      first = statement;
      this.#value = this.#assigned(statement);
      this.#overrideLost(statement);
      this.#trace.push({ statement, outcome: applied });
    }
  }

  append(statement: Statement): void {
    if (this.#blocked(statement)) return;
    const present = this.#elements();
    const known = new Set(present.map((element) => element.text));
    const added: EffectiveElement[] = [];
    for (const { text, unknown } of statement.values) {
      if (!unknown && known.has(text)) continue;
      known.add(text);
      added.push({ text, unknown, origin: statement });
    }
    const created = this.#value === undefined;
    this.#value = { kind: 'list', elements: [...present, ...added] };
    this.#trace.push({ statement, outcome: added.length > 0 || created ? applied : { type: 'noEffect', reason: { type: 'alreadyPresent' } } });
  }

  remove(statement: Statement): void {
    if (this.#blocked(statement)) return;
    if (this.#value === undefined) {
      this.#trace.push({ statement, outcome: { type: 'noEffect', reason: { type: 'nothingToRemove' } } });
      return;
    }
    const present = this.#elements();
    const removed = new Set(statement.values.filter((value) => !value.unknown).map((value) => value.text));
    const left = present.filter((element) => element.unknown || !removed.has(element.text));
    const unknown = statement.values.some((value) => value.unknown);
    if (left.length === present.length && !unknown) {
      this.#trace.push({ statement, outcome: { type: 'noEffect', reason: { type: 'absent' } } });
      return;
    }
    this.#value = { kind: 'list', elements: left };
    this.#overrideLost(statement);
    this.#trace.push({ statement, outcome: applied });
  }

  result(): { readonly leaf: EffectiveLeaf; readonly added: readonly TraceEntry[] } {
    const { kind, name, path, grammar, allowed, controls } = this.#inherited;
    const trace = this.#trace.slice();
    return { leaf: { kind, name, path, grammar, allowed, controls, value: this.#value, trace }, added: trace.slice(this.#inherited.trace.length) };
  }

  #elements(): readonly EffectiveElement[] {
    return this.#value?.kind === 'list' ? this.#value.elements : [];
  }

  #assigned(statement: Statement): EffectiveValue | undefined {
    if (this.#inherited.kind === 'list') {
      return { kind: 'list', elements: statement.values.map(({ text, unknown }) => ({ text, unknown, origin: statement })) };
    }
    const value = statement.values[0];
    return value === undefined ? this.#value : { kind: 'single', element: { text: value.text, unknown: value.unknown, origin: statement } };
  }

  #blocked(statement: Statement): boolean {
    if (allows(this.#inherited.allowed, statement.operator)) return false;
    const by = blockingControl(this.#inherited.controls, statement.operator);
    if (by === undefined) return false;
    this.#trace.push({ statement, outcome: { type: 'blocked', by } });
    return true;
  }

  /** Entries whose work is gone from the value become overridden; an earlier @@remove stays, its work cannot be seen. */
  #overrideLost(by: Statement): void {
    const alive = new Set<Statement>();
    if (this.#value?.kind === 'list') for (const element of this.#value.elements) alive.add(element.origin);
    for (const [index, entry] of this.#trace.entries()) {
      if (entry.outcome.type !== 'applied' || alive.has(entry.statement)) continue;
      if (by.operator === 'remove' && (entry.statement.operator === 'remove' || entry.statement.values.length === 0)) continue;
      this.#trace[index] = { statement: entry.statement, outcome: { type: 'overridden', by } };
    }
  }
}

/** The highest control that forbids the operator. */
export function blockingControl(controls: readonly Control[], operator: ValueOperator): Control | undefined {
  return controls.find((control) => !allows(control.allowed, operator));
}
