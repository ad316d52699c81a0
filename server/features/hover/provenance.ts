import type { EffectiveContainer, EffectiveLeaf, EffectiveNode } from '../../core/merge/effective.ts';
import { allOperators, allowsNewChildren, describeOperators } from '../../core/merge/operators.ts';
import type { RefusedChild, Source, TraceEntry } from '../../core/merge/trace.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { code, escaped, linkTo } from '../markdown.ts';
import { outcomeReason, outcomeWord, type Wording } from '../outcome.ts';

/** Policies as links to their line, operators as code. */
export function markdownWording(snapshot: Snapshot): Wording {
  return { policy: (source, span) => linkTo(snapshot, source.policy.name, source.policy.uri, span), operators: code, level: escaped };
}

/** The chain that made a value, one line for each statement on the path, what is not part of the value struck through. */
export function chainMarkdown(snapshot: Snapshot, leaf: EffectiveLeaf): string {
  return leaf.trace.map((entry) => `- ${entryMarkdown(snapshot, entry)}`).join('\n');
}

function entryMarkdown(snapshot: Snapshot, { statement, outcome }: TraceEntry): string {
  const wording = markdownWording(snapshot);
  const values = statement.values.map((value) => (value.unknown ? '(filled in by a template)' : code(value.text))).join(', ');
  const said = `${escaped(statement.source.level.name)} · ${wording.policy(statement.source, statement.span)} · ${code(`@@${statement.operator}`)} ${values === '' ? 'nothing' : values}`;
  if (outcome.type === 'applied') return `${said} · applied`;
  const reason = outcomeReason(outcome, wording) ?? '';
  return `~~${said}~~ · **${outcomeWord(outcome)}**${outcome.type === 'noEffect' ? ':' : ''} ${reason}`;
}

/** Who made a container and who had a part in it later. */
export function contributorsMarkdown(snapshot: Snapshot, node: EffectiveContainer): string {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const source of node.contributors) {
    const key = `${source.level.path}\n${source.policy.name}`;
    if (seen.has(key)) continue;
    lines.push(`- ${contributor(snapshot, source, node)} · ${seen.size === 0 ? 'made it' : 'changes it'}`);
    seen.add(key);
  }
  return lines.join('\n');
}

function contributor(snapshot: Snapshot, source: Source, node: EffectiveContainer): string {
  let stated: Source['policy']['content'] = source.policy.content;
  for (const key of node.path) {
    const child = stated?.children.get(key.toLowerCase());
    stated = child?.kind === 'container' ? child : undefined;
  }
  return `${escaped(source.level.name)} · ${linkTo(snapshot, source.policy.name, source.policy.uri, stated?.keySpan ?? { start: 0, end: 0 })}`;
}

/** What lower policies may still do at a node, undefined when everything. */
export function controlMarkdown(snapshot: Snapshot, node: EffectiveNode): string | undefined {
  if (node.controls.length === 0 || node.allowed === allOperators) return undefined;
  const by = node.controls.map((control) => `${linkTo(snapshot, control.source.policy.name, control.source.policy.uri, control.span)} at ${escaped(control.source.level.path)}`).join(', ');
  if (node.kind === 'container') {
    return `Lower policies may ${allowsNewChildren(node.allowed) ? 'add entries' : 'add nothing'} here, by ${by}.`;
  }
  return `Lower policies may use ${node.allowed === 0 ? 'no operator' : `only ${code(describeOperators(node.allowed))}`} here, by ${by}.`;
}

/** The refusals of a child that higher levels keep out at a path of keys. */
export function refusalsAt(tree: EffectiveContainer, path: readonly string[]): readonly RefusedChild[] {
  let node: EffectiveNode = tree;
  for (const key of path) {
    if (node.kind !== 'container') return [];
    const child: EffectiveNode | undefined = node.children.get(key.toLowerCase());
    if (child === undefined) return node.refused.filter((refused) => refused.stated.key === key.toLowerCase());
    node = child;
  }
  return [];
}

/** One line for a child that is kept out. */
export function refusalMarkdown(snapshot: Snapshot, refused: RefusedChild): string {
  const { source, stated, by } = refused;
  return `- ~~${escaped(source.level.name)} · ${linkTo(snapshot, source.policy.name, source.policy.uri, stated.keySpan)} · ${code(stated.name)}~~ · **blocked** by ${linkTo(snapshot, by.source.policy.name, by.source.policy.uri, by.span)} at ${escaped(by.source.level.path)}, which lets lower policies add nothing here`;
}
