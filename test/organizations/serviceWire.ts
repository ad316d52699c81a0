import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireObject } from '../../server/organizations/caller.ts';

/** A request of AWS Backup (REST), AWS STS or IAM (query), in the names of the embedded organization. */
export interface ServiceRequest {
  readonly operation: string;
  readonly input: WireObject;
}

/** By method and path, the operation of AWS Backup. */
const routes: Readonly<Record<string, string>> = {
  'GET /global-settings': 'DescribeGlobalSettings',
  'PUT /global-settings': 'UpdateGlobalSettings',
  'GET /account-settings': 'DescribeRegionSettings',
  'GET /backup-vaults': 'ListBackupVaults',
  'GET /backup-jobs': 'ListBackupJobs',
  'GET /copy-jobs': 'ListCopyJobs',
  'GET /restore-jobs': 'ListRestoreJobs',
};

const parameters: Readonly<Record<string, string>> = { accountId: 'ByAccountId', state: 'ByState', status: 'ByStatus', createdAfter: 'ByCreatedAfter', createdBefore: 'ByCreatedBefore', resourceType: 'ByResourceType', nextToken: 'NextToken', maxResults: 'MaxResults' };

/** Reads a request; undefined for one of AWS Organizations or of nobody. */
export function readServiceRequest(request: IncomingMessage, body: string): ServiceRequest | undefined {
  if (request.headers['content-type'] === 'application/x-www-form-urlencoded') {
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    return { operation: `${action === 'GetRole' ? 'iam' : 'sts'}:${action}`, input: Object.fromEntries(form) };
  }
  const url = new URL(request.url ?? '', 'http://stub');
  const route = routes[`${String(request.method)} ${url.pathname.replace(/\/$/, '')}`];
  if (route === undefined) return undefined;
  const query = [...url.searchParams].map(([name, value]): [string, unknown] => [parameters[name] ?? name, name.startsWith('created') ? new Date(value) : name === 'maxResults' ? Number(value) : value]);
  return { operation: `backup:${route}`, input: { ...(body === '' ? {} : (JSON.parse(body) as WireObject)), ...Object.fromEntries(query) } };
}

/** Answers as the service does. */
export function sendServiceAnswer(response: ServerResponse, operation: string, output: WireObject): void {
  if (operation.startsWith('backup:')) {
    send(response, 200, 'application/json', JSON.stringify(output));
    return;
  }
  const name = operation.replace(/^.*:/, '');
  send(response, 200, 'text/xml', `<${name}Response xmlns="https://stub/doc/"><${name}Result>${xml(output)}</${name}Result><ResponseMetadata><RequestId>stub</RequestId></ResponseMetadata></${name}Response>`);
}

/** Refuses as the service does; `name` as in `AccessDeniedException`. */
export function sendServiceError(response: ServerResponse, operation: string, name: string, message: string): void {
  if (operation.startsWith('backup:')) {
    response.setHeader('x-amzn-ErrorType', name);
    send(response, 400, 'application/json', JSON.stringify({ Message: message, message }));
    return;
  }
  // Codes of the query protocol have no ending.
  send(response, 400, 'text/xml', `<ErrorResponse><Error><Type>Sender</Type><Code>${name.replace(/Exception$/, '')}</Code><Message>${escaped(message)}</Message></Error><RequestId>stub</RequestId></ErrorResponse>`);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type });
  response.end(body);
}

function xml(value: unknown): string {
  if (typeof value !== 'object' || value === null) return escaped(String(value));
  return Object.entries(value).map(([name, each]) => `<${name}>${xml(each)}</${name}>`).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
