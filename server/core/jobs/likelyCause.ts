/** What most likely made a job fail. */
export interface LikelyCause {
  readonly title: string;
  readonly explanation: string;
  readonly nextStep: string;
}

/** What is known of a job that did not succeed. `state` is AWS's word. */
export interface FailedJob {
  readonly type: 'backup' | 'copy' | 'restore';
  readonly state: string;
  readonly message: string;
}

interface Pattern {
  readonly message?: RegExp;
  readonly states?: readonly string[];
  readonly types?: readonly FailedJob['type'][];
  readonly cause: LikelyCause;
}

/** The first that fits counts: what is more particular stands higher. Source: common-mistakes D. */
const patterns: readonly Pattern[] = [
  {
    // D9 [KC-copy]
    message: /member of the same organization/i,
    cause: {
      title: 'The target account is not in the organization',
      explanation: 'AWS Backup copies to another account only within one organization. The account id in target_backup_vault_arn is that of an account outside of it, or a wrong one.',
      nextStep: 'Correct the account id in target_backup_vault_arn, or invite the account into the organization.',
    },
  },
  {
    // D9 [KC-copy]
    message: /cross.?account (backup|copy|copies)?.*(not (been )?(enabled|switched on|allowed)|disabled|off)|cross.?account.*(is )?(not enabled|disabled)/i,
    cause: {
      title: 'Cross-account backup is off',
      explanation: 'Copies to other accounts need the setting cross-account backup of AWS Backup, in the management account.',
      nextStep: 'Switch on cross-account backup in the management account.',
    },
  },
  {
    // D9 [KC-copy]
    message: /\bkms\b|encryption key|customer managed key|\bcmk\b|aws managed key/i,
    cause: {
      title: 'The encryption key does not allow it',
      explanation: 'The KMS key of the original or of the target vault is not shared with the other account, or is an AWS managed key, which keeps some resource types from being copied.',
      nextStep: 'Use a customer managed KMS key and share it with the accounts that copy.',
    },
  },
  {
    // D9 [KC-access]
    message: /access denied|not authorized|insufficient privileges|AccessDenied/i,
    types: ['copy'],
    cause: {
      title: 'The copy is not allowed',
      explanation: 'The role of the job or the access policy of the target vault does not allow backup:CopyIntoBackupVault, or cross-account backup is off in the management account.',
      nextStep: 'Allow backup:CopyIntoBackupVault in the access policy of the target vault and in the role, and switch on cross-account backup. The StackSet template of Show Readiness has both.',
    },
  },
  {
    // D2, D3 [KC]
    message: /vault\b.*(does not exist|not exist|not found|cannot be found|could not be found|no such)|(cannot|could not|unable to) find .*vault/i,
    cause: {
      title: 'The vault does not exist',
      explanation: 'AWS does not create the vaults that a policy names. The vault Default comes only when somebody opens the AWS Backup console in the account and Region.',
      nextStep: 'Create the vault in this account and Region, or write its real name in target_backup_vault_name; letter case counts. Show Readiness lists every vault.',
    },
  },
  {
    // D1 [KC]
    message: /role\b.*(does not exist|not found|cannot be found|cannot be assumed|could not be assumed|is invalid|not valid)|assume.*role|(cannot|could not|unable to) find .*role/i,
    cause: {
      title: 'The role does not exist or cannot be used',
      explanation: 'AWS does not check iam_role_arn. The default role has the path service-role/, and exists only after somebody opened the AWS Backup console in the account.',
      nextStep: 'Create the role in the account with a trust policy for backup.amazonaws.com, or correct iam_role_arn. Show Readiness lists every role.',
    },
  },
  {
    // D1, D9 [KC-access]
    message: /access denied|not authorized|insufficient privileges|AccessDenied/i,
    cause: {
      title: 'The role is missing, or does not allow the job',
      explanation: 'AWS Backup could not use the role of iam_role_arn, or the role lacks the permissions for this resource. A role with another path is another role: the default one has the path service-role/.',
      nextStep: 'Check that the role exists under exactly this ARN and has the AWS managed policies for backup and restore.',
    },
  },
  {
    // D4 [KC]
    message: /opt(ed)?[- ]?in|not enabled for (the )?(service|resource type)|resource type .*(not enabled|disabled)/i,
    cause: {
      title: 'The resource type is not opted in',
      explanation: 'AWS Backup backs up a resource type only in Regions where its service opt-in is on. For backup policies the setting of the management account counts.',
      nextStep: 'Switch on the resource type in the settings of AWS Backup, in this Region.',
    },
  },
  {
    // D12 [Doc]
    message: /\bvss\b/i,
    cause: {
      title: 'Windows VSS did not work on the instance',
      explanation: 'The policy asks for backups with Windows VSS, and the instance lacks the VSS agent or the permission for it.',
      nextStep: 'Install the VSS components on the instance, or remove windows_vss for these resources.',
    },
  },
  {
    // D12 [Doc]
    message: /point.in.time|continuous backup/i,
    cause: {
      title: 'Continuous backup is not possible here',
      explanation: 'Not every resource type can be backed up continuously.',
      nextStep: 'Use a rule without enable_continuous_backup for this resource type.',
    },
  },
  {
    // D9 [KC-copy]
    message: /(cross.?region|another region).*(cross.?account|another account)|not support.*copy|copy.*not support/i,
    types: ['copy'],
    cause: {
      title: 'This resource type cannot be copied in one step',
      explanation: 'Not every resource type can be copied to another Region and another account at once.',
      nextStep: 'Copy to another account in the same Region first, or to another Region of the same account.',
    },
  },
  {
    // D6 [KC]
    message: /already (in progress|running)|another (backup )?job|concurrent|overlap|conflict/i,
    cause: {
      title: 'Another job has the resource',
      explanation: 'Rules of several plans start for the same resource at about the same time. AWS Backup then keeps one backup.',
      nextStep: 'Move the schedules apart, or let one plan select the resource.',
    },
  },
  {
    // D13 [Inf]
    message: /start window|did not start|completion window|expired before|timed? ?out/i,
    states: ['EXPIRED', 'ABORTED'],
    cause: {
      title: 'The job did not fit into its window',
      explanation: 'The job did not start within start_backup_window_minutes, or was not done within complete_backup_window_minutes.',
      nextStep: 'Make the completion window longer than the start window and than the job needs, or start it at another time.',
    },
  },
];

/** States in which nothing went wrong. */
const fine = new Set(['COMPLETED', 'RUNNING', 'PENDING', 'CREATED']);

/**
 * The most likely cause of a failure by AWS's message and state; undefined for a job that did not fail, and where
 * nothing in the table fits. Source: common-mistakes D1 to D13.
 */
export function likelyCause({ type, state, message }: FailedJob): LikelyCause | undefined {
  if (fine.has(state)) return undefined;
  return patterns.find(({ message: words, states, types }) => (types === undefined || types.includes(type)) && (words?.test(message) === true || states?.includes(state) === true))?.cause;
}
