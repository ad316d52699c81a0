/** A half-open span of the text, in UTF-16 code units from its start. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The key of a member, `text` decoded from its escapes. */
export interface KeyToken extends Span {
  readonly text: string;
  /** False for a key that was typed without quotes. */
  readonly quoted: boolean;
  /** True when a template token (`${…}`, `{{…}}`, `%[n]s`) makes part of the key unknown. */
  readonly template: boolean;
}

export interface Member extends Span {
  readonly key: KeyToken;
  readonly value: Node;
}

export interface ObjectNode extends Span {
  readonly type: 'object';
  readonly members: readonly Member[];
  /** False when the closing brace is missing. */
  readonly closed: boolean;
}

export interface ArrayNode extends Span {
  readonly type: 'array';
  readonly items: readonly Node[];
  readonly closed: boolean;
}

/**
 * A scalar with the text that AWS converts it to before it checks and merges it.
 * Source: syntax §1 "Scalars" [obs]. Numbers keep their spelling, so `60.0` stays distinct from `60`.
 */
export interface ScalarNode extends Span {
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  readonly text: string;
  /** True when a template token makes part of the text unknown: checks on it are skipped. */
  readonly template: boolean;
}

/** A template token in the place of a value: unknown, never an error. */
export interface TemplateNode extends Span {
  readonly type: 'template';
}

/** A value that is not there (yet): `"regions":` at the end of the text. Empty span. */
export interface MissingNode extends Span {
  readonly type: 'missing';
}

export type Node = ObjectNode | ArrayNode | ScalarNode | TemplateNode | MissingNode;

/** What kept the text from being JSON, at the place where it can be mended. */
export interface SyntaxProblem extends Span {
  readonly kind: 'syntax' | 'comment' | 'empty' | 'depth';
  readonly message: string;
}

/** The tolerant reading of a text: there is always a tree, however broken the text is. */
export interface Document {
  readonly text: string;
  /** Undefined for a text without any value. */
  readonly root: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** True when template tokens stand outside of strings, or bring quotes into them: the text is not JSON yet. */
  readonly templated: boolean;
}

/** True for the four kinds of scalar. */
export function isScalar(node: Node): node is ScalarNode {
  return node.type === 'string' || node.type === 'number' || node.type === 'boolean' || node.type === 'null';
}

/** True when the offset is inside the span or at one of its ends. */
export function touches(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}
