import { nearest } from '../../core/admission/keys.ts';
import type { SyntaxProblem } from '../../core/document/tree.ts';
import { validateGuardrails } from '../../core/generated/validators.js';
import type { AccountPattern } from '../../core/guardrails/guardrail.ts';
import { messageText } from '../../core/messageText.ts';
import type { Problem } from '../../core/problem.ts';
import { accountsOfPattern, guardedAccounts, guardedOrganization, type GuardrailsFile } from '../../model/guardedAccounts.ts';
import type { Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { duplicateKeyProblems, schemaProblems, type Add, type FileForm } from '../schemaProblems.ts';
import { guardrailGrammar } from './guardrailGrammar.ts';

const guardrailsForm: FileForm = {
  validate: validateGuardrails,
  grammar: guardrailGrammar,
  name: 'the guardrails file',
  schemaRule: 'guardrail-schema',
  duplicateRule: 'guardrail-duplicate',
  nameProblem: 'cannot be the name of a guardrail: a name has 1 to 128 characters. Rename it.',
  alternatives: 'This guardrail asks for nothing. Add "someRule", "everyRule" or "validEffectivePolicy".',
};

/** What is wrong with a guardrails file itself. One mistake is one problem: where the text is no JSON its form is not judged. */
export function guardrailFileProblems({ organizations }: Snapshot, file: GuardrailsFile): readonly Problem[] {
  const { document } = file;
  const problems: Problem[] = [];
  const add: Add = (rule, { start, end }, path, message) => {
    problems.push({ rule, message: messageText(message), span: { start, end }, path: path.map(String) });
  };
  for (const problem of document.problems) add('guardrail-syntax', problem, [], syntaxMessage(problem));
  if (document.problems.length > 0 || document.root === undefined) return problems;
  schemaProblems(guardrailsForm, document.root, add);
  duplicateKeyProblems(guardrailsForm, document.root, add);
  const organization = guardedOrganization(organizations, file);
  if (organization === undefined) noModelProblem(file, add);
  else accountProblems(organization, file, add);
  return problems;
}

function syntaxMessage({ kind, message }: SyntaxProblem): string {
  if (kind === 'empty') return 'The guardrails file is empty. It holds "guardrails" by name.';
  return kind === 'comment' ? 'JSON has no comments. Put remarks into the description of a guardrail.' : message;
}

function noModelProblem({ organization, guardrails, document }: GuardrailsFile, add: Add): void {
  if (organization !== undefined) {
    add('guardrail-no-model', organization.span, ['organization'], `"${organization.text}" is no model file of this workspace, so nothing is checked. Write a relative path with forward slashes to a backup-organization.json.`);
  } else if (guardrails.length > 0 && document.root !== undefined) {
    add('guardrail-no-model', { start: document.root.start, end: document.root.start + 1 }, [], 'There is no backup-organization.json in this folder or above, so nothing is checked. Add "organization" with the path of a model file.');
  }
}

function accountProblems(organization: Organization, { guardrails }: GuardrailsFile, add: Add): void {
  if (organization.root === undefined) return;
  for (const guardrail of guardrails) {
    let isComplete = true;
    for (const key of ['accounts', 'except'] as const) {
      for (const [index, pattern] of guardrail[key].entries()) {
        if (pattern.text === '' || accountsOfPattern(organization, pattern).next().done !== true) continue;
        isComplete = false;
        add('guardrail-no-account', pattern.span, ['guardrails', guardrail.name, key, index], noAccountMessage(organization, pattern));
      }
    }
    if (isComplete && guardrail.accounts.length > 0 && guardrail.accounts.every(({ text }) => text !== '') && guardedAccounts(organization, guardrail).length === 0) {
      add('guardrail-no-account', guardrail.nameSpan, ['guardrails', guardrail.name], `"except" leaves no account for "${guardrail.name}", so it is always met. Remove some of the exceptions, or the guardrail.`);
    }
  }
}

function noAccountMessage({ byPath, byId }: Organization, { text }: AccountPattern): string {
  const named = byId.get(text) ?? byPath.get(text);
  if (named !== undefined) return `${named.path} has no accounts at or below it, so nothing is checked here. Add its accounts to the model file, or name another place.`;
  if (text.includes('*')) return `No account of the model has a path that "${text}" fits. In a path * stands for any part of one name, and ** for any number of names, such as Root/Workloads/**.`;
  const meant = nearest(text, [...byPath.keys(), ...byId.keys()]);
  return `The model has no root, organizational unit (OU) or account "${text}". ${meant === undefined ? 'Name it by id or by its path, such as Root/Workloads.' : `Did you mean "${meant}"?`}`;
}
