import type { RuleId } from '../../core/rules.ts';
import { parseDocument } from '../../core/document/parse.ts';
import { fixControl, lockSettings } from './controls.ts';
import { fixEffective } from './effective.ts';
import { applyEdits, type Fix, type Fixer } from './fix.ts';
import { fixDuplicate, fixKeyCase, fixTagName } from './keys.ts';
import { fixArchive, fixColdStorage, fixCompletion, fixContinuous, insertRetention } from './lifecycle.ts';
import { writeObject } from './listedEntries.ts';
import { minify } from './minify.ts';
import { insertMissing, insertSchedule, writePolicy } from './missingSettings.ts';
import { fixOperator, fixUnknownOperator, writeAppend } from './operators.ts';
import type { Place } from './place.ts';
import { fixFrequency, fixReading, fixSchedule } from './schedules.ts';
import { removeEmptyList, unwrapList, wrapInAssign, wrapInList } from './shapes.ts';
import { removeIneffective } from './statements.ts';
import { fixSyntax, removeComment } from './syntax.ts';
import { fixUnknownKey } from './unknownKeys.ts';
import { fixName, fixText, fixValue } from './values.ts';

/** The ways to mend a problem by its rule; rules without an entry have none. */
export const fixers: Readonly<Partial<Record<RuleId, Fixer>>> = {
  'json-syntax': fixSyntax,
  'json-comment': removeComment,
  'empty-document': writePolicy,
  'duplicate-key': fixDuplicate,
  'unknown-key': fixUnknownKey,
  'unknown-operator': fixUnknownOperator,
  'wrong-shape': writeObject,
  'missing-operator': wrapInAssign,
  'operator-not-allowed': fixOperator,
  'list-expected': wrapInList,
  'single-value-expected': unwrapList,
  'empty-list': removeEmptyList,
  'invalid-value': fixValue,
  'invalid-name': fixName,
  'invalid-schedule': fixSchedule,
  'schedule-too-frequent': fixFrequency,
  'schedule-reading': fixReading,
  'invalid-control': fixControl,
  'missing-setting': insertMissing,
  'tag-key-mismatch': fixTagName,
  'continuous-backup-retention': fixContinuous,
  'archive-opt-in': fixArchive,
  'effective-policy-invalid': fixEffective,
  'document-size': minify,
  'document-nearly-full': minify,
  'blocked-by-parent': removeIneffective,
  'later-peer': removeIneffective,
  'nothing-to-remove': removeIneffective,
  'already-present': removeIneffective,
  'control-cannot-widen': removeIneffective,
  'control-at-account': removeIneffective,
  'root-operator': removeIneffective,
  'empty-object': removeIneffective,
  'control-locks-nothing-below': lockSettings,
  'replaces-inherited-list': writeAppend,
  'cold-storage-minimum': fixColdStorage,
  'continuous-cold-storage': fixColdStorage,
  'completion-window': fixCompletion,
  'no-schedule': insertSchedule,
  'kept-forever': insertRetention,
  'default-role-path': fixText,
  'condition-key': fixText,
  'key-case': fixKeyCase,
};

/** The ways to mend a problem, the best first. None makes the text less of a JSON text than it is. */
export function fixesOf(place: Place): readonly Fix[] {
  return untriedFixesOf(place).filter((fix) => parseDocument(applyEdits(place.document.text, fix.edits)).problems.length <= place.document.problems.length);
}

/** The same without a look at what the text would be: for many problems, that is taken once for all of them. */
export function untriedFixesOf(place: Place): readonly Fix[] {
  return fixers[place.problem.rule]?.(place) ?? [];
}

/** The only way to mend a problem, where it is certain. */
export function preferredOf(fixes: readonly Fix[]): Fix | undefined {
  const [fix] = fixes;
  return fixes.length === 1 && fix?.certain === true ? fix : undefined;
}
