import type { Position, WorkspaceEdit } from 'vscode-languageserver-types';
import { admissionProblems } from '../../core/admission/admissionProblems.ts';
import { parseDocument } from '../../core/document/parse.ts';
import { hasTemplate } from '../../core/document/template.ts';
import type { Document } from '../../core/document/tree.ts';
import { acceptsValue, describeValue, type GrammarNames } from '../../core/grammar.ts';
import { verdictOf, type Problem } from '../../core/problem.ts';
import { applyChanges, type Snapshot } from '../../model/snapshot.ts';
import { offsetAt } from '../ranges.ts';
import { guardrailsAfterRename } from './guardrailNames.ts';
import { membersAt, nodeAt, type PolicyNode } from './policyNode.ts';
import { renamedFile, renameStart, workspaceEdit, type RenamedFile, type RenameRefusal, type RenameStart } from './renameEdits.ts';
import { fileName, nameTaken, obstacleToRename } from './renameObstacles.ts';
import { changedByRename } from './renameProof.ts';
import { sameThing, type SameThing } from './sameThing.ts';

/** `textDocument/prepareRename` in a policy; undefined where the cursor touches nothing. */
export function prepareRename(snapshot: Snapshot, uri: string, position: Position): RenameStart | RenameRefusal | undefined {
  const found = renamedThing(snapshot, uri, position);
  if (found === undefined || 'refusal' in found) return found;
  const { document, node } = found;
  return renameStart(document, node.member.key, node.member.key.text, offsetAt(document, position));
}

/**
 * `textDocument/rename` of a name in a policy: every spelling in every policy that AWS takes for the same thing.
 * Offered only when the merge proves that every account gets the same as before under the new name. Guardrails that
 * name a renamed plan or rule go with it.
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
  for (const { change, before } of edited) {
    const problem = newlyRefused(before, parseDocument(change.text), snapshot.at);
    if (problem !== undefined) return { refusal: `After the rename AWS would refuse ${fileName(change.uri)}: ${problem.message}` };
  }
  const after = applyChanges(snapshot, snapshot.at, edited.map(({ change }) => change));
  const changed = changedByRename(snapshot, after, { path: thing.path, newName, tops: thing.tops });
  if (changed !== undefined) {
    return { refusal: `${changed} would get another effective policy after the rename than this ${names.noun} under a new name, so nothing was renamed. Compare its policies first.` };
  }
  const guardrails = guardrailsAfterRename(snapshot, after, thing, newName);
  return 'refusal' in guardrails ? guardrails : workspaceEdit([...edited, ...guardrails]);
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

/** A policy with every spelling of the name replaced; undefined when each is spelt so already. */
function editedFile(snapshot: Snapshot, uri: string, path: readonly string[], newName: string): RenamedFile | undefined {
  const document = snapshot.policies.get(uri)?.document;
  const keys = document === undefined ? [] : membersAt(document, path).map(({ key }) => key).filter(({ text }) => text !== newName);
  return document === undefined || keys.length === 0 ? undefined : renamedFile('policy', uri, document, keys, newName);
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
