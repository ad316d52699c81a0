import { introductionOf, isTemplated, listAt, singleAt } from '../advice/effectivePlaces.ts';
import type { EffectiveContainer, EffectiveElement } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { readVaultArn } from '../vaultArn.ts';
import { introducer, setBy } from './breachPlaces.ts';
import type { CopyRequirements } from './guardrail.ts';
import { retentionBreaches } from './retentionBreaches.ts';
import type { Breach } from './verdict.ts';
import { matchesWildcards } from './wildcards.ts';

/** A rule of an effective policy. */
export interface JudgedRule {
  readonly plan: EffectiveContainer;
  readonly rule: EffectiveContainer;
  /** The id of the account, when one of the policy's copies may go to it. */
  readonly account: string | undefined;
}

/** Where a copy goes. Source: syntax §3.3: `$account` stands for the account of the original. */
interface Destination {
  readonly element: EffectiveElement;
  readonly region: string;
  /** Undefined for the account of the original. */
  readonly account: string | undefined;
  readonly vault: string;
}

/** What the copies of a rule do not meet: nothing when, for each Region that asks for it, one copy meets all. */
export function copyBreaches(judged: JudgedRule, requirements: CopyRequirements): readonly Breach[] {
  const { plan, rule } = judged;
  const copies = presentContainers(rule.children.get('copy_actions'));
  if (isTemplated(rule, 'copy_actions') || copies.some((copy) => destinationOf(copy) === undefined)) return [];
  if (copies.length === 0) {
    return [{ requirement: 'copies', expected: wantedCopy(requirements), actual: 'makes no copy', path: [...rule.path, 'copy_actions'], place: introductionOf(rule), origin: introducer(rule), isMissing: true }];
  }
  const regions = requirements.toAnotherRegion ? listAt(plan, 'regions').map(({ text }) => text) : [undefined];
  for (const region of regions) {
    const closest = copies.map((copy) => oneCopyBreaches(judged, copy, requirements, region)).reduce((best, each) => (each.length < best.length ? each : best));
    if (closest.length > 0) return closest;
  }
  return [];
}

/** @param region that of the original; undefined when it does not matter. */
function oneCopyBreaches({ account }: JudgedRule, copy: EffectiveContainer, requirements: CopyRequirements, region: string | undefined): readonly Breach[] {
  const destination = destinationOf(copy);
  if (destination === undefined) return [];
  const breaches: Breach[] = [];
  const target = (expected: string, actual: string): void => {
    breaches.push({ requirement: 'copies', expected, actual, path: [...copy.path, 'target_backup_vault_arn'], ...setBy(destination.element) });
  };
  if (region !== undefined && destination.region === region) target('to another Region', `what is backed up in ${region} is copied to ${region}`);
  if (requirements.toAnotherAccount && (destination.account === undefined || destination.account === account)) target('to another account', 'copied to a vault of the same account');
  const vaults = requirements.toVaults;
  if (vaults !== undefined && !vaults.some((vault) => vault === destination.vault || matchesWildcards(vault, destination.element.text))) target(`to ${vaults.join(' or ')}`, `copied to ${destination.element.text}`);
  const kept = requirements.retentionDays === undefined ? [] : retentionBreaches(copy, requirements.retentionDays, 'copies');
  return [...breaches, ...kept.map((breach) => ({ ...breach, actual: `the copy is ${breach.actual}` }))];
}

function wantedCopy({ toAnotherRegion, toAnotherAccount, toVaults }: CopyRequirements): string {
  const places = [toAnotherRegion ? 'another Region' : '', toAnotherAccount ? 'another account' : '', toVaults?.join(' or ') ?? ''].filter((place) => place !== '');
  return places.length === 0 ? 'a copy' : `a copy to ${places.join(' and ')}`;
}

/** Copies to Regions that are not allowed. */
export function copyRegionBreaches({ rule }: JudgedRule, only: readonly string[]): readonly Breach[] {
  return presentContainers(rule.children.get('copy_actions')).flatMap((copy): readonly Breach[] => {
    const destination = destinationOf(copy);
    if (destination === undefined || only.includes(destination.region)) return [];
    return [{ requirement: 'copyRegions', expected: `only to ${only.join(', ')}`, actual: `copied to ${destination.region}`, path: [...copy.path, 'target_backup_vault_arn'], ...setBy(destination.element) }];
  });
}

/** Undefined for a vault that a template fills in later, or that is not written as AWS writes it. */
function destinationOf(copy: EffectiveContainer): Destination | undefined {
  const element = singleAt(copy, 'target_backup_vault_arn');
  const arn = readVaultArn(element?.text ?? '');
  return element === undefined || arn === undefined ? undefined : { element, region: arn.region, account: arn.account, vault: arn.vault };
}

/** The ids of accounts that copies of an effective policy go to: only for them it matters whose policy it is. */
export function copyAccounts(tree: EffectiveContainer): ReadonlySet<string> {
  const known = remembered.get(tree);
  if (known !== undefined) return known;
  const rules = presentContainers(tree.children.get('plans')).flatMap((plan) => presentContainers(plan.children.get('rules')));
  const copies = rules.flatMap((rule) => presentContainers(rule.children.get('copy_actions')));
  const accounts = new Set(copies.flatMap((copy) => destinationOf(copy)?.account ?? []));
  remembered.set(tree, accounts);
  return accounts;
}

/** Derived from immutable trees that accounts share. */
const remembered = new WeakMap<EffectiveContainer, ReadonlySet<string>>();
