/** Pieces of guards: what a message may hold, checked in full before a part of it is used. */

type Guard<T> = (value: unknown) => value is T;
/** Looks at a value of unknown shape. */
export type Check = (value: unknown) => boolean;

/** True for an object that is not null and no array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a string. */
export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** True for true and false. */
export const isBoolean: Check = (value) => typeof value === 'boolean';
/** True for a whole number that is not negative. */
export const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

/** True for one of the names. */
export function oneOf(...names: readonly string[]): Check {
  return (value) => isString(value) && names.includes(value);
}

/** True for an array whose elements all pass. */
export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

/** Passes null, and what another check passes. */
export function nullable(check: Check): Check {
  return (value) => value === null || check(value);
}

/** True for what passes, and for undefined. */
export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

/** True for an object whose fields pass; others are not looked at. */
export function shape(fields: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(fields);
  return (value) => isRecord(value) && entries.every(([name, check]) => check(value[name]));
}

/** A check as a guard of the type that it stands for. */
export function guard<T>(check: Check): Guard<T> {
  return (value): value is T => check(value);
}
