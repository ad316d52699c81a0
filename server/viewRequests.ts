import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Answers } from './answers.ts';
import type { Steps } from './core/steps.ts';
import { cascadeView } from './features/cascade/cascadeView.ts';
import { coverage } from './features/coverage.ts';
import { coverageCsv, coverageMarkdown } from './features/coverageFormats.ts';
import { effectivePolicyView, effectiveText } from './features/effectivePolicyView.ts';
import { plannedImpact, previewModelChange } from './features/modelChange.ts';
import { allEntityViews, childViews, documentTargetView, entityViewOf, organizationViews } from './features/organizationViews.ts';
import { filteredOrganizations } from './features/organizationFilter.ts';
import { guardrailViews } from './features/guardrails/guardrailViews.ts';
import { impactView } from './features/impactView.ts';
import { policyNames } from './features/policyNames.ts';
import { settingAt } from './features/settingAt.ts';
import { readiness } from './features/readiness/readiness.ts';
import { readinessTextView } from './features/readiness/readinessTexts.ts';
import { reachView, type InventoryText } from './features/reach/reachView.ts';
import { policyTemplates } from './features/templates.ts';
import { timelineView } from './features/timeline.ts';
import { settingPaths } from './features/whyNotSet/settingPaths.ts';
import { whyNotSetView } from './features/whyNotSet/whyNotSet.ts';
import { refactoringOffers, refactoringView } from './features/refactorings/refactoringViews.ts';
import type { Snapshot } from './model/snapshot.ts';
import type { InventorySource, Requests } from './protocol.ts';
import type { ServerState } from './serverState.ts';

/** Answers the requests of views and commands, when the effective policies of the newest snapshot are worked out. */
export function registerViewRequests(connection: Connection, state: ServerState, answers: Answers): void {
  const answer = <Method extends keyof Requests>(method: Method, handler: (snapshot: Snapshot, params: Requests[Method]['params']) => Requests[Method]['result'] | Steps<Requests[Method]['result']>): void => {
    connection.onRequest(method, (params: Requests[Method]['params'], token: CancellationToken): Promise<unknown> => answers.of(token, undefined, (snapshot) => handler(snapshot, params)));
  };
  answer('backupPolicy/organizations', organizationViews);
  answer('backupPolicy/files', ({ policies, organizations }) => ({ policies: [...policies.keys()], organizations: [...organizations.keys()] }));
  answer('backupPolicy/children', childViews);
  answer('backupPolicy/filter', filteredOrganizations);
  answer('backupPolicy/entities', allEntityViews);
  answer('backupPolicy/entity', (snapshot, target) => entityViewOf(snapshot, target) ?? null);
  answer('backupPolicy/documentTarget', (snapshot, { uri }) => documentTargetView(snapshot, uri, state.chosen));
  answer('backupPolicy/effectivePolicy', (snapshot, target) => effectivePolicyView(snapshot, target) ?? null);
  answer('backupPolicy/cascade', (snapshot, target) => cascadeView(snapshot, target) ?? null);
  answer('backupPolicy/whyNotSet', (snapshot, { target, path }) => whyNotSetView(snapshot, target, path) ?? null);
  answer('backupPolicy/settingPaths', settingPaths);
  answer('backupPolicy/settingAt', (snapshot, { uri, position }) => settingAt(snapshot, uri, position) ?? null);
  answer('backupPolicy/effectiveText', (snapshot, target) => effectiveText(snapshot, target) ?? null);
  answer('backupPolicy/previewModelChange', previewModelChange);
  answer('backupPolicy/policyNames', policyNames);
  answer('backupPolicy/coverage', coverage);
  answer('backupPolicy/coverageText', (snapshot, { format }) => (format === 'csv' ? coverageCsv : coverageMarkdown)(coverage(snapshot)));
  answer('backupPolicy/readiness', readiness);
  answer('backupPolicy/readinessText', (snapshot, { format, place }) => readinessTextView(snapshot, format, place));
  answer('backupPolicy/impact', (snapshot, comparison) => {
    if (comparison.type === 'change') return plannedImpact(snapshot, comparison.change);
    return impactView(comparison.type === 'unsaved' ? state.workspace.saved : state.workspace.withFiles(comparison.files), snapshot);
  });
  answer('backupPolicy/timeline', (snapshot, { target, days }) => timelineView(snapshot, target, { days, now: state.now(), timeZone: state.timeZone }) ?? null);
  answer('backupPolicy/guardrails', guardrailViews);
  answer('backupPolicy/refactorings', refactoringOffers);
  answer('backupPolicy/refactoring', (snapshot, ref) => refactoringView(snapshot, ref) ?? null);
  answer('backupPolicy/templates', () => policyTemplates);
  connection.onRequest('backupPolicy/reach', async ({ target, inventory, filter = '' }: Requests['backupPolicy/reach']['params'], token: CancellationToken): Promise<unknown> => {
    await state.opened;
    const text = await inventoryText(state, inventory);
    return answers.of(token, undefined, (snapshot) => reachView(snapshot, target, text, { filter }) ?? null);
  });
}

async function inventoryText({ workspace }: ServerState, source: InventorySource): Promise<InventoryText> {
  if ('text' in source) return source;
  const text = await workspace.readInFolders(source.uri);
  return text === undefined ? { refusal: 'The inventory cannot be read: it is absent, larger than 64 MB, or outside of the folders of the workspace.' } : { text, uri: source.uri };
}
