import type { AccountDescription, DelegatedAdministrator, EffectivePolicy, OrganizationalUnitDescription, OrganizationDescription, ParentDescription, Policy, PolicySummary, PolicyTypeStatus, ResourcePolicy, RootDescription, Tag, TargetDescription, TrustedService, ValidationError, ValidationReport } from './api.ts';

/** An answer without what it must have: not from AWS. */
export class UnexpectedAnswer extends SyntaxError {
  constructor(member: string) {
    super(`The answer has no ${member}.`);
    this.name = 'SyntaxError';
  }
}

/** A member that is an object; throws `UnexpectedAnswer`. */
export function record(value: unknown, member: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnexpectedAnswer(member);
  return value as Readonly<Record<string, unknown>>;
}

/** The elements of a list; AWS may leave out an empty one. */
export function list(value: unknown, member: string): readonly Readonly<Record<string, unknown>>[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UnexpectedAnswer(member);
  return value.map((each: unknown) => record(each, member));
}

/** The token of the next page; undefined on the last one. */
export function nextToken(output: Readonly<Record<string, unknown>>): string | undefined {
  const token = output['NextToken'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** A member that is a text; throws `UnexpectedAnswer`. */
export function text(object: Readonly<Record<string, unknown>>, member: string): string {
  const value = object[member];
  if (typeof value !== 'string') throw new UnexpectedAnswer(member);
  return value;
}

/** A member that may be absent, which reads as empty. */
export function optional(object: Readonly<Record<string, unknown>>, member: string): string {
  const value = object[member];
  return typeof value === 'string' ? value : '';
}

/** A time in epoch milliseconds UTC: the protocol has seconds, the SDK makes dates of them. */
export function instant(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'number' ? Math.round(value * 1000) : undefined;
}

/** Reads DescribeOrganization. */
export function readOrganization(output: Readonly<Record<string, unknown>>): OrganizationDescription {
  const organization = record(output['Organization'], 'Organization');
  return {
    id: text(organization, 'Id'),
    featureSet: organization['FeatureSet'] === 'ALL' ? 'ALL' : 'CONSOLIDATED_BILLING',
    managementAccountId: text(organization, 'MasterAccountId'),
  };
}

const statuses: readonly PolicyTypeStatus[] = ['ENABLED', 'PENDING_ENABLE', 'PENDING_DISABLE'];

/** Reads one root; a policy type that is absent is disabled. Source: organizations-api §2 [api]. */
export function readRoot(root: Readonly<Record<string, unknown>>): RootDescription {
  const type = list(root['PolicyTypes'], 'PolicyTypes').find((each) => each['Type'] === 'BACKUP_POLICY');
  return { id: text(root, 'Id'), name: optional(root, 'Name'), backupPolicies: statuses.find((status) => status === type?.['Status']) ?? 'DISABLED' };
}

/** Reads one OU. */
export function readUnit(unit: Readonly<Record<string, unknown>>): OrganizationalUnitDescription {
  return { id: text(unit, 'Id'), name: optional(unit, 'Name') };
}

/** Reads one account; `State` is the newer name of `Status`. */
export function readAccount(account: Readonly<Record<string, unknown>>): AccountDescription {
  const id = text(account, 'Id');
  const parentId = parentIn(account['Paths'], id);
  return { id, name: optional(account, 'Name'), status: optional(account, 'Status') || optional(account, 'State'), ...(parentId === undefined ? {} : { parentId }) };
}

/** The last but one of `o-id/r-id/ou-id/account/`. */
function parentIn(paths: unknown, accountId: string): string | undefined {
  const path: unknown = Array.isArray(paths) ? paths[0] : undefined;
  const ids = typeof path === 'string' ? path.split('/').filter((id) => id !== '') : [];
  const parent = ids.at(-1) === accountId ? ids.at(-2) : undefined;
  return parent !== undefined && /^(?:r|ou)-/.test(parent) ? parent : undefined;
}

/** Reads an element of ListAWSServiceAccessForOrganization. */
export function readTrustedService(service: Readonly<Record<string, unknown>>): TrustedService {
  return { servicePrincipal: text(service, 'ServicePrincipal'), ...since(service['DateEnabled']) };
}

/** Reads an element of ListDelegatedAdministrators. */
export function readDelegatedAdministrator(account: Readonly<Record<string, unknown>>): DelegatedAdministrator {
  return { ...readAccount(account), ...since(account['DelegationEnabledDate']) };
}

function since(value: unknown): { readonly since?: number } {
  const at = instant(value);
  return at === undefined ? {} : { since: at };
}

/** Reads an element of ListChildren. */
export function readId(child: Readonly<Record<string, unknown>>): string {
  return text(child, 'Id');
}

/** Reads an element of ListParents. */
export function readParent(parent: Readonly<Record<string, unknown>>): ParentDescription {
  return { id: text(parent, 'Id'), type: parent['Type'] === 'ROOT' ? 'ROOT' : 'ORGANIZATIONAL_UNIT' };
}

/** Reads a policy without its content. */
export function readSummary(summary: Readonly<Record<string, unknown>>): PolicySummary {
  return { id: text(summary, 'Id'), arn: optional(summary, 'Arn'), name: optional(summary, 'Name'), description: optional(summary, 'Description') };
}

/** Reads a policy with its content. */
export function readPolicy(output: Readonly<Record<string, unknown>>): Policy {
  const policy = record(output['Policy'], 'Policy');
  return { ...readSummary(record(policy['PolicySummary'], 'PolicySummary')), content: text(policy, 'Content') };
}

/** Reads UpdatePolicy. */
export function readUpdated(output: Readonly<Record<string, unknown>>): Pick<Policy, 'id' | 'content'> {
  const { id, content } = readPolicy(output);
  return { id, content };
}

/** Reads an element of ListTargetsForPolicy. */
export function readTarget(target: Readonly<Record<string, unknown>>): TargetDescription {
  const type = target['Type'];
  return { id: text(target, 'TargetId'), name: optional(target, 'Name'), type: type === 'ROOT' || type === 'ORGANIZATIONAL_UNIT' ? type : 'ACCOUNT' };
}

/** Reads a tag. */
export function readTag(tag: Readonly<Record<string, unknown>>): Tag {
  return { key: text(tag, 'Key'), value: optional(tag, 'Value') };
}

/** Reads DescribeEffectivePolicy. */
export function readEffectivePolicy(output: Readonly<Record<string, unknown>>): EffectivePolicy {
  const policy = record(output['EffectivePolicy'], 'EffectivePolicy');
  return { accountId: text(policy, 'TargetId'), content: text(policy, 'PolicyContent'), updated: instant(policy['LastUpdatedTimestamp']) ?? 0 };
}

/** Reads what is the same on every page of ListEffectivePolicyValidationErrors. */
export function readReport(accountId: string, output: Readonly<Record<string, unknown>>, errors: readonly ValidationError[]): ValidationReport {
  const path = optional(output, 'Path');
  const evaluated = instant(output['EvaluationTimestamp']);
  return { accountId, errors, ...(path === '' ? {} : { path }), ...(evaluated === undefined ? {} : { evaluated }) };
}

/** Reads one validation error. */
export function readValidationError(error: Readonly<Record<string, unknown>>): ValidationError {
  const policies = error['ContributingPolicies'];
  return {
    code: text(error, 'ErrorCode'),
    message: optional(error, 'ErrorMessage'),
    path: optional(error, 'PathToError'),
    contributingPolicies: Array.isArray(policies) ? policies.filter((id) => typeof id === 'string') : [],
  };
}

/** Reads DescribeResourcePolicy and PutResourcePolicy. */
export function readResourcePolicy(output: Readonly<Record<string, unknown>>): ResourcePolicy {
  const policy = record(output['ResourcePolicy'], 'ResourcePolicy');
  const summary = record(policy['ResourcePolicySummary'], 'ResourcePolicySummary');
  return { id: optional(summary, 'Id'), content: text(policy, 'Content') };
}
