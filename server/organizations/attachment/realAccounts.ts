import { complete, type OrganizationsApi } from '../api.ts';
import type { Entity } from '../../model/organization.ts';

/** OUs that are walked through at most: AWS answers five lists a second. Source: limits-and-errors §1 [doc]. */
const maximumUnits = 20;

/** The ids of the accounts at or below a target, as AWS has them; undefined below more OUs than can be read in some seconds. */
export async function realAccounts(api: OrganizationsApi, { kind, id }: Pick<Entity, 'kind' | 'id'>, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  if (id === undefined) return undefined;
  if (kind === 'account') return new Set([id]);
  const accounts = new Set<string>();
  const units = [id];
  for (let index = 0; index < units.length; index++) {
    if (units.length > maximumUnits) return undefined;
    const unit = units[index] ?? id;
    for (const account of await complete(api.listChildren(unit, 'ACCOUNT', { signal }))) accounts.add(account);
    units.push(...(await complete(api.listChildren(unit, 'ORGANIZATIONAL_UNIT', { signal }))));
  }
  return accounts;
}
