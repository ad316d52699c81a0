import { below, type Entity, type Organization } from '../model/organization.ts';
import { applyChanges, effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { ModelChangePreview } from '../protocol.ts';
import { impactComparer } from './impactPlan.ts';

/** The accounts that a change reaches, and what becomes of their effective policies. */
export type ModelEffects = Pick<ModelChangePreview, 'accountsReached' | 'accountsChanged' | 'becomeInvalid' | 'becomeValid' | 'loseBackups' | 'becomeWeaker'>;

/**
 * What the accounts at or below some targets would get with another text of the model file, found by merging before
 * and after. The text has the same entities in the same order: only attachments and definitions differ.
 */
export function modelEffects(snapshot: Snapshot, organization: Organization, text: string, targets: readonly Entity[]): ModelEffects {
  const after = applyChanges(snapshot, snapshot.at, [{ type: 'organization', uri: organization.uri, text }]);
  const changed = after.organizations.get(organization.uri);
  const reached = new Set(targets.flatMap((target) => [...below(target)]).filter((entity) => entity.kind === 'account'));
  const becomeInvalid: string[] = [];
  const becomeValid: string[] = [];
  const loseBackups: string[] = [];
  const becomeWeaker: string[] = [];
  const compare = impactComparer(after.at);
  let accountsChanged = 0;
  for (const [account, next] of pairs(organization.root, changed?.root)) {
    if (changed === undefined || !reached.has(account)) continue;
    const was = effectiveOf(snapshot, organization, account);
    const is = effectiveOf(after, changed, next);
    if (was.errors.length === 0 && is.errors.length > 0) becomeInvalid.push(account.path);
    if (was.errors.length > 0 && is.errors.length === 0) becomeValid.push(account.path);
    const impact = compare(was, is);
    if (impact === undefined) continue;
    if (impact.changes.length > 0) accountsChanged++;
    if (impact.grade === 'lost') loseBackups.push(account.path);
    if (impact.grade === 'weaker') becomeWeaker.push(account.path);
  }
  return { accountsReached: reached.size, accountsChanged, becomeInvalid, becomeValid, loseBackups, becomeWeaker };
}

/** Entities of two readings of one tree side by side. */
function* pairs(before: Entity | undefined, after: Entity | undefined): Generator<readonly [Entity, Entity]> {
  if (before === undefined || after === undefined) return;
  yield [before, after];
  for (const [index, child] of before.children.entries()) yield* pairs(child, after.children[index]);
}
