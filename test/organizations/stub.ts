import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireObject } from '../../server/organizations/caller.ts';
import { AwsError } from '../../server/organizations/embedded/awsError.ts';
import type { EmbeddedOrganization } from '../../server/organizations/embedded/embeddedOrganization.ts';
import { readServiceRequest, sendServiceAnswer, sendServiceError } from './serviceWire.ts';

/**
 * What goes wrong with a request.
 * - `lostAnswer`: it takes effect, then the connection breaks.
 * - `hang`: no answer, until the stub is closed.
 */
export type FaultKind =
  | 'throttled' | 'status500' | 'status503' | 'html200' | 'html502' | 'reset' | 'hang' | 'lostAnswer'
  | 'expired' | 'invalidCredentials' | 'accessDenied' | 'clock' | 'concurrent' | 'changesInProgress';

/** Faults of the next `times` requests (1) of an operation (any), after `skip` others of it (0). */
export interface Fault {
  readonly kind: FaultKind;
  readonly operation?: string;
  readonly times?: number;
  readonly skip?: number;
}

/** A request as it came. */
export interface LoggedRequest {
  readonly operation: string;
  readonly input: WireObject;
  /** Region that the signature is for, as in `us-east-1`. */
  readonly region: string;
  /** The access key id that signed. */
  readonly keyId: string;
}

/** AWS Organizations, AWS Backup, AWS STS and IAM on a port of this machine: the wire is real, the organization behind it is embedded. */
export interface Stub {
  readonly endpoint: string;
  readonly requests: readonly LoggedRequest[];
  fault(fault: Fault): void;
  /** Forgets faults that are left. */
  calm(): void;
  /** Runs once, before the next request of an operation is answered: what a colleague does meanwhile. */
  before(operation: string, hook: () => Promise<unknown>): void;
  /** Runs once, before the request after `skip` others is answered. */
  at(skip: number, hook: () => Promise<unknown>): void;
  close(): Promise<void>;
}

/** Starts a stub on a free port of the loopback interface. */
export async function startStub(organization: EmbeddedOrganization): Promise<Stub> {
  const requests: LoggedRequest[] = [];
  let faults: { kind: FaultKind; operation: string | undefined; left: number; skip: number }[] = [];
  let awaited: { skip: number; hook: () => Promise<unknown> }[] = [];
  const hooks = new Map<string, () => Promise<unknown>>();
  const hanging = new Set<ServerResponse>();

  const nextFault = (operation: string): FaultKind | undefined => {
    const fault = faults.find((each) => {
      if (each.operation !== undefined && each.operation !== operation) return false;
      each.skip -= 1;
      return each.skip < 0;
    });
    if (fault === undefined) return undefined;
    fault.left -= 1;
    faults = faults.filter((each) => each.left > 0);
    return fault.kind;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    const target = String(request.headers['x-amz-target']);
    const service = readServiceRequest(request, body);
    const operation = service?.operation ?? target.replace('AWSOrganizationsV20161128.', '');
    const scope = /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '');
    const input = service?.input ?? (JSON.parse(body) as WireObject);
    requests.push({ operation, input, region: scope?.[2] ?? '', keyId: scope?.[1] ?? '' });
    if (service === undefined && (operation === target || request.method !== 'POST' || request.headers['content-type'] !== 'application/x-amz-json-1.1')) {
      refuse(response, 'UnknownOperationException', `${String(request.method)} ${target} is no request of the protocol.`);
      return;
    }
    const hook = hooks.get(operation);
    hooks.delete(operation);
    await hook?.();
    const due = awaited.filter((each) => each.skip === 0);
    awaited = awaited.filter((each) => each.skip > 0).map((each) => ({ ...each, skip: each.skip - 1 }));
    for (const each of due) await each.hook();
    const fault = nextFault(operation);
    if (fault === 'lostAnswer') await organization.call(operation, input, scope?.[2]).catch(() => undefined);
    if (fault !== undefined) {
      if (fault === 'hang') hanging.add(response);
      else if (fault === 'accessDenied' && service !== undefined) sendServiceError(response, operation, 'AccessDeniedException', 'You are not authorized.');
      else fail(fault, response);
      return;
    }
    try {
      const output = await organization.call(operation, input, scope?.[2]);
      if (service === undefined) send(response, 200, output);
      else sendServiceAnswer(response, operation, output);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (service === undefined) refuse(response, error.name, error.message, error.Reason);
      else sendServiceError(response, operation, error.name, error.message);
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      refuse(response, 'ServiceException', String(error), undefined, 500);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    fault: ({ kind, operation, times = 1, skip = 0 }) => {
      faults.push({ kind, operation, left: times, skip });
    },
    calm: () => {
      faults = [];
    },
    at: (skip, hook) => {
      awaited.push({ skip, hook });
    },
    before: (operation, hook) => {
      hooks.set(operation, hook);
    },
    close: () =>
      new Promise((resolve) => {
        for (const response of hanging) response.destroy();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: WireObject): void {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': '00000000-0000-4000-8000-000000000000' });
  response.end(JSON.stringify(body));
}

/** Every recorded error has status 400. Source: limits-and-errors §3 [obs]. */
function refuse(response: ServerResponse, name: string, message: string, reason?: string, status = 400): void {
  send(response, status, { __type: name, Message: message, ...(reason === undefined ? {} : { Reason: reason }) });
}

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html' });
  response.end('<!DOCTYPE html><html><body><h1>Sign in to the guest network</h1></body></html>');
}

function fail(fault: Exclude<FaultKind, 'hang'>, response: ServerResponse): void {
  switch (fault) {
    case 'throttled':
      refuse(response, 'TooManyRequestsException', 'You have sent too many requests in too short a period of time.');
      return;
    case 'status500':
      refuse(response, 'ServiceException', 'Organizations can\'t complete your request because of an internal service error.', undefined, 500);
      return;
    case 'status503':
      refuse(response, 'ServiceUnavailableException', 'The service is not available.', undefined, 503);
      return;
    case 'html200':
      page(response, 200);
      return;
    case 'html502':
      page(response, 502);
      return;
    case 'reset':
    case 'lostAnswer':
      response.socket?.resetAndDestroy();
      return;
    case 'expired':
      refuse(response, 'ExpiredTokenException', 'The security token included in the request is expired');
      return;
    case 'invalidCredentials':
      refuse(response, 'UnrecognizedClientException', 'The security token included in the request is invalid.');
      return;
    case 'accessDenied':
      refuse(response, 'AccessDeniedException', 'You don\'t have permissions to access this resource.');
      return;
    case 'clock':
      refuse(response, 'InvalidSignatureException', 'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z');
      return;
    case 'concurrent':
      refuse(response, 'ConcurrentModificationException', 'The target of the operation is currently being modified by a different request. Try again later.');
      return;
    case 'changesInProgress':
      refuse(response, 'PolicyChangesInProgressException', 'Changes to the effective policy are in progress. Try the operation again later.');
      return;
  }
}
