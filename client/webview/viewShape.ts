/** Guards of the view data in `server/protocol.ts`: a message is checked in full before a part of it is used. */

import type { EffectivePolicyView, NodeView, TargetRef, ViewLocation } from '../../server/protocol.ts';

type Guard<T> = (value: unknown) => value is T;
type Check = (value: unknown) => boolean;

/** True for an object that is not null and no array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a string. */
export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

const isBoolean: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

function oneOf(...names: readonly string[]): Check {
  return (value) => isString(value) && names.includes(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function shape(fields: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(fields);
  return (value) => isRecord(value) && entries.every(([name, check]) => check(value[name]));
}

function guard<T>(check: Check): Guard<T> {
  return (value): value is T => check(value);
}

const position = shape({ line: isCount, character: isCount });
const entityKind = oneOf('root', 'organizationalUnit', 'account');

/** True for a URI with a range. */
export const isViewLocation = guard<ViewLocation>(shape({ uri: isString, range: shape({ start: position, end: position }) }));

/** True for the reference to a root, OU or account. */
export const isTargetRef = guard<TargetRef>(shape({ organization: isString, key: isString }));

const origin = shape({
  level: isString,
  levelName: isString,
  levelKind: entityKind,
  policy: isString,
  operator: isString,
  location: isViewLocation,
});

const attempt = shape({
  outcome: oneOf('overridden', 'blocked', 'noEffect'),
  values: listOf(isString),
  origin,
  reason: isString,
  cause: optional(isViewLocation),
});

const lock = shape({ allowed: isString, origin });

const container = shape({
  id: isString,
  name: isString,
  noun: isString,
  detail: optional(isString),
  origin,
  children: listOf((child) => isNodeView(child)),
  refused: listOf(attempt),
  locks: listOf(lock),
});

const value = shape({
  id: isString,
  name: isString,
  kind: oneOf('single', 'list'),
  values: listOf(shape({ text: isString, origin })),
  meaning: optional(isString),
  attempts: listOf(attempt),
  locks: listOf(lock),
});

function isNodeView(node: unknown): node is NodeView {
  return isRecord(node) && (node['type'] === 'container' ? container(node) : node['type'] === 'value' && value(node));
}

const attachedPolicy = shape({ name: isString, uri: optional(isString), index: isCount, found: isBoolean, location: isViewLocation });

const entity = shape({
  target: isTargetRef,
  kind: entityKind,
  name: isString,
  id: optional(isString),
  path: isString,
  policies: listOf(attachedPolicy),
  hasChildren: isBoolean,
  accounts: isCount,
  errors: listOf(isString),
  health: optional(oneOf('invalid', 'unprotected', 'warned', 'protected')),
  warnings: isCount,
  invalidAccounts: isCount,
  unprotectedAccounts: isCount,
  warnedAccounts: isCount,
  location: isViewLocation,
});

const effectiveError = shape({
  code: isString,
  message: isString,
  path: isString,
  policies: listOf(isString),
  location: optional(isViewLocation),
});

/** True for everything that the panel shows of one target. */
export const isEffectivePolicyView = guard<EffectivePolicyView>(
  shape({
    target: entity,
    levels: listOf(shape({ name: isString, kind: entityKind, policies: listOf(isString) })),
    empty: isBoolean,
    errors: listOf(effectiveError),
    plans: listOf(isNodeView),
  }),
);
