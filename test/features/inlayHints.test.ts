import { describe, expect, it } from 'vitest';
import type { InlayHint } from 'vscode-languageserver-types';
import { inlayHints } from '../../server/features/inlayHints/inlayHints.ts';
import { defaultInlayHints, readInlayHintSettings, type InlayHintSettings } from '../../server/features/inlayHints/inlayHintSettings.ts';
import { offsetAt, rangeOf } from '../../server/features/ranges.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, monday, organization, policyUri, sampleOrganization } from './organizations.ts';

const none: InlayHintSettings = { inheritedValues: false, schedules: false, effectiveValues: false, durations: false, accountNames: false };

function hintsOf(snapshot: Snapshot, uri: string, settings: Partial<InlayHintSettings>, chosenKey?: string): readonly InlayHint[] {
  const document = snapshot.policies.get(uri)?.document;
  if (document === undefined) return [];
  return inlayHints(snapshot, { uri, range: rangeOf(document, { start: 0, end: document.text.length }), chosen: chosenKey === undefined ? undefined : { organization: modelUri, key: chosenKey }, settings: { ...none, ...settings } });
}

const labelOf = ({ label }: InlayHint): string => (typeof label === 'string' ? label : label.map(({ value }) => value).join(''));

/** The lines that have hints, each hint between « and » where it stands. */
function shown(...from: Parameters<typeof hintsOf>): readonly string[] {
  const document = from[0].policies.get(from[1])?.document;
  if (document === undefined) return [];
  let text = document.text;
  for (const hint of [...hintsOf(...from)].reverse()) {
    const offset = offsetAt(document, hint.position);
    text = `${text.slice(0, offset)} «${labelOf(hint)}»${text.slice(offset)}`;
  }
  return text.split('\n').filter((line) => line.includes('«')).map((line) => line.trim());
}

const days = (value: string): string => `{"plans": {"daily": {"rules": {"night": {"lifecycle": {\n"delete_after_days": {"@@assign": "${value}"}\n}}}}}}`;

describe('inlay hints with what is inherited', () => {
  const sample = sampleOrganization();
  const file = (name: string): string => `file:///project/backup-policies/${name}.json`;
  const inherited = { inheritedValues: true };

  it('stand beside the values that override, schedules in words, and not beside what is blocked', () => {
    expect(shown(sample, file('nonprod'), inherited)).toEqual([
      '"schedule_expression": { "@@assign": "cron(0 20 ? * MON-FRI *)" «overrides “At 05:00 UTC, every day” from Root/baseline» },',
      '"delete_after_days": { "@@assign": "7" «overrides 35 from Root/baseline» }',
      '"delete_after_days": { "@@assign": "7" «overrides 14 from Workloads/database-schedule» }',
    ]);
  });

  it('lead to the statement that set the value, and tell its chain', () => {
    const [hint] = hintsOf(sample, file('finance-ledger'), inherited);
    const part = typeof hint?.label === 'string' ? undefined : hint?.label.at(-1);
    expect(part?.value).toBe('Corporate/point-in-time');
    const other = sample.policies.get(file('point-in-time'))?.document;
    const { range } = part?.location ?? {};
    expect(other !== undefined && range !== undefined && other.text.slice(offsetAt(other, range.start), offsetAt(other, range.end))).toBe('"@@assign": "35"');
    const tooltip = typeof hint?.tooltip === 'string' ? hint.tooltip : hint?.tooltip?.value;
    expect(tooltip).toContain('Higher levels hand down to **Root/Workloads/Prod/Corporate/finance-prod** (where this policy is attached): `35` days');
    expect(tooltip).toContain('Corporate · [point-in-time](file:///project/backup-policies/point-in-time.json#L');
  });

  const regions = (operator: string, ...values: readonly string[]): string => JSON.stringify({ plans: { daily: { Regions: { [operator]: values } } } }).replace('{"@@', '{\n"@@');
  it.each([
    ['appended to', regions('@@append', 'us-east-1'), '"@@append":["us-east-1"] «extends eu-west-1, eu-west-2 and 2 more from Root/base»}}}}'],
    ['removed from', regions('@@remove', 'eu-west-1'), '"@@remove":["eu-west-1"] «narrows eu-west-1, eu-west-2 and 2 more from Root/base»}}}}'],
    ['replaced', regions('@@assign'), '"@@assign":[] «overrides eu-west-1, eu-west-2 and 2 more from Root/base»}}}}'],
    ['replaced by a template', '{"plans": {"daily": {"regions": {\n"@@assign": ${regions}}}}}', '"@@assign": ${regions} «overrides eu-west-1, eu-west-2 and 2 more from Root/base»}}}}'],
    ['written over several lines', '{"plans": {"daily": {"regions": {"@@assign": [\n"us-east-1"\n]}}}}', '{"plans": {"daily": {"regions": {"@@assign": [ «overrides eu-west-1, eu-west-2 and 2 more from Root/base»'],
    ['said again', regions('@@assign', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'), '"@@assign":["eu-west-1","eu-west-2","eu-west-3","eu-north-1"] «same as Root/base»}}}}'],
  ])('speak of a list that is %s', (_, text, line) => {
    const snapshot = organization({ name: 'Root', policies: ['base'], accounts: [{ name: 'One', policies: ['low'] }] }, { base: { plans: { daily: { regions: { '@@assign': ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'] } } } }, low: text });
    expect(shown(snapshot, policyUri('low'), inherited)).toEqual([line]);
  });

  it('are missing where a removed value is not there, where a peer decides, and at the top', () => {
    const snapshot = organization({ name: 'Root', policies: ['base'], accounts: [{ name: 'One', policies: ['first', 'second', 'low'] }] }, { base: days('90'), first: days('35'), second: days('7'), low: regions('@@remove', 'us-east-1') });
    expect(shown(snapshot, policyUri('base'), inherited)).toEqual([]);
    expect(shown(snapshot, policyUri('first'), inherited)).toEqual(['"delete_after_days": {"@@assign": "35" «overrides 90 from Root/base»}']);
    expect(shown(snapshot, policyUri('second'), inherited)).toEqual([]);
    expect(shown(snapshot, policyUri('low'), inherited)).toEqual([]);
  });

  it('speak of several places only where they inherit the same, and of the chosen one', () => {
    const units = (second: readonly string[]): Snapshot => organization({ name: 'Root', policies: ['base'], organizationalUnits: [{ name: 'A', accounts: [{ name: 'One', policies: ['low'] }] }, { name: 'B', policies: second, accounts: [{ name: 'Two', policies: ['low'] }] }] }, { base: days('90'), middle: days('60'), other: regions('@@assign', 'eu-west-1'), low: days('7') });
    expect(shown(units(['middle']), policyUri('low'), inherited)).toEqual([]);
    expect(shown(units(['other']), policyUri('low'), inherited)).toEqual(['"delete_after_days": {"@@assign": "7" «overrides 90 from Root/base»}']);
    expect(shown(units(['middle']), policyUri('low'), inherited, 'Root/B/Two')).toEqual(['"delete_after_days": {"@@assign": "7" «overrides 60 from B/middle»}']);
  });
});

describe('inlay hints with what is effective', () => {
  const control = '"@@operators_allowed_for_child_policies": ["@@none"]';
  const snapshot = organization({ name: 'Root', policies: ['base'], organizationalUnits: [{ name: 'Unit', policies: ['middle'], accounts: [{ name: 'One', policies: ['low'] }, { name: 'Two', policies: ['low'] }] }] }, {
    base: `{"plans": {"daily": {${control}, "regions": {"@@assign": ["eu-west-1"], ${control}}, "rules": {"night": {"lifecycle": {"delete_after_days": {"@@assign": "90"}}}}}}}`,
    middle: days('35').replace('"rules"', '"regions": {"@@assign": ["us-east-1"]\n}, "selections": {"tags": {"x": {"tag_key": {"@@assign": "k"}}}}, "rules"'),
    low: days('7'),
  });
  const effective = { effectiveValues: true };

  it('name the value in force of a blocked statement, who keeps out a new key, and who overrides it below', () => {
    expect(shown(snapshot, policyUri('middle'), effective)).toEqual([
      '{"plans": {"daily": {"regions": {"@@assign": ["us-east-1"] «effective: eu-west-1 from Root/base»',
      '}, "selections": {"tags": {"x": {"tag_key": {"@@assign": "k" «kept out by Root/base»}}}}, "rules": {"night": {"lifecycle": {',
      '"delete_after_days": {"@@assign": "35" «overridden at 2 levels»}',
    ]);
    expect(shown(snapshot, policyUri('base'), effective)).toEqual([expect.stringContaining('"delete_after_days": {"@@assign": "90" «overridden by Unit/middle»}')]);
    expect(shown(snapshot, policyUri('low'), effective)).toEqual([]);
  });
});

describe('inlay hints with what a value means', () => {
  const uri = policyUri('alone');
  const alone = (text: string): Snapshot => applyChanges(emptySnapshot(monday), monday, [{ type: 'policy', uri, text }]);
  const rule = (setting: string): Snapshot => alone(`{"PLANS": {"daily": {"rules": {"night": {\n${setting}\n}}}}}`);

  it('say schedules in words, without a model too, and nothing of what AWS cannot read', () => {
    expect(shown(rule('"schedule_expression": {"@@assign": "cron(0 5 ? * * *)"}'), uri, { schedules: true })).toEqual(['"schedule_expression": {"@@assign": "cron(0 5 ? * * *)" «At 05:00 UTC, every day»}']);
    expect(shown(rule('"schedule_expression": {"@@assign": "cron(0 5)"}'), uri, { schedules: true })).toEqual([]);
    expect(shown(rule('"schedule_expression": {"@@assign": "${schedule}"}'), uri, { schedules: true })).toEqual([]);
  });

  it('say days and minutes in larger units where they are asked for', () => {
    const text = '"lifecycle": {"delete_after_days": {"@@assign": "365"}}, "start_backup_window_minutes": {"@@assign": 60}';
    expect(shown(rule(text), uri, { durations: true })).toEqual(['"lifecycle": {"delete_after_days": {"@@assign": "365" «1 year»}}, "start_backup_window_minutes": {"@@assign": 60 «1 hour»}']);
    expect(shown(rule(text), uri, { schedules: true })).toEqual([]);
  });

  it('name accounts of the model beside their ids', () => {
    const file = 'file:///project/backup-policies/payments-retention.json';
    expect(shown(sampleOrganization(), file, { accountNames: true })).toEqual(['"@@assign": "arn:aws:backup:eu-west-1:222233334444:backup-vault:central-vault" «central-vault»']);
  });
});

describe('inlay hints', () => {
  it('keep to the range that is asked for', () => {
    const snapshot = sampleOrganization();
    const uri = 'file:///project/backup-policies/nonprod.json';
    const lines = (start: number, end: number): readonly number[] => inlayHints(snapshot, { uri, range: { start: { line: start, character: 0 }, end: { line: end, character: 0 } }, chosen: undefined, settings: defaultInlayHints }).map(({ position }) => position.line);
    expect(lines(0, 100)).toEqual([5, 5, 8, 18]);
    expect(lines(6, 9)).toEqual([8]);
    expect(lines(9, 9)).toEqual([]);
  });

  it.each([modelUri, 'file:///project/unknown.json'])('do not stand in %s', (uri) => {
    expect(inlayHints(sampleOrganization(), { uri, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }, chosen: undefined, settings: defaultInlayHints })).toEqual([]);
  });

  it('read their settings, and fall back on the defaults', () => {
    expect(readInlayHintSettings({})).toEqual(defaultInlayHints);
    expect(readInlayHintSettings({ schedules: false, durations: true, accountNames: 'yes' })).toEqual({ ...defaultInlayHints, schedules: false, durations: true });
  });
});
