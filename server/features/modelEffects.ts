import { effectiveJson, type EffectiveContainer, type EffectiveJson } from '../core/merge/effective.ts';
import { below, type Entity, type Organization } from '../model/organization.ts';
import { applyChanges, effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { ModelChangePreview } from '../protocol.ts';

/** The accounts that a change reaches, and what becomes of their effective policies. */
export type ModelEffects = Pick<ModelChangePreview, 'accountsReached' | 'accountsChanged' | 'becomeInvalid' | 'becomeValid'>;

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
  const different = differences();
  let accountsChanged = 0;
  for (const [account, next] of pairs(organization.root, changed?.root)) {
    if (changed === undefined || !reached.has(account)) continue;
    const was = effectiveOf(snapshot, organization, account);
    const is = effectiveOf(after, changed, next);
    if (was.errors.length === 0 && is.errors.length > 0) becomeInvalid.push(account.path);
    if (was.errors.length > 0 && is.errors.length === 0) becomeValid.push(account.path);
    if (different(was.tree, is.tree)) accountsChanged++;
  }
  return { accountsReached: reached.size, accountsChanged, becomeInvalid, becomeValid };
}

/** Entities of two readings of one tree side by side. */
function* pairs(before: Entity | undefined, after: Entity | undefined): Generator<readonly [Entity, Entity]> {
  if (before === undefined || after === undefined) return;
  yield [before, after];
  for (const [index, child] of before.children.entries()) yield* pairs(child, after.children[index]);
}

/** Tells whether two trees print differently; accounts share their trees, so each tree is printed once. */
function differences(): (before: EffectiveContainer, after: EffectiveContainer) => boolean {
  const printed = new Map<EffectiveContainer, string>();
  const print = (tree: EffectiveContainer): string => {
    const known = printed.get(tree);
    if (known !== undefined) return known;
    const text = JSON.stringify(sorted(effectiveJson(tree)));
    printed.set(tree, text);
    return text;
  };
  return (before, after) => before !== after && print(before) !== print(after);
}

/** Objects as lists of entries in the order of their keys: the order has no meaning. Source: inheritance rule 34 [obs]. */
function sorted(value: EffectiveJson): unknown {
  if (typeof value === 'string' || isList(value)) return value;
  return Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, child]) => [key, sorted(child)]);
}

function isList(value: EffectiveJson): value is readonly string[] {
  return Array.isArray(value);
}
