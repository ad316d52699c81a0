import { nearest } from '../admission/keys.ts';
import { effectiveAt, type EffectiveContainer, type EffectiveLeaf, type EffectiveNode } from '../merge/effective.ts';
import { noOperators, describeOperators } from '../merge/operators.ts';
import type { Stated, StatedContainer } from '../merge/statements.ts';
import type { AttachedPolicy, Level, Source, Statement, TraceEntry } from '../merge/trace.ts';
import type { EffectiveError } from '../validation/effectiveError.ts';
import { listAt } from './effectivePlaces.ts';
import type { Finding } from './finding.ts';

/** The policies of one place of attachment, with what they made of what is inherited. */
export interface AttachedLevel {
  readonly level: Level;
  readonly policies: readonly AttachedPolicy[];
  /** What the level above hands down. */
  readonly inherited: EffectiveContainer;
  readonly tree: EffectiveContainer;
  /** True when an account gets exactly what this level makes. */
  readonly isFinal: boolean;
  readonly errors: readonly EffectiveError[];
}

interface Mention {
  readonly stated: Stated;
  readonly node: EffectiveNode;
  readonly policy: AttachedPolicy;
}

/**
 * Where inheritance does something else than the author of an attached policy may think, although every
 * statement takes effect. Source: common-mistakes B2, C1, C2, C8, C9 and C11.
 */
export function inheritanceAdvice(attached: AttachedLevel): readonly Finding[] {
  const findings: Finding[] = [];
  const wrong = new Set(attached.errors.map((error) => error.node));
  for (const policy of attached.policies) {
    if (policy.content === undefined) continue;
    for (const mention of mentionsIn(policy.content, attached.tree, policy)) {
      const { node, stated } = mention;
      findings.push(...controlsAdvice(mention, attached.level));
      if (node.kind === 'container') {
        if (stated.kind === 'container') findings.push(...nameAdvice(mention, node, attached, wrong));
      } else findings.push(...listAdvice(mention, node, attached));
    }
  }
  return findings;
}

function* mentionsIn(stated: StatedContainer, node: EffectiveContainer, policy: AttachedPolicy): Generator<Mention> {
  for (const [key, child] of stated.children) {
    const merged = node.children.get(key);
    if (merged === undefined) continue;
    yield { stated: child, node: merged, policy };
    if (child.kind === 'container' && merged.kind === 'container') yield* mentionsIn(child, merged, policy);
  }
}

/** Each control leaves something, and together they leave nothing. Source: common-mistakes C9 [doc, obs]; inheritance rule 24. */
function controlsAdvice({ node, stated, policy }: Mention, level: Level): readonly Finding[] {
  const control = stated.control;
  if (control === undefined || node.allowed !== noOperators || control.allowed === noOperators) return [];
  const own = node.controls.filter(({ source }) => source.level.depth === level.depth);
  const last = own.at(-1);
  if (own.length < 2 || own.some((each) => each.allowed === noOperators) || last?.source.policy.uri !== policy.uri) return [];
  // What higher levels left must be something, else they are the reason.
  if (node.controls.filter(({ source }) => source.level.depth < level.depth).some((each) => own.every((mine) => (mine.allowed & each.allowed) === noOperators))) return [];
  const others = own.slice(0, -1);
  return [{
    rule: 'controls-leave-nothing',
    uri: policy.uri,
    span: control.span,
    path: node.path,
    message: `Only what every policy of ${level.path} allows is allowed below it: ${others.map((each) => `${each.source.policy.name} allows ${describeOperators(each.allowed)}`).join(', ')} and this one ${describeOperators(control.allowed)}, so lower policies can use no operator here. Allow the same operators in each.`,
    related: others.map((each) => ({ uri: each.source.policy.uri, span: each.span, message: `${each.source.policy.name} allows ${describeOperators(each.allowed)}` })),
  }];
}

function nameAdvice({ stated, policy }: Mention, node: EffectiveContainer, { level, tree, isFinal }: AttachedLevel, wrong: ReadonlySet<EffectiveContainer>): readonly Finding[] {
  const introducer = node.contributors[0];
  if (introducer === undefined) return [];
  if (stated.name !== node.name) {
    return [{
      rule: 'name-case',
      uri: policy.uri,
      span: stated.keySpan,
      path: node.path,
      message: `"${stated.name}" is "${node.name}" of ${placed(introducer)}: AWS compares names without letter case and prints the one that came first. Write "${node.name}".`,
    }];
  }
  if (introducer.level.depth < level.depth || !isFinal || !wrong.has(node)) return [];
  const siblings = effectiveAt(tree, node.path.slice(0, -1));
  if (siblings?.kind !== 'container' || siblings.grammar.names === undefined) return [];
  const inherited = [...siblings.children.values()].filter((each): each is EffectiveContainer => each.kind === 'container' && (each.contributors[0]?.level.depth ?? level.depth) < level.depth);
  const meant = nearest(node.name, inherited.map((each) => each.name));
  const original = inherited.find((each) => each.name === meant)?.contributors[0];
  // Things that are numbered are meant to be several.
  if (meant === undefined || original === undefined || withoutDigits(meant) === withoutDigits(node.name)) return [];
  return [{
    rule: 'near-inherited-name',
    uri: policy.uri,
    span: stated.keySpan,
    path: node.path,
    message: `"${node.name}" is a new ${siblings.grammar.names.noun}, and an incomplete one; ${placed(original)} has "${meant}". If that is meant, write "${meant}": the settings here then change it.`,
  }];
}

function listAdvice({ node, policy }: Mention, leaf: EffectiveNode, attached: AttachedLevel): readonly Finding[] {
  if (leaf.kind !== 'list') return [];
  const { level } = attached;
  const own = leaf.trace.filter(({ statement }) => isOf(statement, policy, level));
  return own.flatMap((entry) => {
    if (entry.outcome.type !== 'applied') return [];
    if (entry.statement.operator === 'assign') return replacementAdvice(leaf, entry, node.path, attached);
    return entry.statement.operator === 'append' ? appendAdvice(leaf, entry, node.path, attached) : [];
  });
}

/** Tells only who adds a value and loses others: who narrows a list means it. Source: common-mistakes C1 [doc]. */
function replacementAdvice(leaf: EffectiveLeaf, { statement }: TraceEntry, path: readonly string[], { level, inherited }: AttachedLevel): readonly Finding[] {
  const replaced = leaf.trace.filter(({ statement: earlier, outcome }) => earlier.source.level.depth < level.depth && earlier.operator !== 'remove' && outcome.type === 'overridden' && outcome.by === statement);
  const before = new Set(listAt(inherited, ...path).map((element) => element.text));
  const after = new Set(listAt(leaf).map((element) => element.text));
  const lost = [...before].filter((text) => !after.has(text));
  if (lost.length === 0 || [...after].every((text) => before.has(text)) || statement.values.some((value) => value.unknown)) return [];
  const last = replaced.at(-1)?.statement;
  const from = last === undefined ? 'higher policies' : placed(last.source);
  return [{
    ...at(statement, 'replaces-inherited-list', path),
    message: `@@assign replaces the list of ${from}: before ${quoted([...before])}, after ${quoted([...after])}. To add to it, write @@append.`,
    ...(last === undefined ? {} : { related: [{ uri: last.source.policy.uri, span: last.span, message: `${placed(last.source)} sets the list` }] }),
  }];
}

/** Source: common-mistakes C2 [doc] and C8 [obs]; inheritance rules 7, 15 and 17. */
function appendAdvice(leaf: EffectiveLeaf, entry: TraceEntry, path: readonly string[], { level, policies }: AttachedLevel): readonly Finding[] {
  const { statement } = entry;
  const before = leaf.trace.slice(0, leaf.trace.indexOf(entry)).filter(({ outcome }) => outcome.type === 'applied' || outcome.type === 'overridden');
  if (before.length === 0) {
    return [{ ...at(statement, 'append-sets-list', path), message: '@@append works as @@assign here: no higher policy sets the list. Write @@assign if this policy is to decide.' }];
  }
  const order = (source: Source): number => policies.findIndex((each) => each.uri === source.policy.uri);
  const assigned = before.find(({ statement: earlier }) => earlier.operator === 'assign' && earlier.source.level.depth === level.depth && order(earlier.source) > order(statement.source))?.statement;
  if (assigned === undefined) return [];
  return [{
    ...at(statement, 'peer-assign-first', path),
    message: `${assigned.source.policy.name} is attached to ${level.path} after this policy, and its @@assign comes first all the same: AWS takes @@assign, then @@append, then @@remove of all policies of a target. These values are added to its list.`,
    related: [{ uri: assigned.source.policy.uri, span: assigned.span, message: `${assigned.source.policy.name} sets the list` }],
  }];
}

function withoutDigits(name: string): string {
  return name.replace(/\d+/g, '#');
}

function isOf({ source }: Statement, policy: AttachedPolicy, level: Level): boolean {
  return source.policy.uri === policy.uri && source.level.depth === level.depth;
}

function at(statement: Statement, rule: Finding['rule'], path: readonly string[]): Pick<Finding, 'rule' | 'uri' | 'span' | 'path'> {
  return { rule, uri: statement.source.policy.uri, span: statement.span, path };
}

function placed({ policy, level }: Source): string {
  return `${policy.name} at ${level.path}`;
}

/** A list for a sentence, cut where it is long. */
function quoted(texts: readonly string[]): string {
  const shown = texts.slice(0, 4).map((text) => `"${text}"`).join(', ');
  return texts.length > 4 ? `${shown} and ${String(texts.length - 4)} more` : shown;
}
