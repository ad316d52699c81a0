import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admissionProblems } from '../../server/core/admission/admissionProblems.ts';
import { parseDocument } from '../../server/core/document/parse.ts';
import { rules, type RuleId } from '../../server/core/rules.ts';
import { documentProblems } from '../../server/features/documentProblems.ts';
import { guardrailProblems } from '../../server/features/guardrails/guardrailProblems.ts';
import { organizationProblems } from '../../server/features/organizationProblems.ts';
import { applyChanges, emptySnapshot, readPolicyFile } from '../../server/model/snapshot.ts';
import { readOrganization } from '../../server/model/readOrganization.ts';

const at = Date.parse('2026-11-21T06:00:00Z');
const ids = Object.keys(rules) as RuleId[];
const headings = ['What AWS does', 'Avoid', 'Prefer', 'How to fix', 'Source'];

/** Rules whose example needs other policies around it: they are shown in the tests of the merge. */
const needsOrganization: ReadonlySet<RuleId> = new Set(['effective-policy-invalid', 'blocked-by-parent', 'later-peer', 'nothing-to-remove', 'already-present', 'control-cannot-widen',
  'controls-leave-nothing', 'control-at-account', 'replaces-inherited-list', 'append-sets-list', 'peer-assign-first', 'near-inherited-name', 'name-case', 'continuous-cold-storage']);
/** Too long to print. */
const notPrinted: ReadonlySet<RuleId> = new Set(['document-size', 'document-nearly-full']);

test('every rule has a page, and every page a rule', () => {
  expect(readdirSync('docs/rules').sort()).toEqual(ids.map((id) => `${id}.md`).sort());
});

describe.each(ids)('the page of %s', (id) => {
  const page = readFileSync(`docs/rules/${id}.md`, 'utf8');

  test('has its title and every heading', () => {
    expect(page.startsWith(`# ${id}\n\n${rules[id].title}.\n`)).toBe(true);
    expect([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1])).toEqual(headings);
  });

  if (needsOrganization.has(id) || notPrinted.has(id)) return;

  test('shows what the rule finds, and what it does not find', () => {
    expect(problemsOf(id, example(page, 'Avoid'))).toContain(id);
    expect(problemsOf(id, example(page, 'Prefer')).filter((found) => found === id || rules[found].level !== 'hint')).toEqual([]);
  });
});

function example(page: string, heading: string): string {
  return new RegExp(`## ${heading}\\n\\n\`\`\`json\\n(.*?)\\n?\`\`\``, 's').exec(page)?.[1] ?? '';
}

const folder = 'file:///folder';

/** The rules that a guardrails file breaks beside a model with one account, whose backups are kept for 35 days. */
function guardrailRules(text: string): readonly RuleId[] {
  const model = { root: { name: 'Root', organizationalUnits: [{ name: 'Workloads', organizationalUnits: [{ name: 'Prod', policies: ['daily'], accounts: [{ name: 'shop' }] }] }] }, policies: { daily: { file: 'daily.json' } } };
  const rule = { target_backup_vault_name: { '@@assign': 'vault' }, lifecycle: { delete_after_days: { '@@assign': '35' } } };
  const selection = { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole' }, resource_types: { '@@assign': ['*'] } };
  const policy = { plans: { daily: { regions: { '@@assign': ['eu-west-1'] }, rules: { daily: rule }, selections: { resources: { all: selection } } } } };
  const snapshot = applyChanges(emptySnapshot(at), at, [
    { type: 'organization', uri: `${folder}/backup-organization.json`, text: JSON.stringify(model) },
    { type: 'policy', uri: `${folder}/daily.json`, text: JSON.stringify(policy) },
    { type: 'guardrails', uri: `${folder}/backup-guardrails.json`, text },
  ]);
  return [...guardrailProblems(snapshot).values()].flat().map((problem) => problem.rule);
}

function problemsOf(id: RuleId, text: string): readonly RuleId[] {
  const document = parseDocument(text);
  // What AWS refuses is shown in fragments, which need not be whole plans.
  const { stage } = rules[id];
  if (stage === 'syntax' || stage === 'admission') return admissionProblems(document, at).map((problem) => problem.rule);
  if (stage === 'guardrail') return guardrailRules(text);
  if (stage !== 'model') return documentProblems(readPolicyFile('file:///folder/policy.json', text), at).map((problem) => problem.rule);
  const organization = readOrganization('file:///folder/backup-organization.json', document);
  const missing = new Set([...organization.policies.values()].flatMap(({ file, uri }) => (uri !== undefined && file === 'gone.json' ? [uri] : [])));
  return organizationProblems(organization, missing).map((problem) => problem.rule);
}
