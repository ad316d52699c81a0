import { cascadeView } from './features/cascade/cascadeView.ts';
import { coverage, coverageSteps } from './features/coverage.ts';
import { coverageCsv, coverageMarkdown } from './features/coverageFormats.ts';
import { effectivePolicyView, effectiveText } from './features/effectivePolicyView.ts';
import { guardrailViews } from './features/guardrails/guardrailViews.ts';
import { impactViewSteps } from './features/impactView.ts';
import { plannedImpact, previewModelChange } from './features/modelChange.ts';
import { policyNames } from './features/policyNames.ts';
import { reachView, type InventoryText } from './features/reach/reachView.ts';
import { readiness } from './features/readiness/readiness.ts';
import { readinessTextView } from './features/readiness/readinessTexts.ts';
import { refactoringOffers, refactoringView } from './features/refactorings/refactoringViews.ts';
import { settingAt } from './features/settingAt.ts';
import { policyTemplates } from './features/templates.ts';
import { timelineView } from './features/timeline.ts';
import { settingPaths } from './features/whyNotSet/settingPaths.ts';
import { whyNotSetView } from './features/whyNotSet/whyNotSet.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { InventorySource, Requests } from './protocol.ts';
import type { ServerState } from './serverState.ts';
import type { LaterMethod, ViewAnswer } from './viewMethods.ts';

/** The answers of {@link LaterMethod}: what nobody needs who only edits, in a file of its own. */
export const viewAnswers: { readonly [Method in LaterMethod]: ViewAnswer<Method> } = {
  'backupPolicy/effectivePolicy': (snapshot, target) => effectivePolicyView(snapshot, target) ?? null,
  'backupPolicy/cascade': (snapshot, target) => cascadeView(snapshot, target) ?? null,
  'backupPolicy/whyNotSet': (snapshot, { target, path }) => whyNotSetView(snapshot, target, path) ?? null,
  'backupPolicy/settingPaths': settingPaths,
  'backupPolicy/settingAt': (snapshot, { uri, position }) => settingAt(snapshot, uri, position) ?? null,
  'backupPolicy/effectiveText': (snapshot, target) => effectiveText(snapshot, target) ?? null,
  'backupPolicy/previewModelChange': previewModelChange,
  'backupPolicy/policyNames': policyNames,
  'backupPolicy/coverage': (snapshot) => coverageSteps(snapshot),
  'backupPolicy/coverageText': (snapshot, { format }) => (format === 'csv' ? coverageCsv : coverageMarkdown)(coverage(snapshot)),
  'backupPolicy/readiness': (snapshot) => readiness(snapshot),
  'backupPolicy/readinessText': (snapshot, { format, place }) => readinessTextView(snapshot, format, place),
  'backupPolicy/impact': (snapshot, comparison, { workspace }) => {
    if (comparison.type === 'change') return plannedImpact(snapshot, comparison.change);
    return impactViewSteps(comparison.type === 'unsaved' ? workspace.saved : workspace.withFiles(comparison.files), snapshot);
  },
  'backupPolicy/timeline': (snapshot, { target, days }, { now, timeZone }) => timelineView(snapshot, target, { days, now: now(), timeZone }) ?? null,
  'backupPolicy/guardrails': (snapshot) => guardrailViews(snapshot),
  'backupPolicy/refactorings': refactoringOffers,
  'backupPolicy/refactoring': (snapshot, ref) => refactoringView(snapshot, ref) ?? null,
  'backupPolicy/templates': () => policyTemplates,
};

/** The answer to `backupPolicy/reach` with the text of its inventory. */
export function reachAnswer(snapshot: Snapshot, { target, filter = '' }: Requests['backupPolicy/reach']['params'], text: InventoryText): Requests['backupPolicy/reach']['result'] {
  return reachView(snapshot, target, text, { filter }) ?? null;
}

/** The inventory of a request, read from its file when it names one. */
export async function inventoryText({ workspace }: ServerState, source: InventorySource): Promise<InventoryText> {
  if ('text' in source) return source;
  const text = await workspace.readInFolders(source.uri);
  return text === undefined ? { refusal: 'The inventory cannot be read: it is absent, larger than 64 MB, or outside of the folders of the workspace.' } : { text, uri: source.uri };
}
