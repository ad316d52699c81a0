import { introductionOf, isTemplated, listAt, placeOf, singleAt, type Place } from '../advice/effectivePlaces.ts';
import { effectiveAt, isPresent, type EffectiveContainer, type EffectiveElement } from '../merge/effective.ts';
import { presentContainers } from '../validation/effectiveError.ts';
import { readVaultArn } from '../vaultArn.ts';
import type { CentralVaultRequirement, OptInRequirement, Reason, Requirement, Requirements, RoleRequirement, VaultRequirement } from './requirement.ts';

/**
 * Roles, vaults and settings that an account needs for its effective policy, each with the values that ask for it.
 * Worked out once for a tree that accounts share. Source: organizations-api §5.4 to 5.6 [doc], common-mistakes D1 to D4 and D9.
 */
export function requirementsOf(tree: EffectiveContainer): Requirements {
  const known = remembered.get(tree);
  if (known !== undefined) return known;
  const found = new Collection();
  for (const plan of presentContainers(tree.children.get('plans'))) planRequirements(plan, found);
  const requirements = found.done();
  remembered.set(tree, requirements);
  return requirements;
}

/** Trees are immutable. */
const remembered = new WeakMap<EffectiveContainer, Requirements>();

type WithoutReasons<Kind> = Kind extends Requirement ? Omit<Kind, 'key' | 'reasons'> : never;

/** Requirements by what they are: the same thing asked for twice has both reasons. */
class Collection {
  readonly #items = new Map<string, { readonly item: WithoutReasons<Requirement>; readonly reasons: Map<string, Reason> }>();
  readonly #open: Reason[] = [];

  add(item: WithoutReasons<Requirement>, reasons: readonly Reason[]): void {
    const key = keyOf(item);
    const known = this.#items.get(key);
    const entry = known === undefined ? { item, reasons: new Map<string, Reason>() } : { item: united(known.item, item), reasons: known.reasons };
    for (const reason of reasons) entry.reasons.set(`${reason.place.uri} ${String(reason.place.span.start)} ${reason.path.join('/')}`, reason);
    this.#items.set(key, entry);
  }

  open(reason: Reason): void {
    this.#open.push(reason);
  }

  done(): Requirements {
    const items = [...this.#items].map(([key, { item, reasons }]): Requirement => ({ ...item, key, reasons: [...reasons.values()] }));
    return { items: items.toSorted((one, other) => order.indexOf(one.type) - order.indexOf(other.type)), open: this.#open };
  }
}

const order: readonly Requirement['type'][] = ['role', 'vault', 'centralVault', 'optIn'];

/** Names of roles are one name in any letter case; those of vaults are not. */
function keyOf(item: WithoutReasons<Requirement>): string {
  switch (item.type) {
    case 'role': return `role ${item.path}${item.name} ${item.use}`;
    case 'vault': return `vault ${item.region} ${item.name}${item.isAirGapped ? ' air-gapped' : ''}`;
    case 'centralVault': return `centralVault ${item.account} ${item.region} ${item.name}`;
    case 'optIn': return `optIn ${item.region}`;
  }
}

function united(known: WithoutReasons<Requirement>, item: WithoutReasons<Requirement>): WithoutReasons<Requirement> {
  if (known.type === 'role' && item.type === 'role') return { ...known, copiesTo: [...new Set([...known.copiesTo, ...item.copiesTo])] };
  if (known.type === 'optIn' && item.type === 'optIn') return { ...known, resourceTypes: [...new Set([...known.resourceTypes, ...item.resourceTypes])], isByTag: known.isByTag || item.isByTag };
  return known;
}

function planRequirements(plan: EffectiveContainer, found: Collection): void {
  const regions = listAt(plan, 'regions');
  tellOpen(plan, ['regions'], found);
  const copiesTo: string[] = [];
  for (const rule of presentContainers(plan.children.get('rules'))) {
    ruleVaults(plan, rule, regions, found);
    copiesTo.push(...copyVaults(rule, found));
  }
  const selections = [effectiveAt(plan, ['selections', 'tags']), effectiveAt(plan, ['selections', 'resources'])].flatMap((group) => presentContainers(group));
  for (const selection of selections) roleOf(selection, 'iam_role_arn', 'backup', copiesTo, found);
  const scan = effectiveAt(plan, ['scan_settings', 'GUARDDUTY']);
  if (scan?.kind === 'container' && isPresent(scan)) roleOf(scan, 'scanner_role_arn', 'scan', [], found);
  for (const region of regions) {
    const types = selections.flatMap((selection) => listAt(selection, 'resource_types'));
    const item: Omit<OptInRequirement, 'key' | 'reasons'> = { type: 'optIn', region: region.text, resourceTypes: [...new Set(types.map(({ text }) => text))], isByTag: selections.some((selection) => listAt(selection, 'resource_types').length === 0) };
    found.add(item, [reasonOf(region, [...plan.path, 'regions']), ...selections.flatMap((selection) => listAt(selection, 'resource_types').map((type) => reasonOf(type, [...selection.path, 'resource_types'])))]);
  }
}

function ruleVaults(plan: EffectiveContainer, rule: EffectiveContainer, regions: readonly EffectiveElement[], found: Collection): void {
  const vault = singleAt(rule, 'target_backup_vault_name');
  const airGapped = singleAt(rule, 'target_logically_air_gapped_backup_vault_arn');
  const airGappedArn = readVaultArn(airGapped?.text ?? '');
  tellOpen(rule, ['target_backup_vault_name'], found);
  tellOpen(rule, ['target_logically_air_gapped_backup_vault_arn'], found);
  for (const region of regions) {
    const where = reasonOf(region, [...plan.path, 'regions']);
    const partition = partitionOf(region.text);
    if (vault !== undefined) found.add(vaultItem(partition, region.text, vault.text, false), [reasonOf(vault, [...rule.path, 'target_backup_vault_name']), where]);
    if (airGapped !== undefined && airGappedArn !== undefined) {
      found.add(vaultItem(airGappedArn.partition, region.text, airGappedArn.vault, true), [reasonOf(airGapped, [...rule.path, 'target_logically_air_gapped_backup_vault_arn']), where]);
    }
  }
}

function vaultItem(partition: string, region: string, name: string, isAirGapped: boolean): Omit<VaultRequirement, 'key' | 'reasons'> {
  return { type: 'vault', partition, region, name, isAirGapped };
}

/** What the copies of a rule need. @returns ARNs of vaults in other accounts. */
function copyVaults(rule: EffectiveContainer, found: Collection): readonly string[] {
  const others: string[] = [];
  if (isTemplated(rule, 'copy_actions')) tellTemplated(rule, ['copy_actions'], found);
  for (const copy of presentContainers(rule.children.get('copy_actions'))) {
    tellOpen(copy, ['target_backup_vault_arn'], found);
    const element = singleAt(copy, 'target_backup_vault_arn');
    if (element === undefined) continue;
    const reason = reasonOf(element, [...copy.path, 'target_backup_vault_arn']);
    const arn = readVaultArn(element.text);
    if (arn === undefined) {
      found.open(reason);
      continue;
    }
    const { partition, region, account, vault: name } = arn;
    if (account === undefined) found.add(vaultItem(partition, region, name, false), [reason]);
    else {
      const item: Omit<CentralVaultRequirement, 'key' | 'reasons'> = { type: 'centralVault', partition, account, region, name };
      found.add(item, [reason]);
      others.push(element.text);
    }
  }
  return others;
}

const roleArn = /^arn:([^:]*):iam::[^:]*:role(\/(?:.*\/)?)([^/]+)$/i;

function roleOf(owner: EffectiveContainer, key: string, use: RoleRequirement['use'], copiesTo: readonly string[], found: Collection): void {
  tellOpen(owner, [key], found);
  const element = singleAt(owner, key);
  if (element === undefined) return;
  const reason = reasonOf(element, [...owner.path, key]);
  const [, partition, path, name] = roleArn.exec(element.text) ?? [];
  if (partition === undefined || path === undefined || name === undefined) found.open(reason);
  else {
    const item: Omit<RoleRequirement, 'key' | 'reasons'> = { type: 'role', partition, path, name, use, copiesTo: [...new Set(copiesTo)] };
    found.add(item, [reason]);
  }
}

/** Tells a value that a template fills in later. */
function tellOpen(owner: EffectiveContainer, path: readonly string[], found: Collection): void {
  const leaf = effectiveAt(owner, path);
  if (leaf === undefined || leaf.kind === 'container' || leaf.value === undefined) return;
  const elements = leaf.value.kind === 'single' ? [leaf.value.element] : leaf.value.elements;
  for (const element of elements) if (element.unknown) found.open(reasonOf(element, leaf.path));
}

function tellTemplated(owner: EffectiveContainer, path: readonly string[], found: Collection): void {
  const place = introductionOf(owner);
  const [first] = owner.contributors;
  if (place !== undefined && first !== undefined) found.open({ path: [...owner.path, ...path], place, origin: `${first.policy.name} at ${first.level.path}` });
}

function reasonOf(element: EffectiveElement, path: readonly string[]): Reason {
  const { policy, level } = element.origin.source;
  return { path, place: elementPlace(element), origin: `${policy.name} at ${level.path}` };
}

/** An unknown element has no text by which its place could be found. */
function elementPlace(element: EffectiveElement): Place {
  if (!element.unknown) return placeOf(element);
  const span = element.origin.values.find(({ unknown }) => unknown)?.span ?? element.origin.span;
  return { uri: element.origin.source.policy.uri, span: { start: span.start, end: span.end } };
}

/** Source: syntax §5.4 [doc]: Regions of China and of GovCloud have partitions of their own. */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
