import { isScalar, type Document, type Member, type ObjectNode, type SyntaxProblem } from '../document/tree.ts';
import { foldKey, policyGrammar } from '../grammar.ts';
import { readStatements, type StatedContainer } from '../merge/statements.ts';
import { verdictOf, type Problem } from '../problem.ts';
import type { RuleId } from '../rules.ts';
import { checkContainer } from './containers.ts';
import { checkControl, controlKey } from './controls.ts';
import { crossFieldProblems } from './crossFields.ts';
import { checkDuplicates } from './duplicates.ts';
import { checkUnknownKey } from './keys.ts';
import { checkPlansAtRoot } from './levels.ts';
import { Report } from './report.ts';
import { checkSize } from './size.ts';

const syntaxRules: Readonly<Record<SyntaxProblem['kind'], RuleId>> = {
  syntax: 'json-syntax',
  comment: 'json-comment',
  empty: 'empty-document',
  depth: 'nesting-depth',
};

/**
 * What CreatePolicy and UpdatePolicy would refuse in one document, and what in it is certain to do nothing.
 * One mistake is one problem: where the text is no JSON, only what was understood is checked further.
 * Source: syntax §§1 to 9 [doc, obs].
 * @param at epoch milliseconds UTC, the time of the request: schedules are judged by what follows it.
 * @param statements what the document says, where it was read already.
 */
export function admissionProblems(document: Document, at: number, statements: StatedContainer | undefined = readStatements(document)): readonly Problem[] {
  const report = new Report(at);
  for (const problem of document.problems) report.add(syntaxRules[problem.kind], problem, [], problem.message);
  const root = document.root;
  if (root === undefined || root.type === 'missing' || root.type === 'template') return report.problems;
  if (root.type !== 'object') {
    report.add('wrong-shape', root, [], 'A backup policy is a JSON object with the key "plans". AWS refuses anything else.');
    return report.problems;
  }
  checkRoot(root, document, report);
  if (statements !== undefined) crossFieldProblems(document, statements, report);
  checkSize(document, report);
  return report.problems;
}

function checkRoot(root: ObjectNode, document: Document, report: Report): void {
  checkDuplicates(root, [], report);
  let plans: Member | undefined;
  const misplaced = checkPlansAtRoot(root, report);
  for (const member of root.members) {
    if (misplaced.has(member)) continue;
    const folded = foldKey(member.key.text);
    if (folded === 'plans') {
      plans = member;
      const grammar = policyGrammar.keys.get('plans');
      if (grammar?.kind === 'container') checkContainer(member, grammar, [member.key.text], report);
    } else if (folded === controlKey) checkControl(member, [member.key.text], report);
    else if (folded === '@@assign' || folded === '@@append' || folded === '@@remove') checkRootOperator(member, report);
    else if (!member.key.template) checkUnknownKey(member, policyGrammar, 'the policy', [member.key.text], report);
  }
  const templated = root.members.some((member) => member.key.template);
  if (plans === undefined && !templated && document.problems.length === 0 && verdictOf(report.problems) === 'accepted') {
    report.add('missing-setting', { start: root.start, end: root.start + 1 }, [], 'The key "plans" is missing: AWS refuses a policy without it. Put the backup plans into "plans": { … }.');
  }
}

/** Beside "plans", AWS tolerates value operators with a scalar or a flat list and ignores them. Source: syntax §1 [obs]. */
function checkRootOperator(member: Member, report: Report): void {
  const { value } = member;
  const path = [member.key.text];
  if (value.type === 'template' || value.type === 'missing') return;
  const flat = value.type === 'array' ? value.items.every((item) => isScalar(item) || item.type === 'template') : isScalar(value);
  if (!flat) {
    report.add('operator-not-allowed', member.key, path, `${member.key.text} sets the value of a setting; at the top of a policy AWS refuses it with this value. Remove it.`);
  } else {
    report.add('root-operator', member, path, `${member.key.text} beside "plans" does nothing: AWS accepts and ignores it. Remove it.`, { unnecessary: true });
  }
}
