/** Guard of the answer to `backupPolicy/reach`. */

import type { ReachView } from '../../../server/protocol.ts';
import { isBoolean, isCount, isString, listOf, oneOf, optional, shape, type Check } from '../shape.ts';
import { isViewLocation } from '../viewShape.ts';

const location = optional(isViewLocation);

const finding = shape({ verdict: oneOf('met', 'unmet', 'unknown'), message: isString, path: isString, location });

const resource = shape({
  arn: isString,
  kind: optional(isString),
  impossible: optional(isString),
  region: optional(isString),
  policyOf: isString,
  tags: listOf(shape({ key: isString, value: isString })),
  group: oneOf('unreached', 'once', 'several'),
  line: isCount,
  notes: listOf(isString),
  plans: listOf(shape({
    plan: isCount,
    reached: isBoolean,
    findings: listOf(finding),
    selections: listOf(shape({ name: isString, kind: oneOf('tags', 'resources'), reached: isBoolean, findings: listOf(finding) })),
  })),
});

const plan = shape({
  name: isString,
  regions: listOf(isString),
  rules: listOf(shape({ name: isString, schedule: isString, retention: isString, vault: optional(isString), copies: listOf(isString), location })),
  location,
});

const groupCounts: Readonly<Record<string, Check>> = { unreached: isCount, once: isCount, several: isCount };

const view = shape({
  refusal: optional(isString),
  summary: isString,
  example: isString,
  counts: shape({ resources: isCount, ...groupCounts }),
  warnings: listOf(isString),
  resources: listOf(resource),
  matching: shape(groupCounts),
  plans: listOf(plan),
  overlaps: listOf(shape({ plans: listOf(isString), resources: isCount, message: isString })),
  problems: listOf(shape({ line: isCount, message: isString, location })),
  problemCount: isCount,
});

/** True for an answer to `backupPolicy/reach`, as far as the page draws it. */
export function isReachView(value: unknown): value is ReachView {
  return view(value);
}
