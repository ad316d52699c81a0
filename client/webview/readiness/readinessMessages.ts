/** What the page of readiness and the extension host say to each other; both check what arrives. */

import type { OrganizationReadinessView, ReadinessCheckView, ReadinessFormat, ReadinessPlace, TargetRef, ViewLocation } from '../../../server/protocol.ts';
import { guard, isBoolean, isCount, isRecord, isString, listOf, oneOf, optional, shape } from '../shape.ts';
import { isTargetRef, isViewLocation } from '../viewShape.ts';

/** What the page shows. */
export type ReadinessState =
  | { readonly kind: 'loading' }
  /** The server does not answer; `message` says why, in one sentence. */
  | { readonly kind: 'failed'; readonly message: string }
  | {
    readonly kind: 'readiness';
    /** Empty when the workspace has no model. */
    readonly organizations: readonly OrganizationReadinessView[];
    /** What AWS answered, once somebody asked. */
    readonly check?: ReadinessCheckView;
    /** False where nothing can be asked of AWS, in a browser. */
    readonly canCheck: boolean;
  };

/** Messages of the extension host. */
export interface ReadinessHostMessage {
  readonly type: 'readiness';
  readonly state: ReadinessState;
}

/** Messages of the page. */
export type ReadinessMessage =
  | { readonly type: 'ready' }
  /** Open the file and select the range. */
  | { readonly type: 'reveal'; readonly location: ViewLocation }
  /** Show the effective policy of an account. */
  | { readonly type: 'showPolicy'; readonly target: TargetRef }
  | { readonly type: 'export'; readonly format: ReadinessFormat; readonly place?: ReadinessPlace }
  /** Ask AWS what of it exists. */
  | { readonly type: 'check' };

const isFormat = oneOf('csv', 'markdown', 'cloudformation');
const isPlace = optional(shape({ organization: isString, key: optional(isString) }));

/** True for a well-formed message of the page. The host ignores everything else. */
export function isReadinessMessage(value: unknown): value is ReadinessMessage {
  if (!isRecord(value)) return false;
  switch (value['type']) {
    case 'ready':
    case 'check':
      return true;
    case 'reveal':
      return isViewLocation(value['location']);
    case 'showPolicy':
      return isTargetRef(value['target']);
    case 'export':
      return isFormat(value['format']) && isPlace(value['place']);
    default:
      return false;
  }
}

const reason = shape({ setting: isString, origin: isString, location: optional(isViewLocation) });

const organization = shape({
  uri: isString,
  name: isString,
  accounts: isCount,
  withoutNeeds: isCount,
  groups: listOf(shape({
    key: isString,
    type: oneOf('accounts', 'central'),
    accounts: listOf(shape({ name: isString, path: isString, id: optional(isString), target: optional(isTargetRef) })),
    places: listOf(isString),
    copiedFrom: isCount,
    isInvalid: isBoolean,
    items: listOf(shape({
      key: isString,
      type: oneOf('role', 'vault', 'airGappedVault', 'centralVault', 'optIn'),
      name: isString,
      region: optional(isString),
      arn: isString,
      text: isString,
      remark: optional(isString),
      reasons: listOf(reason),
    })),
    open: listOf(reason),
  })),
});

const isReadiness = guard<readonly OrganizationReadinessView[]>(listOf(organization));
const isCheck = guard<ReadinessCheckView | undefined>(optional(shape({
  at: isCount,
  others: isString,
  findings: listOf(shape({ account: isString, item: isString, state: oneOf('found', 'missing', 'notChecked'), message: isString })),
})));

/** True for a well-formed message of the extension host. The page ignores everything else. */
export function isReadinessHostMessage(value: unknown): value is ReadinessHostMessage {
  if (!isRecord(value) || value['type'] !== 'readiness' || !isRecord(value['state'])) return false;
  const { kind, message, organizations, check, canCheck } = value['state'];
  return kind === 'loading' || (kind === 'failed' && isString(message)) || (kind === 'readiness' && isReadiness(organizations) && isCheck(check) && isBoolean(canCheck));
}
