import { describe, expect, it } from 'vitest';
import type { Location } from 'vscode-languageserver-types';
import { codeLenses } from '../../server/features/codeLenses.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import { lensCommands } from '../../server/protocol.ts';
import { modelUri, organization, policyUri, sampleOrganization } from './organizations.ts';

interface Told {
  readonly line: string;
  readonly title: string;
  readonly locations: readonly Location[];
}

/** The lenses that open a peek, with the line that they stand above. */
function told(snapshot: Snapshot, uri: string, chosenKey?: string): readonly Told[] {
  const lines = (snapshot.policies.get(uri)?.document.text ?? '').split('\n');
  const lenses = codeLenses(snapshot, uri, chosenKey === undefined ? undefined : { organization: modelUri, key: chosenKey });
  return lenses.flatMap(({ range, command }) => {
    if (command?.command !== lensCommands.showStatements) return [];
    expect(command.arguments?.slice(0, 2)).toEqual([uri, range.start]);
    return [{ line: lines[range.start.line]?.trim().split(':')[0] ?? '', title: command.title, locations: command.arguments?.[2] as readonly Location[] }];
  });
}

const titles = (...from: Parameters<typeof told>): readonly string[] => told(...from).map(({ line, title }) => `${line} ${title}`);

const days = (amount: string): unknown => ({ lifecycle: { delete_after_days: { '@@assign': amount } } });

describe('lenses of inheritance', () => {
  const sample = sampleOrganization();
  const file = (name: string): string => `file:///project/backup-policies/${name}.json`;

  it('count the policies that override a plan, and leave out what the plan has said above its rules', () => {
    expect(titles(sample, file('baseline'))).toEqual(['"everyday" Overridden by 2 policies', '"everyday" Also in 2 policies']);
  });

  it('name the one policy and its level, in both directions', () => {
    expect(titles(sample, file('production'))).toEqual(['"everyday" Overrides Root/baseline', '"everyday" Overridden by 2 policies', '"monthly" Overridden by payments-prod/payments-retention']);
  });

  it('open the statements in question, each once', () => {
    const [lens] = told(sample, file('finance-ledger'));
    expect(lens?.title).toBe('Overrides Corporate/point-in-time');
    expect(lens?.locations.map(({ uri }) => uri)).toEqual([file('point-in-time')]);
    const text = sample.policies.get(file('point-in-time'))?.document.text.split('\n') ?? [];
    const { start, end } = lens?.locations[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    expect(text[start.line]?.slice(start.character, end.character)).toBe('"@@assign": "35"');
  });

  const adding = organization({ name: 'Root', policies: ['base'], accounts: [{ name: 'One', policies: ['low'] }, { name: 'Two', policies: ['low', 'more'] }] }, {
    base: { plans: { Daily: { rules: { night: days('90') }, regions: { '@@assign': ['eu-west-1'] } } } },
    low: { plans: { DAILY: { rules: { night: days('7'), weekly: days('30') } } } },
    more: { plans: { daily: { rules: { monthly: days('400') } }, own: {} } },
  });

  it('say that a plan only gains something, and name a policy at several levels once', () => {
    expect(titles(adding, policyUri('more'))).toEqual(['"daily" Adds to 2 policies']);
    expect(titles(adding, policyUri('base'))).toEqual(['"Daily" Overridden by low at 2 levels', '"Daily" Also in Two/more']);
  });

  it('speak of the place of the target when the policy is attached to several', () => {
    expect(titles(adding, policyUri('low'))).toEqual(['"DAILY" Overrides Root/base', '"DAILY" Also in Two/more']);
    expect(titles(adding, policyUri('low'), 'Root/One')).toEqual(['"DAILY" Overrides Root/base']);
    expect(titles(adding, policyUri('low'), 'Root/Two')).toEqual(['"DAILY" Overrides Root/base', '"DAILY" Also in Two/more']);
  });

  it('tell lists that grow and shrink', () => {
    const regions = (operator: string, ...values: readonly string[]): unknown => ({ plans: { daily: { regions: { [operator]: values } } } });
    const snapshot = organization({ name: 'Root', policies: ['base'], organizationalUnits: [{ name: 'Unit', policies: ['grow'], accounts: [{ name: 'One', policies: ['shrink'] }] }] }, {
      base: regions('@@assign', 'eu-west-1', 'eu-west-2'),
      grow: regions('@@append', 'us-east-1'),
      shrink: regions('@@remove', 'eu-west-2'),
    });
    expect(titles(snapshot, policyUri('grow'))).toEqual(['"daily" Extends Root/base', '"daily" Also in One/shrink']);
    expect(titles(snapshot, policyUri('base'))).toEqual(['"daily" Narrowed by One/shrink', '"daily" Extended by Unit/grow']);
    expect(titles(snapshot, policyUri('shrink'))).toEqual(['"daily" Narrows Root/base']);
  });

  it('claim no addition that a control keeps out', () => {
    const snapshot = organization({ name: 'Root', policies: ['base'], accounts: [{ name: 'One', policies: ['low'] }] }, {
      base: { plans: { daily: { rules: { '@@operators_allowed_for_child_policies': ['@@none'], night: days('90') } } } },
      low: { plans: { daily: { rules: { weekly: days('7') } } } },
    });
    expect(titles(snapshot, policyUri('low'))).toEqual([]);
  });

  it('are missing where nobody else writes about the plan', () => {
    expect(titles(organization({ name: 'Root', policies: ['base'] }, { base: { plans: { daily: { rules: { night: days('7') } } } } }), policyUri('base'))).toEqual([]);
  });
});
