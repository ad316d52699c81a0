/** Guards of the view data in `server/protocol.ts`: a message is checked in full before a part of it is used. */

import type { EffectivePolicyView, NodeView, TargetRef, ViewLocation } from '../../server/protocol.ts';
import { guard, isBoolean, isCount, isRecord, isString, listOf, oneOf, optional, shape } from './shape.ts';

export { isRecord, isString };

const position = shape({ line: isCount, character: isCount });
/** True for the kind of an entity. */
export const isEntityKind = oneOf('root', 'organizationalUnit', 'account');

/** True for a URI with a range. */
export const isViewLocation = guard<ViewLocation>(shape({ uri: isString, range: shape({ start: position, end: position }) }));

/** True for the reference to a root, OU or account. */
export const isTargetRef = guard<TargetRef>(shape({ organization: isString, key: isString }));

const origin = shape({
  level: isString,
  levelName: isString,
  levelKind: isEntityKind,
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

/** True for a root, OU or account. */
export const isEntityView = shape({
  target: isTargetRef,
  kind: isEntityKind,
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
  failingGuardrails: listOf(shape({ name: isString, accounts: isCount })),
  location: isViewLocation,
});

/** True for an error of an effective policy. */
export const isEffectiveError = shape({
  code: isString,
  message: isString,
  path: isString,
  policies: listOf(isString),
  location: optional(isViewLocation),
});

/** True for everything that the panel shows of one target. */
export const isEffectivePolicyView = guard<EffectivePolicyView>(
  shape({
    target: isEntityView,
    levels: listOf(shape({ name: isString, kind: isEntityKind, policies: listOf(isString) })),
    empty: isBoolean,
    errors: listOf(isEffectiveError),
    plans: listOf(isNodeView),
  }),
);
