import { URI, Utils } from 'vscode-uri';
import { effectiveAt, isPresent, type EffectiveContainer } from '../core/merge/effective.ts';
import { finished, type Steps } from '../core/steps.ts';
import { entitiesOf, type Entity, type Organization } from '../model/organization.ts';
import { effectiveOf, type Snapshot } from '../model/snapshot.ts';
import type { AccountHealth, CoverageCellView, CoverageGroupView, OrganizationCoverageView } from '../protocol.ts';
import { organizationHealth } from './accountHealth.ts';
import { documentOf } from './diagnostics.ts';
import { rangeOf } from './ranges.ts';
import { planCoverage } from './coverageCell.ts';

const worstFirst: readonly AccountHealth[] = ['unprotected', 'invalid', 'warned', 'protected'];

/**
 * Which plans reach which accounts, of every model. Accounts that get the same stand together; work is done once for
 * each effective policy, not for each account.
 */
export function coverage(snapshot: Snapshot): readonly OrganizationCoverageView[] {
  return finished(coverageSteps(snapshot));
}

/** The same in steps. */
export function* coverageSteps(snapshot: Snapshot): Steps<readonly OrganizationCoverageView[]> {
  const views: OrganizationCoverageView[] = [];
  for (const organization of snapshot.organizations.values()) views.push(yield* organizationCoverageSteps(snapshot, organization));
  return views;
}

/** The coverage of one model. */
export function organizationCoverage(snapshot: Snapshot, organization: Organization): OrganizationCoverageView {
  return finished(organizationCoverageSteps(snapshot, organization));
}

function* organizationCoverageSteps(snapshot: Snapshot, organization: Organization): Steps<OrganizationCoverageView> {
  const health = organizationHealth(snapshot, organization).accounts;
  const byTree = new Map<EffectiveContainer, { readonly health: AccountHealth; readonly accounts: Entity[] }>();
  yield;
  for (const account of entitiesOf(organization)) {
    yield;
    const state = health.get(account);
    if (state === undefined) continue;
    const { tree } = effectiveOf(snapshot, organization, account);
    const group = byTree.get(tree);
    if (group === undefined) byTree.set(tree, { health: state, accounts: [account] });
    else group.accounts.push(account);
  }
  const plans = planNames(byTree.keys());
  const groups = new Map<string, { readonly health: AccountHealth; readonly cells: readonly (CoverageCellView | null)[]; readonly accounts: Entity[] }>();
  for (const [tree, { health: state, accounts }] of byTree) {
    yield;
    const cells = [...plans.keys()].map((plan) => cellOf(snapshot, tree, plan));
    const key = JSON.stringify([state, cells]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { health: state, cells, accounts });
    else group.accounts.push(...accounts);
  }
  const order = [...groups.values()].sort((left, right) => worstFirst.indexOf(left.health) - worstFirst.indexOf(right.health));
  const shown: CoverageGroupView[] = [];
  for (const { health: state, cells, accounts } of order) {
    yield;
    shown.push({ health: state, cells, accounts: accounts.map((account) => accountView(organization, account)) });
  }
  const counted = [...health.values()];
  return {
    uri: organization.uri,
    name: organization.root?.name ?? Utils.basename(URI.parse(organization.uri)),
    accounts: counted.length,
    unprotected: counted.filter((state) => state === 'unprotected').length,
    invalid: counted.filter((state) => state === 'invalid').length,
    plans: [...plans.values()],
    groups: shown,
  };
}

/** Names of plans by their key. Source: AWS compares names without letter case, ARCHITECTURE.md, "Decisions". */
function planNames(trees: Iterable<EffectiveContainer>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const tree of trees) {
    const plans = effectiveAt(tree, ['plans']);
    if (plans?.kind !== 'container') continue;
    for (const [key, plan] of plans.children) if (isPresent(plan) && !names.has(key)) names.set(key, plan.name);
  }
  return names;
}

function cellOf(snapshot: Snapshot, tree: EffectiveContainer, plan: string): CoverageCellView | null {
  const node = effectiveAt(tree, ['plans', plan]);
  if (node?.kind !== 'container' || !isPresent(node)) return null;
  const { cell, place } = planCoverage(node);
  const document = place === undefined ? undefined : documentOf(snapshot, place.uri);
  return place === undefined || document === undefined ? cell : { ...cell, location: { uri: place.uri, range: rangeOf(document, place.span) } };
}

function accountView(organization: Organization, { key, name, path, id }: Entity): CoverageGroupView['accounts'][number] {
  return { target: { organization: organization.uri, key }, name, path, ...(id === undefined ? {} : { id }) };
}
