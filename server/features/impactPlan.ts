import type { AccountImpact } from '../core/plan/accountImpact.ts';
import { compareGrades } from '../core/plan/grade.ts';
import { finished, type Steps } from '../core/steps.ts';
import type { Entity, Organization } from '../model/organization.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { comparedAccounts, type ComparedAccount } from './impactComparer.ts';

/** Accounts of one organization for which a change means the same. */
export interface ImpactGroup extends AccountImpact {
  /** As it stands after the change. */
  readonly organization: Organization;
  /** As they stand after the change, in the order of the model. */
  readonly accounts: readonly Entity[];
}

/** What a change means for every account, the worst first. Accounts that get the same as before are left out. */
export interface ImpactPlan {
  readonly groups: readonly ImpactGroup[];
  /** Accounts that were compared. */
  readonly accounts: number;
}

/** Compares what accounts get in two snapshots. An account is known by its id, without one by its path of names. */
export function impactPlan(before: Snapshot, after: Snapshot): ImpactPlan {
  return finished(impactPlanSteps(before, after));
}

/** The same in steps. */
export function impactPlanSteps(before: Snapshot, after: Snapshot): Steps<ImpactPlan> {
  return groupedImpactSteps(comparedAccounts(before, after));
}

/** Puts accounts with the same impact together, the worst and then the largest group first. */
export function groupedImpact(compared: Iterable<ComparedAccount>): ImpactPlan {
  return finished(groupedImpactSteps(compared));
}

function* groupedImpactSteps(compared: Iterable<ComparedAccount>): Steps<ImpactPlan> {
  const groups = new Map<string, { readonly organization: Organization; readonly impact: AccountImpact; readonly accounts: Entity[] }>();
  const signatures = new Map<AccountImpact, string>();
  let accounts = 0;
  for (const { organization, account, impact } of compared) {
    accounts++;
    yield;
    if (impact === undefined) continue;
    const said = signatures.get(impact) ?? signature(impact);
    signatures.set(impact, said);
    const key = `${organization.uri}\n${said}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { organization, impact, accounts: [account] });
    else group.accounts.push(account);
  }
  const list = [...groups.values()].map(({ organization, impact, accounts: members }): ImpactGroup => ({ ...impact, organization, accounts: members }));
  return { groups: list.sort((left, right) => compareGrades(right.grade, left.grade) || right.accounts.length - left.accounts.length), accounts };
}

function signature({ grade, changes, errors, staysInvalid }: AccountImpact): string {
  return JSON.stringify([grade, staysInvalid, changes, errors.map(({ code, message, path }) => [code, message, path])]);
}
