import type { WireObject } from '../caller.ts';
import { invalidInput } from './awsError.ts';

const patterns = {
  root: /^r-[0-9a-z]{4,32}$/,
  parent: /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
  child: /^(\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
  target: /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
  account: /^\d{12}$/,
  policy: /^p-[0-9a-zA-Z_]{8,128}$/,
} as const;

/** `ParentId` → `PARENT_ID` */
function constant(member: string): string {
  return member.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}

/** A required text. Source of the reasons: limits-and-errors §3 [obs, api]. */
export function required(input: WireObject, member: string): string {
  const value = input[member];
  if (value === undefined || value === null) throw invalidInput(`INPUT_REQUIRED:${constant(member)}`, 'You must provide a value for the parameter.');
  if (typeof value !== 'string') throw invalidInput(`INVALID_PATTERN:${constant(member)}`);
  return value;
}

/** A text that may be absent. */
export function optional(input: WireObject, member: string): string | undefined {
  return input[member] === undefined || input[member] === null ? undefined : required(input, member);
}

/** A required id of a kind. Source: organizations-api §1 [api]. */
export function id(input: WireObject, member: string, kind: keyof typeof patterns): string {
  const value = required(input, member);
  if (!patterns[kind].test(value)) throw invalidInput(`INVALID_PATTERN:${constant(member)}`);
  return value;
}

/** Checks the length in characters. */
export function within(text: string, member: string, minimum: number, maximum: number): string {
  const length = Array.from(text).length;
  if (length < minimum) throw invalidInput(`MIN_LENGTH_EXCEEDED:${constant(member)}`);
  if (length > maximum) throw invalidInput(`MAX_LENGTH_EXCEEDED:${constant(member)}`);
  return text;
}

const otherTypes: ReadonlySet<string> = new Set(['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'TAG_POLICY', 'AISERVICES_OPT_OUT_POLICY', 'CHATBOT_POLICY', 'DECLARATIVE_POLICY_EC2', 'SECURITYHUB_POLICY']);

/** Whether a required policy type is the one for backups; one that AWS does not have is refused. */
export function isBackup(input: WireObject, member: string): boolean {
  const value = required(input, member);
  if (value === 'BACKUP_POLICY') return true;
  if (otherTypes.has(value)) return false;
  throw invalidInput('INVALID_ENUM_POLICY_TYPE', 'You specified an invalid policy type.');
}

/** The tags of a request. */
export function tagsOf(input: WireObject): readonly { readonly Key: string; readonly Value: string }[] {
  const value = input['Tags'];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalidInput('INVALID_LIST_MEMBER:TAGS');
  const tags = value.map((each: unknown) => {
    const tag = (typeof each === 'object' && each !== null ? each : {}) as WireObject;
    return { Key: within(required(tag, 'Key'), 'Key', 1, 128), Value: within(required(tag, 'Value'), 'Value', 0, 256) };
  });
  if (new Set(tags.map((tag) => tag.Key)).size < tags.length) throw invalidInput('DUPLICATE_TAG_KEY');
  return tags;
}
