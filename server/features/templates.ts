import type { PolicyTemplateView } from '../protocol.ts';

const role = 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole';

const tagged = `      "selections": {
        "tags": {
          "backup-daily": {
            "iam_role_arn": { "@@assign": "${role}" },
            "tag_key": { "@@assign": "backup" },
            "tag_value": { "@@assign": ["daily"] }
          }
        }
      }`;

function template(id: string, title: string, description: string, text: string): PolicyTemplateView {
  return { id, title, description, text };
}

/** The policies that "New Backup Policy" offers. AWS accepts each as it is. */
export const policyTemplates: readonly PolicyTemplateView[] = [
  template('daily', 'Daily backups of tagged resources', 'Every day at 05:00 UTC, kept 35 days, for everything tagged backup = daily', `{
  "plans": {
    "daily": {
      "regions": { "@@assign": ["us-east-1"] },
      "rules": {
        "daily": {
          "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" },
          "target_backup_vault_name": { "@@assign": "Default" },
          "lifecycle": {
            "delete_after_days": { "@@assign": "35" }
          }
        }
      },
${tagged}
    }
  }
}
`),
  template('daily-monthly', 'Daily backups, and monthly ones in cold storage', 'Daily for 35 days; monthly for 1 year, moved to cold storage after 30 days', `{
  "plans": {
    "daily-monthly": {
      "regions": { "@@assign": ["us-east-1"] },
      "rules": {
        "daily": {
          "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" },
          "target_backup_vault_name": { "@@assign": "Default" },
          "lifecycle": {
            "delete_after_days": { "@@assign": "35" }
          }
        },
        "monthly": {
          "schedule_expression": { "@@assign": "cron(0 6 1 * ? *)" },
          "target_backup_vault_name": { "@@assign": "Default" },
          "lifecycle": {
            "move_to_cold_storage_after_days": { "@@assign": "30" },
            "delete_after_days": { "@@assign": "365" }
          }
        }
      },
${tagged}
    }
  }
}
`),
  template('continuous', 'Continuous backup with point-in-time recovery', 'Restore to any second of the last 35 days, where the resource type supports it', `{
  "plans": {
    "point-in-time": {
      "regions": { "@@assign": ["us-east-1"] },
      "rules": {
        "continuous": {
          "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" },
          "target_backup_vault_name": { "@@assign": "Default" },
          "enable_continuous_backup": { "@@assign": true },
          "lifecycle": {
            "delete_after_days": { "@@assign": "35" }
          }
        }
      },
${tagged}
    }
  }
}
`),
  template('copy', 'Daily backups with a copy in another account', 'Kept 35 days, with a copy for 90 days in a central vault of another account and Region', `{
  "plans": {
    "daily-copied": {
      "regions": { "@@assign": ["us-east-1"] },
      "rules": {
        "daily": {
          "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" },
          "target_backup_vault_name": { "@@assign": "Default" },
          "lifecycle": {
            "delete_after_days": { "@@assign": "35" }
          },
          "copy_actions": {
            "arn:aws:backup:us-west-2:111122223333:backup-vault:central": {
              "target_backup_vault_arn": { "@@assign": "arn:aws:backup:us-west-2:111122223333:backup-vault:central" },
              "lifecycle": {
                "delete_after_days": { "@@assign": "90" }
              }
            }
          }
        }
      },
${tagged}
    }
  }
}
`),
  template('override', 'Change an inherited plan lower down', 'A part of a policy for an OU or account: adds a Region and keeps backups longer', `{
  "plans": {
    "daily": {
      "regions": { "@@append": ["us-west-2"] },
      "rules": {
        "daily": {
          "lifecycle": {
            "delete_after_days": { "@@assign": "90" }
          }
        }
      }
    }
  }
}
`),
  template('locked', 'A baseline that lower policies cannot weaken', 'Schedule, vault and retention are locked; lower policies may add Regions and plans', `{
  "plans": {
    "@@operators_allowed_for_child_policies": ["@@append"],
    "baseline": {
      "regions": {
        "@@assign": ["us-east-1"],
        "@@operators_allowed_for_child_policies": ["@@append"]
      },
      "rules": {
        "daily": {
          "schedule_expression": {
            "@@assign": "cron(0 5 ? * * *)",
            "@@operators_allowed_for_child_policies": ["@@none"]
          },
          "target_backup_vault_name": {
            "@@assign": "Default",
            "@@operators_allowed_for_child_policies": ["@@none"]
          },
          "lifecycle": {
            "delete_after_days": {
              "@@assign": "35",
              "@@operators_allowed_for_child_policies": ["@@none"]
            }
          }
        }
      },
${tagged}
    }
  }
}
`),
];
