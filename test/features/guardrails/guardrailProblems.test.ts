import { describe, expect, test } from 'vitest';
import { guardrailProblems } from '../../../server/features/guardrails/guardrailProblems.ts';
import { diagnosticsOf } from '../../../server/features/diagnostics.ts';
import { policyProblems, workspaceProblems } from '../../../server/features/workspaceProblems.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import { sampleOrganization } from '../organizations.ts';
import { fileOf, guarded, guardrailsUri } from './guarded.ts';

const nonprod = 'file:///project/backup-policies/nonprod.json';
const ninety = { someRule: { plan: 'everyday', retentionDays: { atLeast: 90 } } };

const problemsOf = (snapshot: Snapshot) => guardrailProblems(snapshot).get(guardrailsUri) ?? [];

/** Rule, underlined text and path of each problem of a guardrails file. */
function found(text: string): readonly (readonly [string, string, string])[] {
  return problemsOf(guarded(text)).map(({ rule, span, path }) => [rule, text.slice(span.start, span.end), path.join('/')]);
}

/** A file with one guardrail of this content. */
const one = (content: string): string => `{ "guardrails": { "g": { ${content} } } }`;
const met = '"accounts": ["Root"], "everyRule": { "retentionDays": { "atLeast": 1 } }';
const some = (content: string): string => one(`"accounts": ["Root/Workloads/Prod/Data"], "someRule": { ${content} }`);

type Row = readonly [title: string, rule: string, wrong: string, underlined: string, path: string, right: string];

const rows: readonly Row[] = [
  ['an empty file', 'guardrail-syntax', '', '', '', '{ "guardrails": {} }'],
  ['a missing comma', 'guardrail-syntax', '{ "guardrails": { "a": {} "b": {} } }', '"b"', '', '{ "guardrails": {} }'],
  ['a comment', 'guardrail-syntax', '{ /* why */ "guardrails": {} }', '/* why */', '', '{ "guardrails": {} }'],
  ['a text that is no object', 'guardrail-schema', '[]', '[', '', '{ "guardrails": {} }'],
  ['missing guardrails', 'guardrail-schema', '{}', '{', '', '{ "guardrails": {} }'],
  ['a misspelt key', 'guardrail-schema', one('"acounts": ["Root"], "accounts": ["Root"], "validEffectivePolicy": true, "except": ["**/finance-prod"]'), '"acounts"', 'guardrails/g/acounts', one(met.replace('Root', 'Root/Security'))],
  ['a guardrail that asks for nothing', 'guardrail-schema', one('"accounts": ["Root"]'), '{', 'guardrails/g', one('"accounts": ["Root/Security"], "validEffectivePolicy": true')],
  ['a guardrail without accounts', 'guardrail-schema', one('"validEffectivePolicy": true'), '{', 'guardrails/g', one('"accounts": ["Root/Security"], "validEffectivePolicy": true')],
  ['an empty list', 'guardrail-schema', one('"accounts": [], "validEffectivePolicy": true'), '[', 'guardrails/g/accounts', one('"accounts": ["Root/Security"], "validEffectivePolicy": true')],
  ['an unknown level', 'guardrail-schema', one('"accounts": ["Root/Security"], "level": "hint", "validEffectivePolicy": true'), '"hint"', 'guardrails/g/level', one('"accounts": ["Root/Security"], "level": "info", "validEffectivePolicy": true')],
  ['days in quotes', 'guardrail-schema', some('"retentionDays": { "atLeast": "35" }'), '"35"', 'guardrails/g/someRule/retentionDays/atLeast', some('"retentionDays": { "atLeast": 35 }')],
  ['half a day', 'guardrail-schema', some('"retentionDays": { "atLeast": 1.5 }'), '1.5', 'guardrails/g/someRule/retentionDays/atLeast', some('"retentionDays": { "atLeast": 2 }')],
  ['no day', 'guardrail-schema', some('"retentionDays": { "atLeast": 0 }'), '0', 'guardrails/g/someRule/retentionDays/atLeast', some('"retentionDays": { "atLeast": 1 }')],
  ['no hour', 'guardrail-schema', some('"hoursBetweenBackups": { "atMost": 0 }, "plan": "everyday", "retentionDays": { "atLeast": 1 }').replace('"atMost": 0', '"atMost": -1'), '-1', 'guardrails/g/someRule/hoursBetweenBackups/atMost', some('"hoursBetweenBackups": { "atMost": 24 }')],
  ['bounds without a number', 'guardrail-schema', some('"retentionDays": {}'), '{', 'guardrails/g/someRule/retentionDays', some('"retentionDays": { "atMost": 365 }')],
  ['a Region by its name', 'guardrail-schema', one('"accounts": ["Root/Security"], "everyRule": { "copyRegions": { "only": ["Ireland"] } }'), '"Ireland"', 'guardrails/g/everyRule/copyRegions/only/0', one('"accounts": ["Root/Security"], "everyRule": { "copyRegions": { "only": ["eu-west-1"] } }')],
  ['half a tag', 'guardrail-schema', one('"accounts": ["Root/Security"], "resources": { "tag": { "key": "a" } }, "validEffectivePolicy": true'), '{', 'guardrails/g/resources/tag', one('"accounts": ["Root/Security"], "resources": { "tag": { "key": "a", "value": "" } }, "validEffectivePolicy": true')],
  ['a name that stands twice', 'guardrail-duplicate', `{ "guardrails": { "g": { "accounts": ["Root/Security"], "validEffectivePolicy": true }, "g": {} } }`, '"g"', 'guardrails/g', '{ "guardrails": { "g": { "accounts": ["Root/Security"], "validEffectivePolicy": true } } }'],
  ['a model that is not there', 'guardrail-no-model', '{ "organization": "gone.json", "guardrails": {} }', '"gone.json"', 'organization', '{ "organization": "backup-organization.json", "guardrails": {} }'],
  ['a path that leads nowhere', 'guardrail-no-account', one('"accounts": ["Root/Workload/Prod"], "validEffectivePolicy": true'), '"Root/Workload/Prod"', 'guardrails/g/accounts/0', one('"accounts": ["Root/Security"], "validEffectivePolicy": true')],
  ['a pattern without an account', 'guardrail-no-account', one('"accounts": ["Root/Workloads/*"], "validEffectivePolicy": true'), '"Root/Workloads/*"', 'guardrails/g/accounts/0', one('"accounts": ["Root/Security/*"], "validEffectivePolicy": true')],
  ['an exception without an account', 'guardrail-no-account', one('"accounts": ["Root/Security"], "except": ["log-archive"], "validEffectivePolicy": true'), '"log-archive"', 'guardrails/g/except/0', one('"accounts": ["Root/Security"], "except": ["555566667777"], "validEffectivePolicy": true')],
  ['exceptions that leave nothing', 'guardrail-no-account', one('"accounts": ["Root/Security"], "except": ["**"], "validEffectivePolicy": true'), '"g"', 'guardrails/g', one('"accounts": ["Root/Security"], "except": ["555566667777"], "validEffectivePolicy": true')],
];

describe('a guardrails file', () => {
  test.each(rows)('has a problem with %s', (_title, rule, wrong, underlined, path, right) => {
    expect(found(wrong)).toContainEqual([rule, underlined, path]);
    expect(found(wrong).filter((problem) => problem[0] !== 'guardrail-not-met')).toHaveLength(1);
    expect(found(right)).toEqual([]);
  });

  test('proposes what was meant', () => {
    const messages = problemsOf(guarded(one('"accounts": ["Root/Workload/Prod"], "someRul": {}, "validEffectivePolicy": true'))).map(({ message }) => message).join('\n');
    expect(messages).toContain('Did you mean "Root/Workloads/Prod"?');
    expect(messages).toContain('Did you mean "someRule"?');
  });

  test('without a model above it is not checked, and says so', () => {
    const snapshot = guarded(one(met), undefined, 'file:///elsewhere/backup-guardrails.json');
    expect(guardrailProblems(snapshot).get('file:///elsewhere/backup-guardrails.json')?.map(({ rule }) => rule)).toEqual(['guardrail-no-model']);
  });
});

describe('a guardrail that is not met', () => {
  const snapshot = guarded({ long: { description: 'Auditors ask for it', level: 'warning', accounts: ['Root/Workloads/NonProd', 'Root/Workloads/Prod/Commerce'], ...ninety } });
  const [problem] = problemsOf(snapshot);
  const lines = (policyProblems(snapshot).get(nonprod) ?? []).filter(({ rule }) => rule === 'guardrail-not-met');

  test('has a problem at its name that tells accounts, plan, rule, value and who set it', () => {
    expect(problemsOf(snapshot)).toHaveLength(1);
    expect(problem).toMatchObject({ rule: 'guardrail-not-met', level: 'warning', path: ['guardrails', 'long'] });
    expect(problem?.message).toBe('"long" is not met by 4 of 7 accounts: Root/Workloads/NonProd/Staging/shop-staging, Root/Workloads/NonProd/Staging/orders-staging, Root/Workloads/NonProd/Development/shop-dev, Root/Workloads/NonProd/Development/data-dev. Root/Workloads/NonProd/Staging/shop-staging: the rule "daily" of the plan "everyday" comes closest: kept for 7 days (nonprod at Root/Workloads/NonProd), not 90 days or more. Change what the policies say, or what the guardrail asks for.');
    expect(problem?.related?.map(({ uri }) => uri)).toEqual([nonprod]);
  });

  test('has one at the line that breaks it, which leads back', () => {
    expect(lines).toHaveLength(1);
    const [line] = lines;
    const text = snapshot.policies.get(nonprod)?.document.text ?? '';
    expect(text.slice(line?.span.start, line?.span.end)).toBe('"7"');
    expect(line?.message).toContain('The guardrail "long" is not met by 4 accounts, ');
    expect(line?.message).toMatch(/ It says: Auditors ask for it\.$/);
    expect(line?.related).toEqual([{ uri: guardrailsUri, span: { start: 24, end: 30 }, message: 'the guardrail "long"' }]);
  });

  test('has the level that it asks for, unless the rule has another', () => {
    const severities = (levels: Parameters<typeof diagnosticsOf>[3]) => diagnosticsOf(snapshot, fileOf(snapshot).document, problemsOf(snapshot), levels).map(({ severity }) => severity);
    expect(severities({})).toEqual([2]);
    expect(severities({ 'guardrail-not-met': 'info' })).toEqual([3]);
    expect(severities({ 'guardrail-not-met': 'off' })).toEqual([]);
  });

  test('changes nothing else that is said', () => {
    const before = workspaceProblems(sampleOrganization(), new Set());
    const after = workspaceProblems(snapshot, new Set());
    for (const [uri, problems] of before) expect(after.get(uri)?.filter(({ rule }) => rule !== 'guardrail-not-met')).toEqual(problems);
  });

  test('because of an invalid policy has no second problem beside AWS\'s own', () => {
    const invalid = guarded({ valid: { accounts: ['**'], validEffectivePolicy: true } });
    expect(problemsOf(invalid)[0]?.related?.map(({ uri }) => uri)).toEqual(['file:///project/backup-policies/finance-ledger.json']);
    expect([...policyProblems(invalid).values()].flat().filter(({ rule }) => rule === 'guardrail-not-met')).toEqual([]);
  });
});
