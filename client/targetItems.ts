import type { EntityKind, EntityView, TargetRef } from '../server/protocol.ts';
import { healthWords } from './targetHealth.ts';

/** A row of a quick pick over the organization. */
export interface TargetItem {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly entity: EntityView;
}

/** Codicons by kind of target. */
export const kindIcons: Readonly<Record<EntityKind, string>> = { root: 'organization', organizationalUnit: 'layers', account: 'account' };

const kindNames: Readonly<Record<EntityKind, string>> = { root: 'root', organizationalUnit: 'organizational unit', account: 'account' };

/** A kind of target in words. */
export function kindName(kind: EntityKind): string {
  return kindNames[kind];
}

/** Rows for targets: name, id and path can be searched; what is wrong with an account is said in words. */
export function targetItems(entities: readonly EntityView[]): readonly TargetItem[] {
  return entities.map((entity) => {
    const policies = entity.policies.map((policy) => policy.name).join(', ');
    const health = entity.kind === 'account' || entity.errors.length > 0 ? healthWords(entity).join(', ') : '';
    const detail = [health, policies === '' ? '' : `attached: ${policies}`].filter((part) => part !== '').join(' · ');
    return {
      label: `$(${kindIcons[entity.kind]}) ${entity.name}`,
      description: [entity.path, entity.id].filter((part) => part !== undefined && part !== entity.name).join('  '),
      ...(detail === '' ? {} : { detail }),
      entity,
    };
  });
}

/** What the search box for targets says; `attached` counts those that are not offered. */
export function attachPlaceholder(attached: number): string {
  const search = 'Search by name, id or path; select one or more';
  if (attached === 0) return search;
  return `${search}. ${attached === 1 ? 'One target has' : `${String(attached)} targets have`} it already.`;
}

/** Splits rows into the last used ones, the newest first, and the others. */
export function recentFirst(items: readonly TargetItem[], recent: readonly TargetRef[]): { readonly recent: readonly TargetItem[]; readonly others: readonly TargetItem[] } {
  const last = recent.flatMap((target) => items.find((item) => sameTarget(item.entity.target, target)) ?? []);
  return { recent: last, others: items.filter((item) => !last.includes(item)) };
}

/** True for two references to one target. */
export function sameTarget(left: TargetRef, right: TargetRef): boolean {
  return left.organization === right.organization && left.key === right.key;
}
