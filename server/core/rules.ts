/**
 * When a problem bites.
 * - `syntax`: the text is no JSON. `admission`: AWS refuses the document at CreatePolicy and UpdatePolicy.
 * - `effective`: AWS withholds the merged policy; accounts keep their last valid one.
 * - `ineffective`: AWS takes it silently and it does nothing. `runtime`: AWS Backup fails later.
 * - `style`: a matter of taste. `model`: the model file does not describe an organization.
 * - `guardrail`: the effective policy of an account is not what a guardrails file asks for, or that file says nothing.
 */
export type Stage = 'syntax' | 'admission' | 'effective' | 'ineffective' | 'runtime' | 'style' | 'model' | 'guardrail';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A severity, or `off`. */
export type RuleLevel = Severity | 'off';

export interface Rule {
  readonly stage: Stage;
  readonly level: RuleLevel;
  /** One line for lists of rules. */
  readonly title: string;
}

function rule(stage: Stage, level: RuleLevel, title: string): Rule {
  return { stage, level, title };
}

/** Every rule by its stable id. Each has a page, docs/rules/<id>.md. */
export const rules = {
  'json-syntax': rule('syntax', 'error', 'The text is not JSON'),
  'json-comment': rule('syntax', 'error', 'JSON has no comments'),
  'empty-document': rule('syntax', 'error', 'The document is empty'),
  'nesting-depth': rule('syntax', 'error', 'Brackets are nested too deeply'),
  'duplicate-key': rule('admission', 'error', 'A key stands twice in one object'),
  'unknown-key': rule('admission', 'error', 'The key is no part of a backup policy'),
  'unknown-operator': rule('admission', 'error', 'The operator does not exist'),
  'wrong-shape': rule('admission', 'error', 'An object is expected'),
  'missing-operator': rule('admission', 'error', 'A value stands without an inheritance operator'),
  'operator-not-allowed': rule('admission', 'error', 'The operator does not belong to this kind of setting'),
  'list-expected': rule('admission', 'error', 'The setting takes a list'),
  'single-value-expected': rule('admission', 'error', 'The setting takes a single value'),
  'empty-list': rule('admission', 'error', 'The list must not be empty'),
  'invalid-value': rule('admission', 'error', 'The value is not one that the setting takes'),
  'invalid-name': rule('admission', 'error', 'The name is not one that AWS takes'),
  'invalid-schedule': rule('admission', 'error', 'The schedule is not one that AWS takes'),
  'schedule-too-frequent': rule('admission', 'error', 'The schedule runs more often than once an hour or not twice'),
  'invalid-control': rule('admission', 'error', 'The list of allowed operators is not valid'),
  'missing-setting': rule('admission', 'error', 'A setting that AWS demands in the same document is missing'),
  'tag-key-mismatch': rule('admission', 'error', 'The tag entry is not named like its tag_key'),
  'continuous-backup-retention': rule('admission', 'error', 'Continuous backup needs a retention of 35 days or less and no cold storage'),
  'archive-opt-in': rule('admission', 'error', 'The archive opt-in needs a monthly schedule and 90 days in cold storage'),
  'document-size': rule('admission', 'error', 'The document is longer than AWS takes'),
  'effective-policy-invalid': rule('effective', 'error', 'The merged policy is invalid, so AWS withholds it'),
  'blocked-by-parent': rule('ineffective', 'warning', 'A higher policy forbids this statement'),
  'later-peer': rule('ineffective', 'warning', 'Another policy of the same target, attached before, decides'),
  'nothing-to-remove': rule('ineffective', 'warning', 'The removed values are not there'),
  'already-present': rule('ineffective', 'info', 'Every appended value is there already'),
  'control-cannot-widen': rule('ineffective', 'warning', 'The control allows more than a higher policy does'),
  'root-operator': rule('ineffective', 'warning', 'An operator beside "plans" does nothing'),
  'empty-object': rule('ineffective', 'warning', 'An empty object says nothing and deletes nothing'),
  'controls-leave-nothing': rule('ineffective', 'warning', 'Controls of two policies together allow no operator'),
  'control-locks-nothing-below': rule('ineffective', 'warning', 'The control does not lock the settings below'),
  'control-at-account': rule('ineffective', 'info', 'No policy comes below an account'),
  'replaces-inherited-list': rule('ineffective', 'info', 'The assigned list replaces the inherited one'),
  'append-sets-list': rule('ineffective', 'hint', 'Nothing is inherited to append to'),
  'peer-assign-first': rule('ineffective', 'hint', 'The order of attachment does not hold between operators'),
  'near-inherited-name': rule('ineffective', 'warning', 'The name is almost that of something inherited'),
  'name-case': rule('ineffective', 'hint', 'The name is inherited in another letter case'),
  'cold-storage-minimum': rule('runtime', 'error', 'Recovery points stay in cold storage for fewer than 90 days'),
  'continuous-cold-storage': rule('runtime', 'error', 'Continuous backups cannot move to cold storage'),
  'copy-to-other-account': rule('runtime', 'info', 'The copy goes to an account that the model does not know'),
  'copy-beside-original': rule('runtime', 'warning', 'The copy stays in the account and Region of the original'),
  'default-role-path': rule('runtime', 'warning', 'The default role has the path service-role/'),
  'default-vault': rule('runtime', 'hint', 'The default vault or role may not exist yet'),
  'opt-in-region': rule('runtime', 'info', 'The Region must be enabled in each account'),
  'overlapping-rules': rule('runtime', 'warning', 'Two plans back up the same resources at the same time'),
  'completion-window': rule('runtime', 'warning', 'The window to complete ends with the window to start, or before'),
  'no-schedule': rule('runtime', 'warning', 'The rule has no schedule'),
  'kept-forever': rule('runtime', 'warning', 'Recovery points are never deleted'),
  'selects-everything': rule('runtime', 'warning', 'The selection takes every resource'),
  'selection-kinds': rule('runtime', 'warning', 'The plan selects by tags and by resources'),
  'condition-key': rule('runtime', 'warning', 'The condition key is no tag of a resource'),
  'tag-case': rule('runtime', 'info', 'Tags differ in letter case only'),
  'resource-support': rule('runtime', 'hint', 'Not every resource supports the setting'),
  'backup-quota': rule('runtime', 'warning', 'The plan is beyond a quota of AWS Backup'),
  'schedule-reading': rule('style', 'warning', 'AWS reads the schedule otherwise than it is written'),
  'document-nearly-full': rule('style', 'warning', 'The document has nearly as many characters as AWS takes'),
  'key-case': rule('style', 'hint', 'The key is documented in lower case'),
  'model-syntax': rule('model', 'error', 'The model file is not JSON'),
  'model-schema': rule('model', 'error', 'The model file has another form'),
  'model-unknown-policy': rule('model', 'error', 'The attached policy is not defined'),
  'model-file-missing': rule('model', 'error', 'The policy file does not exist'),
  'model-file-outside': rule('model', 'error', 'The policy file is outside the folder of the model'),
  'model-duplicate': rule('model', 'error', 'A name or id stands twice'),
  'model-attached-twice': rule('model', 'error', 'A policy is attached twice to one target'),
  'model-too-many-attached': rule('model', 'error', 'More policies are attached than AWS allows'),
  'model-reaches-no-account': rule('model', 'info', 'The policy reaches no account'),
  'model-too-deep': rule('model', 'error', 'Organizational units are nested deeper than AWS allows'),
  'guardrail-not-met': rule('guardrail', 'error', 'The effective policy of an account does not meet a guardrail'),
  'guardrail-syntax': rule('guardrail', 'error', 'The guardrails file is not JSON'),
  'guardrail-schema': rule('guardrail', 'error', 'The guardrails file has another form'),
  'guardrail-duplicate': rule('guardrail', 'error', 'A key stands twice in a guardrails file'),
  'guardrail-no-model': rule('guardrail', 'error', 'The guardrails have no model to be checked against'),
  'guardrail-no-account': rule('guardrail', 'warning', 'The model has no such account'),
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof rules;

/** Levels that a user has set, by rule id. */
export type RuleLevels = Readonly<Partial<Record<RuleId, RuleLevel>>>;

/** The level of a rule under a user's settings. */
export function levelOf(id: RuleId, levels: RuleLevels): RuleLevel {
  return levels[id] ?? rules[id].level;
}
