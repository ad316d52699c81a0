/** Policies of which readiness is asked: parts that tests put together. */

export type Json = Readonly<Record<string, unknown>>;

export const assign = (value: unknown): Json => ({ '@@assign': value });
export const role = (name: string): string => `arn:aws:iam::$account:role/${name}`;
export const vaultArn = (account: string, region: string, name: string): string => `arn:aws:backup:${region}:${account}:backup-vault:${name}`;

/** A copy action for each ARN. */
export const copies = (...arns: readonly string[]): Json => ({ copy_actions: Object.fromEntries(arns.map((arn) => [arn, { target_backup_vault_arn: assign(arn) }])) });

/** A plan with one tag selection. */
export function plan(rules: Json, { regions = ['eu-west-1'], roleArn = role('Backup'), more = {} }: { readonly regions?: readonly string[]; readonly roleArn?: string; readonly more?: Json } = {}): Json {
  return { regions: assign(regions), rules, selections: { tags: { gold: { iam_role_arn: assign(roleArn), tag_key: assign('backup'), tag_value: assign(['gold']) } } }, ...more };
}

export const rule = (vault: string, more: Json = {}): Json => ({ schedule_expression: assign('cron(0 5 ? * * *)'), target_backup_vault_name: assign(vault), ...more });
