import { describe, expect, it } from 'vitest';
import type { Range } from 'vscode-languageserver-types';
import { offsetAt } from '../../server/features/ranges.ts';
import { semanticTokens } from '../../server/features/semanticTokens/semanticTokens.ts';
import { semanticTokensLegend } from '../../server/features/semanticTokens/tokenModifiers.ts';
import type { Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, organization, policyUri, sampleOrganization } from './organizations.ts';

/** Each token as `text type modifiers`, decoded as an editor does it. */
function tokens(snapshot: Snapshot, uri: string, from: { readonly chosenKey?: string; readonly range?: Range } = {}): readonly string[] {
  const document = snapshot.policies.get(uri)?.document;
  const { data } = semanticTokens(snapshot, { uri, chosen: from.chosenKey === undefined ? undefined : { organization: modelUri, key: from.chosenKey }, ...(from.range === undefined ? {} : { range: from.range }) });
  if (document === undefined) return data.map(String);
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let index = 0; index < data.length; index += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0, bits = 0] = data.slice(index, index + 5);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    const start = offsetAt(document, { line, character });
    const modifiers = semanticTokensLegend.tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
    found.push(`${document.text.slice(start, start + length)} ${semanticTokensLegend.tokenTypes[type] ?? ''} ${modifiers.join('+')}`);
  }
  return found;
}

const days = (value: string): unknown => ({ lifecycle: { delete_after_days: { '@@assign': value } } });
const control = { '@@operators_allowed_for_child_policies': ['@@none'] };

describe('semantic tokens', () => {
  const sample = sampleOrganization();
  const file = (name: string): string => `file:///project/backup-policies/${name}.json`;

  it('mark inherited names, overriding settings, and what is locked and without effect', () => {
    expect(tokens(sample, file('nonprod'))).toEqual([
      'everyday backupName inherited',
      'daily backupName inherited',
      'schedule_expression backupSetting overriding',
      'target_backup_vault_name backupSetting locked+ineffective',
      '@@assign backupOperator ineffective',
      'delete_after_days backupSetting overriding',
      'databases backupName inherited',
      'nightly backupName inherited',
      'delete_after_days backupSetting overriding',
    ]);
  });

  it('mark nothing at the top and nothing without a model', () => {
    expect(tokens(sample, file('baseline'))).toEqual([]);
    expect(tokens(sample, 'file:///elsewhere/policy.json')).toEqual([]);
    expect(tokens(sample, modelUri)).toEqual([]);
  });

  it('mark a new name that is kept out with all that it holds, a locked name, and a control that allows no more', () => {
    const snapshot = organization({ name: 'Root', policies: ['base'], accounts: [{ name: 'One', policies: ['low'] }] }, {
      base: { plans: { Daily: { rules: { ...control, night: { ...control, target_backup_vault_name: { '@@assign': 'vault', ...control } } } } } },
      low: { plans: { DAILY: { rules: { NIGHT: { target_backup_vault_name: { '@@operators_allowed_for_child_policies': ['@@all'] } }, weekly: days('7') } } } },
    });
    expect(tokens(snapshot, policyUri('low'))).toEqual([
      'DAILY backupName inherited',
      'NIGHT backupName inherited+locked',
      'target_backup_vault_name backupSetting locked',
      '@@operators_allowed_for_child_policies backupOperator ineffective',
      'weekly backupName ineffective',
      'lifecycle backupSetting ineffective',
      'delete_after_days backupSetting ineffective',
      '@@assign backupOperator ineffective',
    ]);
  });

  it('mark what a peer decides as ineffective, and a removal of nothing', () => {
    const snapshot = organization({ name: 'Root', policies: ['first', 'second'] }, {
      first: { plans: { daily: { rules: { night: days('90') } } } },
      second: { plans: { daily: { regions: { '@@assign': ['eu-west-1'], '@@remove': ['eu-west-2'] }, rules: { night: days('7') } } } },
    });
    expect(tokens(snapshot, policyUri('second'))).toEqual(['@@remove backupOperator ineffective', 'delete_after_days backupSetting ineffective', '@@assign backupOperator ineffective']);
  });

  it('mark for several places what holds at all of them, and for the chosen place what holds there', () => {
    const snapshot = organization({ name: 'Root', organizationalUnits: [{ name: 'A', policies: ['base'], accounts: [{ name: 'One', policies: ['low'] }] }, { name: 'B', accounts: [{ name: 'Two', policies: ['low'] }] }] }, {
      base: { plans: { daily: { rules: { night: days('90') } } } },
      low: { plans: { daily: { rules: { night: days('7') } } } },
    });
    expect(tokens(snapshot, policyUri('low'))).toEqual([]);
    expect(tokens(snapshot, policyUri('low'), { chosenKey: 'Root/B/Two' })).toEqual([]);
    expect(tokens(snapshot, policyUri('low'), { chosenKey: 'Root/A/One' })).toEqual(['daily backupName inherited', 'night backupName inherited', 'delete_after_days backupSetting overriding']);
  });

  it('keep to the range that is asked for', () => {
    const range = { start: { line: 7, character: 0 }, end: { line: 9, character: 0 } };
    expect(tokens(sample, file('nonprod'), { range })).toEqual(['delete_after_days backupSetting overriding']);
  });
});
