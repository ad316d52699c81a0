import { meantKey } from '../../core/admission/keys.ts';
import { acceptsValue, foldKey, type GrammarContainer, type GrammarNode } from '../../core/grammar.ts';
import { insertMembers, type NewMember } from '../jsonLayout.ts';
import { applyEdits, type Fix, type Fixer } from './fix.ts';
import { grammarOf, memberAt, type Place } from './place.ts';
import { proposalsFor } from './proposals.ts';
import { wrapInPlans } from './rootShape.ts';

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

/** Adds what an effective policy lacks, in the policy where it can be added. */
export const insertRequired: Fixer = ({ document, owners, problem }) => {
  const own = owners.at(-1);
  const key = /^KEY_REQUIRED: '(\w+)' is missing/.exec(problem.message)?.[1];
  const addition = own === undefined || key === undefined ? undefined : additionOf(key, own.member.key.text, undefined);
  if (own?.member.value.type !== 'object' || key === undefined || addition === undefined || memberAt(own.member.value, key) !== undefined) return [];
  return [{ title: `Add ${key}; fill in your own values`, edits: [insertMembers(document, own.member.value, [addition.member])], certain: false }];
};

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
    case 'regions':
      return set(['us-east-1'], false);
    case 'iam_role_arn':
      return set('arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole', false);
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
