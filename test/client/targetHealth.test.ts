import { describe, expect, test } from 'vitest';
import { filterMessage, isShownBy, textFilter } from '../../client/organizationFilter.ts';
import { healthBadge, healthSentences, healthWords } from '../../client/targetHealth.ts';
import type { EntityView } from '../../server/protocol.ts';

const start = { line: 0, character: 0 };
const unit: EntityView = { target: { organization: 'file:///o.json', key: 'ou-1' }, kind: 'organizationalUnit', name: 'Prod', path: 'Root/Prod', policies: [], hasChildren: true, accounts: 9, errors: [], warnings: 0, invalidAccounts: 0, unprotectedAccounts: 0, warnedAccounts: 0, failingGuardrails: [], location: { uri: 'file:///o.json', range: { start, end: start } } };
const account: EntityView = { ...unit, kind: 'account', name: 'shop', health: 'protected', accounts: 1 };

describe('a row of the organization', () => {
  test.each<readonly [Partial<EntityView>, readonly string[]]>([
    [{}, []],
    [{ invalidAccounts: 2 }, ['2 invalid below']],
    [{ invalidAccounts: 2, unprotectedAccounts: 1, warnedAccounts: 3 }, ['2 invalid', '1 unprotected', '3 with warnings below']],
    [{ errors: ['X: y'] }, ['invalid effective policy']],
    [{ invalidAccounts: 2, failingGuardrails: [{ name: 'gold', accounts: 2 }] }, ['2 invalid below', '1 guardrail not met']],
    [{ failingGuardrails: [{ name: 'gold', accounts: 2 }, { name: 'copies', accounts: 1 }] }, ['2 guardrails not met']],
  ])('of an OU with %o says %o', (more, words) => {
    expect(healthWords({ ...unit, ...more })).toEqual(words);
  });

  test.each<readonly [Partial<EntityView>, string, RegExp]>([
    [{ health: 'unprotected' }, 'no backup plan', /^No backup plan reaches this account/],
    [{ health: 'warned', warnings: 1 }, '1 warning', /is 1 warning about/],
    [{ health: 'warned', warnings: 2 }, '2 warnings', /are 2 warnings about/],
    [{ health: 'invalid', errors: ['X: y'] }, 'invalid effective policy', /^AWS withholds its effective policy\. X: y$/],
  ])('of an account with %o says "%s"', (more, words, sentence) => {
    expect(healthWords({ ...account, ...more })).toEqual([words]);
    expect(healthSentences({ ...account, ...more }).join(' ')).toMatch(sentence);
  });

  test('names the guardrails that an account, or accounts below an OU, do not meet', () => {
    const failingGuardrails = [{ name: 'gold', accounts: 1 }];
    expect(healthSentences({ ...account, failingGuardrails })).toEqual(['It does not meet the guardrail "gold".']);
    expect(healthSentences({ ...unit, failingGuardrails })).toEqual(['1 account below does not meet the guardrail "gold".']);
    expect(healthSentences({ ...unit, failingGuardrails: [{ name: 'gold', accounts: 2 }] })).toEqual(['2 accounts below do not meet the guardrail "gold".']);
  });

  test('says nothing of an account with nothing wrong', () => {
    expect([healthWords(account), healthSentences(account)]).toEqual([[], []]);
  });
});

test('the badge counts invalid accounts, and tells of those without a plan', () => {
  expect(healthBadge([unit])).toBeUndefined();
  expect(healthBadge([{ ...unit, unprotectedAccounts: 3 }])).toBeUndefined();
  expect(healthBadge([{ ...unit, invalidAccounts: 1 }, { ...unit, invalidAccounts: 2, unprotectedAccounts: 1 }])).toEqual({ value: 3, tooltip: '3 accounts have an invalid effective policy; 1 gets no backup plan' });
});

test('a filter says what it leaves and how to see everything', () => {
  const left = { organizations: [{ uri: 'file:///o.json', keys: ['ou-1', '__proto__'] }], matching: 2, accounts: 18 };
  expect(filterMessage(textFilter('shop'), left)).toBe('Filter on: 2 of 18 accounts that match "shop". "Clear Organization Filter" shows all.');
  const isShown = isShownBy(left);
  expect([isShown(unit.target), isShown({ ...unit.target, key: 'ou-2' }), isShown({ ...unit.target, organization: 'file:///p.json' })]).toEqual([true, false, false]);
});
