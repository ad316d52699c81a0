/** Writes that delegation and IAM can limit to backup policies. Source: organizations-api §4 [doc]. */
const limitable: ReadonlySet<string> = new Set(['CreatePolicy', 'UpdatePolicy', 'DeletePolicy', 'AttachPolicy', 'DetachPolicy', 'EnablePolicyType', 'DisablePolicyType', 'ListPolicies', 'ListPoliciesForTarget', 'DescribeEffectivePolicy'].map((operation) => `organizations:${operation}`));

/** The smallest statement of an IAM policy that allows the actions, limited to backup policies where AWS can do so. */
export interface IamStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition?: { readonly StringEquals: { readonly 'organizations:PolicyType': 'BACKUP_POLICY' } };
}

/** One statement, or two where some actions cannot be limited by policy type. Empty for no actions. */
export function minimalStatements(actions: readonly string[]): readonly IamStatement[] {
  const distinct = [...new Set(actions)].sort();
  const limited = distinct.filter((action) => limitable.has(action));
  const others = distinct.filter((action) => !limitable.has(action));
  const statements: IamStatement[] = [];
  if (others.length > 0) statements.push({ Effect: 'Allow', Action: others, Resource: '*' });
  if (limited.length > 0) statements.push({ Effect: 'Allow', Action: limited, Resource: '*', Condition: { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } } });
  return statements;
}

/** The statements as a policy document to copy. */
export function minimalPolicy(actions: readonly string[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: minimalStatements(actions) }, undefined, 2);
}
