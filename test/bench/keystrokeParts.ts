import { performance } from 'node:perf_hooks';
import type { CodeActionContext, Range } from 'vscode-languageserver';
import type { Document } from '../../server/core/document/tree.ts';
import { codeActions } from '../../server/features/codeActions/codeActions.ts';
import { codeLenses } from '../../server/features/codeLenses.ts';
import { coverage } from '../../server/features/coverage.ts';
import { diagnosticsOf, documentOf } from '../../server/features/diagnostics.ts';
import { guardrailViews } from '../../server/features/guardrails/guardrailViews.ts';
import { impactView } from '../../server/features/impactView.ts';
import { inlayHints } from '../../server/features/inlayHints/inlayHints.ts';
import { rename } from '../../server/features/navigation/rename.ts';
import { filteredOrganizations } from '../../server/features/organizationFilter.ts';
import { childViews, documentTargetView, organizationViews } from '../../server/features/organizationViews.ts';
import { effectivePolicyView } from '../../server/features/effectivePolicyView.ts';
import { positionAt } from '../../server/features/ranges.ts';
import { refactoringActions } from '../../server/features/refactorings/refactoringActions.ts';
import { semanticTokens } from '../../server/features/semanticTokens/semanticTokens.ts';
import { workspaceProblems } from '../../server/features/workspaceProblems.ts';
import { applyChanges, emptySnapshot, type FileChange, type Snapshot } from '../../server/model/snapshot.ts';
import { leafPolicy, modelUri, organizationOf, rootPolicy } from './organization.ts';
import { keystroke } from './policyTexts.ts';

const at = Date.UTC(2026, 0, 1);
const turns = 9;
const allHints = { inheritedValues: true, schedules: true, effectiveValues: true, durations: true, accountNames: true };

/** What one keystroke asks for. The order is that of the server: what is worked out first pays for what the others share. */
const parts: Readonly<Record<string, (before: Snapshot, snapshot: Snapshot, uri: string) => unknown>> = {
  'problems of all files': (_before, snapshot) => workspaceProblems(snapshot, new Set()),
  'the same as LSP tells them': (_before, snapshot) => JSON.stringify([...workspaceProblems(snapshot, new Set())].map(([uri, problems]) => diagnosticsOf(snapshot, textOf(snapshot, uri), problems, {}))),
  'code lenses': (_before, snapshot, uri) => codeLenses(snapshot, uri, undefined),
  'inlay hints': (_before, snapshot, uri) => inlayHints(snapshot, { uri, range: wholeOf(snapshot, uri), chosen: undefined, settings: allHints }),
  'semantic tokens': (_before, snapshot, uri) => semanticTokens(snapshot, { uri, chosen: undefined }),
  'light bulb': (_before, snapshot, uri) => {
    const range = at0(snapshot, uri);
    const context: CodeActionContext = { diagnostics: [], triggerKind: 2 };
    return [...codeActions(snapshot, { uri, range, context, chosen: undefined, levels: {} }), ...refactoringActions(snapshot, uri, range, context, support)];
  },
  'status bar': (_before, snapshot, uri) => documentTargetView(snapshot, uri, undefined),
  'organization view: root and badge': (_before, snapshot) => organizationViews(snapshot),
  'organization view: one level': (_before, snapshot) => childViews(snapshot, { organization: modelUri, key: snapshot.organizations.get(modelUri)?.root?.key ?? '' }),
  'effective policy panel': (_before, snapshot) => effectivePolicyView(snapshot, { organization: modelUri, key: snapshot.organizations.get(modelUri)?.root?.children[0]?.children[0]?.key ?? '' }) ?? missing('the first organizational unit'),
};

/** What is asked for when its view is visible, or by hand. */
const visible: typeof parts = {
  'filter of accounts in trouble': (_before, snapshot) => filteredOrganizations(snapshot, { type: 'health', health: ['invalid', 'unprotected', 'warned'] }),
  'impact view': (before, snapshot) => impactView(before, snapshot),
  'coverage table': (_before, snapshot) => coverage(snapshot),
  'guardrails in the Testing view': (_before, snapshot) => guardrailViews(snapshot),
  'refactorings by hand': (_before, snapshot, uri) => refactoringActions(snapshot, uri, at0(snapshot, uri), { diagnostics: [], triggerKind: 1 }, support),
  'rename of a plan, with its proof': (_before, snapshot, uri) => rename(snapshot, uri, at0(snapshot, uri).start, 'every-day'),
};

const support = { resolve: true, files: true, disabled: false, confirm: true };

function missing(what: string): never {
  throw new Error(`There is no ${what}.`);
}

function wholeOf(snapshot: Snapshot, uri: string): Range {
  const document = textOf(snapshot, uri);
  return { start: positionAt(document, 0), end: positionAt(document, document.text.length) };
}

/** In the name of the plan "daily". */
function at0(snapshot: Snapshot, uri: string): Range {
  const document = textOf(snapshot, uri);
  const place = positionAt(document, document.text.indexOf('daily') + 1);
  return { start: place, end: place };
}

function textOf(snapshot: Snapshot, uri: string): Document {
  return documentOf(snapshot, uri) ?? missing(uri);
}

/** Milliseconds of each part, the least of several keystrokes: what else the machine does only adds to a time. */
function measure(files: readonly FileChange[], uri: string): ReadonlyMap<string, number> {
  const file = files.find((each) => each.uri === uri);
  if (file === undefined) throw new Error(`There is no ${uri}.`);
  const times = new Map<string, number[]>();
  const timed = <Result>(name: string, run: () => Result): Result => {
    const began = performance.now();
    const result = run();
    const list = times.get(name) ?? [];
    times.set(name, list);
    list.push(performance.now() - began);
    return result;
  };
  const state = { snapshot: applyChanges(emptySnapshot(at), at, files) };
  const all = Object.entries({ ...parts, ...visible });
  for (const [, run] of all) run(state.snapshot, state.snapshot, uri);
  for (let turn = 0; turn < turns; turn++) {
    const before = state.snapshot;
    const next = timed('reading the text', () => applyChanges(before, at + turn * 80, [{ ...file, text: keystroke(file, turn) }]));
    const whole = performance.now();
    for (const [name, run] of Object.entries(parts)) timed(name, () => run(before, next, uri));
    times.set('ALL OF A KEYSTROKE', [...times.get('ALL OF A KEYSTROKE') ?? [], performance.now() - whole]);
    for (const [name, run] of Object.entries(visible)) timed(name, () => run(before, next, uri));
    state.snapshot = next;
  }
  return new Map([...times].map(([name, list]) => [name, Math.min(...list)]));
}

console.log('Milliseconds for each part, the least of several keystrokes.');
const asked = process.argv.slice(2).map(Number);
for (const accounts of asked.length > 0 ? asked : [1_000, 10_000]) {
  const files = organizationOf(accounts);
  const [root, leaf] = [measure(files, rootPolicy), measure(files, leafPolicy)];
  console.log(`\n${String(accounts)} accounts${''.padEnd(26)}root policy   leaf policy`);
  for (const [name, time] of root) console.log(`${name.padEnd(40)}${time.toFixed(1).padStart(9)}${(leaf.get(name) ?? NaN).toFixed(1).padStart(14)}`);
}
