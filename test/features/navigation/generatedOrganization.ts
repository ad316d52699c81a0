import * as fc from 'fast-check';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import { organization } from '../organizations.ts';

const names = ['a', 'A', 'b', 'B', 'c'];

/** A policy with plans of few names, so that policies meet often; each has one rule. */
const policy = fc.uniqueArray(fc.record({ plan: fc.constantFrom(...names), rule: fc.constantFrom(...names), days: fc.integer({ min: 1, max: 3 }), locked: fc.constantFrom(undefined, undefined, 'plan', 'days') }), { selector: ({ plan }) => plan.toLowerCase(), minLength: 1, maxLength: 2 }).map((plans) => ({
  plans: Object.fromEntries(plans.map(({ plan, rule, days, locked }) => [plan, {
    rules: {
      [rule]: { lifecycle: { delete_after_days: { '@@assign': String(days), ...(locked === 'days' ? { '@@operators_allowed_for_child_policies': ['@@none'] } : {}) } } },
      ...(locked === 'plan' ? { '@@operators_allowed_for_child_policies': ['@@none'] } : {}),
    },
  }])),
}));

/** The policies of a generated organization. */
export const policyNames = ['p', 'q', 'r', 's', 't'];
const attached = fc.uniqueArray(fc.constantFrom(...policyNames), { maxLength: 2 });
const twoLevels = fc.record({ root: attached, units: fc.array(fc.record({ own: attached, accounts: fc.array(attached, { minLength: 1, maxLength: 2 }) }), { minLength: 1, maxLength: 3 }) });

/** What one generated policy says: one or two plans with a rule each, in any letter case. */
export interface GeneratedPolicy {
  readonly plans: Readonly<Record<string, { readonly rules: Readonly<Record<string, unknown>> }>>;
}

/** Organizations of three levels whose five policies are attached anywhere, several times or not at all. */
export const generatedOrganization: fc.Arbitrary<{ readonly snapshot: Snapshot; readonly contents: readonly GeneratedPolicy[] }> = fc
  .tuple(twoLevels, fc.array(policy, { minLength: policyNames.length, maxLength: policyNames.length }))
  .map(([model, contents]) => ({
    contents,
    snapshot: organization({
      name: 'Root',
      policies: model.root,
      organizationalUnits: model.units.map(({ own, accounts }, index) => ({ name: `U${String(index)}`, policies: own, accounts: accounts.map((policies, account) => ({ name: `a${String(account)}`, policies })) })),
    }, Object.fromEntries(policyNames.map((name, index) => [name, contents[index] ?? {}]))),
  }));
