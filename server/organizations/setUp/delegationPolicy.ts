/** The actions of AWS's example. Source: organizations-api §4 [doc 2022]. */
const reads = ['DescribeOrganization', 'DescribeOrganizationalUnit', 'DescribeAccount', 'DescribePolicy', 'DescribeEffectivePolicy', 'ListRoots', 'ListOrganizationalUnitsForParent', 'ListParents', 'ListChildren', 'ListAccounts', 'ListAccountsForParent', 'ListPolicies', 'ListPoliciesForTarget', 'ListTargetsForPolicy', 'ListTagsForResource'];
const changes = ['CreatePolicy', 'UpdatePolicy', 'DeletePolicy', 'AttachPolicy', 'DetachPolicy', 'EnablePolicyType', 'DisablePolicyType'];

const readSid = 'BackupPoliciesRead';
const changeSid = 'BackupPoliciesChange';

/** Whose organization a delegation policy is for. */
export interface DelegatedPlace {
  readonly partition: string;
  readonly organizationId: string;
  readonly managementAccountId: string;
  readonly rootId: string;
}

type Json = Readonly<Record<string, unknown>>;

/** The statements of a policy document; undefined when the text is none. */
function statementsOf(content: string): readonly Json[] | undefined {
  try {
    const { Statement: statement } = JSON.parse(content) as { readonly Statement?: unknown };
    const statements: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
    return statements.filter((each): each is Json => typeof each === 'object' && each !== null);
  } catch {
    return undefined;
  }
}

/** Whether a delegation policy lets somebody change backup policies, as far as its text says so: by condition or by ARN. */
export function concernsBackupPolicies(content: string): boolean {
  const allowing = statementsOf(content)?.filter((statement) => statement['Effect'] === 'Allow') ?? [];
  return allowing.some((statement) => /backup_policy/i.test(JSON.stringify(statement)) || unlimited(statement));
}

/** A statement that is limited to no type of policy. */
function unlimited({ Action: action, Condition: condition }: Json): boolean {
  const actions = (Array.isArray(action) ? action : [action]).map((each) => String(each).toLowerCase());
  const grants = actions.some((each) => each === '*' || each === 'organizations:*' || changes.some((name) => each === `organizations:${name.toLowerCase()}`));
  return grants && !/organizations:policytype/i.test(JSON.stringify(condition ?? {}));
}

/**
 * AWS's documented delegation policy for backup policies, in the name of one member account. What the present policy
 * says stays, but for statements that this function made before. Source: organizations-api §4 [doc 2022].
 * @param present the content of the present delegation policy; one that is no policy document is left out.
 */
export function delegationPolicyFor(accountId: string, { partition, organizationId, managementAccountId, rootId }: DelegatedPlace, present?: string): string {
  const arn = (rest: string): string => `arn:${partition}:organizations::${managementAccountId}:${rest}`;
  const principal = { AWS: `arn:${partition}:iam::${accountId}:root` };
  const actions = (names: readonly string[]): readonly string[] => names.map((name) => `organizations:${name}`);
  const mine = new Set([readSid, changeSid]);
  const kept = (present === undefined ? undefined : statementsOf(present))?.filter((each) => !mine.has(String(each['Sid']))) ?? [];
  const statements = [
    ...kept,
    { Sid: readSid, Effect: 'Allow', Principal: principal, Action: actions(reads), Resource: '*', Condition: { StringLikeIfExists: { 'organizations:PolicyType': 'BACKUP_POLICY' } } },
    {
      Sid: changeSid,
      Effect: 'Allow',
      Principal: principal,
      Action: actions(changes),
      Resource: [arn(`root/${organizationId}/${rootId}`), arn(`ou/${organizationId}/*`), arn(`account/${organizationId}/*`), arn(`policy/${organizationId}/backup_policy/*`)],
      Condition: { StringLikeIfExists: { 'organizations:PolicyType': 'BACKUP_POLICY' } },
    },
  ];
  return `${JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)}\n`;
}
