import type { FileChange } from '../../server/model/snapshot.ts';
import { accountText, guardrails, rootTexts, unitText } from './policyTexts.ts';

const folder = 'file:///organization';

/** The model file. */
export const modelUri = `${folder}/backup-organization.json`;
/** Attached to the root, so every account has them: policies of 1,000 and of 10,000 characters. */
export const rootPolicy = policyUri('root-0');
export const longRootPolicy = policyUri('root-1');
/** Attached to the last OU directly below the root, with fewer than 100 OUs below it. */
export const unitPolicy = policyUri('unit');
/** Attached to one OU with 20 accounts and nothing below, whatever the size of the organization. */
export const localPolicy = policyUri('local');
/** Attached to at most five accounts. */
export const leafPolicy = policyUri('account-0');

/** Of a hundred accounts so many have a policy of their own: what is attached to single accounts are exceptions. */
const exceptions = 2;
const accountsOfPolicy = 5;
const branching = 3;
const accountsOfLocalUnit = 20;
/** Policies that OUs of lower levels share: production, development, and the like. */
const sharedPolicies = 40;
/** Teams are of different sizes. */
const weights = [1, 2, 3, 5, 9];

interface Entity {
  readonly id?: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly organizationalUnits?: Entity[];
  readonly accounts?: readonly Entity[];
}

/**
 * An organization of this many accounts (100 and more) as its files, the same for the same number: an OU for every 20
 * accounts (10 to 2,000 OUs) in up to five levels, accounts in the OUs that have none below. Three policies are attached
 * to the root, one to each OU directly below it, one of forty to every third OU of the other levels, and one to two of
 * a hundred accounts.
 */
export function organizationOf(accounts: number): readonly FileChange[] {
  const policies = new Map(rootTexts.map((text, index) => [`root-${String(index)}`, text]));
  const count = Math.min(2_000, Math.max(10, Math.round(accounts / 20)));
  const first = Math.max(5, Math.ceil(count / 60));
  const firstLeaf = Math.ceil((count - first) / branching);
  const members = membersOf(accounts, count - firstLeaf);
  const units: Entity[] = [];
  let account = 0;
  const accountOf = (): Entity => {
    const at = account;
    account += 1;
    const own = at % (100 / exceptions) === 0 ? `account-${String(Math.floor(at / (100 / exceptions) / accountsOfPolicy))}` : undefined;
    if (own !== undefined) policies.set(own, accountText(policies.size));
    return { id: String(100_000_000_000 + at), name: `account-${String(at)}`, policies: own === undefined ? [] : [own] };
  };
  for (let index = 0; index < count; index++) {
    const attached = policyOfUnit(index, first, count);
    if (attached !== undefined) policies.set(attached, unitText(policies.size));
    const own = Array.from({ length: members[index - firstLeaf] ?? 0 }, accountOf);
    units.push({ name: `unit-${String(index)}`, policies: attached === undefined ? [] : [attached], organizationalUnits: [], accounts: own });
  }
  for (const [index, unit] of units.entries()) if (index >= first) units[Math.floor((index - first) / branching)]?.organizationalUnits?.push(unit);
  const model = {
    root: { name: 'Root', policies: rootTexts.map((_, index) => `root-${String(index)}`), organizationalUnits: units.slice(0, first), accounts: [accountOf()] },
    policies: Object.fromEntries([...policies.keys()].map((name) => [name, { file: `policies/${name}.json` }])),
  };
  return [
    { type: 'organization', uri: modelUri, text: JSON.stringify(model, undefined, 2) },
    ...[...policies].map(([name, text]): FileChange => ({ type: 'policy', uri: policyUri(name), text })),
    { type: 'guardrails', uri: `${folder}/backup-guardrails.json`, text: guardrails },
  ];
}

/** The last OU is the local one: the last of a level has no OU below. */
function policyOfUnit(index: number, first: number, count: number): string | undefined {
  if (index === count - 1) return 'local';
  if (index < first) return index === first - 1 ? 'unit' : `unit-${String(index)}`;
  return index % 3 === 0 ? `shared-${String(index % sharedPolicies)}` : undefined;
}

/** How many accounts each OU without OUs below has: all accounts but the one at the root, 20 of them in the last OU. */
function membersOf(accounts: number, units: number): readonly number[] {
  const spread = accounts - 1 - accountsOfLocalUnit;
  const shares = Array.from({ length: units - 1 }, (_, index) => weights[index % weights.length] ?? 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const members = shares.map((share) => Math.floor((spread * share) / whole));
  const rest = spread - members.reduce((sum, each) => sum + each, 0);
  return [...members.map((each, index) => (index < rest ? each + 1 : each)), accountsOfLocalUnit];
}

function policyUri(name: string): string {
  return `${folder}/policies/${name}.json`;
}
