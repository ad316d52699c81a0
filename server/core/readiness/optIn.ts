/** Names of AWS Backup's service opt-in by what patterns of a policy end with behind `arn:<partition>:`. Source: syntax §5.4 [doc]; the names [api]. */
const optInNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['backup-gateway:*:*:vm/*', ['VirtualMachine']],
  ['cloudformation:*:*:stack/*', ['CloudFormation']],
  ['dsql:*:*:cluster/*', ['DSQL']],
  ['dynamodb:*:*:table/*', ['DynamoDB']],
  ['ec2:*:*:instance/*', ['EC2']],
  ['ec2:*:*:volume/*', ['EBS']],
  ['eks:*:*:cluster/*', ['EKS']],
  ['elasticfilesystem:*:*:file-system/*', ['EFS']],
  ['fsx:*:*:file-system/*', ['FSx']],
  ['fsx:*:*:volume/*', ['FSx']],
  ['rds:*:*:cluster:*', ['Aurora', 'DocumentDB', 'Neptune']],
  ['rds:*:*:db:*', ['RDS']],
  ['redshift:*:*:cluster:*', ['Redshift']],
  ['redshift-serverless:*:*:namespace/*', ['Redshift Serverless']],
  ['s3:::*', ['S3']],
  ['ssm-sap:*:*:HANA/*', ['SAP HANA on Amazon EC2']],
  ['storagegateway:*:*:gateway/*', ['Storage Gateway']],
  ['timestream:*:*:database/*', ['Timestream']],
]);

/** What the opt-in of a Region means for what a plan selects. */
export interface OptInVerdict {
  /** Types that a selection names and that AWS Backup does not back up there. */
  readonly off: readonly string[];
  /** Types that are off and that a selection by tags or of every type would have taken. */
  readonly alsoOff: readonly string[];
  /** Types that AWS's answer does not speak of. */
  readonly unknown: readonly string[];
}

/**
 * Compares what selections name with a Region's opt-in.
 * @param patterns as the policy has them, `*` for every type.
 * @param isByTag true when a selection takes resources of any type by their tags.
 * @param preferences AWS's answer: by its name of a type, whether it is backed up.
 */
export function optInVerdict(patterns: readonly string[], isByTag: boolean, preferences: Readonly<Record<string, boolean>>): OptInVerdict {
  const named = [...new Set(patterns.flatMap((pattern) => optInNames.get(pattern.split(':').slice(2).join(':')) ?? []))];
  const known = new Map(Object.entries(preferences));
  const off = named.filter((type) => known.get(type) === false);
  const any = isByTag || patterns.includes('*');
  return {
    off,
    alsoOff: any ? [...known].flatMap(([type, isOn]) => (isOn || off.includes(type) ? [] : [type])) : [],
    unknown: named.filter((type) => !known.has(type)),
  };
}
