import { meantKey } from '../../core/admission/keys.ts';
import type { Document, Member } from '../../core/document/tree.ts';
import { acceptsValue, foldKey, type GrammarContainer, type GrammarNode } from '../../core/grammar.ts';
import { insertMembers, type NewMember } from '../jsonLayout.ts';
import { applyEdits, type Fix, type Fixer } from './fix.ts';
import { grammarOf, memberAt, type Place } from './place.ts';
import { proposalsFor } from './proposals.ts';
import { wrapInPlans } from './rootShape.ts';

/** The role that AWS Backup's console creates. Source: common-mistakes D1. */
export const defaultRole = 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole';

/** A setting to add, with a value that its name or the name of its entry tells, or one that the author must look at. */
interface Addition {
  readonly member: NewMember;
  readonly derived: boolean;
}

/** Adds what AWS demands in the same document: "plans", the target of a copy action, the settings of tags and selections. */
export const insertMissing: Fixer = (place) => {
  const own = place.owners.at(-1);
  const grammar = grammarOf(place);
  if (own === undefined) return insertPlans(place);
  const object = own.member.value;
  if (grammar?.kind !== 'container' || object.type !== 'object') return [];
  const missing = missingKeys(grammar, object.members.map(({ key }) => key.text));
  const name = own.member.key.text;
  const choices = missing.length > 0 ? [missing] : [['resource_types'], ['conditions']];
  return choices.flatMap((keys): readonly Fix[] => {
    const additions = keys.flatMap((key) => additionOf(key, name, grammar.keys.get(key)) ?? []);
    if (additions.length < keys.length) return [];
    const edits = [insertMembers(place.document, object, additions.map(({ member }) => member))];
    const fillIn = additions.every(({ derived }) => derived) ? '' : '; fill in your own values';
    const fix: Fix = { title: `Add ${keys.join(' and ')}${fillIn}`, edits, certain: keys.every((key) => key === 'target_backup_vault_arn') };
    return applyEdits(place.document.text, edits) === place.document.text ? [] : [fix];
  });
};

/** Adds a setting that an object lacks, with a value that stands for the author's. */
export function insertSetting(document: Document, { key: { text: name }, value: object }: Member, key: string): readonly Fix[] {
  const addition = additionOf(key, name, undefined);
  if (object.type !== 'object' || addition === undefined || memberAt(object, key) !== undefined) return [];
  return [{ title: `Add ${key}; fill in your own values`, edits: [insertMembers(document, object, [addition.member])], certain: false }];
}

/** Writes a policy without plans where the document is empty. */
export const writePolicy: Fixer = ({ document }) => (
  document.root === undefined && document.text.trim() === ''
    ? [{ title: 'Write a policy without plans', edits: [{ start: 0, end: document.text.length, newText: '{\n  "plans": {}\n}\n' }], certain: false }]
    : []);

/** Writes the schedule that AWS Backup takes anyway. */
export const insertSchedule: Fixer = (place) => {
  const object = place.owners.at(-1)?.member.value;
  if (object?.type !== 'object') return [];
  const schedule = '"schedule_expression": { "@@assign": "cron(0 5 ? * * *)" }';
  return [{ title: 'Add schedule_expression: daily at 05:00 UTC, as AWS Backup runs it now', edits: [insertMembers(place.document, object, [schedule])], certain: false }];
};

function missingKeys(grammar: GrammarContainer, present: readonly string[]): readonly string[] {
  const meant = new Set(present.map((key) => foldKey(meantKey(key, grammar) ?? key)));
  return grammar.required.filter((key) => !meant.has(foldKey(key)));
}

function insertPlans({ document }: Place): readonly Fix[] {
  if (document.root?.type !== 'object') return [];
  const wrapped = wrapInPlans(document, document.root);
  return wrapped.length > 0 ? wrapped : [{ title: 'Add "plans"', edits: [insertMembers(document, document.root, ['"plans": {}'])], certain: false }];
}

function additionOf(key: string, name: string, grammar: GrammarNode | undefined): Addition | undefined {
  const set = (value: string | readonly string[], derived: boolean): Addition => ({ member: `${JSON.stringify(key)}: { "@@assign": ${JSON.stringify(value)} }`, derived });
  switch (key) {
    case 'target_backup_vault_arn': {
      const arn = [name, ...proposalsFor('vaultArn', name).map(({ text }) => text)].find((text) => acceptsValue('vaultArn', text));
      return arn === undefined ? undefined : set(arn, true);
    }
    case 'rules':
      return { derived: false, member: `"rules": { "daily": { "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" }, "target_backup_vault_name": { "@@assign": "Default" } } }` };
    case 'selections':
      return { derived: false, member: `"selections": { "tags": { "backup": { "iam_role_arn": { "@@assign": "${defaultRole}" }, "tag_key": { "@@assign": "backup" }, "tag_value": { "@@assign": ["true"] } } } }` };
    case 'scan_settings':
      return { derived: false, member: '"scan_settings": { "GUARDDUTY": { "resource_types": { "@@assign": ["ALL"] }, "scanner_role_arn": { "@@assign": "arn:aws:iam::$account:role/scanner" } } }' };
    case 'regions':
      return set(['us-east-1'], false);
    case 'iam_role_arn':
      return set(defaultRole, false);
    case 'target_backup_vault_name':
      return set('Default', false);
    case 'tag_key':
      return grammar?.kind === 'single' && acceptsValue(grammar.value, name) ? set(name, true) : undefined;
    case 'tag_value':
      return set(grammar?.kind === 'list' ? ['true'] : '', false);
    case 'condition_key':
      return set(`aws:ResourceTag/${name}`, false);
    case 'condition_value':
      return set('true', false);
    case 'resource_types':
      return set(['arn:aws:ec2:*:*:instance/*'], false);
    case 'conditions':
      return { derived: false, member: `"conditions": { "string_equals": { "backup": { "condition_key": { "@@assign": "aws:ResourceTag/backup" }, "condition_value": { "@@assign": "true" } } } }` };
    default:
      return undefined;
  }
}
