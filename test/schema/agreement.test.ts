import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { verdictOf } from '../../server/core/problem.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
interface Recording { readonly text: string }

const at = Date.parse('2026-09-13T10:00:00Z');
const recorded = (JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly Recording[]).map(({ text }) => text);
const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/backup-policy.schema.json', 'utf8')) as object);

/** One document that has every setting. */
const complete = JSON.stringify({
  plans: {
    p: {
      '@@operators_allowed_for_child_policies': ['@@append'],
      regions: { '@@append': ['us-east-1'], '@@remove': ['us-west-2'] },
      rules: {
        archived: {
          schedule_expression: { '@@assign': 'cron(0 5 1 * ? *)' },
          target_backup_vault_name: { '@@assign': 'V' },
          target_logically_air_gapped_backup_vault_arn: { '@@assign': 'arn:aws:backup:$region:$account:backup-vault:V' },
          start_backup_window_minutes: { '@@assign': 60 },
          complete_backup_window_minutes: { '@@assign': '120' },
          lifecycle: { move_to_cold_storage_after_days: { '@@assign': 1 }, delete_after_days: { '@@assign': '200' }, opt_in_to_archive_for_supported_resources: { '@@assign': true } },
          copy_actions: { 'arn:aws:backup:eu-west-1:$account:backup-vault:V': { target_backup_vault_arn: { '@@assign': 'arn:aws:backup:eu-west-1:$account:backup-vault:V' }, lifecycle: { delete_after_days: { '@@assign': 7 } } } },
          recovery_point_tags: { k: { tag_key: { '@@assign': 'k' }, tag_value: { '@@assign': 'v' } } },
          index_actions: { resource_types: { '@@assign': ['EBS'] } },
          scan_actions: { GUARDDUTY: { scan_mode: { '@@assign': 'FULL_SCAN' } } },
        },
        continuous: { enable_continuous_backup: { '@@assign': true }, lifecycle: { delete_after_days: { '@@assign': 35 } } },
      },
      selections: {
        tags: { t: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/x' }, tag_key: { '@@assign': 'k' }, tag_value: { '@@assign': ['v'] } } },
        resources: {
          r: {
            iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/x' },
            resource_types: { '@@assign': ['*'] },
            not_resource_types: { '@@assign': ['arn:aws:s3:::*'] },
            conditions: { string_like: { c: { condition_key: { '@@assign': 'aws:ResourceTag/x' }, condition_value: { '@@assign': 'v' } } } },
          },
        },
      },
      advanced_backup_settings: { ec2: { windows_vss: { '@@assign': 'enabled' } }, s3: { backup_acls: { '@@assign': 'disabled' }, backup_object_tags: { '@@assign': 'enabled' } } },
      backup_plan_tags: { k: { tag_key: { '@@assign': 'k' }, tag_value: { '@@assign': 'v' } } },
      scan_settings: { GUARDDUTY: { resource_types: { '@@assign': ['ALL'] }, scanner_role_arn: { '@@assign': 'arn:aws:iam::$account:role/x' } } },
    },
  },
});

const values: readonly Json[] = [
  0, 1, 35, 36, 59, 60, 60.5, -1, 1e21, '1', '060', '60.5', '1e2', '9999999999999999', '00000000000000060', '', ' ', 'x', 'a.b', 'a b', 'é', true, false, 'true', 'TRUE', null,
  [], {}, ['x'], [1], [null], [true], [['x']], [{}], ['us-east-1'], ['EBS'], ['S3', 'S3'], ['*'], ['@@all', '@@none'], ['@@ALL'], ['@@all', '@@All'],
  { '@@assign': 1 }, { '@@assign': [] }, { '@@append': ['x'] }, { '@@Assign': '60' }, { '@@operators_allowed_for_child_policies': ['@@all'] },
  'enabled', 'FULL_SCAN', 'arn:aws:iam::$account:role/x', 'arn:aws-cn:iam::$account:role/a/b/c', 'arn:aws:backup:$region:$account:backup-vault:V', 'arn:aws:backup:eu-west-1:$account:backup-vault:V',
  'cron(0 5 ? * * *)', 'cron(0 5 1 * ? *)', 'cron(0 5 ? * *)', ...[50, 51, 128, 129, 256, 257].flatMap((length) => ['x'.repeat(length), '😀'.repeat(length)]),
];
const keys = [
  '@@assign', '@@append', '@@remove', '@@Assign', '@@operators_allowed_for_child_policies', '@@none', '@x', 'x', 'é', '', 'a b', 'a.b', 'x'.repeat(50), 'x'.repeat(51), 'k'.repeat(129), '😀'.repeat(100),
  'regions', 'RULES', 'tag_key', 'TAG_value', 'lifecycle', 'Lifecycle', 'delete_after_days', 'schedule_expression', 'conditions', 'resource_types', 'guardduty', 'string_equals', 'tags',
  'enable_continuous_backup', 'opt_in_to_archive_for_supported_resources', 'arn:aws:backup:eu-west-1:$account:backup-vault:V',
];

interface Change {
  readonly place: number;
  readonly kind: 'value' | 'key' | 'case' | 'add' | 'delete';
  readonly value: Json;
  readonly key: string;
}

/** Every place of a document: the object or list, and the key or index in it. */
function* placesOf(node: Json): Generator<{ readonly holder: Json[] | { [key: string]: Json }; readonly key: string }> {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    yield { holder: node, key };
    yield* placesOf(child);
  }
}

function change(document: Json, { place, kind, value, key }: Change): void {
  const places = [...placesOf(document)];
  const at = places[place % Math.max(places.length, 1)];
  if (at === undefined) return;
  const { holder, key: old } = at;
  if (Array.isArray(holder)) {
    if (kind === 'delete') holder.splice(Number(old), 1);
    else if (kind === 'value') holder[Number(old)] = structuredClone(value);
    else holder.push(structuredClone(value));
    return;
  }
  const child = holder[old] ?? null;
  if (kind === 'delete' || kind === 'key' || kind === 'case') Reflect.deleteProperty(holder, old);
  if (kind === 'value') holder[old] = structuredClone(value);
  else if (kind === 'key') holder[key] = child;
  else if (kind === 'case') holder[old.toUpperCase()] = child;
  else if (kind === 'add') holder[key] = structuredClone(value);
}

test('the schema refuses no document that the admission check accepts, and most of those that it refuses', () => {
  const texts = fc.oneof(fc.constantFrom(...recorded), fc.constant(complete));
  const changes = fc.array(fc.record<Change>({
    place: fc.nat(), kind: fc.constantFrom('value', 'value', 'key', 'case', 'add', 'delete'), value: fc.constantFrom(...values), key: fc.constantFrom(...keys),
  }), { maxLength: 2 });
  const seen = { accepted: 0, refused: 0, caught: 0 };
  fc.assert(fc.property(texts, changes, (text, made) => {
    const document = JSON.parse(text) as Json;
    for (const one of made) change(document, one);
    const written = JSON.stringify(document);
    // Of operators beside "plans" alone nothing is recorded: the schema wants "plans".
    if (!/^\{.*"plans":/i.test(written)) return;
    if (verdictOf(admissionProblems(parseDocument(written), at)) === 'accepted') {
      seen.accepted++;
      expect(validate(document), `${written}: ${JSON.stringify(validate.errors)}`).toBe(true);
    } else {
      seen.refused++;
      if (!validate(document)) seen.caught++;
    }
  }), { numRuns: 25_000, seed: 20_261_121 });
  expect(seen.accepted).toBeGreaterThan(3000);
  expect(seen.caught / seen.refused).toBeGreaterThan(0.85);
});
