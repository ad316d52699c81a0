import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { childGrammar, foldKey, policyGrammar, type GrammarNode } from '../../server/core/grammar.ts';
import { rules } from '../../server/core/rules.ts';
import { policySymbols } from '../../server/features/documentSymbols.ts';
import { formatDocument } from '../../server/features/formatting.ts';

const at = Date.parse('2026-11-21T06:00:00Z');

/** What AWS would refuse in a text: rule and underlined text. */
function refusals(text: string, time = at): readonly string[] {
  return admissionProblems(parseDocument(text), time)
    .filter(({ rule }) => rules[rule].stage === 'syntax' || rules[rule].stage === 'admission')
    .map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`);
}

const complete = `{
  "plans": {
    "Daily-Backups": {
      "regions": { "@@append": [ "eu-west-1", "us-east-1" ] },
      "rules": {
        "Nightly": {
          "schedule_expression": { "@@assign": "cron(0 5/1 ? * * *)" },
          "start_backup_window_minutes": { "@@assign": "480" },
          "complete_backup_window_minutes": { "@@assign": 604800 },
          "enable_continuous_backup": { "@@assign": false },
          "target_backup_vault_name": {
            "@@assign": "BackupVault"
          },
          "lifecycle": {
            "move_to_cold_storage_after_days": { "@@assign": "30" },
            "delete_after_days": { "@@assign": 120 },
            "opt_in_to_archive_for_supported_resources": { "@@assign": "false" }
          },
          "copy_actions": {
            "arn:aws:backup:us-east-1:$account:backup-vault:Copies": {
              "target_backup_vault_arn": { "@@assign": "arn:aws:backup:us-east-1:$account:backup-vault:Copies" },
              "lifecycle": { "delete_after_days": { "@@assign": "120" } }
            }
          },
          "recovery_point_tags": { "owner": { "tag_key": { "@@assign": "Owner" }, "tag_value": { "@@assign": "Backup" } } }
        }
      },
      "selections": {
        "tags": {
          "gold": {
            "iam_role_arn": { "@@assign": "arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole" },
            "tag_key": { "@@assign": "backup" },
            "tag_value": { "@@assign": [ "true", "True", "TRUE" ] }
          }
        }
      },
      "advanced_backup_settings": { "ec2": { "windows_vss": { "@@assign": "enabled" } } },
      "backup_plan_tags": { "stage": { "tag_key": { "@@assign": "Stage" }, "tag_value": { "@@assign": "Prod" } } }
    }
  }
}
`;

describe('a policy as people lay it out is accepted', () => {
  const minified = JSON.stringify(JSON.parse(complete));
  test.each([
    ['with one-line and exploded operators mixed', complete],
    ['with everything exploded', JSON.stringify(JSON.parse(complete), null, 2)],
    ['with four blanks', JSON.stringify(JSON.parse(complete), null, 4)],
    ['with tabs', JSON.stringify(JSON.parse(complete), null, '\t')],
    ['on one line', minified],
    ['with CRLF', complete.replaceAll('\n', '\r\n')],
    ['with CR alone', complete.replaceAll('\n', '\r')],
    ['with a byte order mark', `\uFEFF${complete}`],
    ['with a byte order mark and CRLF', `\uFEFF${complete.replaceAll('\n', '\r\n')}`],
    ['with blanks at the ends of lines and around colons', complete.replaceAll('\n', '  \t\n').replaceAll(':', ' : ').replaceAll(/"[^"]*"/g, (string) => string.replaceAll(' : ', ':'))],
    ['with empty lines before and after', `\n\n${complete}\n\n\n`],
    ['with escapes for slashes and letters', complete.replaceAll('service-role/', 'service-role\\/').replaceAll('Owner', '\\u004fwner')],
    ['with fixed keys and operators in upper case', complete.replaceAll(/"(plans|regions|rules|lifecycle|selections|tags|@@\w+)"/g, (key) => key.toUpperCase())],
    ['with operators in mixed case', complete.replaceAll('@@assign', '@@Assign').replaceAll('@@append', '@@APPEND')],
  ])('%s', (_title, text) => {
    expect(refusals(text)).toEqual([]);
  });

  test.each([
    ['a quoted number', 'delete_after_days', '"35"'], ['a bare number', 'delete_after_days', '35'], ['a number with leading zeros', 'delete_after_days', '"035"'],
    ['a quoted boolean', 'opt_in_to_archive_for_supported_resources', '"false"'], ['a bare boolean', 'opt_in_to_archive_for_supported_resources', 'false'],
  ])('with %s', (_title, key, value) => {
    expect(refusals(`{"plans":{"p":{"rules":{"r":{"lifecycle":{"${key}":{"@@assign":${value}}}}}}}}`)).toEqual([]);
  });

  test.each([
    '0 5 ? * *', '0 5 ? * * * *', '00 16 ? * * *', '0 5/1 ? * * *', '0 * ? * * *', '0 7,15 ? * * *', '0 5/12 ? * * *', '0 5 1 */3 ? *', '0 5 1 */12 ? *',
    '0 5 ? * MON *', '0 5 ? * sun *', '0 5 ? * MON-SAT *', '0 5 ? * 2#1 *', '0 5 ? * 2,5 *', '0 5 ? * 7 *', '0 5 1 * ? *', '0 5 L * ? *', '0  5\t? * * *',
  ])('with the schedule cron(%s)', (fields) => {
    expect(refusals(`{"plans":{"p":{"rules":{"r":{"schedule_expression":{"@@assign":${JSON.stringify(`cron(${fields})`)}}}}}}}`)).toEqual([]);
  });

  test.each(['0 5 * * *', '0 5 * * * *', '0 25 ? * * *'])('but not with the schedule cron(%s)', (fields) => {
    expect(refusals(`{"plans":{"p":{"rules":{"r":{"schedule_expression":{"@@assign":"cron(${fields})"}}}}}}`)).toHaveLength(1);
  });
});

const plan = (content: string): string => `{"plans":{"daily":{${content}}}}`;
const rule = (content: string): string => plan(`"rules":{"nightly":{${content}}}`);

/** Templates as Terraform, Landing Zone Accelerator, CloudFormation, Jinja and Go write them. */
const templates: readonly (readonly [title: string, text: string])[] = [
  ['a list from Landing Zone Accelerator', plan('"regions": {"@@append": ${ACCEL_LOOKUP::CUSTOM:EnabledRegions}}')],
  ['a list without a blank before it', plan('"regions":{"@@append":${allowed_regions}}')],
  ['the elements of a list', plan('"regions":{"@@assign":[${regions}]}')],
  ['more elements of a list', plan('"regions":{"@@assign":["eu-west-1", ${join(",", formatlist("\\"%s\\"", regions))}]}')],
  ['more elements that bring their comma', plan('"regions":{"@@assign":["eu-west-1" ${more}]}')],
  ['a partition, a Region and an account in ARNs', rule('"copy_actions":{"arn:${PARTITION}:backup:${AWS::Region}:${account}:backup-vault:${vault}":{"target_backup_vault_arn":{"@@assign":"arn:${PARTITION}:backup:${AWS::Region}:%[1]s:backup-vault:{{ vault }}"}}}')],
  ['a role', plan('"selections":{"tags":{"t":{"iam_role_arn":{"@@assign":"arn:${AWS::Partition}:iam::$account:role/x"},"tag_key":{"@@assign":"{{resolve:ssm:/backup/key}}"},"tag_value":{"@@assign":["%[2]s"]}}}}')],
  ['numbers and booleans', rule('"start_backup_window_minutes":{"@@assign":${window}},"enable_continuous_backup":{"@@assign":${continuous}},"lifecycle":{"delete_after_days":{"@@assign":"${days}"}}')],
  ['a field of a schedule', rule('"schedule_expression":{"@@assign":"cron(0 ${hour} ? * * *)"}')],
  ['the name of a plan and of a rule', '{"plans":{"${var.name}-plan":{"rules":{"{{ rule }}":{},"%[1]s":{},"${a}_${b}":{}}}}}'],
  ['a key without quotes', '{"plans":{${name}:{"regions":{"@@assign":[]}}}}'],
  ['a setting', rule('"lifecycle": ${lifecycle}, "enable_continuous_backup": {"@@assign": true}')],
  ['the value of a setting', rule('"lifecycle": {"delete_after_days": {{ days }}}, "enable_continuous_backup": {"@@assign": true}')],
  ['more settings', rule('"lifecycle": {${settings}}, "enable_continuous_backup": {"@@assign": true}')],
  ['more settings that bring their comma', rule('${vault}\n"enable_continuous_backup": {"@@assign": true}')],
  ['an operator', rule('"lifecycle": {"delete_after_days": {"${operator}": "35"}}, "enable_continuous_backup": {"@@assign": true}')],
  ['a selection', plan('"selections":{"tags":{"gold":{${jsonencode(tag)}},"silver":${jsonencode(tag)}}}')],
  ['all rules and all plans', '{"plans":{"daily":{"rules":${jsonencode(rules)},"selections":{{ selections | tojson }}}}}'],
  ['Go\'s verbs without quotes', plan('"regions":{"@@assign":%[1]s},"rules":{"r":{"target_backup_vault_name":{"@@assign":%q},"start_backup_window_minutes":{"@@assign":%d}}}')],
  ['a whole policy as an expression', '${jsonencode({\n  plans = {\n    daily = {\n      regions = { "@@assign" = ["eu-west-1"] }\n    }\n  }\n})}\n'],
  ['an expression over several lines', plan('"rules": ${jsonencode({\n    for name, rule in rules : name => {\n      schedule_expression = { "@@assign" = rule.schedule }\n    }\n  })}')],
  ['quotes inside a string', rule('"target_backup_vault_name":{"@@assign":"${lookup(vaults, "daily")}"},"schedule_expression":{"@@assign":"{{ schedule | default("cron(0 5 ? * * *)") }}"}')],
  ['a choice inside a string', rule('"target_backup_vault_name":{"@@assign":"%{ if prod }Gold%{ else }Silver%{ endif }"}')],
  ['a loop on lines of its own', '{\n  "plans": {\n%{ for name in names ~}\n    "${name}": { "regions": { "@@assign": ["${region}"] } },\n%{ endfor ~}\n    "last": {}\n  }\n}\n'],
  ['a loop that ends without a comma', '{\n  "plans": {\n    %{~ for index, name in names ~}\n    "${name}": {}%{ if index < last },%{ endif }\n    %{~ endfor ~}\n  }\n}\n'],
  ['a loop in a list', plan('"regions":{"@@assign":[{% for r in regions %}"{{ r }}"{% if not loop.last %},{% endif %}{% endfor %}]}')],
  ['a choice of settings', plan('%{ if wide }"regions":{"@@assign":["eu-west-1"]}%{ else }"regions":{"@@assign":["us-east-1"]}%{ endif }')],
  ['a choice of a value', plan('"regions":{"@@assign":%{ if wide }["eu-west-1"]%{ else }["us-east-1", "eu-west-1"]%{ endif }},"rules":{}')],
  ['a choice after a setting', plan('"regions":{"@@assign":["eu-west-1"]}%{ if x }, "rules":{}%{ endif }')],
  ['a choice of policies', '%{ if small ~}\n{"plans":{}}\n%{ else ~}\n{"plans":{"daily":{}}}\n%{ endif ~}\n'],
  ['Jinja around the policy', '{# the daily plan #}\n{% set vault = "Vault" %}\n{"plans":{"daily":{}}}\n{% include "tail" %}\n'],
];

describe('a template of a policy', () => {
  test.each(templates)('with %s has no false error', (_title, text) => {
    expect(refusals(text)).toEqual([]);
  });

  test.each(templates.filter(([, text]) => !isJson(text)))('with %s, which is not JSON, is left alone by formatting', (_title, text) => {
    expect(formatDocument(parseDocument(text), { insertSpaces: true, tabSize: 2 })).toEqual([]);
  });

  test.each([
    ['a wrong Region beside a token', plan('"regions":{"@@assign":["${region}","mars-1"]}'), ['invalid-value: "mars-1"']],
    ['a misspelt key beside a token', plan('"regions":${regions},"rule":{}'), ['unknown-key: "rule"']],
    ['a mistake inside a loop', '{"plans":{\n%{ for n in names ~}\n"${n}":{"regions":["eu-west-1"]},\n%{ endfor ~}\n"x":{}}}', ['missing-operator: ["eu-west-1"]']],
    ['a missing comma where no token is near', plan('"regions":{"@@assign":${regions}}\n"rules":{}'), ['json-syntax: "rules"']],
    ['a token without its end', rule('"target_backup_vault_name":{"@@assign":"${vault"}'), ['invalid-value: "${vault"']],
    ['a long retention beside a token', rule('"target_backup_vault_name":{"@@assign":"${v}"},"enable_continuous_backup":{"@@assign":true},"lifecycle":{"delete_after_days":{"@@assign":36}}'), ['continuous-backup-retention: 36']],
    ['a retention that is missing where no token can bring it', rule('"target_backup_vault_name":{"@@assign":"${v}"},"enable_continuous_backup":{"@@assign":true}'), ['continuous-backup-retention: true']],
    ['a plan that stands twice outside of a choice', '{"plans":{"a":{},"${b}":{},"a":{}}}', ['duplicate-key: "a"']],
    ['a text after a policy', '{"plans":{}} "${x}"', ['json-syntax: "${x}"']],
    ['$account where AWS knows it not', rule('"target_backup_vault_name":{"@@assign":"$account"}'), ['invalid-value: "$account"']],
  ])('still shows %s', (_title, text, expected) => {
    expect(refusals(text)).toEqual(expected);
  });

  test('shows its plans in the outline, and not its directives', () => {
    const text = '{"plans":{\n%{ for name in names ~}\n"${name}-plan":{},\n%{ endfor ~}\n${more}\n}}';
    expect(policySymbols(parseDocument(text)).map(({ name }) => name)).toEqual(['${name}-plan']);
  });

  test('is not seen in a text that is JSON, where every quote is JSON\'s own', () => {
    const part = fc.constantFrom('${', '}', '{{', '}}', '%{', '{%', '%}', '"', '\\', ',', ':', '[', 'x', ' ', '%[1]s', '#', '<', '...', '“');
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    const json = fc.oneof(fc.dictionary(text, text, { maxKeys: 4 }), fc.array(text, { maxLength: 4 })).map((value) => JSON.stringify(value));
    fc.assert(fc.property(json, (source) => {
      const { problems, templated, root } = parseDocument(source);
      expect(problems).toEqual([]);
      expect(templated).toBe(false);
      const children = root?.type === 'object' ? root.members.map(({ value }) => value) : root?.type === 'array' ? root.items : [];
      expect(children.map((child) => ('text' in child ? child.text : undefined))).toEqual(Object.values(JSON.parse(source) as object));
    }), { seed: 20261121, numRuns: 5_000 });
  });

  test('is read to its end whatever is in it, with spans inside the text', () => {
    const part = fc.constantFrom('${', '}', '{', '{{', '}}', '%{ if x }', '%{', '{% x %}', '{%', '{#', '#}', '"', '\n', ',', ':', '[', ']', '"a"', '1', '...', '<<<<<<< x\n', '\u00a0', '# x\n', '“', '”', "'", '<', '>', '//', '/*');
    fc.assert(fc.property(fc.array(part, { maxLength: 40 }).map((parts) => parts.join('')), (source) => {
      for (const { start, end } of admissionProblems(parseDocument(source), at).map(({ span }) => span)) {
        expect(0 <= start && start <= end && end <= source.length, source).toBe(true);
      }
    }), { seed: 20261121, numRuns: 10_000 });
  });

  test('is read in a time that grows with its length', () => {
    const openings = ['${', '"${', '{"${', '{%', '{{x', '%{x', '{#', '{"a":%{x}', "'x ", '<x ', '${"', '{"a":"${"'];
    const slowest = Math.max(...openings.map((opening) => {
      const text = opening.repeat(10_000 / opening.length);
      const start = performance.now();
      parseDocument(text);
      return performance.now() - start;
    }));
    // Reading each opening to the end of the text would take seconds.
    expect(slowest).toBeLessThan(500);
  });
});

interface Recording {
  readonly id: string;
  readonly at: string;
  readonly verdict: 'accepted' | 'rejected';
  readonly text: string;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

describe('what AWS accepted stays accepted', () => {
  const accepted = (JSON.parse(readFileSync('test/fixtures/recordings/admission.json', 'utf8')) as readonly Recording[])
    .filter(({ verdict }) => verdict === 'accepted')
    .map((recording) => ({ ...recording, json: JSON.parse(recording.text) as Json }));
  const anyRecording = fc.constantFrom(...accepted);
  const settings = { seed: 20261121, numRuns: 3_000 };

  test('in every recording', () => {
    expect(accepted.length).toBeGreaterThan(140);
    for (const { text, at: time } of accepted) expect(refusals(text, Date.parse(time)), text).toEqual([]);
  });

  test('under another layout', () => {
    const blanks = fc.array(fc.constantFrom(' ', '\t', '\n', '\r\n'), { maxLength: 3 }).map((parts) => parts.join(''));
    fc.assert(fc.property(anyRecording, fc.infiniteStream(blanks), fc.boolean(), ({ text, at: time }, stream, mark) => {
      const laidOut = tokens(text).map((token) => `${String(stream.next().value)}${token}`).join('');
      expect(refusals(`${mark ? '\uFEFF' : ''}${laidOut}\n`, Date.parse(time)), laidOut).toEqual([]);
    }), settings);
  });

  test('minified and with tabs, and number by number as AWS reads it', () => {
    for (const { text, json, at: time } of accepted) {
      // Numbers such as 60.0 are refused as they are spelt; none of those is among the accepted ones.
      for (const space of [undefined, '\t', 2]) expect(refusals(JSON.stringify(json, null, space), Date.parse(time)), text).toEqual([]);
    }
  });

  test('with the keys of its objects in another order', () => {
    fc.assert(fc.property(anyRecording, fc.infiniteStream(fc.nat()), ({ text, json, at: time }, stream) => {
      const shuffled = JSON.stringify(reorder(json, stream));
      expect(refusals(shuffled, Date.parse(time)), `${text}\n${shuffled}`).toEqual([]);
    }), settings);
  });

  test('with its keys and operators in another letter case', () => {
    fc.assert(fc.property(anyRecording, fc.infiniteStream(fc.boolean()), ({ text, json, at: time }, stream) => {
      const cased = JSON.stringify(recase(json, policyGrammar, stream));
      expect(refusals(cased, Date.parse(time)), `${text}\n${cased}`).toEqual([]);
    }), settings);
  });

  test('while "plans" in two letter cases is refused at the second', () => {
    for (const { json, at: time } of accepted) {
      const [first] = Object.entries(json ?? {}).filter(([key]) => foldKey(key) === 'plans');
      if (first === undefined || !isObject(json)) continue;
      const other = first[0] === 'plans' ? 'Plans' : 'plans';
      expect(refusals(JSON.stringify({ ...json, [other]: first[1] as Json }), Date.parse(time))).toEqual([`duplicate-key: "${other}"`]);
    }
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text cut into JSON's tokens, without the blanks between them. */
function tokens(text: string): readonly string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
}

function isObject(json: Json): json is { readonly [key: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function reorder(json: Json, ranks: Iterator<number>): Json {
  if (!isObject(json)) return json;
  const keyed = Object.entries(json).map(([key, value]) => ({ key, value: reorder(value, ranks), rank: Number(ranks.next().value) }));
  return Object.fromEntries(keyed.toSorted((left, right) => left.rank - right.rank).map(({ key, value }) => [key, value]));
}

/** Changes fixed keys and operators, not the names that the author chose: those of tags must match their tag_key. */
function recase(json: Json, grammar: GrammarNode | undefined, capitals: Iterator<boolean>): Json {
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => {
    const fixed = key.startsWith('@@') || (grammar?.kind === 'container' && grammar.names === undefined);
    const child = grammar?.kind === 'container' ? childGrammar(grammar, key) : undefined;
    const cased = key.replaceAll(/[a-z]/gi, (letter) => (capitals.next().value === true ? letter.toUpperCase() : letter.toLowerCase()));
    return [fixed ? cased : key, recase(value, child, capitals)];
  }));
}
