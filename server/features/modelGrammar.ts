import schemaFile from '../../schemas/organization.schema.json' with { type: 'json' };
import type { SnippetBody } from '../core/grammar.ts';
import type { DocumentPath } from './documentPosition.ts';

/** A place of a model file, as its schema describes it. */
export interface ModelGrammar {
  readonly type?: string;
  readonly title?: string;
  readonly markdownDescription?: string;
  /** What a text that the pattern refuses should look like: one sentence. */
  readonly patternErrorMessage?: string;
  readonly properties?: Readonly<Record<string, ModelGrammar>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: ModelGrammar | boolean;
  readonly items?: ModelGrammar;
  readonly defaultSnippets?: readonly { readonly label: string; readonly description: string; readonly body: SnippetBody }[];
  readonly $ref?: string;
}

const definitions: ReadonlyMap<string, ModelGrammar> = new Map(Object.entries<ModelGrammar>(schemaFile.definitions));
const root: ModelGrammar = schemaFile;

/** What lies at a path of a model file, undefined where the schema knows nothing. */
export function modelGrammarAt(path: DocumentPath): ModelGrammar | undefined {
  let node: ModelGrammar | undefined = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    node = typeof step === 'number' ? resolved(node.items) : modelChild(node, step);
  }
  return node;
}

/** The keys of a fixed name at a place, in the order of the schema. */
export function modelKeys(node: ModelGrammar): readonly (readonly [key: string, child: ModelGrammar])[] {
  return Object.entries(node.properties ?? {}).map(([key, child]) => [key, resolved(child) ?? child]);
}

/** What one element of a list is. */
export function modelItem(node: ModelGrammar): ModelGrammar | undefined {
  return resolved(node.items);
}

function modelChild(node: ModelGrammar, key: string): ModelGrammar | undefined {
  const fixed = Object.hasOwn(node.properties ?? {}, key) ? node.properties?.[key] : undefined;
  if (fixed !== undefined) return resolved(fixed);
  return typeof node.additionalProperties === 'object' ? resolved(node.additionalProperties) : undefined;
}

function resolved(node: ModelGrammar | undefined): ModelGrammar | undefined {
  return node?.$ref === undefined ? node : definitions.get(node.$ref.replace('#/definitions/', ''));
}
