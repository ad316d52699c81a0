/** What the table of coverage and the extension host say to each other; both check what arrives. */

import type { CoverageFormat, OrganizationCoverageView, TargetRef, ViewLocation } from '../../server/protocol.ts';
import { guard, isBoolean, isCount, isRecord, isString, listOf, nullable, oneOf, optional, shape } from './shape.ts';
import { isTargetRef, isViewLocation } from './viewShape.ts';

/** What the table shows. */
export type CoverageState =
  | { readonly kind: 'loading' }
  /** The server does not answer; `message` says why, in one sentence. */
  | { readonly kind: 'failed'; readonly message: string }
  /** Empty when the workspace has no model. */
  | { readonly kind: 'coverage'; readonly organizations: readonly OrganizationCoverageView[] };

/** Messages of the extension host. */
export interface CoverageHostMessage {
  readonly type: 'coverage';
  readonly state: CoverageState;
}

/** Messages of the page. */
export type CoverageMessage =
  | { readonly type: 'ready' }
  /** Open the file and select the range. */
  | { readonly type: 'reveal'; readonly location: ViewLocation }
  /** Show the effective policy of an account. */
  | { readonly type: 'showPolicy'; readonly target: TargetRef }
  | { readonly type: 'export'; readonly format: CoverageFormat };

/** True for a well-formed message of the page. The host ignores everything else. */
export function isCoverageMessage(value: unknown): value is CoverageMessage {
  if (!isRecord(value)) return false;
  switch (value['type']) {
    case 'ready':
      return true;
    case 'reveal':
      return isViewLocation(value['location']);
    case 'showPolicy':
      return isTargetRef(value['target']);
    case 'export':
      return value['format'] === 'csv' || value['format'] === 'markdown';
    default:
      return false;
  }
}

const cell = shape({
  retention: isString,
  retentionDays: nullable(isCount),
  rules: listOf(shape({ name: isString, schedule: isString, retentionDays: nullable(isCount), retention: isString, continuous: isBoolean, copies: listOf(isString) })),
  regions: listOf(isString),
  location: optional(isViewLocation),
});

const organization = shape({
  uri: isString,
  name: isString,
  accounts: isCount,
  unprotected: isCount,
  invalid: isCount,
  plans: listOf(isString),
  groups: listOf(shape({
    health: oneOf('invalid', 'unprotected', 'warned', 'protected'),
    accounts: listOf(shape({ target: isTargetRef, name: isString, path: isString, id: optional(isString) })),
    cells: listOf(nullable(cell)),
  })),
});

const isCoverage = guard<readonly OrganizationCoverageView[]>(listOf(organization));

/** True for a well-formed message of the extension host. The page ignores everything else. */
export function isCoverageHostMessage(value: unknown): value is CoverageHostMessage {
  if (!isRecord(value) || value['type'] !== 'coverage' || !isRecord(value['state'])) return false;
  const { kind, message, organizations } = value['state'];
  return kind === 'loading' || (kind === 'failed' && isString(message)) || (kind === 'coverage' && isCoverage(organizations));
}
