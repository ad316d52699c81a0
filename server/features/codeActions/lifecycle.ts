import { isSparseEnoughForArchive } from '../../core/cron/frequency.ts';
import { parseSchedule } from '../../core/cron/parse.ts';
import { isScalar, type Member, type ObjectNode, type ScalarNode } from '../../core/document/tree.ts';
import { foldKey } from '../../core/grammar.ts';
import { maximumContinuousDays, minimumColdDays } from '../../core/validation/crossAttributes.ts';
import { replacement, type Fix, type Fixer } from './fix.ts';
import { insertMembers, removeMember } from '../jsonLayout.ts';
import { memberAt, type Place } from './place.ts';

const limit = String(maximumContinuousDays);
const statement = `"delete_after_days": { "@@assign": "${limit}" }`;

/** Fits a rule with continuous backup: 35 days, and no cold storage. Never certain, since backups are deleted for it. */
export const fixContinuous: Fixer = (place) => {
  const setting = place.owners.at(-2);
  if (setting === undefined) return [];
  switch (foldKey(setting.member.key.text)) {
    case 'delete_after_days':
      return setNumber(place, maximumContinuousDays, `Delete backups after ${limit} days`);
    case 'move_to_cold_storage_after_days':
      return [{ title: 'Remove the move to cold storage', edits: [removeMember(setting.object, setting.member)], certain: false }];
    default:
      return [insertDeletion(place, setting.object, setting.member)];
  }
};

/** For the archive opt-in: lets a recovery point stay 90 days in cold storage, runs the rule once a month, or takes the opt-in out. */
export const fixArchive: Fixer = (place) => {
  const setting = place.owners.at(-2);
  if (setting === undefined) return [];
  const key = foldKey(setting.member.key.text);
  if (key === 'schedule_expression') return monthly(place);
  if (key !== 'delete_after_days') return [{ title: 'Remove the archive opt-in', edits: [removeMember(setting.object, setting.member)], certain: false }];
  const cold = assignedScalar(memberAt(setting.object, 'move_to_cold_storage_after_days'));
  const days = Number(cold?.text) + minimumColdDays;
  return Number.isSafeInteger(days) ? setNumber(place, days, `Delete backups after ${String(days)} days`) : [];
};

/** Deletes backups 90 days after they move to cold storage, or does not move them. */
export const fixColdStorage: Fixer = (place) => {
  const lifecycle = place.owners.at(-2)?.object;
  const move = lifecycle === undefined ? undefined : memberAt(lifecycle, 'move_to_cold_storage_after_days');
  if (lifecycle === undefined || move === undefined) return [];
  const remove: Fix = { title: 'Remove the move to cold storage', edits: [removeMember(lifecycle, move)], certain: false };
  // Where the problem stands at the move, another policy says when backups are deleted.
  if (place.problem.rule === 'continuous-cold-storage' || settingOf(place) !== 'delete_after_days') return [remove];
  const days = Number(assignedScalar(move)?.text) + minimumColdDays;
  return [...(Number.isSafeInteger(days) ? setNumber(place, days, `Delete backups after ${String(days)} days`) : []), remove];
};

/** Lets a job that starts at the end of the window to start have an hour. */
export const fixCompletion: Fixer = (place) => {
  if (settingOf(place) !== 'complete_backup_window_minutes') return [];
  const rule = place.owners.at(-2)?.object;
  const start = rule === undefined ? undefined : assignedScalar(memberAt(rule, 'start_backup_window_minutes'));
  const minutes = Number(start?.text) + 60;
  return Number.isSafeInteger(minutes) ? setNumber(place, minutes, `Write ${String(minutes)}, an hour more than the window to start`) : [];
};

/** Deletes backups, or copies, after 35 days. */
export const insertRetention: Fixer = (place) => {
  const own = place.owners.at(-1);
  return own?.member.value.type === 'object' ? [insertDeletion(place, own.member.value, undefined)] : [];
};

/** The key of the setting in which a problem stands. */
function settingOf({ owners }: Place): string {
  return foldKey(owners.at(-2)?.member.key.text ?? '');
}

/** The same hour, on the first day of every month. */
function monthly({ document, value, at }: Place): readonly Fix[] {
  const parsed = value?.type === 'string' ? parseSchedule(value.text) : undefined;
  if (value === undefined || parsed?.ok !== true) return [];
  const schedule = `cron(${String(parsed.schedule.minutes[0] ?? 0)} ${String(parsed.schedule.hours[0] ?? 0)} 1 * ? *)`;
  if (!isSparseEnoughForArchive(schedule, at)) return [];
  return [{ title: `Run once a month: ${schedule}`, edits: [replacement(document, value, JSON.stringify(schedule))], certain: false }];
}

function setNumber({ document, value }: Place, count: number, title: string): readonly Fix[] {
  if (value === undefined || !isScalar(value)) return [];
  const text = String(count);
  return [{ title, edits: [replacement(document, value, value.type === 'number' ? text : `"${text}"`)], certain: false }];
}

function insertDeletion({ document }: Place, object: ObjectNode, anchor: Member | undefined): Fix {
  const title = `Delete backups after ${limit} days`;
  const lifecycle = memberAt(object, 'lifecycle')?.value;
  if (lifecycle?.type !== 'object') return { title, edits: [insertMembers(document, object, [`"lifecycle": { ${statement} }`], anchor)], certain: false };
  const deletion = memberAt(lifecycle, 'delete_after_days')?.value;
  const edit = deletion?.type === 'object' ? insertMembers(document, deletion, [`"@@assign": "${limit}"`]) : insertMembers(document, lifecycle, [statement]);
  return { title, edits: [edit], certain: false };
}

function assignedScalar(setting: Member | undefined): ScalarNode | undefined {
  const operators: ObjectNode | undefined = setting?.value.type === 'object' ? setting.value : undefined;
  const value = operators === undefined ? undefined : memberAt(operators, '@@assign')?.value;
  return value !== undefined && isScalar(value) ? value : undefined;
}
