import { below, type Entity, type Organization } from '../model/organization.ts';
import { applyChanges, type Snapshot } from '../model/snapshot.ts';
import type { ModelChangePreview } from '../protocol.ts';
import { comparedAccounts } from './impactComparer.ts';
import { groupedImpact } from './impactPlan.ts';
import { groupViews } from './impactView.ts';

/** The accounts that a change reaches, and what becomes of their effective policies. */
export type ModelEffects = Pick<ModelChangePreview, 'accountsReached' | 'accountsChanged' | 'becomeInvalid' | 'becomeValid' | 'impact'>;

/** An OU or account that a change puts behind the other children of its kind of another parent. */
export interface MovedEntity {
  readonly entity: Entity;
  readonly to: Entity;
}

/**
 * What the accounts at or below some targets would get with another text of the model file, found by merging before
 * and after. The text has the same entities in the same order, but for the one that is moved.
 */
export function modelEffects(snapshot: Snapshot, organization: Organization, text: string, targets: readonly Entity[], moved?: MovedEntity): ModelEffects {
  const next = applyChanges(snapshot, snapshot.at, [{ type: 'organization', uri: organization.uri, text }]);
  const earlier = new Map<Entity, Entity>(pairs(organization.root, next.organizations.get(organization.uri)?.root, moved));
  const reached = new Set(targets.flatMap((target) => [...below(target)]).filter((entity) => entity.kind === 'account'));
  const compared = [...comparedAccounts(snapshot, next, (_before, account) => {
    const entity = earlier.get(account);
    return entity !== undefined && reached.has(entity) ? entity : undefined;
  })];
  const pathsOf = (isWanted: (was: boolean, is: boolean) => boolean): readonly string[] =>
    compared.filter(({ was, is }) => isWanted(was.errors.length > 0, is.errors.length > 0)).map(({ account }) => account.path);
  return {
    accountsReached: reached.size,
    accountsChanged: compared.filter(({ impact }) => (impact?.changes.length ?? 0) > 0).length,
    becomeInvalid: pathsOf((was, is) => !was && is),
    becomeValid: pathsOf((was, is) => was && !is),
    impact: groupViews(next, groupedImpact(compared).groups, (account) => (earlier.get(account) ?? account).key),
  };
}

/** Entities of two readings of one tree side by side, the later one first. */
function* pairs(before: Entity | undefined, after: Entity | undefined, moved: MovedEntity | undefined): Generator<readonly [Entity, Entity]> {
  if (before === undefined || after === undefined) return;
  yield [after, before];
  const stayed = before.children.filter((child) => child !== moved?.entity);
  const arrived = before === moved?.to ? after.children.findLast((child) => child.kind === moved.entity.kind) : undefined;
  const others = after.children.filter((child) => child !== arrived);
  for (const [index, child] of stayed.entries()) yield* pairs(child, others[index], moved);
  if (arrived !== undefined) yield* pairs(moved?.entity, arrived, moved);
}
