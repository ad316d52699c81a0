import { applyEdits } from 'jsonc-parser';
import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import { parseDocument } from '../../core/document/parse.ts';
import { hasTemplate } from '../../core/document/template.ts';
import type { Document, Span } from '../../core/document/tree.ts';
import { acceptsValue, describeValue, type GrammarNames } from '../../core/grammar.ts';
import { verdictOf, type Problem } from '../../core/problem.ts';
import { applyChanges, type Change, type Snapshot } from '../../model/snapshot.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import { membersAt, nodeAt, withoutQuotes, type PolicyNode } from './policyNode.ts';
import { fileName, nameTaken, obstacleToRename } from './renameObstacles.ts';
import { changedByRename } from './renameProof.ts';
import { sameThing, type SameThing } from './sameThing.ts';

/** Why something is not renamed, for the user. */
export interface RenameRefusal {
  readonly refusal: string;
}

/** The name that a rename would replace. */
export interface RenameStart {
  readonly range: Range;
  readonly placeholder: string;
}

/** `textDocument/prepareRename` in a policy; undefined where the cursor touches nothing. */
export function prepareRename(snapshot: Snapshot, uri: string, position: Position): RenameStart | RenameRefusal | undefined {
  const found = renamedThing(snapshot, uri, position);
  if (found === undefined || 'refusal' in found) return found;
  const { document, node } = found;
  return { range: rangeOf(document, startSpan(node.member.key, node.touched, offsetAt(document, position))), placeholder: node.member.key.text };
}

/** The name without its quotes; with them when the cursor stands before or behind one, as editors want the range around it. */
export function startSpan(quoted: Span, name: Span, offset: number): Span {
  return offset >= name.start && offset <= name.end ? name : quoted;
}

/**
 * `textDocument/rename` of a name in a policy: every spelling in every policy that AWS takes for the same thing.
 * Offered only when the merge proves that every account gets the same as before under the new name.
 */
export function rename(snapshot: Snapshot, uri: string, position: Position, newName: string): WorkspaceEdit | RenameRefusal | undefined {
  const found = renamedThing(snapshot, uri, position);
  if (found === undefined || 'refusal' in found) return found;
  const { names, thing } = found;
  const refusal = nameRefusal(names, newName);
  if (refusal !== undefined) return { refusal };
  const taken = nameTaken(snapshot, thing, newName);
  if (taken !== undefined) {
    return { refusal: `${taken} has a ${names.noun} "${newName}" already. AWS compares names without letter case and would merge the two. Choose another name.` };
  }
  const edited = thing.files.flatMap((file) => editedFile(snapshot, file, thing.path, newName) ?? []);
  for (const { change, document } of edited) {
    const problem = newlyRefused(document, parseDocument(change.text), snapshot.at);
    if (problem !== undefined) return { refusal: `After the rename AWS would refuse ${fileName(change.uri)}: ${problem.message}` };
  }
  const after = applyChanges(snapshot, snapshot.at, edited.map(({ change }) => change));
  const changed = changedByRename(snapshot, after, { path: thing.path, newName, tops: thing.tops });
  if (changed !== undefined) {
    return { refusal: `${changed} would get another effective policy after the rename than this ${names.noun} under a new name, so nothing was renamed. Compare its policies first.` };
  }
  return { changes: Object.fromEntries(edited.map(({ change, edits }) => [change.uri, edits])) };
}

interface RenamedThing {
  readonly document: Document;
  readonly node: PolicyNode;
  readonly names: GrammarNames;
  readonly thing: SameThing;
}

function renamedThing(snapshot: Snapshot, uri: string, position: Position): RenamedThing | RenameRefusal | undefined {
  const document = snapshot.policies.get(uri)?.document;
  const node = document === undefined ? undefined : nodeAt(document, offsetAt(document, position));
  if (document === undefined || node === undefined) return undefined;
  const { text } = node.member.key;
  if (node.part === 'operator') return { refusal: `"${document.text.slice(node.touched.start, node.touched.end)}" is an inheritance operator of AWS and has no other name.` };
  if (node.part === 'value') return { refusal: 'This is a value, not a name: change it here, and look at what that means for the accounts.' };
  const { names } = node.parent;
  if (names === undefined) return { refusal: `"${text}" is a key that AWS defines; under another name AWS refuses the policy. Plans, rules, selections, copy actions, conditions and tags can be renamed.` };
  if (node.member.key.template) return { refusal: `A template fills in a part of "${text}", so what it names is not known. Rename it by hand.` };
  const thing = sameThing(snapshot, uri, node.path);
  const refusal = obstacleToRename(snapshot, thing);
  return refusal === undefined ? { document, node, names, thing } : { refusal };
}

function nameRefusal({ noun, value }: GrammarNames, newName: string): string | undefined {
  if (newName.startsWith('@@')) return `"${newName}" cannot name a ${noun}: what begins with @@ is an inheritance operator. Choose another name.`;
  if (hasTemplate(newName)) return `"${newName}" is filled in by a template, so what it will name is not known. Choose a plain name.`;
  return acceptsValue(value, newName) ? undefined : `"${newName}" cannot name a ${noun}: AWS takes ${describeValue(value)}. Choose another name.`;
}

interface EditedFile {
  readonly document: Document;
  readonly change: Extract<Change, { readonly text: string }>;
  readonly edits: TextEdit[];
}

/** A policy with every spelling of the name replaced; undefined when each is spelt so already. */
function editedFile(snapshot: Snapshot, uri: string, path: readonly string[], newName: string): EditedFile | undefined {
  const document = snapshot.policies.get(uri)?.document;
  if (document === undefined) return undefined;
  const spans = membersAt(document, path).filter(({ key }) => key.text !== newName).map(({ key }) => withoutQuotes(document, key));
  if (spans.length === 0) return undefined;
  const newText = insideQuotes(newName);
  const text = applyEdits(document.text, spans.map(({ start, end }) => ({ offset: start, length: end - start, content: newText })));
  return { document, change: { type: 'policy', uri, text }, edits: spans.map((span) => ({ range: rangeOf(document, span), newText })) };
}

/** A text as JSON writes it between quotes. */
export function insideQuotes(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The first problem for which AWS would refuse a document, of a rule that refuses it more often than before. */
function newlyRefused(before: Document, after: Document, at: number): Problem | undefined {
  const refusedIn = (document: Document): readonly Problem[] => admissionProblems(document, at).filter((problem) => verdictOf([problem]) === 'rejected');
  const [was, is] = [refusedIn(before), refusedIn(after)];
  return is.find((problem) => countOf(is, problem) > countOf(was, problem) && was.every(({ message }) => message !== problem.message));
}

function countOf(problems: readonly Problem[], { rule }: Problem): number {
  return problems.filter((problem) => problem.rule === rule).length;
}
