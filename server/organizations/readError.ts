import { OrganizationsError } from './errors.ts';
import type { FailedCall, Failure, Missing } from './failure.ts';
import { writes } from './rates.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** What is known of a call before it fails. */
export type CallContext = Pick<FailedCall, 'operation' | 'profile' | 'endpoint'>;

/** By the exception's name without its ending. Source: limits-and-errors §3, organizations-backend §4. */
const byName: Readonly<Record<string, Failure | undefined>> = {
  TooManyRequests: { kind: 'throttled' },
  Throttling: { kind: 'throttled' },
  RequestLimitExceeded: { kind: 'throttled' },
  ExpiredToken: { kind: 'expired' },
  UnrecognizedClient: { kind: 'invalidCredentials' },
  InvalidClientTokenId: { kind: 'invalidCredentials' },
  MissingAuthenticationToken: { kind: 'invalidCredentials' },
  IncompleteSignature: { kind: 'invalidCredentials' },
  RequestExpired: { kind: 'clock' },
  RequestTimeTooSkewed: { kind: 'clock' },
  ConcurrentModification: { kind: 'concurrent' },
  PolicyChangesInProgress: { kind: 'concurrent' },
  ...missing({ Policy: 'policy', Target: 'target', Parent: 'parent', Root: 'root', Child: 'child', Account: 'account', EffectivePolicy: 'effective policy', ResourcePolicy: 'resource policy', OrganizationalUnit: 'parent' }),
  DuplicatePolicy: { kind: 'duplicatePolicy' },
  DuplicatePolicyAttachment: { kind: 'alreadyAttached' },
  PolicyNotAttached: { kind: 'notAttached' },
  AccountAlreadyRegistered: { kind: 'alreadyRegistered' },
  AccountNotRegistered: { kind: 'notRegistered' },
  PolicyInUse: { kind: 'policyInUse' },
  PolicyTypeNotEnabled: { kind: 'typeNotEnabled' },
  PolicyTypeAlreadyEnabled: { kind: 'typeAlreadyEnabled' },
  PolicyTypeNotAvailableForOrganization: { kind: 'typeNotAvailable' },
  MalformedPolicyDocument: { kind: 'malformedPolicy' },
  AWSOrganizationsNotInUse: { kind: 'notInOrganization' },
  UnsupportedAPIEndpoint: { kind: 'unsupportedEndpoint' },
  NoSuchEntity: { kind: 'notFound', missing: 'role' },
  InvalidParameterValue: { kind: 'invalidInput', reason: '' },
  MissingParameterValue: { kind: 'invalidInput', reason: '' },
  InvalidRequest: { kind: 'invalidInput', reason: '' },
  Service: { kind: 'service' },
  ServiceFailure: { kind: 'service' },
  InternalFailure: { kind: 'service' },
  InternalServerError: { kind: 'service' },
  ServiceUnavailable: { kind: 'service' },
  Abort: { kind: 'cancelled' },
};

function missing(what: Readonly<Record<string, Missing>>): Readonly<Record<string, Failure>> {
  return Object.fromEntries(Object.entries(what).map(([name, each]) => [`${name}NotFound`, { kind: 'notFound', missing: each }]));
}

/** The IAM action that allows an operation. */
function actionOf(operation: string): string {
  return operation.includes(':') ? operation : `organizations:${operation}`;
}

/** By the code of Node's network errors. */
const byCode: ReadonlyMap<string, 'timeout' | 'reset' | 'refused' | 'dns'> = new Map([
  ['ENOTFOUND', 'dns'], ['EAI_AGAIN', 'dns'], ['ECONNREFUSED', 'refused'], ['EHOSTUNREACH', 'refused'], ['ENETUNREACH', 'refused'],
  ['ECONNRESET', 'reset'], ['EPIPE', 'reset'], ['ETIMEDOUT', 'timeout'],
] as const);

/** The failure behind anything that a call threw, by its name, never by its status; an `OrganizationsError` stays. */
export function readError(thrown: unknown, context: CallContext): OrganizationsError {
  if (thrown instanceof OrganizationsError) return thrown;
  const error = asRecord(thrown);
  const metadata = asRecord(error['$metadata']);
  const failure = failureFrom(error, metadata, context);
  const requestId = text(metadata['requestId']);
  const lost = failure.kind === 'service' || failure.kind === 'cancelled' || (failure.kind === 'transport' && (failure.fault === 'timeout' || failure.fault === 'reset' || failure.fault === 'page'));
  return new OrganizationsError(failure, {
    ...context,
    attempts: typeof metadata['attempts'] === 'number' ? metadata['attempts'] : 1,
    mayHaveHappened: (lost || error['unanswered'] === true) && writes.has(context.operation),
    ...(requestId === '' ? {} : { requestId }),
  });
}

function failureFrom(error: Readonly<Record<string, unknown>>, metadata: Readonly<Record<string, unknown>>, context: CallContext): Failure {
  const name = text(error['name']);
  const detail = withoutSecrets(text(error['message']));
  const code = text(error['code']);
  const short = name.replace(/^.*#/, '').replace(/(Exception|Error)$/, '');
  // STS refuses a wrong code of an MFA device by the same name.
  if (short === 'AccessDenied' && /MultiFactorAuthentication failed/i.test(detail)) return { kind: 'credentials', detail };
  if (short === 'AccessDenied') return { kind: 'accessDenied', action: /\b(?:organizations|backup|iam|sts):[A-Za-z]+/.exec(detail)?.[0] ?? actionOf(context.operation) };
  if (short === 'ConstraintViolation') return { kind: 'constraint', reason: text(error['Reason']) };
  if (short === 'InvalidInput') return { kind: 'invalidInput', reason: text(error['Reason']) };
  if (short === 'CredentialsProvider' || short === 'TokenProvider') return expiredSignIn(detail) ?? { kind: 'credentials', detail };
  if (short === 'InvalidSignature' || short === 'SignatureDoesNotMatch') return /expired|not yet current/i.test(detail) ? { kind: 'clock' } : { kind: 'invalidCredentials' };
  const known = Object.hasOwn(byName, short) ? byName[short] : undefined;
  if (known !== undefined) return known;
  const fault = byCode.get(code);
  if (fault !== undefined) return { kind: 'transport', fault, detail };
  if (name === 'TimeoutError' || short === 'RequestTimeout') return { kind: 'transport', fault: 'timeout', detail };
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return { kind: 'transport', fault: 'tls', detail };
  if (name === 'SyntaxError') return { kind: 'transport', fault: 'page', detail: detail.slice(0, 200) };
  if (/socket hang up|other side closed/i.test(detail)) return { kind: 'transport', fault: 'reset', detail };
  const status = metadata['httpStatusCode'];
  // Without a name there is only the status to go by.
  if ((short === '' || short === 'Unknown') && typeof status === 'number' && status >= 500) return { kind: 'service' };
  return { kind: 'unknown', name: name === '' ? 'an unknown error' : name, detail };
}

/** A sign-in or temporary credentials that were good once; undefined for anything else. */
function expiredSignIn(detail: string): Failure | undefined {
  if (/aws sso login|SSO session/i.test(detail)) return { kind: 'expired', signIn: 'sso' };
  if (/reauthenticate|aws login/i.test(detail)) return { kind: 'expired', signIn: 'console' };
  return /expired/i.test(detail) ? { kind: 'expired' } : undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
