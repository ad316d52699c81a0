import type { Diagnostic, DiagnosticRelatedInformation } from 'vscode-languageserver-types';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import type { Document } from '../core/document/tree.ts';
import { levelOfProblem, type Problem } from '../core/problem.ts';
import type { RuleId, RuleLevel, RuleLevels, Severity } from '../core/rules.ts';
import { isRuleId, isRuleLevel } from '../model/ruleConfiguration.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { rangeOf } from './ranges.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The source that editors show beside a message. */
export const diagnosticSource = 'backup-policy';

/** A file's problems as LSP tells them, under the user's rule levels; problems of rules that are off are left out. */
export function diagnosticsOf(snapshot: Snapshot, document: Document, problems: readonly Problem[], levels: RuleLevels): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const problem of problems) {
    const level = levelOfProblem(problem, levels);
    if (level === 'off') continue;
    const related: DiagnosticRelatedInformation[] = [];
    for (const place of problem.related ?? []) {
      const target = documentOf(snapshot, place.uri);
      if (target !== undefined) related.push({ location: { uri: place.uri, range: rangeOf(target, place.span) }, message: place.message });
    }
    diagnostics.push({
      range: rangeOf(document, problem.span),
      severity: severities[level],
      source: diagnosticSource,
      code: problem.rule,
      message: problem.message,
      ...(related.length > 0 ? { relatedInformation: related } : {}),
      ...(problem.unnecessary === true ? { tags: [DiagnosticTag.Unnecessary] } : {}),
      data: { path: problem.path },
    });
  }
  return diagnostics;
}

/** The text of a policy, model or guardrails file that the snapshot knows. */
export function documentOf(snapshot: Snapshot, uri: string): Document | undefined {
  return snapshot.policies.get(uri)?.document ?? snapshot.organizations.get(uri)?.document ?? snapshot.guardrails.get(uri)?.document;
}

/** Rule levels out of a user's settings; what is no rule or no level is ignored. */
export function readRuleLevels(settings: Readonly<Record<string, unknown>>): RuleLevels {
  const levels: Partial<Record<RuleId, RuleLevel>> = {};
  for (const [id, level] of Object.entries(settings)) {
    if (isRuleId(id) && isRuleLevel(level)) levels[id] = level;
  }
  return levels;
}
