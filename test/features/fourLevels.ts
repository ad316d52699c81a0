import type { Snapshot } from '../../server/model/snapshot.ts';
import type { TargetRef } from '../../server/protocol.ts';
import { modelUri, organization } from './organizations.ts';

const baseline = {
  plans: {
    Daily: {
      regions: { '@@assign': ['eu-west-1', 'eu-north-1'] },
      rules: {
        '@@operators_allowed_for_child_policies': ['@@none'],
        nightly: {
          schedule_expression: { '@@assign': 'cron(0 5 ? * * *)' },
          target_backup_vault_name: { '@@assign': 'vault', '@@operators_allowed_for_child_policies': ['@@none'] },
          lifecycle: { delete_after_days: { '@@assign': '35' } },
        },
      },
      selections: { tags: { gold: { iam_role_arn: { '@@assign': 'arn:aws:iam::$account:role/backup' }, tag_key: { '@@assign': 'tier' }, tag_value: { '@@assign': ['gold'] } } } },
    },
  },
};

const workloads = {
  PLANS: {
    DAILY: {
      Regions: { '@@Append': ['eu-central-1', 'eu-west-1'], '@@operators_allowed_for_child_policies': ['@@remove'] },
      rules: {
        Nightly: { lifecycle: { DELETE_AFTER_DAYS: { '@@assign': '90' } }, target_backup_vault_name: { '@@operators_allowed_for_child_policies': ['@@all'] } },
        weekly: { target_backup_vault_name: { '@@assign': 'weekly-vault' }, lifecycle: { delete_after_days: { '@@assign': '400' } } },
      },
    },
  },
};

const second = {
  plans: {
    daily: {
      rules: { nightly: { lifecycle: { delete_after_days: { '@@assign': '60' } } } },
    },
  },
};

const shop = {
  plans: {
    daily: {
      regions: { '@@remove': ['eu-north-1'] },
      rules: { nightly: { target_backup_vault_name: { '@@assign': 'own-vault' }, lifecycle: { delete_after_days: { '@@assign': '120' } } } },
      backup_plan_tags: {},
    },
    empty: { regions: { '@@remove': ['us-east-1'] } },
  },
};

const elsewhere = { plans: { archive: { regions: { '@@assign': ['us-east-1'] } } } };

/** Root, two OUs (one without a policy) and an account: keys in differing case, two peers, locks, a refused rule, removals. */
export const fourLevels: Snapshot = organization(
  {
    name: 'Root',
    policies: ['baseline'],
    organizationalUnits: [
      { name: 'Workloads', policies: ['workloads', 'second'], organizationalUnits: [{ name: 'Prod', accounts: [{ name: 'shop', policies: ['shop', 'unknown'] }] }] },
      { name: 'Other', policies: ['elsewhere'] },
    ],
  },
  { baseline, workloads, second, shop, elsewhere, spare: { plans: { spare: { regions: { '@@assign': ['us-east-1'] } } } } },
);

/** The account of {@link fourLevels}. */
export const shopTarget: TargetRef = { organization: modelUri, key: 'Root/Workloads/Prod/shop' };
