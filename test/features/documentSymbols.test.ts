import type { DocumentSymbol } from 'vscode-languageserver-types';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { policySymbols } from '../../server/features/documentSymbols.ts';
import { organizationSymbols } from '../../server/features/organizationSymbols.ts';
import { offsetAt } from '../../server/features/ranges.ts';
import { readOrganization } from '../../server/model/readOrganization.ts';
import { modelUri } from './organizations.ts';

/** The outline as it is seen: indented names with their details. */
function outline(symbols: readonly DocumentSymbol[], indent = ''): readonly string[] {
  return symbols.flatMap(({ name, detail, children }) => [`${indent}${name}${detail === undefined || detail === '' ? '' : ` · ${detail}`}`, ...outline(children ?? [], `${indent}  `)]);
}

function outlineOfPolicy(text: string): readonly string[] {
  return outline(policySymbols(parseDocument(text)));
}

function outlineOfModel(text: string): readonly string[] {
  return outline(organizationSymbols(readOrganization(modelUri, parseDocument(text))));
}

/** Editors refuse symbols without a name, and those whose selection is not inside of their range. */
function expectWellFormed(text: string, symbols: readonly DocumentSymbol[]): void {
  const document = parseDocument(text);
  for (const { name, range, selectionRange, children } of symbols) {
    expect(name.trim()).not.toBe('');
    const [start, end, from, to] = [range.start, range.end, selectionRange.start, selectionRange.end].map((position) => offsetAt(document, position));
    expect((start ?? 0) <= (from ?? 0) && (from ?? 0) <= (to ?? 0) && (to ?? 0) <= (end ?? 0)).toBe(true);
    expectWellFormed(text, children ?? []);
  }
}

const sample = (name: string): string => readFileSync(`samples/${name}`, 'utf8');

describe('the outline of a policy', () => {
  it('has plans, rules with their schedule, selections with their tag, copy actions and tags', () => {
    expect(outlineOfPolicy(sample('backup-policies/baseline.json'))).toEqual([
      'everyday',
      '  daily · At 05:00 UTC, every day',
      '    retention-class · retention-class = standard',
      '  by-tier · backup-tier = silver, bronze',
      '  owner · owner = cloud-platform',
    ]);
    expect(outlineOfPolicy(sample('backup-policies/production.json'))).toContain('    arn:aws:backup:eu-west-1:222233334444:backup-vault:central-vault');
  });

  it('has selections of resources with their role, and conditions', () => {
    expect(outlineOfPolicy(sample('backup-policies/databases-prod.json')).slice(2)).toEqual([
      '  production-databases · AWSBackupDefaultServiceRole',
      '    environment · aws:ResourceTag/environment: prod',
      '    exempt · aws:ResourceTag/backup-exempt: yes',
    ]);
  });

  it('shows what a partial policy appends', () => {
    expect(outlineOfPolicy('{"plans": {"p": {"selections": {"tags": {"s": {"tag_key": {"@@assign": "k"}, "tag_value": {"@@append": ["x"]}}}}}}}')).toEqual(['p', '  s · k = x']);
    expect(outlineOfPolicy('{"plans": {"p": {"selections": {"resources": {"s": {"resource_types": {"@@append": ["a", "b"]}}}}}}}')).toEqual(['p', '  s · a, b']);
  });

  it('shows a schedule that AWS does not read as it is written', () => {
    expect(outlineOfPolicy('{"plans": {"p": {"rules": {"r": {"schedule_expression": {"@@assign": "every day"}}}}}}')).toEqual(['p', '  r · every day']);
  });

  it('reads keys and operators in any letter case', () => {
    expect(outlineOfPolicy('{"Plans": {"p": {"RULES": {"r": {"Schedule_Expression": {"@@ASSIGN": "cron(0 5 ? * * *)"}}}}}}')).toEqual(['p', '  r · At 05:00 UTC, every day']);
  });

  it('selects the name, inside of the whole member', () => {
    const text = '{"plans": {"daily": {"regions": {}}}}';
    const document = parseDocument(text);
    const [plan] = policySymbols(document);
    const slice = (range: DocumentSymbol['range'] | undefined): string => (range === undefined ? '' : text.slice(offsetAt(document, range.start), offsetAt(document, range.end)));
    expect([slice(plan?.selectionRange), slice(plan?.range)]).toEqual(['"daily"', '"daily": {"regions": {}}']);
  });

  it.each([
    ['{"plans": {"daily": {"rules": {"r": {"schedule_expression": {"@@assign": "cron(0 5 ? * * *)"', ['daily', '  r · At 05:00 UTC, every day']],
    ['{"plans": {"daily": ', ['daily']],
    ['{"plans": {"daily": {}, "weekly"', ['daily', 'weekly']],
    ['{"plans": {"": {}, "daily": {}}}', ['daily']],
    ['{"plans": {"${name}": {}}}', ['${name}']],
    ['{"plans": []}', []],
    ['', []],
  ])('holds what is understood of %j', (text, expected) => {
    expect(outlineOfPolicy(text)).toEqual(expected);
  });

  it('is well formed for a text with any piece cut out', () => {
    const text = sample('backup-policies/production.json');
    fc.assert(fc.property(fc.nat(text.length), fc.nat(60), (start, length) => {
      const cut = text.slice(0, start) + text.slice(start + length);
      expectWellFormed(cut, policySymbols(parseDocument(cut)));
    }), { seed: 20_260_914, numRuns: 300 });
  });
});

describe('the outline of a model file', () => {
  it('has the tree with the attached policies, then the policies with their files', () => {
    const lines = outlineOfModel(sample('backup-organization.json'));
    expect(lines.slice(0, 6)).toEqual(['Root · baseline', '  Infrastructure', '    Vaults', '      central-vault', '    network', '    shared-services']);
    expect(lines).toContain('    Prod · production, databases-prod');
    expect(lines).toContain('        payments-prod · payments-retention');
    expect(lines).toContain('point-in-time · backup-policies/point-in-time.json');
  });

  it('names what has no name yet', () => {
    expect(outlineOfModel('{"root": {"accounts": [{"id": "111122223333"}, {"name": ""}, {}]}, "policies": {"": {}}}')).toEqual(['Root', '  111122223333', '  (no name)', '  (no name)', '(no name)']);
  });

  it('is well formed for a text with any piece cut out', () => {
    const text = sample('backup-organization.json').slice(0, 2500);
    fc.assert(fc.property(fc.nat(text.length), fc.nat(60), (start, length) => {
      const cut = text.slice(0, start) + text.slice(start + length);
      expectWellFormed(cut, organizationSymbols(readOrganization(modelUri, parseDocument(cut))));
    }), { seed: 20_260_914, numRuns: 300 });
  });
});
