import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../server/core/document/parse.ts';
import { statementDifference } from '../../server/core/plan/statementDifference.ts';
import { adoptedContent } from '../../server/features/drift/adoptedContent.ts';
import { acceptedPolicies } from '../property/policies.ts';
import { layouts, textOf } from '../property/policyTree.ts';
import { Random } from '../property/random.ts';
import { monday } from './organizations.ts';

const file = `{
  "plans": {
    "daily": {
      "regions": { "@@assign": [ "eu-west-1",   "eu-central-1" ] },
      "rules": {
        "nightly": {
          "target_backup_vault_name": { "@@assign": "V" },
          "lifecycle": { "delete_after_days": { "@@assign": 35 } }
        }
      }
    }
  }
}
`;

/** What AWS has: the same in another spelling, after a change. */
function aws(change: (plan: { regions: unknown; rules: Record<string, Record<string, unknown>> }) => void): string {
  const plan = { rules: { nightly: { lifecycle: { delete_after_days: { '@@assign': '35' } }, target_backup_vault_name: { '@@assign': 'V' } } } as Record<string, Record<string, unknown>>, regions: { '@@assign': ['eu-central-1', 'eu-west-1'] } as unknown };
  change(plan);
  return JSON.stringify({ plans: { Daily: plan } });
}

describe('a file that takes over what AWS has', () => {
  test.each<readonly [what: string, wanted: string, from: string, to: string]>([
    ['stays as it is where the meaning is the same', aws(() => undefined), '', ''],
    ['gets another value in its place', aws((plan) => {
      plan.rules['nightly'] = { ...plan.rules['nightly'], lifecycle: { delete_after_days: { '@@assign': '36' } } };
    }), '"@@assign": 35', '"@@assign": "36"'],
    ['gets a setting behind its neighbours', aws((plan) => {
      plan.rules['nightly'] = { ...plan.rules['nightly'], schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' } };
    }), '{ "@@assign": 35 } }\n', '{ "@@assign": 35 } },\n          "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" }\n'],
    ['gets a rule laid out as the file is', aws((plan) => {
      plan.rules['weekly'] = { target_backup_vault_name: { '@@assign': 'W' } };
    }), '        }\n      }\n', '        },\n        "weekly": {\n          "target_backup_vault_name": { "@@assign": "W" }\n        }\n      }\n'],
    ['loses what AWS lacks', aws((plan) => {
      plan.rules['nightly'] = { target_backup_vault_name: { '@@assign': 'V' } };
    }), ',\n          "lifecycle": { "delete_after_days": { "@@assign": 35 } }', ''],
    ['gets another operator', aws((plan) => {
      plan.regions = { '@@append': ['us-east-1'] };
    }), '"@@assign": [ "eu-west-1",   "eu-central-1" ]', '"@@append": ["us-east-1"]'],
  ])('%s', (_what, wanted, from, to) => {
    expect(adoptedContent(file, wanted, monday)).toBe(file.replace(from, to));
    const crlf = file.replaceAll('\n', '\r\n');
    expect(adoptedContent(crlf, wanted, monday)).toBe(crlf.replace(from.replaceAll('\n', '\r\n'), to.replaceAll('\n', '\r\n')));
  });

  test('is replaced where it is no JSON', () => {
    expect(adoptedContent('{ "plans":', '{"plans":{}}', monday)).toBe('{\n  "plans": {}\n}\n');
  });

  test('keeps being written on one line', () => {
    expect(adoptedContent('{"plans":{"a":{"regions":{"@@assign":["eu-west-1"]}}}}', '{ "plans": { "a": { "regions": { "@@assign": ["eu-west-2", "eu-west-1"] } } } }', monday)).toBe('{"plans":{"a":{"regions":{"@@assign":["eu-west-2","eu-west-1"]}}}}');
  });

  test('means what AWS has, whatever the two are, and does not change again', () => {
    const policies = acceptedPolicies({ optional: 40, names: 2 });
    fc.assert(fc.property(policies, policies, fc.nat(), (one, other, seed) => {
      const random = new Random(seed);
      const [local, wanted] = [textOf(one, random.pick(layouts), random), textOf(other, random.pick(layouts), random)];
      const adopted = adoptedContent(local, wanted, monday);
      expect(statementDifference(parseDocument(adopted), parseDocument(wanted), monday)).toEqual([]);
      expect(parseDocument(adopted).problems).toEqual([]);
      expect(adoptedContent(adopted, wanted, monday)).toBe(adopted);
    }), { seed: 20261121, numRuns: 150 });
  }, 60_000);
});
