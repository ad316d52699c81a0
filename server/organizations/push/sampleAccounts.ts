import { below, findEntity, type Entity, type Organization } from '../../model/organization.ts';
import type { ImpactView } from '../../protocol.ts';

/** AWS's rates allow no more than a few questions for each account. */
const maximum = 3;

/**
 * The accounts that stand for the others when the outcome of a push is looked at: one of each group of the impact, the
 * worst first, else those below the first targets. Only accounts with an id.
 */
export function sampleAccounts(organization: Organization, { groups }: ImpactView, targets: readonly Entity[]): readonly Entity[] {
  const chosen = new Set<Entity>();
  for (const { accounts } of groups) {
    const account = accounts.map(({ target }) => findEntity(organization, target.key)).find((entity) => entity?.id !== undefined && /^\d{12}$/.test(entity.id));
    if (account !== undefined) chosen.add(account);
    if (chosen.size === maximum) return [...chosen];
  }
  for (const target of targets) {
    for (const entity of below(target)) {
      if (chosen.size === maximum) return [...chosen];
      if (entity.kind === 'account' && entity.id !== undefined && /^\d{12}$/.test(entity.id)) chosen.add(entity);
    }
  }
  return [...chosen];
}
