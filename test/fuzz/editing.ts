import { parse } from 'jsonc-parser';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver-types';
import { parseDocument } from '../../server/core/document/parse.ts';
import type { Steps } from '../../server/core/steps.ts';
import { codeActions } from '../../server/features/codeActions/codeActions.ts';
import { codeLenses } from '../../server/features/codeLenses.ts';
import { completion } from '../../server/features/completion/completion.ts';
import { definition } from '../../server/features/definition.ts';
import { diagnosticsOf, documentOf } from '../../server/features/diagnostics.ts';
import { documentLinks } from '../../server/features/documentLinks.ts';
import { policySymbols } from '../../server/features/documentSymbols.ts';
import { foldingRanges } from '../../server/features/foldingRanges.ts';
import { formatDocument, formatRange } from '../../server/features/formatting.ts';
import { guardrailLenses } from '../../server/features/guardrails/guardrailLenses.ts';
import { guardrailDefinition, guardrailLinks } from '../../server/features/guardrails/guardrailLinks.ts';
import { guardrailSymbols } from '../../server/features/guardrails/guardrailSymbols.ts';
import { hover } from '../../server/features/hover/hover.ts';
import { inlayHints } from '../../server/features/inlayHints/inlayHints.ts';
import { modelHighlights, policyHighlights } from '../../server/features/navigation/documentHighlights.ts';
import { policyDefinition } from '../../server/features/navigation/policyDefinition.ts';
import { preparePolicyRename, renamePolicy } from '../../server/features/navigation/policyNameRename.ts';
import { modelReferences, policyReferences } from '../../server/features/navigation/references.ts';
import { prepareRename, rename } from '../../server/features/navigation/rename.ts';
import { implementations, subtypes, supertypes, typeHierarchyAt } from '../../server/features/navigation/typeHierarchy.ts';
import { organizationSymbols } from '../../server/features/organizationSymbols.ts';
import { selectionRanges } from '../../server/features/selectionRanges.ts';
import { semanticTokens } from '../../server/features/semanticTokens/semanticTokens.ts';
import { settingAt } from '../../server/features/settingAt.ts';
import { refactoringActions, resolveRefactoring } from '../../server/features/refactorings/refactoringActions.ts';
import { workspaceProblemSteps } from '../../server/features/workspaceProblems.ts';
import type { Look } from './look.ts';
import { checkAction, checkCompletion, checkDiagnostics, checkFolding, checkSelections, checkSymbols, checkTokens, isPositionIn, isRangeIn, withEdits } from './validity.ts';

const none: ReadonlySet<string> = new Set();

/** The problems of all files, as they are published. */
export function problems({ snapshot, uri, fault, pause, aside }: Look): readonly Diagnostic[] {
  let own: readonly Diagnostic[] = [];
  for (const [file, found] of pausing(workspaceProblemSteps(snapshot, none), pause)) {
    pause();
    const document = documentOf(snapshot, file);
    if (document === undefined) continue;
    const diagnostics = diagnosticsOf(snapshot, document, found, {});
    aside(() => {
      checkDiagnostics(document, diagnostics, fault);
    });
    if (file === uri) own = diagnostics;
  }
  return own;
}

function pausing<Result>(steps: Steps<Result>, pause: () => void): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    pause();
  }
}

/** What is drawn into the text, and its outline. */
export function drawn({ snapshot, uri, document, whole, range, positions, target, fault }: Look): unknown {
  const settings = { inheritedValues: true, schedules: true, effectiveValues: true, durations: true, accountNames: true };
  const [guardrails, organization] = [snapshot.guardrails.get(uri), snapshot.organizations.get(uri)];
  const symbols = organization !== undefined ? organizationSymbols(organization) : guardrails !== undefined ? guardrailSymbols(snapshot, guardrails) : policySymbols(document);
  checkSymbols(document, symbols, fault);
  const lenses = guardrails === undefined ? codeLenses(snapshot, uri, undefined) : guardrailLenses(snapshot, guardrails);
  if (lenses.some((lens) => !isRangeIn(document, lens.range))) fault('a lens lies outside of the text');
  const hints = inlayHints(snapshot, { uri, range: whole, chosen: target, settings });
  if (hints.some(({ position }) => !isPositionIn(document, position))) fault('a hint lies outside of the text');
  const tokens = semanticTokens(snapshot, { uri, chosen: target }).data;
  checkTokens(document, tokens, fault);
  checkTokens(document, semanticTokens(snapshot, { uri, range, chosen: undefined }).data, fault);
  const folding = foldingRanges(document);
  checkFolding(document, folding, fault);
  const selections = selectionRanges(document, [...positions]);
  checkSelections(document, selections, fault);
  const links = organization !== undefined ? documentLinks(organization) : guardrails !== undefined ? guardrailLinks(snapshot, guardrails) : [];
  if (links.some((link) => !isRangeIn(document, link.range))) fault('a link lies outside of the text');
  return [symbols, lenses, hints, tokens, folding, selections, links];
}

/** Formatting keeps what the text says, and the second time does nothing. */
export function formatting({ document, range, fault, aside }: Look): unknown {
  const options = { insertSpaces: true, tabSize: 2 };
  const edits = formatDocument(document, options);
  const part = formatRange(document, range, options);
  aside(() => {
    const text = laidOut(document.text, edits, 'formatting', fault);
    if (edits.length > 0 && formatDocument(parseDocument(text), options).length > 0) fault('formatting twice is not the same as once');
    if (part.length > 0) laidOut(document.text, part, 'formatting of a range', fault);
  });
  return [edits, part];
}

function laidOut(text: string, edits: readonly TextEdit[], whose: string, fault: Look['fault']): string {
  const after = withEdits(parseDocument(text), edits, fault, whose);
  if (edits.length > 0 && JSON.stringify(parse(after)) !== JSON.stringify(parse(text))) fault(`${whose} changes what the text says`);
  return after;
}

/** Hover and completion at cursors. */
export function cursors({ snapshot, uri, document, positions, target, fault, aside }: Look): unknown {
  return positions.map((position, index) => {
    const chosen = index === 0 ? target : undefined;
    const shown = hover(snapshot, { uri, position, chosen, clock: { now: snapshot.at, timeZone: 'Europe/Berlin' } });
    if (shown?.range !== undefined && !isRangeIn(document, shown.range)) fault('a hover lies outside of the text');
    const items = completion(snapshot, { uri, position, chosen, snippets: index !== 1 });
    aside(() => {
      checkCompletion(document, items, position, fault);
    });
    return [shown, items];
  });
}

/** Where the names at a cursor come from and are used, and what a rename would do. */
export function navigation({ snapshot, uri, positions: [, position = { line: 0, character: 0 }] }: Look): unknown {
  const organization = snapshot.organizations.get(uri);
  const guardrails = snapshot.guardrails.get(uri);
  if (organization !== undefined) return [definition(snapshot, organization, position), modelHighlights(organization, position), modelReferences(snapshot, organization, position, true), preparePolicyRename(organization, position), renamePolicy(snapshot, organization, position, 'other')];
  if (guardrails !== undefined) return guardrailDefinition(snapshot, guardrails, position);
  const hierarchy = typeHierarchyAt(snapshot, uri, position);
  return [
    settingAt(snapshot, uri, position), policyDefinition(snapshot, uri, position), policyHighlights(snapshot, uri, position), policyReferences(snapshot, uri, position, true),
    implementations(snapshot, uri, position), hierarchy, hierarchy.map((item) => [supertypes(snapshot, item), subtypes(snapshot, item)]),
    prepareRename(snapshot, uri, position), rename(snapshot, uri, position, '__proto__'),
  ];
}

/** The fixes and rewrites at a cursor, with their edits; what an edited text then is can be read again. */
export function fixes(look: Look, diagnostics: readonly Diagnostic[]): unknown {
  const { snapshot, uri, positions: [position = { line: 0, character: 0 }] } = look;
  return tried(look, codeActions(snapshot, { uri, range: { start: position, end: position }, context: { diagnostics: [...diagnostics] } }));
}

/** Every fix of the whole document, as when all of it is selected. */
export function allQuickFixes(look: Look, diagnostics: readonly Diagnostic[]): unknown {
  const { snapshot, uri, whole } = look;
  return tried(look, codeActions(snapshot, { uri, range: whole, context: { diagnostics: [...diagnostics] } }));
}

/** Everything certain at once. */
export function fixAll(look: Look): unknown {
  const { snapshot, uri, range } = look;
  return tried(look, codeActions(snapshot, { uri, range, context: { diagnostics: [], only: ['source.fixAll'] } }));
}

/** Refactorings, each of them tried. */
export function refactorings(look: Look): unknown {
  const { snapshot, uri, range } = look;
  const support = { resolve: true, files: true, disabled: true, confirm: true };
  const offered = refactoringActions(snapshot, uri, range, { diagnostics: [] }, support);
  return tried(look, offered.map((action) => (action.disabled === undefined ? resolveRefactoring(snapshot, action, support) : action)));
}

function tried({ snapshot, fault, aside }: Look, offered: readonly CodeAction[]): readonly CodeAction[] {
  aside(() => {
    for (const action of offered) for (const text of checkAction(snapshot, action, fault)) parseDocument(text);
  });
  return offered;
}
