import schemaFile from '../../schemas/backup-policy.schema.json' with { type: 'json' };
import { acceptsText, type ValueType } from './generated/validators.js';
import { resolveIn, type Schema } from './schemaDefinitions.ts';

export type { ValueType };

/** What a place in a policy holds: named children, one value, or a list. Source: syntax §1.1 [obs]. */
export type NodeKind = 'container' | 'single' | 'list';

/** A place that holds further keys: fixed ones (`keys`) or names that the author chooses (`names`), never both. */
export interface GrammarContainer {
  readonly kind: 'container';
  readonly title: string;
  readonly names?: GrammarNames;
  /** The fixed keys in their documented spelling, without the operators. */
  readonly keys: ReadonlyMap<string, GrammarNode>;
  /** Keys that AWS demands here in every document, also in a partial one. Source: syntax §§3.3, 3.4, 5 [obs]. */
  readonly required: readonly string[];
}

/** Names that the author chooses: what they name, which texts AWS takes, and what lies below each. */
export interface GrammarNames {
  /** What one name stands for, in the singular: "plan", "rule", "copy action". */
  readonly noun: string;
  readonly value: ValueType;
  readonly child: GrammarContainer;
}

/** A setting: an object of inheritance operators around one value or a list. */
export interface GrammarLeaf {
  readonly kind: 'single' | 'list';
  readonly title: string;
  readonly value: ValueType;
  readonly unit?: 'days' | 'minutes';
  /** What AWS does when no policy sets it, as markdown text. */
  readonly default?: string;
  /** The fewest elements that AWS takes in one operator of a list when the policy is created. */
  readonly minimumItems: number;
}

export type GrammarNode = GrammarContainer | GrammarLeaf;

/** A text that a value may take, with its documentation in markdown. */
export interface SuggestedValue {
  readonly value: string;
  readonly description: string;
}

/** An inheritance operator and the kinds of node that take it. Source: syntax §1.1 [obs]. */
export interface GrammarOperator {
  readonly name: '@@assign' | '@@append' | '@@remove' | '@@operators_allowed_for_child_policies';
  readonly title: string;
  readonly kinds: ReadonlySet<NodeKind>;
}

const definitions: ReadonlyMap<string, Schema> = new Map(Object.entries<Schema>(schemaFile.definitions));
const resolve = resolveIn(definitions);

function definition(name: string): Schema {
  return resolve(definitions.get(name) ?? {});
}

function isValueType(name: string | undefined): name is ValueType {
  return name !== undefined && Object.hasOwn(acceptsText, name);
}

function readNode(schema: Schema): GrammarNode {
  const resolved = resolve(schema);
  const kind = resolved['x-kind'];
  return kind === 'single' || kind === 'list' ? readLeaf(resolved, kind) : readContainer(resolved);
}

function readContainer(schema: Schema): GrammarContainer {
  const names = schema['x-names'];
  const child = names === undefined || typeof schema.additionalProperties !== 'object' ? undefined : readNode(schema.additionalProperties);
  const keys = Object.entries(schema.properties ?? {}).filter(([key]) => !key.startsWith('@@'));
  return {
    kind: 'container',
    title: schema.title ?? '',
    ...(names !== undefined && child?.kind === 'container' && isValueType(names.value)
      ? { names: { noun: names.noun, value: names.value, child } }
      : {}),
    keys: new Map(keys.map(([key, value]) => [key, readNode(value)])),
    required: requiredKeys(schema),
  };
}

/** A key in another letter case counts too, so the schema demands keys only where all are spelt as documented. */
function requiredKeys(schema: Schema): readonly string[] {
  return (schema.if?.$ref === '#/definitions/documentedKeys' ? schema.then?.required : undefined) ?? [];
}

function readLeaf(schema: Schema, kind: 'single' | 'list'): GrammarLeaf {
  const { 'x-unit': unit, 'x-default': whenAbsent, 'x-value': value } = schema;
  return {
    kind,
    title: schema.title ?? '',
    value: isValueType(value) ? value : 'tagValue',
    ...(unit === 'days' || unit === 'minutes' ? { unit } : {}),
    ...(whenAbsent === undefined ? {} : { default: whenAbsent }),
    minimumItems: schema['x-minimum-items'] ?? 0,
  };
}

function readRoot(): GrammarContainer {
  const node = readNode(schemaFile);
  return node.kind === 'container' ? node : readContainer({});
}

/** The grammar of a document; its only key is `plans`. Source: syntax §1 [doc][obs]. */
export const policyGrammar: GrammarContainer = readRoot();

const foldedKeys = new Map<GrammarContainer, ReadonlyMap<string, GrammarNode>>();

/** The form in which AWS compares keys and operators: without regard to case. Source: syntax §1 [obs]. */
export function foldKey(key: string): string {
  return key.toLowerCase();
}

/** What a key of a container leads to: a fixed key in any letter case, or a child under any chosen name. */
export function childGrammar(node: GrammarContainer, key: string): GrammarNode | undefined {
  if (node.names !== undefined) return key.startsWith('@@') ? undefined : node.names.child;
  let folded = foldedKeys.get(node);
  if (folded === undefined) {
    folded = new Map([...node.keys].map(([name, child]) => [foldKey(name), child]));
    foldedKeys.set(node, folded);
  }
  return folded.get(foldKey(key));
}

/** What lies at a path of keys from the root of a document, such as `['plans', 'daily', 'regions']`. */
export function grammarAt(path: readonly string[]): GrammarNode | undefined {
  return path.reduce<GrammarNode | undefined>(
    (node, key) => (node?.kind === 'container' ? childGrammar(node, key) : undefined), policyGrammar);
}

/**
 * AWS's verdict on the text form of one value when a policy is created. For a schedule it judges the form
 * only: whether its dates exist and are far enough apart depends on the time of the request.
 */
export function acceptsValue(type: ValueType, text: string): boolean {
  return acceptsText[type](text);
}

/** The values that a type knows by name (each text once), for completion; empty for free text. */
export function suggestedValues(type: ValueType): readonly SuggestedValue[] {
  return enumeratedValues(definition(`value.${type}`));
}

function enumeratedValues(schema: Schema): readonly SuggestedValue[] {
  const { enum: values, markdownEnumDescriptions } = schema.anyOf?.find((choice) => choice.enum !== undefined) ?? schema;
  const byText = new Map<string, string>();
  values?.forEach((value, index) => {
    if (!byText.has(String(value))) byText.set(String(value), markdownEnumDescriptions?.[index] ?? '');
  });
  return [...byText].map(([value, description]) => ({ value, description }));
}

/** One phrase for a message, such as "a whole number of minutes, 60 or more". */
export function describeValue(type: ValueType): string {
  return definition(`value.${type}`)['x-phrase'] ?? '';
}

const nodesWithOperators: ReadonlyMap<NodeKind, Schema> = new Map([
  ['single', definition('single.tagValue')],
  ['list', definition('list.tagValue')],
  ['container', definition('plan')],
]);

function readOperator(name: GrammarOperator['name']): GrammarOperator {
  const found = [...nodesWithOperators].flatMap(([kind, node]) => {
    const operator = node.properties?.[name];
    return operator === undefined ? [] : [[kind, resolve(operator).title ?? ''] as const];
  });
  return {
    name,
    title: found[0]?.[1] ?? '',
    kinds: new Set(found.map(([kind]) => kind)),
  };
}

/** The inheritance operators, in the order in which AWS applies them; the control operator last. */
export const operators: readonly GrammarOperator[] =
  (['@@assign', '@@append', '@@remove', '@@operators_allowed_for_child_policies'] as const).map(readOperator);

/** The values of `@@operators_allowed_for_child_policies`, in their documented spelling. Source: syntax §1.1 [obs]. */
export const controlValues: readonly SuggestedValue[] = enumeratedValues(definition('control.value'));
