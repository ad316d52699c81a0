import type { Organization } from '../../model/organization.ts';
import type { ImportedPolicy } from './importedPolicies.ts';
import { belowImported, type ImportedEntity } from './importedTree.ts';

/** What is attached to a target after an import. */
export interface AttachedNames {
  /** Names of the model, in order of attachment. */
  readonly names: readonly string[];
  /** Of them those that the model did not have here: their order is not known. */
  readonly added: readonly string[];
  /** Names, as the model had them, that AWS has not attached here any more. */
  readonly removed: readonly string[];
}

/**
 * The attachments of every target. AWS does not tell the order of attachment: what the model has keeps its order, what
 * is new follows. Names that AWS does not know stay where they are.
 */
export function attachedNames(root: ImportedEntity, policies: readonly ImportedPolicy[], organization: Organization | undefined, removed: ReadonlySet<string>): ReadonlyMap<ImportedEntity, AttachedNames> {
  const byTarget = new Map<string, ImportedPolicy[]>();
  for (const policy of policies) {
    for (const target of new Set(policy.targets)) {
      const list = byTarget.get(target);
      if (list === undefined) byTarget.set(target, [policy]);
      else list.push(policy);
    }
  }
  const byOldName = new Map(policies.flatMap((policy) => (policy.old === undefined ? [] : [[policy.old.name, policy] as const])));
  const result = new Map<ImportedEntity, AttachedNames>();
  for (const entity of belowImported(root)) {
    const wanted = byTarget.get(entity.key) ?? [];
    const before = entity.old?.attachments.map(({ policy }) => policy) ?? [];
    if (wanted.length === 0 && before.length === 0) continue;
    const isAttached = (name: string): boolean => {
      const policy = byOldName.get(name);
      return policy === undefined ? !removed.has(name) : wanted.includes(policy);
    };
    const added = wanted.filter(({ old }) => old === undefined || !before.includes(old.name)).map(({ modelName }) => modelName);
    result.set(entity, {
      names: [...before.filter(isAttached).map((name) => byOldName.get(name)?.modelName ?? name), ...added],
      added,
      removed: before.filter((name) => !isAttached(name)),
    });
  }
  return result;
}
