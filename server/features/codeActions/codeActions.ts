import { CodeActionKind, type CodeAction, type CodeActionContext, type Diagnostic, type Range, type TextEdit } from 'vscode-languageserver-types';
import type { Document, Span } from '../../core/document/tree.ts';
import type { Problem } from '../../core/problem.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import { workspaceProblems } from '../workspaceProblems.ts';
import type { FixEdit } from './fix.ts';
import { fixAllEdits } from './fixAll.ts';
import { fixesOf, preferredOf } from './fixes.ts';
import { placeOf } from './place.ts';

/** The kind of the action that mends everything certain in a policy. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.awsBackupPolicy`;

/** The kinds of code action that the server offers. */
export const codeActionKinds: readonly string[] = [CodeActionKind.QuickFix, fixAllKind];

/** What an editor asks for. */
export interface CodeActionRequest {
  readonly uri: string;
  readonly range: Range;
  readonly context: CodeActionContext;
}

/** Problems depend on nothing but the snapshot; a cursor that moves asks again and again. */
const known = new WeakMap<Snapshot, ReadonlyMap<string, readonly Problem[]>>();

/** The fixes of the problems in a range of a policy, found anew, each with the diagnostic that it belongs to. */
export function codeActions(snapshot: Snapshot, { uri, range, context }: CodeActionRequest): CodeAction[] {
  const document = snapshot.policies.get(uri)?.document;
  if (document === undefined) return [];
  const actions: CodeAction[] = [];
  if (wants(context, CodeActionKind.QuickFix)) {
    const asked = { start: offsetAt(document, range.start), end: offsetAt(document, range.end) };
    const problems = problemsOf(snapshot).get(uri) ?? [];
    for (const problem of problems) if (meets(problem.span, asked)) actions.push(...quickFixes(document, problem, snapshot.at, uri, context.diagnostics));
  }
  if (context.only !== undefined && wants(context, fixAllKind)) {
    const edits = fixAllEdits(document, snapshot.at);
    if (edits.length > 0) actions.push({ title: 'Fix everything certain in this policy', kind: fixAllKind, edit: { changes: { [uri]: textEdits(document, edits) } } });
  }
  return actions;
}

function problemsOf(snapshot: Snapshot): ReadonlyMap<string, readonly Problem[]> {
  const found = known.get(snapshot) ?? workspaceProblems(snapshot, new Set());
  known.set(snapshot, found);
  return found;
}

function quickFixes(document: Document, problem: Problem, at: number, uri: string, diagnostics: readonly Diagnostic[]): readonly CodeAction[] {
  const fixes = fixesOf(placeOf(document, problem, at));
  const preferred = preferredOf(fixes);
  const range = rangeOf(document, problem.span);
  const matching = diagnostics.filter((diagnostic) => diagnostic.code === problem.rule && isSame(diagnostic.range, range));
  return fixes.map((fix): CodeAction => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    ...(matching.length > 0 ? { diagnostics: matching } : {}),
    ...(fix === preferred ? { isPreferred: true } : {}),
    edit: { changes: { [uri]: textEdits(document, fix.edits) } },
  }));
}

/** True when an editor asks for a kind, by its name or that of a kind above it; without a choice it asks for all. */
function wants({ only }: CodeActionContext, kind: string): boolean {
  return only === undefined || only.some((each) => each === '' || kind === each || kind.startsWith(`${each}.`));
}

function textEdits(document: Document, edits: readonly FixEdit[]): TextEdit[] {
  return edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText }));
}

function meets(left: Span, right: Span): boolean {
  return left.start <= right.end && right.start <= left.end;
}

function isSame(left: Range, right: Range): boolean {
  return left.start.line === right.start.line && left.start.character === right.start.character
    && left.end.line === right.end.line && left.end.character === right.end.character;
}
