import type { Fixer } from './fix.ts';
import { fixArchive, fixContinuous } from './lifecycle.ts';
import { insertSetting } from './missingSettings.ts';

/** Mends what makes AWS withhold an effective policy, in the policy where that can be done. */
export const fixEffective: Fixer = (place) => {
  const { document, owners, problem: { message } } = place;
  const own = owners.at(-1);
  if (own === undefined) return [];
  const statement = own.member.key.text.startsWith('@@') ? { ...place, value: own.member.value } : undefined;
  if (message.includes('enable_continuous_backup=')) return statement === undefined ? [] : fixContinuous(statement);
  if (message.includes('opt_in_to_archive_for_supported_resources=')) return statement === undefined ? [] : fixArchive(statement);
  const missing = /^KEY_REQUIRED: '(\w+)' is missing/.exec(message)?.[1];
  const plan = owners[1]?.member;
  if (missing !== undefined) return insertSetting(document, own.member, missing);
  return plan !== undefined && message.includes('scan_settings(undefined)') ? insertSetting(document, plan, 'scan_settings') : [];
};
