import { describe, expect, it } from 'vitest';
import { guardrailResults } from '../../../server/features/guardrails/guardrailResults.ts';
import { rename } from '../../../server/features/navigation/rename.ts';
import { applyChanges, type Snapshot } from '../../../server/model/snapshot.ts';
import { policyUri } from '../organizations.ts';
import { afterEdit, navigationOrganization, positionIn } from './organization.ts';

const uri = 'file:///project/backup-guardrails.json';
const four = navigationOrganization();

/** The fixture with one guardrails file. */
function withGuardrails(text: string): Snapshot {
  return applyChanges(four, four.at, [{ type: 'guardrails', uri, text }]);
}

function guardrail(accounts: readonly string[], requirements: object): string {
  return JSON.stringify({ guardrails: { kept: { accounts, someRule: requirements } } }, undefined, 2);
}

/** The guardrails after a rename, or the reason why it is refused; undefined when they stay as they are. */
function afterRename(text: string, name: string, marked: string, newName: string): string | undefined {
  const snapshot = withGuardrails(text);
  const edit = rename(snapshot, policyUri(name), positionIn(snapshot, policyUri(name), marked), newName);
  if (edit === undefined || 'refusal' in edit) return edit?.refusal;
  const after = afterEdit(snapshot, edit);
  const failing = (each: Snapshot): readonly number[] => guardrailResults(each).map((result) => result.failing);
  expect(failing(after.snapshot)).toEqual(failing(snapshot));
  return after.texts.get('backup-guardrails');
}

const days = { retentionDays: { atLeast: 30 } };

describe('A rename takes the guardrails along that speak of it', () => {
  it.each([
    ['by the name of the plan', ['Root/Workloads'], { plan: 'DAILY', ...days }, 'company', '"Dai|ly"', '"DAILY"'],
    ['by the name of the rule', ['Root'], { rule: 'nightly', ...days }, 'company', '"Night|ly"', '"nightly"'],
    ['by the names of both, of which one is renamed', ['Root/Workloads/Prod'], { plan: 'daily', rule: 'Monthly', ...days }, 'shop', '"month|ly"', '"Monthly"'],
  ])('%s', (_how, accounts, requirements, name, marked, old) => {
    const text = guardrail(accounts, requirements);
    expect(afterRename(text, name, marked, 'renamed')).toBe(text.replace(old, '"renamed"'));
  });

  it.each([
    ['of other accounts', ['Root/Labs'], { plan: 'Toys' }, 'sandbox', '"To|ys"'],
    ['of a rule of that name in another plan', ['Root'], { plan: 'Databases', rule: 'nightly' }, 'company', '"Night|ly"'],
    ['of a plan that is named like the rule', ['Root'], { plan: 'nightly' }, 'company', '"Night|ly"'],
    ['of no names', ['Root'], days, 'company', '"Dai|ly"'],
  ])('but none that speaks %s', (_what, accounts, requirements, name, marked) => {
    expect(afterRename(guardrail(accounts, requirements), name, marked, 'renamed')).toBeUndefined();
  });

  it('but none when letter case alone changes, as guardrails do not see it', () => {
    expect(afterRename(guardrail(['Root'], { plan: 'daily', ...days }), 'company', '"Dai|ly"', 'daily')).toBeUndefined();
  });

  it('and takes selections and conditions for what no guardrail names', () => {
    expect(afterRename(guardrail(['Root'], { rule: 'gold', ...days }), 'company', '"Go|ld"', 'renamed')).toBeUndefined();
  });
});

describe('A rename is refused', () => {
  it('when a guardrail speaks of two things by the name and one would keep it', () => {
    expect(afterRename(guardrail(['Root/Labs', 'Root/Sandbox'], { plan: 'toys' }), 'sandbox', '"To|ys"', 'renamed'))
      .toBe('The guardrail "kept" in backup-guardrails.json speaks of "Toys" for Root/Labs/lab too, where the name would stay, so nothing was renamed. Make two guardrails of it first.');
  });

  it('when a rule of another plan would keep the name that a guardrail asks for in any plan', () => {
    const snapshot = applyChanges(four, four.at, [{ type: 'policy', uri: policyUri('sandbox'), text: '{"plans": {"Toys": {"rules": {"NIGHTLY": {"target_backup_vault_name": {"@@assign": "x"}}}}}}' }]);
    const text = guardrail(['Root'], { rule: 'nightly' });
    const guarded = applyChanges(snapshot, snapshot.at, [{ type: 'guardrails', uri, text }]);
    const edit = rename(guarded, policyUri('company'), positionIn(guarded, policyUri('company'), '"Night|ly"'), 'renamed');
    expect(edit !== undefined && 'refusal' in edit ? edit.refusal : undefined).toMatch(/^The guardrail "kept" in backup-guardrails.json speaks of "Nightly" for Root\/Sandbox\/play too/);
  });

  it('when the new name is that of which a guardrail speaks already', () => {
    const text = JSON.stringify({ guardrails: { later: { accounts: ['Root/Workloads'], someRule: { plan: 'renamed', ...days } } } });
    expect(afterRename(text, 'company', '"Dai|ly"', 'renamed')).toBe('The guardrail "later" would judge otherwise after the rename, so nothing was renamed. Look at what it says of plans and rules by name.');
  });

  it('when the guardrails are no JSON', () => {
    expect(afterRename(`${guardrail(['Root'], { plan: 'daily' })},`, 'company', '"Dai|ly"', 'renamed'))
      .toBe('backup-guardrails.json names it in the guardrail "kept" and is not valid JSON, so nothing was renamed. Mend the problems shown in it first.');
  });
});
