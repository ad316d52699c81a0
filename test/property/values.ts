import fc from 'fast-check';
import facts from '../../schemas/facts.json' with { type: 'json' };
import { acceptsValue, suggestedValues, type ValueType } from '../../server/core/grammar.ts';
import { recordedParts } from './recordedParts.ts';

/** What AWS took, taken apart. */
export const recorded = recordedParts();

/** A whole number as JSON takes it bare, or quoted with or without leading zeros. */
export function numberText(number: fc.Arbitrary<number>): fc.Arbitrary<string> {
  return fc.tuple(number, fc.constantFrom('bare', 'quoted', 'padded')).map(([value, spelling]) => (
    spelling === 'bare' ? String(value) : `"${spelling === 'padded' ? '0' : ''}${String(value)}"`));
}

const quoted = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => text.map((one) => JSON.stringify(one));
const partition = fc.constantFrom(...facts.resourceTypes.partitions);
const region = fc.constantFrom(...facts.regions.regions.map(({ code }) => code));
const account = fc.oneof(fc.constant('$account'), fc.stringMatching(/^[0-9]{12}$/));
const vaultName = fc.stringMatching(/^[A-Za-z0-9_-]{2,50}$/);
const roleName = fc.stringMatching(/^[A-Za-z0-9_+=,.@-]{1,40}$/);
const minutesOfHour = fc.nat({ max: 59 });
const hour = fc.nat({ max: 23 });
const days = fc.oneof(
  fc.integer({ min: 1, max: 28 }).map((day) => `${String(day)} * ?`),
  fc.integer({ min: 1, max: 5 }).map((week) => `? * MON#${String(week)}`),
  fc.constantFrom('? * MON-FRI', '? * 1,3,5', '* * ?', 'L * ?', '1 1/3 ?', '? JAN,JUL SUN'),
);
/** One run a day at most, which is rare enough for every clock. */
const schedule = fc.tuple(minutesOfHour, hour, days).map(([minute, at, day]) => `cron(${String(minute)} ${String(at)} ${day} *)`);
/** Text that takes no escapes, text that does, and letters outside the first plane. */
const anyText = fc.oneof(fc.stringMatching(/^[A-Za-z0-9 _.:/=+@-]{1,40}$/), fc.string({ minLength: 1, maxLength: 20 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }))
  .filter((text) => text.length > 0 && !/[{%]/.test(text));

/** Values that the documentation describes, beyond those that were recorded. As JSON text. */
const described: Readonly<Partial<Record<ValueType, fc.Arbitrary<string>>>> = {
  minutes: numberText(fc.integer({ min: 60, max: facts.backupLimits.limits.startWindowMinutes.maximum })),
  days: numberText(fc.integer({ min: 1, max: facts.backupLimits.limits.lifecycleDays.maximum })),
  scheduleExpression: quoted(schedule),
  region: quoted(region),
  vaultName: quoted(vaultName),
  vaultArn: quoted(vaultArn()),
  airGappedVaultArn: quoted(fc.tuple(partition, vaultName).map(([aws, name]) => `arn:${aws}:backup:$region:$account:backup-vault:${name}`)),
  roleArn: quoted(fc.tuple(partition, fc.constantFrom('', 'service-role/', 'a/b/'), roleName).map(([aws, path, name]) => `arn:${aws}:iam::$account:role/${path}${name}`)),
  resourceType: quoted(fc.tuple(partition, fc.constantFrom(...facts.resourceTypes.patterns)).map(([aws, { pattern }]) => pattern.replace('arn:aws:', `arn:${aws}:`))),
  tagKey: fc.oneof(quoted(anyText.filter((text) => !text.startsWith('@'))), fc.constantFrom('12', 'true', 'null')),
  tagValue: fc.oneof(quoted(anyText), fc.constantFrom('""', '0', 'false', 'null', '1.50')),
  conditionKey: quoted(anyText.map((text) => `aws:ResourceTag/${text}`)),
  conditionValue: fc.oneof(quoted(anyText.map((text) => `*${text}*`)), fc.constantFrom('""', '7', 'true')),
};

function vaultArn(): fc.Arbitrary<string> {
  return fc.tuple(partition, region, account, vaultName).map(([aws, code, owner, name]) => `arn:${aws}:backup:${code}:${owner}:backup-vault:${name}`);
}

/** JSON texts of accepted values: the recorded ones, those that the schema lists, and those that the documentation describes. */
export function valuesOf(type: ValueType): fc.Arbitrary<string> {
  const listed = suggestedValues(type).map(({ value }) => JSON.stringify(value));
  const known = [...new Set([...recorded.values.get(type) ?? [], ...listed])];
  return fc.oneof(...(known.length === 0 ? [] : [fc.constantFrom(...known)]), ...(described[type] === undefined ? [] : [described[type]]));
}

/** Names of plans, rules and selections, or ARNs of vaults, that AWS takes as keys. */
export function namesOf(type: ValueType): fc.Arbitrary<string> {
  const known = [...recorded.names.get(type) ?? []];
  const free = type === 'vaultArn' ? vaultArn() : fc.oneof(fc.stringMatching(/^[A-Za-z0-9_.-]{1,50}$/), fc.constantFrom('__proto__', 'constructor', 'plans', 'rules', '0', 'toString'));
  return fc.oneof(...(known.length === 0 ? [] : [fc.constantFrom(...known)]), free).filter((name) => acceptsValue(type, name));
}

/** Lists of operators that a policy may allow to lower ones. */
export const controlLists: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.constantFrom(...[...recorded.controls].map((text) => (JSON.parse(text) as readonly string[]).map((value) => JSON.stringify(value)))),
  fc.subarray(['"@@all"', '"@@assign"', '"@@append"', '"@@remove"'], { minLength: 1 }),
  fc.constant(['"@@none"']),
);
