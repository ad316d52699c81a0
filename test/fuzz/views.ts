import { cascadeView } from '../../server/features/cascade/cascadeView.ts';
import { coverage } from '../../server/features/coverage.ts';
import { coverageCsv, coverageMarkdown } from '../../server/features/coverageFormats.ts';
import { effectivePolicyView, effectiveText } from '../../server/features/effectivePolicyView.ts';
import { guardrailViews } from '../../server/features/guardrails/guardrailViews.ts';
import { impactView } from '../../server/features/impactView.ts';
import { previewModelChange } from '../../server/features/modelChange.ts';
import { workspaceSymbols } from '../../server/features/navigation/workspaceSymbols.ts';
import { filteredOrganizations } from '../../server/features/organizationFilter.ts';
import { allEntityViews, documentTargetView, organizationViews } from '../../server/features/organizationViews.ts';
import { policyNames } from '../../server/features/policyNames.ts';
import { readinessTextView } from '../../server/features/readiness/readinessTexts.ts';
import { timelineView } from '../../server/features/timeline.ts';
import { settingPaths } from '../../server/features/whyNotSet/settingPaths.ts';
import { whyNotSetView } from '../../server/features/whyNotSet/whyNotSet.ts';
import type { ModelChange } from '../../server/protocol.ts';
import type { Look } from './look.ts';

/** What pages, trees and commands show; each is a request. */
export const views: Readonly<Record<string, (look: Look) => unknown>> = {
  organizations: ({ snapshot }) => organizationViews(snapshot),
  'target of the document': ({ snapshot, uri, target }) => documentTargetView(snapshot, uri, target),
  'policy names': ({ snapshot, uri }) => policyNames(snapshot, { uri }),
  filter: ({ snapshot }) => filteredOrganizations(snapshot, { type: 'text', text: 'sh' }),
  coverage: ({ snapshot }) => {
    const covered = coverage(snapshot);
    return [covered, coverageCsv(covered), coverageMarkdown(covered)];
  },
  guardrails: ({ snapshot }) => guardrailViews(snapshot),
  'workspace symbols': ({ snapshot }) => workspaceSymbols(snapshot, 'da'),
  impact: ({ snapshot, before }) => impactView(before, snapshot),
  readiness: ({ snapshot }) => readinessTextView(snapshot, 'markdown', undefined),
  'readiness template': ({ snapshot }) => readinessTextView(snapshot, 'cloudformation', undefined),
  cascade: ({ snapshot, target }) => cascadeView(snapshot, target),
  'why not set': ({ snapshot, target }) => whyNotSetView(snapshot, target, ['plans', '__proto__', 'rules']),
  'setting paths': ({ snapshot, target }) => settingPaths(snapshot, target).length,
  schedule: ({ snapshot, target }) => timelineView(snapshot, target, { days: 14, now: snapshot.at, timeZone: 'Europe/Berlin' }),
};

/** The effective policy of the target, and where it comes from. */
export function effective({ snapshot, target }: Look): unknown {
  return [effectivePolicyView(snapshot, target), effectiveText(snapshot, target)];
}

/** Changes of a model by its tree; each is a request. */
export const modelChanges: Readonly<Record<string, (look: Look) => unknown>> = {
  attach: (look) => changed(look, (organization, first, last) => ({ type: 'attach', organization, policy: '__proto__', targets: [first, last] })),
  detach: (look) => changed(look, (organization, first) => ({ type: 'detach', organization, policy: 'baseline', targets: [first] })),
  'move up': (look) => changed(look, (organization, first, last) => ({ type: 'moveEntity', organization, target: last, to: first })),
  'move into itself': (look) => changed(look, (organization, first, last) => ({ type: 'moveEntity', organization, target: first, to: last })),
};

function changed({ snapshot, target: { organization } }: Look, changeOf: (organization: string, first: string, last: string) => ModelChange): unknown {
  const keys = allEntityViews(snapshot).map((entity) => entity.target.key);
  const [first, last] = [keys[0], keys.at(-1)];
  return first === undefined || last === undefined ? undefined : previewModelChange(snapshot, changeOf(organization, first, last));
}
