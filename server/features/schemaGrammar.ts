import type { SnippetBody } from '../core/schemaDefinitions.ts';
import type { DocumentPath } from './documentPosition.ts';

/** A place of a file, as its JSON schema describes it. */
export interface SchemaNode {
  readonly type?: string;
  readonly title?: string;
  readonly markdownDescription?: string;
  /** What a text that the pattern refuses should look like: one sentence. */
  readonly patternErrorMessage?: string;
  readonly enum?: readonly (string | boolean)[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly defaultSnippets?: readonly { readonly label: string; readonly description: string; readonly body: SnippetBody }[];
  readonly $ref?: string;
  /** One reference, beside which a title of the place's own stands. */
  readonly allOf?: readonly SchemaNode[];
}

/** What lies where in a file with a JSON schema. */
export interface SchemaGrammar {
  /** What lies at a path, undefined where the schema knows nothing. */
  readonly at: (path: DocumentPath) => SchemaNode | undefined;
  /** The keys of a fixed name at a place, in the order of the schema. */
  readonly keys: (node: SchemaNode) => readonly (readonly [key: string, child: SchemaNode])[];
  /** What one element of a list is. */
  readonly item: (node: SchemaNode) => SchemaNode | undefined;
}

/** Reads a JSON schema whose references lead to its own definitions. */
export function schemaGrammar(root: SchemaNode, definitionsOfRoot: Readonly<Record<string, SchemaNode>>): SchemaGrammar {
  const definitions: ReadonlyMap<string, SchemaNode> = new Map(Object.entries(definitionsOfRoot));
  const resolved = (node: SchemaNode | undefined): SchemaNode | undefined => {
    const reference = node?.$ref ?? node?.allOf?.[0]?.$ref;
    return reference === undefined ? node : { ...definitions.get(reference.replace('#/definitions/', '')), ...node };
  };
  const child = (node: SchemaNode, key: string): SchemaNode | undefined => {
    const fixed = Object.hasOwn(node.properties ?? {}, key) ? node.properties?.[key] : undefined;
    if (fixed !== undefined) return resolved(fixed);
    return typeof node.additionalProperties === 'object' ? resolved(node.additionalProperties) : undefined;
  };
  return {
    at: (path) => {
      let node: SchemaNode | undefined = root;
      for (const step of path) {
        if (node === undefined) return undefined;
        node = typeof step === 'number' ? resolved(node.items) : child(node, step);
      }
      return node;
    },
    keys: (node) => Object.entries(node.properties ?? {}).map(([key, each]) => [key, resolved(each) ?? each]),
    item: (node) => resolved(node.items),
  };
}
