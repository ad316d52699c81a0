const organizations = (...names: readonly string[]): readonly string[] => names.map((name) => `organizations:${name}`);

/** What reading and comparing needs. Source: organizations-api §4 [doc]. */
export const readingActions: readonly string[] = [
  ...organizations(
    'DescribeOrganization', 'ListRoots', 'ListOrganizationalUnitsForParent', 'ListAccounts', 'ListAccountsForParent', 'ListPolicies', 'ListPoliciesForTarget', 'ListTargetsForPolicy', 'ListTagsForResource',
    'DescribePolicy', 'DescribeEffectivePolicy', 'ListEffectivePolicyValidationErrors', 'ListAccountsWithInvalidEffectivePolicy',
    'DescribeResourcePolicy', 'ListAWSServiceAccessForOrganization', 'ListDelegatedAdministrators',
  ),
  'backup:DescribeGlobalSettings', 'backup:DescribeRegionSettings', 'backup:ListBackupVaults', 'backup:ListBackupJobs', 'backup:ListCopyJobs', 'backup:ListRestoreJobs', 'iam:GetRole',
];

/** What changing policies and attachments needs beside it. Source: organizations-api §4 [doc]. */
export const changingActions: readonly string[] = organizations('CreatePolicy', 'UpdatePolicy', 'DeletePolicy', 'AttachPolicy', 'DetachPolicy', 'EnablePolicyType', 'DisablePolicyType', 'TagResource');

/** What the changes of the set-up need beside it; AWS gives them to the management account alone. */
export const setUpActions: readonly string[] = [
  ...organizations('EnableAWSServiceAccess', 'DisableAWSServiceAccess', 'RegisterDelegatedAdministrator', 'DeregisterDelegatedAdministrator', 'PutResourcePolicy'),
  'backup:UpdateGlobalSettings',
];
