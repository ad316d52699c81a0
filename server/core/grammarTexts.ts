import schemaFile from '../../schemas/backup-policy.schema.json' with { type: 'json' };
import { policyGrammar, type GrammarNode, type GrammarOperator, type NodeKind } from './grammar.ts';
import { resolveIn, type Schema, type SchemaSnippet } from './schemaDefinitions.ts';

/** What only completion and hover say about a node. */
interface NodeTexts {
  readonly description: string;
  readonly snippets: readonly SchemaSnippet[];
}

const definitions: ReadonlyMap<string, Schema> = new Map(Object.entries<Schema>(schemaFile.definitions));
const resolve = resolveIn(definitions);
const texts = new Map<GrammarNode, NodeTexts>();

function read(node: GrammarNode, schema: Schema): void {
  const { markdownDescription: description = '', defaultSnippets: snippets = [], additionalProperties, properties } = resolve(schema);
  texts.set(node, { description, snippets });
  if (node.kind !== 'container') return;
  if (node.names !== undefined && typeof additionalProperties === 'object') read(node.names.child, additionalProperties);
  for (const [key, child] of node.keys) read(child, properties?.[key] ?? {});
}

read(policyGrammar, schemaFile);

/** The documentation of a node in markdown. */
export function descriptionOf(node: GrammarNode): string {
  return texts.get(node)?.description ?? '';
}

/** The templates for the value of a node, in the order of preference; empty when it has none. */
export function snippetsAt(node: GrammarNode): readonly SchemaSnippet[] {
  return texts.get(node)?.snippets ?? [];
}

const nodesWithOperators: Readonly<Record<NodeKind, string>> = { single: 'single.tagValue', list: 'list.tagValue', container: 'plan' };

/** The documentation in markdown of an operator at a kind of node; undefined where the operator cannot stand. */
export function operatorDescription({ name }: GrammarOperator, kind: NodeKind): string | undefined {
  const operator = resolve(definitions.get(nodesWithOperators[kind]) ?? {}).properties?.[name];
  return operator === undefined ? undefined : resolve(operator).markdownDescription ?? '';
}
