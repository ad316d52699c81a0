import { describe, expect, it } from 'vitest';
import { documentOf } from '../../server/features/diagnostics.ts';
import { mendingPlace } from '../../server/features/mendingPlace.ts';
import { findEntity } from '../../server/model/organization.ts';
import { effectiveOf, type Snapshot } from '../../server/model/snapshot.ts';
import { modelUri, organization, policyUri } from './organizations.ts';

const assign = (value: unknown): unknown => ({ '@@assign': value });
const selections = { tags: { s: { iam_role_arn: assign('arn:aws:iam::$account:role/r'), tag_key: assign('k'), tag_value: assign(['v']) } } };
const complete = { regions: assign(['eu-west-1']), rules: { r: { target_backup_vault_name: assign('v') } }, selections };

/** A root with the policy "high" and an account with "low"; both write about the plan "p". */
function levels(high: unknown, low: unknown): Snapshot {
  const account = { name: 'shop', policies: ['low'] };
  return organization({ name: 'Root', policies: ['high'], accounts: [account] }, { high: { plans: { p: high } }, low: { plans: { p: low } } });
}

/** For each error of the account: AWS's code, the policy and text that can mend it, and the others that have a part in it. */
function mending(snapshot: Snapshot): readonly unknown[] {
  const model = snapshot.organizations.get(modelUri);
  const entity = model === undefined ? undefined : findEntity(model, 'Root/shop');
  if (model === undefined || entity === undefined) throw new Error('There is no Root/shop.');
  const text = ({ uri, span }: { readonly uri: string; readonly span: { readonly start: number; readonly end: number } }): string =>
    `${uri.replace(policyUri('x').replace('x.json', ''), '')} ${documentOf(snapshot, uri)?.text.slice(span.start, span.end) ?? ''}`;
  return effectiveOf(snapshot, model, entity).errors.map((error) => {
    const place = mendingPlace(error);
    return [error.code, place === undefined ? 'nowhere' : text(place), (place?.others ?? []).map((other) => `${text(other)} · ${other.message}`)];
  });
}

describe('the place that can mend', () => {
  it('a missing key is its container in the lowest policy that writes about it', () => {
    expect(mending(levels({ ...complete, regions: {} }, { rules: { r: { lifecycle: {} } } }))).toEqual([
      ['KEY_REQUIRED', 'low.json "p"', ['high.json "p" · high at Root writes about p']],
    ]);
    expect(mending(levels({ ...complete, rules: { r: { lifecycle: { delete_after_days: assign('7') } } } }, { regions: { '@@append': ['eu-west-2'] } }))).toEqual([
      ['KEY_REQUIRED', 'high.json "r"', []],
    ]);
  });

  it('an emptied list is the statement that emptied it', () => {
    expect(mending(levels(complete, { regions: { '@@remove': ['eu-west-1'] } })).map((each) => Array.isArray(each) ? each.slice(0, 2) : each)).toEqual([
      ['ELEMENTS_TOO_FEW', expect.stringMatching(/^low\.json "@@remove": \[\s*"eu-west-1"\s*\]$/)],
    ]);
  });

  it('settings that do not fit together is the statement that came last', () => {
    const continuous = { ...complete, rules: { r: { target_backup_vault_name: assign('v'), enable_continuous_backup: assign(true), lifecycle: { delete_after_days: assign('35') } } } };
    expect(mending(levels(continuous, { rules: { r: { lifecycle: { delete_after_days: assign('36') } } } }))).toEqual([
      ['CROSS_ATTRIBUTE_VALIDATION', 'low.json "@@assign": "36"', ['high.json "@@assign": true · high at Root: @@assign true']],
    ]);
    const kept = { ...complete, rules: { r: { target_backup_vault_name: assign('v'), lifecycle: { delete_after_days: assign('90') } } } };
    expect(mending(levels(kept, { rules: { r: { enable_continuous_backup: assign(true) } } }))).toEqual([
      ['CROSS_ATTRIBUTE_VALIDATION', 'low.json "@@assign": true', ['high.json "@@assign": "90" · high at Root: @@assign 90']],
    ]);
  });

  it('is not the lifecycle of a copy when that of the rule is wrong, and the other way round', () => {
    const vault = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:v';
    const copy = (days: unknown): unknown => ({ [vault]: { target_backup_vault_arn: assign(vault), lifecycle: { delete_after_days: days } } });
    const continuous = { ...complete, rules: { r: { target_backup_vault_name: assign('v'), enable_continuous_backup: assign(true), lifecycle: { delete_after_days: assign('90') } } } };
    expect(mending(levels(continuous, { rules: { r: { copy_actions: copy(assign('7')) } } }))).toEqual([
      ['CROSS_ATTRIBUTE_VALIDATION', expect.stringMatching(/^high\.json /), [expect.stringMatching(/^high\.json /)]],
    ]);
    const archived = { ...complete, rules: { r: { target_backup_vault_name: assign('v'), schedule_expression: assign('cron(0 5 1 * ? *)'), copy_actions: { [vault]: { target_backup_vault_arn: assign(vault), lifecycle: { opt_in_to_archive_for_supported_resources: assign(true), move_to_cold_storage_after_days: assign('30'), delete_after_days: assign('60') } } } } } };
    const found = mending(levels(archived, { rules: { r: { lifecycle: { delete_after_days: assign('365') } } } }));
    expect(found).toEqual([['CROSS_ATTRIBUTE_VALIDATION', expect.stringMatching(/^high\.json "@@assign": "(30|60)"$/), [expect.stringMatching(/true$/), expect.stringMatching(/(30|60)$/)]]]);
  });

  it('scanning without scan settings is what asks for scanning', () => {
    const low = { rules: { r: { scan_actions: { GUARDDUTY: { scan_mode: assign('FULL_SCAN') } } } } };
    expect(mending(levels(complete, low))).toEqual([['CROSS_ATTRIBUTE_VALIDATION', 'low.json "scan_actions"', []]]);
  });

  it('too many rules is the one that was added last', () => {
    const rules = (from: number, to: number): unknown => Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`r${String(from + index)}`, { target_backup_vault_name: assign('v') }]));
    expect(mending(levels({ ...complete, rules: rules(0, 10) }, { rules: { r3: { lifecycle: { delete_after_days: assign('7') } } } }))).toEqual([]);
    const [found] = mending(levels({ ...complete, rules: rules(0, 9) }, { rules: rules(8, 11) }));
    expect(found).toEqual(['ELEMENTS_TOO_MANY', 'low.json "r10"', expect.arrayContaining(['high.json "r0" · high at Root writes about r0', 'high.json "r8" · high at Root writes about r8', 'low.json "r9" · low at Root/shop writes about r9'])]);
  });
});
