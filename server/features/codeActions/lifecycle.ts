import { isSparseEnoughForArchive } from '../../core/cron/frequency.ts';
import { parseSchedule } from '../../core/cron/parse.ts';
import { isScalar, type Member, type ObjectNode, type ScalarNode } from '../../core/document/tree.ts';
import { foldKey } from '../../core/grammar.ts';
import { maximumContinuousDays, minimumColdDays } from '../../core/validation/crossAttributes.ts';
import { replacement, type Fix, type Fixer } from './fix.ts';
import { insertMembers, removeMember } from '../jsonLayout.ts';
import { memberAt, type Owner, type Place } from './place.ts';

const limit = String(maximumContinuousDays);
const statement = `"delete_after_days": { "@@assign": "${limit}" }`;

/** Fits a rule with continuous backup: 35 days, and no cold storage. Never certain, since backups are deleted for it. */
export const fixContinuous: Fixer = (place) => {
  const setting = place.owners.at(-2);
  if (setting === undefined) return [];
  switch (foldKey(setting.member.key.text)) {
    case 'delete_after_days':
      return setDays(place, maximumContinuousDays, `Delete backups after ${limit} days`);
    case 'move_to_cold_storage_after_days':
      return [{ title: 'Remove the move to cold storage', edits: [removeMember(setting.object, setting.member)], certain: false }];
    default:
      return [insertDeletion(place, setting)];
  }
};

/** Lets a recovery point stay 90 days in cold storage, runs the rule once a month, or takes the opt-in out. */
export const fixArchive: Fixer = (place) => {
  const setting = place.owners.at(-2);
  if (setting === undefined) return [];
  const key = foldKey(setting.member.key.text);
  if (key === 'schedule_expression') return monthly(place);
  if (key !== 'delete_after_days') return [{ title: 'Remove the archive opt-in', edits: [removeMember(setting.object, setting.member)], certain: false }];
  const cold = assignedScalar(memberAt(setting.object, 'move_to_cold_storage_after_days'));
  const days = Number(cold?.text) + minimumColdDays;
  return Number.isSafeInteger(days) ? setDays(place, days, `Delete backups after ${String(days)} days`) : [];
};

/** The same hour, on the first day of every month. */
function monthly({ document, value, at }: Place): readonly Fix[] {
  const parsed = value?.type === 'string' ? parseSchedule(value.text) : undefined;
  if (value === undefined || parsed?.ok !== true) return [];
  const schedule = `cron(${String(parsed.schedule.minutes[0] ?? 0)} ${String(parsed.schedule.hours[0] ?? 0)} 1 * ? *)`;
  if (!isSparseEnoughForArchive(schedule, at)) return [];
  return [{ title: `Run once a month: ${schedule}`, edits: [replacement(document, value, JSON.stringify(schedule))], certain: false }];
}

function setDays({ document, value }: Place, days: number, title: string): readonly Fix[] {
  if (value === undefined || !isScalar(value)) return [];
  const text = String(days);
  return [{ title, edits: [replacement(document, value, value.type === 'number' ? text : `"${text}"`)], certain: false }];
}

function insertDeletion({ document }: Place, { object, member }: Owner): Fix {
  const title = `Delete backups after ${limit} days`;
  const lifecycle = memberAt(object, 'lifecycle')?.value;
  if (lifecycle?.type !== 'object') return { title, edits: [insertMembers(document, object, [`"lifecycle": { ${statement} }`], member)], certain: false };
  const deletion = memberAt(lifecycle, 'delete_after_days')?.value;
  const edit = deletion?.type === 'object' ? insertMembers(document, deletion, [`"@@assign": "${limit}"`]) : insertMembers(document, lifecycle, [statement]);
  return { title, edits: [edit], certain: false };
}

function assignedScalar(setting: Member | undefined): ScalarNode | undefined {
  const operators: ObjectNode | undefined = setting?.value.type === 'object' ? setting.value : undefined;
  const value = operators === undefined ? undefined : memberAt(operators, '@@assign')?.value;
  return value !== undefined && isScalar(value) ? value : undefined;
}
