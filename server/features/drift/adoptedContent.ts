import { applyEdits } from 'jsonc-parser';
import { parseDocument } from '../../core/document/parse.ts';
import { isScalar, type ArrayNode, type Document, type Member, type Node, type ObjectNode } from '../../core/document/tree.ts';
import { childGrammar, foldKey, policyGrammar, type GrammarNode } from '../../core/grammar.ts';
import { operatorsOfControlValue } from '../../core/merge/operators.ts';
import { sameValue, type Setting, type Value } from '../../core/plan/sameValue.ts';
import { statementDifference } from '../../core/plan/statementDifference.ts';
import { indentationUnit, indentAt, inStyle, insertMembers, memberIndent, removeMember, type JsonEdit } from '../jsonLayout.ts';
import { lineEndOf } from '../indentation.ts';
import { jsonOfNode, laidOut, spaced } from '../jsonText.ts';

/** More steps than a document of 10,000 characters can need. */
const maximumSteps = 2000;

/**
 * The text of a policy file that says what another text says. What means the same stays as the author writes it; the
 * rest is laid out like it. A text that is no JSON is replaced as a whole.
 * @param at epoch milliseconds UTC, for the runs of schedules.
 */
export function adoptedContent(local: string, wanted: string, at: number): string {
  const target = parseDocument(wanted);
  if (target.root?.type !== 'object' || target.problems.length > 0) return wanted;
  let document = parseDocument(local);
  if (document.problems.length > 0 || document.templated || document.root?.type !== 'object') return printedContent(wanted);
  for (let step = 0; step < maximumSteps; step++) {
    const { root } = document;
    const edit = root?.type === 'object' ? nextEdit({ document, target, at }, root, target.root, policyGrammar) : undefined;
    if (edit === undefined) break;
    document = parseDocument(applied(document.text, edit));
  }
  return statementDifference(document, target, at).length === 0 ? document.text : printedContent(wanted);
}

/** A text as people read it: one that is written on one line is laid out. */
export function printedContent(text: string): string {
  if (text.trim().includes('\n')) return text;
  const document = parseDocument(text);
  return document.problems.length > 0 || document.root === undefined ? text : `${laidOut(jsonOfNode(document.root, text), '', '  ', '\n')}\n`;
}

/** The text after one edit. */
export function applied(text: string, { start, end, newText }: JsonEdit): string {
  return applyEdits(text, [{ offset: start, length: end - start, content: newText }]);
}

interface Adoption {
  readonly document: Document;
  readonly target: Document;
  readonly at: number;
}

function nextEdit(adoption: Adoption, local: ObjectNode, wanted: ObjectNode, grammar: GrammarNode | undefined, name = ''): JsonEdit | undefined {
  for (const member of local.members) {
    const other = counterpart(wanted, member);
    if (other === undefined) return removeMember(local, member);
    const edit = valueEdit(adoption, member, other, grammar, name);
    if (edit !== undefined) return edit;
  }
  const added = wanted.members.find((member) => counterpart(local, member) === undefined);
  return added === undefined ? undefined : insertion(adoption, local, added);
}

function counterpart(object: ObjectNode, { key }: Member): Member | undefined {
  return object.members.find((each) => foldKey(each.key.text) === foldKey(key.text));
}

function valueEdit(adoption: Adoption, member: Member, other: Member, grammar: GrammarNode | undefined, name: string): JsonEdit | undefined {
  const [mine, theirs] = [member.value, other.value];
  const key = foldKey(member.key.text);
  if (isSame(mine, theirs, key, grammar !== undefined && grammar.kind !== 'container' ? { name, grammar } : undefined, adoption.at)) return undefined;
  if (mine.type === 'object' && theirs.type === 'object' && mine.members.some((each) => counterpart(theirs, each) !== undefined)) {
    const below = grammar?.kind === 'container' ? childGrammar(grammar, member.key.text) : undefined;
    return nextEdit(adoption, mine, theirs, below, key);
  }
  return { start: mine.start, end: mine.end, newText: printed(adoption, theirs, indentAt(adoption.document.text, member.start)) };
}

function isSame(mine: Node, theirs: Node, key: string, setting: Setting | undefined, at: number): boolean {
  if (mine.type === 'object' && theirs.type === 'object') return mine.members.length === 0 && theirs.members.length === 0;
  if (mine.type === 'object' || theirs.type === 'object') return false;
  if (key === '@@operators_allowed_for_child_policies' && mine.type === 'array' && theirs.type === 'array') return controlOf(mine) === controlOf(theirs);
  const [left, right] = [valueOf(mine), valueOf(theirs)];
  if (left === undefined || right === undefined) return false;
  if (setting !== undefined && key.startsWith('@@')) return sameValue(setting, left, right, at);
  return JSON.stringify(left) === JSON.stringify(right);
}

function controlOf({ items }: ArrayNode): number {
  return items.reduce((set, item) => set | (isScalar(item) ? (operatorsOfControlValue(item.text) ?? 0) : 0), 0);
}

function valueOf(node: Node): Value {
  if (isScalar(node)) return node.text;
  if (node.type !== 'array') return undefined;
  const texts = node.items.flatMap((item) => (isScalar(item) ? [item.text] : []));
  return texts.length === node.items.length ? texts : undefined;
}

function insertion(adoption: Adoption, object: ObjectNode, member: Member): JsonEdit {
  const { document } = adoption;
  const key = inStyle(document.text, `${JSON.stringify(member.key.text)}: `);
  return insertMembers(document, object, [() => `${key}${printed(adoption, member.value, memberIndent(document, object))}`]);
}

/** The JSON of a wanted value in the layout of the file: on one line what holds no object, else as the file is. */
function printed({ document, target }: Adoption, node: Node, indent: string): string {
  const { text } = document;
  const value = jsonOfNode(node, target.text);
  if (!text.includes('\n')) return inStyle(text, spaced(value));
  return laidOut(value, indent, indentationUnit(text), lineEndOf(text));
}
