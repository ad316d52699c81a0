import { expect, test } from 'vitest';
import { filteredOrganizations } from '../../../server/features/organizationFilter.ts';
import { entityViewOf } from '../../../server/features/organizationViews.ts';
import { modelUri } from '../organizations.ts';
import { guarded } from './guarded.ts';

const inCommerce = guarded({
  'a-year': { accounts: ['Root/Workloads/Prod/Commerce'], someRule: { plan: 'everyday', retentionDays: { atLeast: 400 } } },
  'five-weeks': { accounts: ['Root/Workloads/Prod'], someRule: { plan: 'everyday', retentionDays: { atLeast: 35 } } },
});

const failing = (key: string): unknown => entityViewOf(inCommerce, { organization: modelUri, key })?.failingGuardrails;

/** finance-prod meets no guardrail: its effective policy is invalid. */
test('the tree names the guardrails that are not met, with the accounts below', () => {
  expect(failing('Root/Workloads/Prod/Commerce/shop-prod')).toEqual([{ name: 'a-year', accounts: 1 }]);
  expect(failing('Root/Workloads/Prod')).toEqual([{ name: 'a-year', accounts: 2 }, { name: 'five-weeks', accounts: 1 }]);
  expect(failing('Root/Workloads/Prod/Data')).toEqual([]);
});

test('the filter of guardrails leaves those accounts and the way to them', () => {
  const { matching, accounts, organizations } = filteredOrganizations(inCommerce, { type: 'guardrails' });
  expect([matching, accounts]).toEqual([3, 18]);
  expect(organizations[0]?.keys).toHaveLength(8);
});
