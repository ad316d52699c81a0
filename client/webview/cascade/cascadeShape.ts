/** Guards of the cascade: what the extension host answers is checked in full before a part of it is used. */

import type { CascadeRowView, CascadeView, WhyNotSetView } from '../../../server/protocol.ts';
import { guard, isBoolean, isCount, isRecord, isString, listOf, oneOf, optional, shape } from '../shape.ts';
import { isEffectiveError, isEntityKind, isEntityView, isViewLocation } from '../viewShape.ts';

/** What the tab asks with: the path of a setting whose absence is to be explained, or none. */
export interface CascadeParams {
  readonly why: readonly string[] | null;
}

/** What the tab shows: the cascade, and why the setting that was asked for is not set. */
export interface CascadeAnswer {
  readonly view: CascadeView;
  readonly answer: WhyNotSetView | null;
}

const level = shape({
  name: isString,
  path: isString,
  kind: isEntityKind,
  policies: listOf(shape({ name: isString, location: isViewLocation, problem: optional(isString) })),
});

const statement = shape({
  level: isCount,
  policy: isString,
  location: isViewLocation,
  operator: optional(isString),
  values: listOf(shape({ text: isString, lost: isBoolean })),
  outcome: oneOf('applied', 'overridden', 'blocked', 'noEffect'),
  sentence: isString,
  cause: optional(isViewLocation),
});

const control = shape({ level: isCount, policy: isString, location: isViewLocation, allowed: isString, sentence: isString, narrows: isBoolean });

const reason = shape({ type: isString, sentence: isString, location: optional(isViewLocation), cause: optional(isViewLocation) });

const row = {
  id: isString,
  name: isString,
  path: listOf(isString),
  present: isBoolean,
  statements: listOf(statement),
  controls: listOf(control),
  notSet: listOf(reason),
};

const group = shape({ ...row, noun: isString, detail: optional(isString), children: listOf((child) => isRowView(child)) });

const setting = shape({
  ...row,
  kind: oneOf('single', 'list'),
  values: listOf(shape({ text: isString, level: isCount, policy: isString })),
  meaning: optional(isString),
});

function isRowView(value: unknown): value is CascadeRowView {
  return isRecord(value) && (value['type'] === 'group' ? group(value) : value['type'] === 'setting' && setting(value));
}

const view = shape({ target: isEntityView, levels: listOf(level), errors: listOf(isEffectiveError), rows: listOf(isRowView) });

const answer = shape({
  path: listOf(isString),
  state: oneOf('set', 'notSet', 'unknown'),
  sentence: isString,
  reasons: listOf(reason),
  consequence: optional(isString),
});

/** True for everything that the tab shows of one target. */
export const isCascadeAnswer = guard<CascadeAnswer>(shape({ view, answer: (value) => value === null || answer(value) }));

/** True for what the tab asks with. */
export const isCascadeParams = guard<CascadeParams>(shape({ why: (value) => value === null || listOf(isString)(value) }));
