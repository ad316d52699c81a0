import type { FileChange } from '../../server/model/snapshot.ts';

/** Another retention in the first rule, as a keystroke makes it. @param turn another number, another text of the same length. */
export function keystroke({ text }: FileChange, turn: number): string {
  return text.replace(/"delete_after_days": \{ "@@assign": "\d+"/, `"delete_after_days": { "@@assign": "${String(100 + (turn % 800))}"`);
}

/**
 * A policy of exactly so many characters (at least 1,000), as many plans as fit, which AWS takes.
 * @param name begins the names of its plans; the first one is called by it alone.
 */
export function policyOf(characters: number, name: string): string {
  let text = '';
  for (let plans = 1; ; plans++) {
    const next = plansText(Array.from({ length: plans }, (_, index) => `"${index === 0 ? name : `${name}-${String(index)}`}": ${planText(`{ "main": ${ruleText(100 + index, index % 24)} }`)}`));
    if (next.length > characters) break;
    text = next;
  }
  if (text === '') throw new Error(`${String(characters)} characters are too few.`);
  return text + ' '.repeat(characters - text.length);
}

function plansText(plans: readonly string[]): string {
  return `{\n  "plans": {\n    ${plans.join(',\n    ')}\n  }\n}\n`;
}

function ruleText(days: number, hour: number): string {
  return `{
          "schedule_expression": { "@@assign": "cron(0 ${String(hour)} ? * * *)" },
          "start_backup_window_minutes": { "@@assign": "480" },
          "target_backup_vault_name": { "@@assign": "Default" },
          "lifecycle": { "delete_after_days": { "@@assign": "${String(days)}" } }
        }`;
}

function planText(rules: string): string {
  return `{
      "regions": { "@@assign": ["eu-west-1", "eu-central-1"] },
      "rules": ${rules},
      "selections": { "tags": { "backup": {
        "iam_role_arn": { "@@assign": "arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole" },
        "tag_key": { "@@assign": "backup" },
        "tag_value": { "@@assign": ["yes"] }
      } } }
    }`;
}

/** What is attached to the root, in this order: policies of 1,000, 10,000 and about 1,000 characters. */
export const rootTexts: readonly string[] = [
  policyOf(1_000, 'daily'),
  policyOf(10_000, 'archive'),
  plansText([`"databases": ${planText(`{ "main": ${ruleText(35, 5)}, "second": ${ruleText(90, 7)} }`)}`]),
];

/** A policy of an OU: another retention and one more region than its parents say. */
export function unitText(index: number): string {
  return `{
  "plans": {
    "daily": {
      "regions": { "@@append": ["us-east-1"] },
      "rules": { "main": { "lifecycle": { "delete_after_days": { "@@assign": "${String(36 + (index % 60))}" } } } }
    }
  }
}
`;
}

/** A policy of accounts: another retention, and a plan of its own. */
export function accountText(index: number): string {
  return `{
  "plans": {
    "daily": { "rules": { "main": { "lifecycle": { "delete_after_days": { "@@assign": "${String(100 + index)}" } } } } },
    "own": ${planText(`{ "nightly": ${ruleText(40, 3)} }`)}
  }
}
`;
}

/** Three guardrails about all accounts. */
export const guardrails = `{
  "guardrails": {
    "valid": { "description": "No account keeps an old policy.", "accounts": ["**"], "validEffectivePolicy": true },
    "kept-for-35-days": { "description": "Something is kept for 35 days.", "accounts": ["**"], "someRule": { "retentionDays": { "atLeast": 35 } } },
    "kept-for-99-days": { "description": "Something is kept for 99 days.", "accounts": ["**"], "someRule": { "retentionDays": { "atLeast": 99 } } }
  }
}
`;
