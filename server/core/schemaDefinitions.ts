/** What the schema of policies says about one place, as far as the grammar and its texts read it. */
export interface Schema {
  readonly $comment?: string;
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly title?: string;
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly if?: { readonly $ref?: string; readonly [keyword: string]: unknown };
  readonly then?: { readonly required?: readonly string[]; readonly [keyword: string]: unknown };
  readonly enum?: readonly (string | boolean)[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly defaultSnippets?: readonly SchemaSnippet[];
  readonly 'x-kind'?: string;
  readonly 'x-value'?: string;
  readonly 'x-unit'?: string;
  readonly 'x-default'?: string;
  readonly 'x-minimum-items'?: number;
  readonly 'x-names'?: { readonly value: string; readonly noun: string };
  readonly 'x-phrase'?: string;
}

/** A template for the whole value of a node; in one with chosen names, for an object with one new child. */
export interface SchemaSnippet {
  readonly label: string;
  readonly description: string;
  /**
   * JSON whose keys and texts may hold VS Code placeholders (`${1:name}`). A text that starts with `^` is
   * inserted as it stands after that sign, quotes and escapes included, as in `defaultSnippets` of VS Code.
   */
  readonly body: SnippetBody;
}

export type SnippetBody = string | number | boolean | readonly SnippetBody[] | { readonly [key: string]: SnippetBody };

/** Follows references; what stands beside a reference wins over what it refers to. */
export type Resolve = (schema: Schema) => Schema;

/** @param definitions those that references lead to, by name. */
export function resolveIn(definitions: ReadonlyMap<string, Schema>): Resolve {
  const resolve: Resolve = (schema) => {
    const targets = [schema, ...(schema.allOf ?? [])].flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref]));
    return targets.reduce<Schema>((resolved, target) => ({ ...resolve(definitions.get(target.replace('#/definitions/', '')) ?? {}), ...resolved }), schema);
  };
  return resolve;
}
