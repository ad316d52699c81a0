import { CodeActionKind, type CodeAction, type CodeActionContext, type Diagnostic, type Range, type TextEdit } from 'vscode-languageserver-types';
import type { Document, Span } from '../../core/document/tree.ts';
import type { Problem } from '../../core/problem.ts';
import { levelOf, rules, type RuleId, type RuleLevels } from '../../core/rules.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { TargetRef } from '../../protocol.ts';
import { fixAllKind } from '../offeredKinds.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import { policyProblems } from '../workspaceProblems.ts';
import { fixEach, fixesWithin } from './bulk.ts';
import { conversionsOf } from './conversions/conversions.ts';
import type { Fix, FixEdit } from './fix.ts';
import { fixAllEdits } from './fixAll.ts';
import { fixesOf, preferredOf } from './fixes.ts';
import { appendToInherited } from './inheritedLists.ts';
import { writeInheritedName } from './inheritedNames.ts';
import { placeOf } from './place.ts';

/** What an editor asks for. */
export interface CodeActionRequest {
  readonly uri: string;
  readonly range: Range;
  readonly context: CodeActionContext;
  /** The target that the user chose last; `@@append` depends on what is inherited there. */
  readonly chosen?: TargetRef | undefined;
  /** Levels that the user has set: what is off is not mended with everything certain. */
  readonly levels?: RuleLevels;
}

/** An action before it has LSP's form. */
interface Offer {
  readonly fix: Fix;
  readonly kind: string;
  readonly preferred: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The fixes of the problems in a range of a policy, found anew, each with the diagnostics that it belongs to, and
 * what else can be made of the policy. Only problems that the editor shows, and so none of a rule that is off.
 */
export function codeActions(snapshot: Snapshot, request: CodeActionRequest): CodeAction[] {
  const { uri, context } = request;
  const document = snapshot.policies.get(uri)?.document;
  if (document === undefined) return [];
  const offers: Offer[] = [];
  if (wants(context, CodeActionKind.QuickFix)) offers.push(...quickFixes(snapshot, document, request));
  if (wants(context, CodeActionKind.RefactorRewrite)) offers.push(...rewrites(snapshot, document, request));
  if (context.only !== undefined && wants(context, fixAllKind)) {
    const edits = fixAllEdits(document, snapshot.at, request.levels);
    if (edits.length > 0) offers.push({ fix: { title: 'Fix everything certain in this policy', edits, certain: true }, kind: fixAllKind, preferred: false, diagnostics: [] });
  }
  return distinct(offers).map(({ fix, kind, preferred, diagnostics }): CodeAction => ({
    title: fix.title,
    kind,
    ...(diagnostics.length > 0 ? { diagnostics: [...diagnostics] } : {}),
    ...(preferred ? { isPreferred: true } : {}),
    edit: { changes: { [uri]: textEdits(document, fix.edits) } },
  }));
}

/** In a range with more problems than this, those behind are mended later: nobody reads so long a list. */
const mostProblems = 50;

function quickFixes(snapshot: Snapshot, document: Document, { uri, range, context, chosen, levels }: CodeActionRequest): readonly Offer[] {
  const asked = { start: offsetAt(document, range.start), end: offsetAt(document, range.end) };
  const all = policyProblems(snapshot).get(uri) ?? [];
  const offers: Offer[] = [];
  const later: Offer[] = [];
  const ruleIds = new Set<RuleId>();
  let looked = 0;
  const most = fixesWithin(document, mostProblems);
  for (const problem of all) {
    if (!meets(problem.span, asked) || levelOf(problem.rule, levels ?? {}) === 'off') continue;
    const diagnostics = shown(document, problem, context.diagnostics);
    if (diagnostics.length === 0) continue;
    if (++looked > most) break;
    const place = placeOf(document, problem, snapshot.at);
    const fixes = [...fixesOf(place), ...writeInheritedName(snapshot, uri, place, chosen)];
    const preferred = preferredOf(fixes);
    const offer = (fix: Fix): Offer => ({ fix, kind: CodeActionKind.QuickFix, preferred: fix === preferred, diagnostics });
    const whole = problem === firstForeign(all) ? conversionsOf(document, snapshot.at).map(offer) : [];
    if (preferred === undefined) offers.push(...whole, ...fixes.map(offer));
    else {
      const each = ruleIds.has(problem.rule) ? undefined : fixEach(document, problem, snapshot.at);
      ruleIds.add(problem.rule);
      offers.push(offer(preferred));
      later.push(...whole, ...(each === undefined ? [] : [offer(each)]));
    }
  }
  return [...offers, ...later];
}

/** The first problem by which a document shows that it is something else than a policy. */
function firstForeign(problems: readonly Problem[]): Problem | undefined {
  return problems.find(({ rule }) => rule === 'missing-operator') ?? problems.find(({ rule }) => rules[rule].stage === 'admission');
}

function rewrites(snapshot: Snapshot, document: Document, { uri, range, chosen }: CodeActionRequest): readonly Offer[] {
  const asked = { start: offsetAt(document, range.start), end: offsetAt(document, range.end) };
  const fixes = [...conversionsOf(document, snapshot.at), ...appendToInherited(snapshot, uri, document, asked, chosen)];
  return fixes.map((fix) => ({ fix, kind: CodeActionKind.RefactorRewrite, preferred: false, diagnostics: [] }));
}

/** The editor's diagnostics of a problem. Its ranges can be those of the text before the last keystrokes. */
function shown(document: Document, problem: Problem, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const range = rangeOf(document, problem.span);
  const ofRule = diagnostics.filter(({ code }) => code === problem.rule);
  const same = ofRule.filter((diagnostic) => isSame(diagnostic.range, range));
  return same.length > 0 ? same : ofRule.filter((diagnostic) => diagnostic.range.start.line <= range.end.line && range.start.line <= diagnostic.range.end.line);
}

/** One action where several problems have the same way out. */
function distinct(offers: readonly Offer[]): readonly Offer[] {
  const found = new Map<string, Offer>();
  for (const offer of offers) {
    const key = JSON.stringify([offer.fix.title, offer.fix.edits]);
    const first = found.get(key);
    found.set(key, first === undefined ? offer : { ...first, diagnostics: [...first.diagnostics, ...offer.diagnostics.filter((each) => !first.diagnostics.includes(each))] });
  }
  return [...found.values()];
}

/** True when an editor asks for a kind, by its name or that of a kind above it; without a choice it asks for all. */
export function wants({ only }: CodeActionContext, kind: string): boolean {
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
