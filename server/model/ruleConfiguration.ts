import { nearest } from '../core/admission/keys.ts';
import { parseDocument } from '../core/document/parse.ts';
import type { Document, Member, Node, Span } from '../core/document/tree.ts';
import { rules, type RuleId, type RuleLevel, type RuleLevels } from '../core/rules.ts';

/** The file that holds the levels of rules; the nearest one at or above a policy file counts for it. */
export const ruleConfigurationName = 'backup-policy.config.json';

/** Something in a configuration file that cannot be followed, with its place in UTF-16 code units. */
export interface ConfigurationProblem {
  readonly span: Span;
  readonly message: string;
}

/** What a configuration file says. `levels` holds what could be read, also when there are problems. */
export interface RuleConfiguration {
  readonly levels: RuleLevels;
  /** Empty when everything can be followed; in the order of the text. */
  readonly problems: readonly ConfigurationProblem[];
}

const levelNames = ['error', 'warning', 'info', 'hint', 'off'] as const satisfies readonly RuleLevel[];
const keys = ['$schema', 'rules'];

/** True for the id of a rule. */
export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(rules, id);
}

/** True for the name of a level that a rule can have. */
export function isRuleLevel(level: unknown): level is RuleLevel {
  return levelNames.some((name) => name === level);
}

/**
 * Reads a configuration file, `{ "$schema": …, "rules": { "<rule id>": "error"|"warning"|"info"|"hint"|"off" } }`.
 * Comments are allowed. Never throws: what is wrong becomes problems, and the rest counts.
 */
export function readRuleConfiguration(text: string): RuleConfiguration {
  const document = parseDocument(text);
  const problems: ConfigurationProblem[] = [...syntaxProblems(document)];
  const levels: Partial<Record<RuleId, RuleLevel>> = {};
  const report = (span: Span, message: string): void => {
    problems.push({ span: { start: span.start, end: span.end }, message });
  };
  for (const member of membersOf(document.root, 'The configuration', report)) {
    const key = member.key.text;
    if (!keys.includes(key)) report(member.key, `"${key}" is no key of the configuration.${meant(key, keys)}`);
    if (key !== 'rules') continue;
    for (const setting of membersOf(member.value, '"rules"', report)) readLevel(setting, levels, report);
  }
  return { levels, problems: problems.sort((left, right) => left.span.start - right.span.start) };
}

type Report = (span: Span, message: string) => void;

function syntaxProblems({ text, problems }: Document): readonly ConfigurationProblem[] {
  return problems.flatMap(({ start, end, kind, message }) => {
    if (kind === 'comment') return [];
    return [{ span: { start, end }, message: kind === 'syntax' ? message : notRead(kind, text) }];
  });
}

function notRead(kind: 'empty' | 'depth', text: string): string {
  if (kind === 'depth') return 'Brackets are nested too deeply for a configuration.';
  return text.trim() === '' ? 'The configuration is empty. Write { "rules": {} }.' : 'The configuration holds comments only. Write { "rules": {} }.';
}

function membersOf(node: Node | undefined, name: string, report: Report): readonly Member[] {
  if (node === undefined || node.type === 'missing') return [];
  if (node.type !== 'object') {
    report(node, `${name} must be an object in braces.`);
    return [];
  }
  const seen = new Set<string>();
  for (const { key } of node.members) {
    if (seen.has(key.text)) report(key, `"${key.text}" stands twice. Keep one of the two.`);
    seen.add(key.text);
  }
  return node.members;
}

function readLevel({ key, value }: Member, levels: Partial<Record<RuleId, RuleLevel>>, report: Report): void {
  const id = key.text;
  const level = value.type === 'string' ? value.text : undefined;
  if (!isRuleId(id)) report(key, `There is no rule "${id}".${meant(id, Object.keys(rules))}`);
  if (value.type === 'missing') return;
  if (!isRuleLevel(level)) {
    report(value, `The level of "${id}" is not one of ${levelNames.join(', ')}.`);
  } else if (isRuleId(id)) {
    levels[id] = level;
  }
}

function meant(text: string, candidates: readonly string[]): string {
  const near = nearest(text, candidates);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}
