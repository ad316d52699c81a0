import type { PolicyChange } from '../core/plan/policyDifference.ts';
import { effectiveAt } from '../core/merge/effective.ts';
import { statedAt } from '../core/merge/statements.ts';
import { finished, type Steps } from '../core/steps.ts';
import type { Entity } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { ImpactGroupView, ImpactView, ViewLocation } from '../protocol.ts';
import { gradeMeanings, stillInvalid, valuesText } from './changeText.ts';
import { documentOf } from './diagnostics.ts';
import { impactPlanSteps, type ImpactGroup } from './impactPlan.ts';
import { mendingPlace } from './mendingPlace.ts';
import { rangeOf } from './ranges.ts';

/** What edits mean for every account, with the place in the edited files that makes each change. */
export function impactView(before: Snapshot, edited: Snapshot): ImpactView {
  return finished(impactViewSteps(before, edited));
}

/** The same in steps. */
export function* impactViewSteps(before: Snapshot, edited: Snapshot): Steps<ImpactView> {
  const { groups, accounts } = yield* impactPlanSteps(before, edited);
  return { accounts, groups: groupViews(edited, groups) };
}

/** Groups as views show them. @param keyOf the key under which an account can be asked for now. */
export function groupViews(edited: Snapshot, groups: readonly ImpactGroup[], keyOf: (account: Entity) => string = ({ key }) => key): readonly ImpactGroupView[] {
  return groups.map((group) => groupView(edited, group, keyOf));
}

function groupView(edited: Snapshot, group: ImpactGroup, keyOf: (account: Entity) => string): ImpactGroupView {
  return {
    grade: group.grade,
    ...(group.staysInvalid === undefined ? {} : { staysInvalid: group.staysInvalid }),
    meaning: group.staysInvalid === true ? stillInvalid : gradeMeanings[group.grade],
    accounts: group.accounts.map((account) => ({ target: { organization: group.organization.uri, key: keyOf(account) }, name: account.name, path: account.path })),
    changes: group.changes.map((change) => {
      const [values, location] = [valuesText(change), changePlace(edited, group, change)];
      return { type: change.type, grade: change.grade, path: change.path.join('/'), ...(values === undefined ? {} : { values }), ...(location === undefined ? {} : { location }) };
    }),
    errors: group.errors.map((error) => {
      const place = mendingPlace(error);
      const location = place === undefined ? undefined : locationOf(edited, place.uri, place.span);
      return { code: error.code, message: error.message, path: error.path, ...(location === undefined ? {} : { location }) };
    }),
  };
}

/** The statement that has the last word on the value, or the key of what was added; undefined for what is gone. */
function changePlace(edited: Snapshot, { organization, accounts: [account] }: ImpactGroup, { path }: PolicyChange): ViewLocation | undefined {
  const node = account === undefined ? undefined : effectiveAt(effectiveOf(edited, organization, account).tree, path);
  if (node === undefined) return undefined;
  if (node.kind !== 'container') {
    const statement = node.trace.findLast(({ outcome }) => outcome.type === 'applied')?.statement;
    return statement === undefined ? undefined : locationOf(edited, statement.source.policy.uri, statement.span);
  }
  const policy = node.contributors.at(-1)?.policy;
  const stated = statedAt(policy?.content, node.path);
  return policy === undefined || stated === undefined ? undefined : locationOf(edited, policy.uri, stated.keySpan);
}

function locationOf(snapshot: Snapshot, uri: string, span: { readonly start: number; readonly end: number }): ViewLocation | undefined {
  const document = documentOf(snapshot, uri);
  return document === undefined ? undefined : { uri, range: rangeOf(document, span) };
}
