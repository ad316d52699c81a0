import { mentionedAt, mentionedChildren } from '../mentions.ts';
import type { Control, IgnoredStatement } from '../../core/merge/trace.ts';
import { findEntity, pathTo, type Entity, type Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { CascadeLevelView, CascadeView, TargetRef } from '../../protocol.ts';
import { attachmentProblems } from '../attachmentProblem.ts';
import { effectiveErrorView } from '../effectivePolicyView.ts';
import { entityView } from '../organizationViews.ts';
import { rangeOf } from '../ranges.ts';
import { viewLocation } from '../viewLocation.ts';
import { CascadeRows } from './cascadeRows.ts';

/** What every level on the path to a target says, setting by setting; undefined when there is no such target. */
export function cascadeView(snapshot: Snapshot, target: TargetRef): CascadeView | undefined {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  if (organization === undefined || entity === undefined) return undefined;
  const effective = effectiveOf(snapshot, organization, entity);
  const path = pathTo(entity);
  const plans = mentionedAt(effective.tree, ['plans']);
  const rows = new CascadeRows({ snapshot, organization, entity, effective, widening: wideningControls(snapshot, organization, path) });
  return {
    target: entityView(snapshot, organization, entity),
    levels: path.map((level) => levelView(snapshot, organization, level)),
    errors: effective.errors.map((error) => effectiveErrorView(snapshot, error)),
    rows: plans === undefined ? [] : mentionedChildren(plans).map((child) => rows.row(child, plans)),
  };
}

function wideningControls(snapshot: Snapshot, organization: Organization, path: readonly Entity[]): ReadonlyMap<Control, Control> {
  const ignored: readonly IgnoredStatement[] = path.flatMap((level) => effectiveOf(snapshot, organization, level).ignored);
  return new Map(ignored.flatMap((each) => (each.type === 'control' ? [[each.control, each.by] as const] : [])));
}

function levelView(snapshot: Snapshot, organization: Organization, entity: Entity): CascadeLevelView {
  const problems = new Map(attachmentProblems(snapshot, organization, entity).map((problem) => [problem.index, problem.sentence]));
  return {
    name: entity.name,
    path: entity.path,
    kind: entity.kind,
    policies: entity.attachments.map(({ policy, span }, index) => {
      const uri = organization.policies.get(policy)?.uri;
      const problem = problems.get(index);
      const file = uri === undefined ? undefined : viewLocation(snapshot, uri, { start: 0, end: 0 });
      return {
        name: policy,
        location: file ?? { uri: organization.uri, range: rangeOf(organization.document, span) },
        ...(problem === undefined ? {} : { problem }),
      };
    }),
  };
}
