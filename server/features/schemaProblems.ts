import { nearest } from '../core/admission/keys.ts';
import type { Node, Span } from '../core/document/tree.ts';
import type { DocumentValidator, SchemaError } from '../core/generated/validators.js';
import type { RuleId } from '../core/rules.ts';
import { finished, type Steps } from '../core/steps.ts';
import type { DocumentPath } from './documentPosition.ts';
import type { SchemaGrammar } from './schemaGrammar.ts';

/** Adds a problem of a file: its place in the text, the keys that lead there, and what to say. */
export type Add = (rule: RuleId, span: Span, path: DocumentPath, message: string) => void;

/** A kind of file with a JSON schema. */
export interface FileForm {
  readonly validate: DocumentValidator;
  readonly grammar: SchemaGrammar;
  /** What the file is called in a sentence, such as "the model". */
  readonly name: string;
  readonly schemaRule: RuleId;
  readonly duplicateRule: RuleId;
  /** Why a name cannot be a key where names are chosen freely. */
  readonly nameProblem: string;
  /** What an object lacks that has none of several keys; undefined when the schema never asks for it. */
  readonly alternatives?: string;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text in double quotes',
  array: 'a list in square brackets',
  object: 'an object in braces',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
};

/** Where a file differs from its schema: at the value, or at the key that does not belong there. */
export function schemaProblems(form: FileForm, root: Node, add: Add): void {
  finished(schemaProblemSteps(form, root, add));
}

/** The same in steps. */
export function* schemaProblemSteps(form: FileForm, root: Node, add: Add): Steps<void> {
  const value = plainValue(root);
  yield;
  if (form.validate(value)) return;
  for (const error of form.validate.errors ?? []) {
    const place = placeOf(root, error.instancePath);
    const message = place === undefined ? undefined : describe(form, error, place);
    if (place === undefined || message === undefined) continue;
    const key = keyInQuestion(error);
    add(form.schemaRule, spanOf(place.node, key), key === undefined ? place.path : [...place.path, key], message);
  }
}

/** Keys that stand twice in one object. Only the first one counts, which nobody sees. */
export function duplicateKeyProblems({ duplicateRule }: FileForm, root: Node, add: Add): void {
  const path: (string | number)[] = [];
  const visit = (step: string | number, node: Node): void => {
    path.push(step);
    visitMembers(node);
    path.pop();
  };
  const visitMembers = (node: Node): void => {
    if (node.type === 'array') for (const [index, item] of node.items.entries()) visit(index, item);
    if (node.type !== 'object') return;
    const seen = new Set<string>();
    for (const { key, value } of node.members) {
      if (seen.has(key.text)) add(duplicateRule, key, [...path, key.text], `"${key.text}" stands twice here, and only the first one is read. Rename or remove one of the two.`);
      else visit(key.text, value);
      seen.add(key.text);
    }
  };
  visitMembers(root);
}

interface Place {
  readonly node: Node;
  readonly path: DocumentPath;
}

/** What differs and what to do about it; undefined for what another problem says. */
function describe(form: FileForm, { keyword, params, schemaPath }: SchemaError, { node, path }: Place): string | undefined {
  const { grammar } = form;
  const name = nameOf(form, path);
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const keys = grammar.keys(grammar.at(path) ?? {}).map(([each]) => each);
      const meant = nearest(key, keys);
      return `"${key}" has no meaning here, so it is not read. ${meant === undefined ? `Remove it. Possible here: ${keys.join(', ')}.` : `Did you mean "${meant}"?`}`;
    }
    case 'required':
      return schemaPath.includes('/anyOf/') ? undefined : `"${String(params['missingProperty'])}" is missing from ${containerOf(form, path)}. Add it.`;
    case 'anyOf':
      return form.alternatives;
    case 'enum':
      return `${name} must be ${(grammar.at(path)?.enum ?? []).map((value) => JSON.stringify(value)).join(' or ')}. Correct it, or remove it.`;
    case 'minimum':
      return `${name} must be ${String(params['limit'])} or more. Correct it.`;
    case 'exclusiveMinimum':
      return `${name} must be more than ${String(params['limit'])}. Correct it.`;
    case 'minItems':
      return `${name} must not be empty. Fill it in, or remove it.`;
    case 'minProperties':
      return `${name} is empty and says nothing. Possible here: ${grammar.keys(grammar.at(path) ?? {}).map(([each]) => each).join(', ')}.`;
    case 'type':
      return `${name} must be ${typeWords[String(params['type'])] ?? String(params['type'])}: as it stands it is not read. Correct it.`;
    case 'pattern':
      return grammar.at(path)?.patternErrorMessage ?? `${name} has another form than AWS gives it. Correct it.`;
    case 'minLength':
      return node.type === 'string' ? `${name} must not be empty. Fill it in, or remove it.` : undefined;
    case 'maxLength':
      return node.type === 'string' ? `${name} is longer than AWS allows: at most ${String(params['limit'])} characters. Shorten it.` : undefined;
    case 'propertyNames':
      return `"${String(params['propertyName'])}" ${form.nameProblem}`;
    case 'uniqueItems':
      return undefined;
    default:
      return `${name} has another form than it should have. Correct it.`;
  }
}

function nameOf({ name }: FileForm, path: DocumentPath): string {
  const last = path.at(-1);
  if (last === undefined) return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return typeof last === 'number' ? `This element of "${String(path.at(-2) ?? '')}"` : `"${last}"`;
}

function containerOf({ name, grammar }: FileForm, path: DocumentPath): string {
  const title = grammar.at(path)?.title;
  return path.length === 0 || title === undefined ? name : `this ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

/** The key that an error is about, where it is not about a value. */
function keyInQuestion({ keyword, params }: SchemaError): string | undefined {
  if (keyword === 'additionalProperties') return String(params['additionalProperty']);
  return keyword === 'propertyNames' ? String(params['propertyName']) : undefined;
}

/** The key, or the value; of an object or list only its bracket. */
function spanOf(node: Node, key: string | undefined): Span {
  if (node.type !== 'object' && node.type !== 'array') return node;
  const member = node.type === 'object' ? node.members.find((each) => each.key.text === key) : undefined;
  return member?.key ?? { start: node.start, end: node.start + 1 };
}

/** The node that a JSON pointer leads to, with its path. */
function placeOf(root: Node, pointer: string): Place | undefined {
  let place: Place = { node: root, path: [] };
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replace(/~1/g, '/').replace(/~0/g, '~');
    const { node, path } = place;
    const next = node.type === 'array' ? node.items[Number(step)] : node.type === 'object' ? node.members.find((member) => member.key.text === step)?.value : undefined;
    if (next === undefined) return undefined;
    place = { node: next, path: [...path, node.type === 'array' ? Number(step) : step] };
  }
  return place;
}

/** The value of a tree; of a key that stands twice the first one counts, as everywhere else. */
function plainValue(node: Node): unknown {
  switch (node.type) {
    case 'object':
      return Object.fromEntries([...node.members].reverse().map(({ key, value }) => [key.text, plainValue(value)]));
    case 'array':
      return node.items.map(plainValue);
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text === 'true';
    case 'string':
      return node.text;
    default:
      return null;
  }
}
