import { nearest } from '../../core/admission/keys.ts';
import { suggestedValues, type ValueType } from '../../core/grammar.ts';

/** A value in the place of one that AWS refuses. */
export interface Proposal {
  readonly text: string;
  /** The title of the fix. */
  readonly title: string;
  readonly certain: boolean;
}

type Propose = (text: string) => readonly Proposal[];

const yes = new Set(['true', 'yes', 'y', 'on', '1', 'enabled', 'enable']);
const no = new Set(['false', 'no', 'n', 'off', '0', 'disabled', 'disable']);

const minuteUnits: Readonly<Record<string, number>> = { m: 1, min: 1, mins: 1, minute: 1, minutes: 1, h: 60, hr: 60, hrs: 60, hour: 60, hours: 60, d: 1440, day: 1440, days: 1440 };
const dayUnits: Readonly<Record<string, number>> = { d: 1, day: 1, days: 1, w: 7, week: 7, weeks: 7 };

/** The shortest backup window, in minutes. Source: syntax §3.2 [doc, obs]. */
const shortestWindow = 60;

/** The longest window in minutes and retention in days of AWS Backup. Source: syntax §§3 and 3.2 [api]. */
const longestWindow = 52_560_000;
const longestRetention = 36_500;

/** So many known values are offered where none is close. */
const offeredValues = 3;

const table: Readonly<Partial<Record<ValueType, Propose>>> = {
  minutes: (text) => {
    const count = amount(text, minuteUnits);
    if (count === undefined) return [];
    if (count.value < shortestWindow) return [{ text: String(shortestWindow), title: `Write ${String(shortestWindow)}, the shortest window that AWS takes`, certain: true }];
    return digits(count, longestWindow);
  },
  days: (text) => digits(amount(text, dayUnits), longestRetention),
  boolean: (text) => either(text, 'true', 'false'),
  toggle: (text) => either(text, 'enabled', 'disabled'),
  roleArn: (text) => {
    const arn = /^(arn:[^:]+:iam::)[^:]*(:role\/.*)$/.exec(text);
    if (arn !== null) return [{ text: `${arn[1] ?? ''}$account${arn[2] ?? ''}`, title: 'Write $account for the account id', certain: true }];
    return text.includes(':') ? [] : [{ text: `arn:aws:iam::$account:role/${text}`, title: 'Write the ARN of the role', certain: false }];
  },
  vaultName: (text) => {
    const arn = /^arn:[^:]*:backup:[^:]*:[^:]*:(?:backup-)?vault:(.+)$/.exec(text);
    if (arn !== null) return [write(arn[1] ?? '', true)];
    return [write(text.trim() === '' ? 'Default' : slug(text, /[^A-Za-z0-9_-]+/g), false)];
  },
  vaultArn: (text) => {
    const mended = text.replace(/:(?:vault|backup_vault|backupvault):/, ':backup-vault:');
    const account = /^arn:[^:]+:backup:[^:]+:([^:]*):/.exec(mended)?.[1];
    if (account === undefined || account === '$account' || /^\d{12}$/.test(account)) return [{ text: mended, title: 'Write :backup-vault:', certain: true }];
    const own = mended.replace(/^(arn:[^:]+:backup:[^:]+:)[^:]*:/, '$1$$account:');
    return [{ text: own, title: 'Write $account: the copies stay in the account of the original', certain: false }];
  },
  airGappedVaultArn: (text) => {
    const arn = /^arn:([^:]+):backup:[^:]*:[^:]*:(?:backup-)?vault:(.+)$/.exec(text);
    return arn === null ? [] : [{ text: `arn:${arn[1] ?? ''}:backup:$region:$account:backup-vault:${arn[2] ?? ''}`, title: 'Write $region and $account as they stand', certain: true }];
  },
  name: (text) => [write(slug(text, /[^A-Za-z0-9_.-]+/g), false)],
  region: (text) => {
    const trimmed = text.trim().toLowerCase();
    const known = suggestedValues('region').map(({ value }) => value);
    const zone = /^(.*-\d)[a-z]$/.exec(trimmed)?.[1] ?? trimmed;
    if (known.includes(zone)) return [write(zone, true)];
    const meant = nearest(trimmed.replace(/[\s_]+/g, '-').replace(/([a-z])(\d)$/, '$1-$2'), known);
    return meant === undefined ? [] : [write(meant, false)];
  },
  resourceType: (text) => {
    const types = suggestedValues('resourceType').map(({ value }) => value);
    const same = types.find((type) => type.toLowerCase() === text.trim().toLowerCase());
    if (same !== undefined) return [write(same, true)];
    const pattern = types.find((type) => type !== '*' && covers(type, text)) ?? nearest(text, types.filter((type) => type.split(':')[2] === text.split(':')[2]));
    return pattern === undefined ? [] : [write(pattern, false)];
  },
};

/** The values that the author of a text can have meant, the best first; AWS may refuse some of them still. */
export function proposalsFor(type: ValueType, text: string): readonly Proposal[] {
  return (table[type] ?? known(type))(text);
}

function known(type: ValueType): Propose {
  return (text) => {
    const values = suggestedValues(type).map(({ value }) => value);
    const same = values.find((value) => value.toLowerCase() === text.trim().toLowerCase());
    const meant = same ?? nearest(text, values);
    if (meant !== undefined) return [write(meant, same !== undefined)];
    return values.length <= offeredValues ? values.map((value) => write(value, false)) : [];
  };
}

function write(text: string, certain: boolean): Proposal {
  return { text, title: `Write ${text}`, certain };
}

function either(text: string, on: string, off: string): readonly Proposal[] {
  const folded = text.trim().toLowerCase();
  if (yes.has(folded)) return [write(on, true)];
  return no.has(folded) ? [write(off, true)] : [write(on, false), write(off, false)];
}

interface Amount {
  readonly value: number;
  /** False where the text says something between two whole numbers. */
  readonly whole: boolean;
}

function amount(text: string, units: Readonly<Record<string, number>>): Amount | undefined {
  const found = /^\s*\+?(\d{1,30}(?:\.\d{1,16})?(?:e\+?\d)?)\s*([a-z]*)\.?\s*$/i.exec(text);
  const unit = (found?.[2] ?? '').toLowerCase();
  const factor = unit === '' ? 1 : units[unit];
  if (found === null || factor === undefined) return undefined;
  const exact = Number(found[1]) * factor;
  return { value: Math.ceil(exact), whole: Number.isInteger(exact) };
}

/** @param longest stands for what has more digits than AWS takes. */
function digits(count: Amount | undefined, longest: number): readonly Proposal[] {
  if (count === undefined) return [];
  if (count.value > Number.MAX_SAFE_INTEGER) return [{ text: String(longest), title: `Write ${String(longest)}, the most that AWS Backup takes`, certain: false }];
  return count.value < 1 ? [] : [write(String(count.value), count.whole)];
}

/** A text without what is unfit, a hyphen in its place, 50 characters at most. */
export function slug(text: string, unfit: RegExp): string {
  return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(unfit, '-').replace(/^-+|-+$/g, '').slice(0, 50);
}

/** True when the ARN of one resource is of the type that a pattern describes. */
function covers(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^:]*');
  return new RegExp(`^${escaped}$`).test(text);
}
