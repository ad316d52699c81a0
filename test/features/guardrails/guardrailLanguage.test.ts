import { describe, expect, test } from 'vitest';
import { completion } from '../../../server/features/completion/completion.ts';
import { guardrailLenses } from '../../../server/features/guardrails/guardrailLenses.ts';
import { guardrailDefinition, guardrailLinks } from '../../../server/features/guardrails/guardrailLinks.ts';
import { guardrailSymbols } from '../../../server/features/guardrails/guardrailSymbols.ts';
import { hover } from '../../../server/features/hover/hover.ts';
import { cursorIn, expanded } from '../cursor.ts';
import { modelUri } from '../organizations.ts';
import { fileOf, guarded, guardrailsUri } from './guarded.ts';

function offered(marked: string) {
  const { text, position } = cursorIn(marked);
  return completion(guarded(text), { uri: guardrailsUri, position, chosen: undefined, snippets: true });
}

const labels = (marked: string): readonly string[] => offered(marked).map(({ label }) => label);

describe('completion in a guardrails file', () => {
  test.each([
    ['keys of the file', '{ "|" }', ['$schema', 'organization', 'guardrails']],
    ['keys of a guardrail', '{ "guardrails": { "g": { "level": "info", "|" } } }', ['description', 'accounts', 'except', 'resources', 'someRule', 'everyRule', 'validEffectivePolicy']],
    ['requirements', '{ "guardrails": { "g": { "someRule": { "|" } } } }', ['plan', 'rule', 'retentionDays', 'hoursBetweenBackups', 'regions', 'vaults', 'copies', 'copyRegions', 'continuousBackup']],
    ['levels', '{ "guardrails": { "g": { "level": "|" } } }', ['error', 'warning', 'info']],
    ['bounds', '{ "guardrails": { "g": { "everyRule": { "retentionDays": { "|" } } } } }', ['atLeast', 'atMost']],
    ['templates of guardrails', '{ "guardrails": { "|" } }', ['Retention of tagged resources', 'Copy to another Region and account', 'Only these Regions', 'Valid effective policies']],
    ['values of the tag', '{ "guardrails": { "g": { "resources": { "tag": { "key": "backup-tier", "value": "|" } } } } }', ['silver', 'bronze', 'gold']],
    ['plans', '{ "guardrails": { "g": { "someRule": { "plan": "|" } } } }', ['databases', 'everyday', 'point-in-time', 'warehouse']],
    ['rules', '{ "guardrails": { "g": { "someRule": { "rule": "|" } } } }', ['continuous', 'daily', 'monthly', 'nightly', 'weekly']],
    ['models', '{ "organization": "|" }', ['backup-organization.json']],
  ])('offers %s', (_title, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  test.each([
    ['accounts', '{ "guardrails": { "g": { "accounts": ["|"] } } }', ['**', 'Root', 'Root/Workloads/Prod', 'Root/Workloads/Prod/Commerce/shop-prod']],
    ['exceptions', '{ "guardrails": { "g": { "except": ["Root", "|"] } } }', ['**', 'Root/Workloads/Prod']],
    ['tag keys', '{ "guardrails": { "g": { "resources": { "tag": { "key": "|" } } } } }', ['backup-tier']],
    ['vaults', '{ "guardrails": { "g": { "someRule": { "vaults": { "only": ["|"] } } } } }', ['company-vault', 'central-vault']],
    ['Regions', '{ "guardrails": { "g": { "someRule": { "regions": { "only": ["|"] } } } } }', ['eu-west-1', 'us-east-1']],
    ['resource types', '{ "guardrails": { "g": { "resources": { "type": "|" } } } }', ['arn:aws:rds:*:*:db:*']],
  ])('offers %s of the workspace', (_title, marked, expected) => {
    expect(labels(marked)).toEqual(expect.arrayContaining(expected));
    expect(labels('{ "guardrails": { "g": { "except": ["Root", "|"] } } }')).not.toContain('Root');
  });

  test('writes a template that is a sound guardrail', () => {
    const item = offered('{ "guardrails": { "|" } }').find(({ label }) => label === 'Only these Regions');
    const text = `{ "guardrails": { ${expanded(item?.textEdit?.newText ?? '').replaceAll('|', '')} } }`;
    expect(fileOf(guarded(text)).guardrails).toMatchObject([{ name: 'data-residency', everyRule: { regions: { only: ['eu-west-1'] }, copyRegions: ['eu-west-1'] } }]);
  });
});

const broken = { long: { description: 'For *auditors*.', accounts: ['Root/Workloads/NonProd', 'Root/Workloads/Prod/Commerce'], resources: { tag: { key: 'backup-tier', value: 'silver' } }, someRule: { retentionDays: { atLeast: 30 } } }, met: { accounts: ['Root/Security'], validEffectivePolicy: true }, none: { accounts: ['Root/Nowhere'], validEffectivePolicy: true } };
const snapshot = guarded(broken);
const file = fileOf(snapshot);

function hovered(word: string): string {
  const offset = file.document.text.indexOf(`"${word}"`) + 1;
  const before = file.document.text.slice(0, offset).split('\n');
  const found = hover(snapshot, { uri: guardrailsUri, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 }, chosen: undefined, clock: { now: snapshot.at, timeZone: 'UTC' } });
  return found !== null && typeof found.contents === 'object' && 'value' in found.contents ? found.contents.value : '';
}

describe('a hover in a guardrails file', () => {
  test('gives the verdict at a guardrail, with the line that breaks it', () => {
    const text = hovered('long');
    expect(text).toContain('For \\*auditors\\*.');
    expect(text).toContain('About every resource tagged backup-tier = silver.');
    expect(text).toContain('**Not met**: met by 3 of 7 accounts.');
    expect(text).toContain('kept for 7 days');
    expect(text).toContain('[nonprod.json](file:///project/backup-policies/nonprod.json#L9,48)');
    expect(hovered('met')).toContain('**Met**: met by 2 of 2 accounts.');
  });

  test('counts the accounts of an entry, and explains keys', () => {
    expect(hovered('Root/Workloads/NonProd')).toContain('Stands for 4 accounts: ');
    expect(hovered('Root/Nowhere')).toBe('Stands for no account of the model.');
    expect(hovered('someRule')).toContain('**Some rule**');
    expect(hovered('atLeast')).toContain('**At least**');
  });
});

test('lenses and outline tell how many accounts meet each guardrail', () => {
  const lenses = guardrailLenses(snapshot, file);
  expect(lenses.map(({ command }) => [command?.title, command?.command])).toEqual([['met by 3 of 7 accounts', 'awsBackupPolicy.showStatements'], ['met by 2 of 2 accounts', ''], ['about no account', '']]);
  expect(lenses[0]?.command?.arguments?.[2]).toMatchObject([{ uri: 'file:///project/backup-policies/nonprod.json', range: { start: { line: 8 } } }]);
  expect(guardrailSymbols(snapshot, file).map(({ name, detail }) => [name, detail])).toEqual([['long', 'met by 3 of 7 accounts'], ['met', 'met by 2 of 2 accounts'], ['none', 'about no account']]);
});

test('links lead to the model, definitions to a place in it', () => {
  const { text, position } = cursorIn('{ "organization": "backup-organization.json", "guardrails": { "g": { "accounts": ["Root/Work|loads/Prod"] } } }');
  const linked = guarded(text);
  expect(guardrailLinks(linked, fileOf(linked)).map(({ target }) => target)).toEqual([modelUri]);
  const [found] = guardrailDefinition(linked, fileOf(linked), position);
  const model = linked.organizations.get(modelUri)?.document.text.split('\n') ?? [];
  expect(found?.targetUri).toBe(modelUri);
  expect(model[found?.targetSelectionRange.start.line ?? 0]).toContain('"name": "Prod"');
});
