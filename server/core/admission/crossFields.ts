import type { Document } from '../document/tree.ts';
import { acceptsValue } from '../grammar.ts';
import type { Stated, StatedContainer, StatedLeaf, StatedValue } from '../merge/statements.ts';
import { maximumContinuousDays, minimumColdDays } from '../validation/crossAttributes.ts';
import { openPlaces } from './openPlaces.ts';
import type { Report } from './report.ts';
import { tooFrequentForArchive } from './schedules.ts';

/**
 * What AWS demands of several settings of one document. Nothing is said where one of them is wrong by itself
 * or filled in by a template. Source: syntax §9 C2 to C4 and §3.4 [obs].
 */
export function crossFieldProblems(document: Document, root: StatedContainer, report: Report): void {
  const open = openPlaces(document);
  for (const plan of containers(root.children.get('plans'))) {
    const path = ['plans', plan.name];
    checkTagNames(plan.children.get('backup_plan_tags'), [...path, 'backup_plan_tags'], report);
    for (const rule of containers(plan.children.get('rules'))) {
      const rulePath = [...path, 'rules', rule.name];
      checkTagNames(rule.children.get('recovery_point_tags'), [...rulePath, 'recovery_point_tags'], report);
      checkContinuous(rule, rulePath, open, report);
      checkArchive(rule, rule, open, [...rulePath, 'lifecycle'], report);
      for (const copy of containers(rule.children.get('copy_actions'))) {
        checkArchive(rule, copy, open, [...rulePath, 'copy_actions', copy.name, 'lifecycle'], report);
      }
    }
  }
}

function checkTagNames(tags: Stated | undefined, path: readonly string[], report: Report): void {
  for (const tag of containers(tags)) {
    const key = assigned(tag, 'tag_key');
    if (key === undefined || key === 'unknown' || key.text.toLowerCase() === tag.key) continue;
    report.add('tag-key-mismatch', key.span, [...path, tag.name, 'tag_key'], `The entry is named "${tag.name}" but its tag_key is "${key.text}": AWS demands the same name but for letter case. Rename the entry to "${key.text.toLowerCase()}".`);
  }
}

function checkContinuous(rule: StatedContainer, path: readonly string[], open: ReadonlySet<number>, report: Report): void {
  const continuous = assigned(rule, 'enable_continuous_backup');
  if (continuous === undefined || continuous === 'unknown' || continuous.text !== 'true') return;
  const at = [...path, 'enable_continuous_backup'];
  const deletion = lifecycle(rule, open, 'delete_after_days');
  if (deletion === undefined) {
    report.add('continuous-backup-retention', continuous.span, at, `Continuous backup needs "delete_after_days" of ${String(maximumContinuousDays)} days or less in the same rule of the same document: AWS refuses the policy without it.`);
  } else if (deletion !== 'unknown' && Number(deletion.text) > maximumContinuousDays) {
    report.add('continuous-backup-retention', deletion.span, [...path, 'lifecycle', 'delete_after_days'], `Continuous backups are kept for ${String(maximumContinuousDays)} days at most, this rule says ${deletion.text}: AWS refuses the policy.`);
  }
  const cold = lifecycle(rule, open, 'move_to_cold_storage_after_days');
  if (cold !== undefined && cold !== 'unknown') {
    report.add('continuous-backup-retention', cold.span, [...path, 'lifecycle', 'move_to_cold_storage_after_days'], 'Continuous backups cannot move to cold storage: AWS refuses the policy. Remove this setting, or make the move in a rule of its own.');
  }
}

function checkArchive(rule: StatedContainer, owner: StatedContainer, open: ReadonlySet<number>, path: readonly string[], report: Report): void {
  const optIn = lifecycle(owner, open, 'opt_in_to_archive_for_supported_resources');
  if (optIn === undefined || optIn === 'unknown' || optIn.text !== 'true') return;
  const missing: string[] = [];
  const deletion = lifecycle(owner, open, 'delete_after_days');
  const cold = lifecycle(owner, open, 'move_to_cold_storage_after_days');
  const schedule = orOpen(assigned(rule, 'schedule_expression'), rule.children.get('schedule_expression') ?? rule, open);
  if (cold === undefined) missing.push('"move_to_cold_storage_after_days"');
  if (deletion === undefined) missing.push('"delete_after_days"');
  if (schedule === undefined) missing.push('a "schedule_expression" that runs every 28 days or more rarely');
  const at = [...path, 'opt_in_to_archive_for_supported_resources'];
  if (missing.length > 0) {
    report.add('archive-opt-in', optIn.span, at, `The archive opt-in needs ${missing.join(', ')} in the same rule of the same document: AWS refuses the policy without.`);
  }
  if (typeof deletion === 'object' && typeof cold === 'object' && Number(deletion.text) - Number(cold.text) < minimumColdDays) {
    report.add('archive-opt-in', deletion.span, [...path, 'delete_after_days'], `With the archive opt-in a recovery point stays in cold storage for ${String(minimumColdDays)} days at least: deletion after ${deletion.text} days is too early for a move after ${cold.text}, and AWS refuses the policy. Write ${String(Number(cold.text) + minimumColdDays)} or more.`);
  }
  const frequent = typeof schedule === 'object' ? tooFrequentForArchive(schedule.text, schedule.span, report.at) : undefined;
  if (typeof schedule === 'object' && frequent !== undefined) {
    report.add('archive-opt-in', frequent, ['plans', path[1] ?? '', 'rules', rule.name, 'schedule_expression'], `With the archive opt-in a rule runs every 28 days or more rarely: AWS refuses the policy with ${schedule.text}.`);
  }
}

type Assigned = StatedValue | 'unknown' | undefined;

function lifecycle(owner: StatedContainer, open: ReadonlySet<number>, key: string): Assigned {
  const node = owner.children.get('lifecycle');
  if (node?.kind !== 'container') return orOpen(undefined, owner, open);
  const value = orOpen(assigned(node, key), node.children.get(key) ?? node, open);
  return value ?? orOpen(value, owner, open);
}

/** An absent value is unknown where something around it cannot be read. */
function orOpen(value: Assigned, around: Stated, open: ReadonlySet<number>): Assigned {
  return value === undefined && open.has(around.span.start) ? 'unknown' : value;
}

/** The value that a setting assigns; `unknown` when a template fills it in or it is wrong by itself. */
function assigned(node: StatedContainer, key: string): Assigned {
  const leaf: Stated | undefined = node.children.get(key);
  if (leaf === undefined || leaf.kind === 'container') return undefined;
  const value = assignedValue(leaf);
  if (value === undefined) return undefined;
  const judged = leaf.grammar.value === 'scheduleExpression' || acceptsValue(leaf.grammar.value, value.text);
  return value.unknown || !judged ? 'unknown' : value;
}

function assignedValue(leaf: StatedLeaf): StatedValue | undefined {
  return leaf.operations.find((operation) => operation.operator === 'assign')?.values[0];
}

function containers(node: Stated | undefined): readonly StatedContainer[] {
  if (node?.kind !== 'container') return [];
  return [...node.children.values()].filter((child): child is StatedContainer => child.kind === 'container');
}
