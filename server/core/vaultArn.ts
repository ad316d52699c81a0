/** The ARN of a backup vault as a policy writes it. Source: syntax §3.3 [doc][obs]. */
export interface VaultArn {
  readonly partition: string;
  /** May be the placeholder `$region` where AWS takes it. */
  readonly region: string;
  /** Undefined for `$account`, the account that the plan runs in. */
  readonly account: string | undefined;
  readonly vault: string;
}

const pattern = /^arn:([^:]*):backup:([^:]*):([^:]*):backup-vault:(.*)$/i;

/** Reads the ARN of a backup vault; undefined for a text that is not written as AWS writes one. */
export function readVaultArn(text: string): VaultArn | undefined {
  const [, partition, region, account, vault] = pattern.exec(text) ?? [];
  if (partition === undefined || region === undefined || account === undefined || vault === undefined) return undefined;
  return { partition, region, account: account.toLowerCase() === '$account' ? undefined : account, vault };
}
