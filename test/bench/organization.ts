import type { FileChange } from '../../server/model/snapshot.ts';

const folder = 'file:///organization';

/** The model file. */
export const modelUri = `${folder}/backup-organization.json`;
/** Attached to the root: every account has it. */
export const rootPolicy = policyUri('root-0');
/** Attached to five accounts. */
export const leafPolicy = policyUri('account-0');

/** How a generated organization is made: 200 OUs in three levels, 300 policies, accounts below the OUs of the lowest level. */
const units = { first: 5, second: 5, third: 7 } as const;
const accountPolicies = 92;
const accountsOfPolicy = 5;

interface Entity {
  readonly id?: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly organizationalUnits?: readonly Entity[];
  readonly accounts?: readonly Entity[];
}

/**
 * An organization of this many accounts as its files: 205 OUs that have a policy each, three policies at the root and 92
 * at five accounts each, and three guardrails about all accounts. The same for the same number.
 */
export function organizationOf(accounts: number): readonly FileChange[] {
  const policies = new Map<string, string>();
  const lowest = units.first * units.second * units.third;
  let [unit, account] = [0, 0];
  const accountOf = (): Entity => {
    const at = account;
    account += 1;
    const step = Math.floor(accounts / (accountPolicies * accountsOfPolicy));
    const own = at % step === 0 ? Math.floor(at / step / accountsOfPolicy) : accountPolicies;
    return { id: String(100_000_000_000 + at), name: `account-${String(at)}`, policies: own < accountPolicies ? [`account-${String(own)}`] : [] };
  };
  const unitOf = (below: readonly Entity[], members: number): Entity => {
    const name = `unit-${String(unit)}`;
    unit += 1;
    policies.set(name, unitText(unit));
    return { name, policies: [name], organizationalUnits: below, accounts: Array.from({ length: members }, accountOf) };
  };
  const many = (count: number, make: (index: number) => Entity): readonly Entity[] => Array.from({ length: count }, (_, index) => make(index));
  const top = many(units.first, () => unitOf(many(units.second, () => unitOf(many(units.third, () => unitOf([], Math.floor(accounts / lowest))), 0)), 0));
  const rest = many(accounts - account, accountOf);
  for (const [index, text] of rootTexts.entries()) policies.set(`root-${String(index)}`, text);
  for (let index = 0; index < accountPolicies; index++) policies.set(`account-${String(index)}`, accountText(index));
  const model = {
    root: { name: 'Root', policies: rootTexts.map((_, index) => `root-${String(index)}`), organizationalUnits: top, accounts: rest },
    policies: Object.fromEntries([...policies.keys()].map((name) => [name, { file: `policies/${name}.json` }])),
  };
  return [
    { type: 'organization', uri: modelUri, text: JSON.stringify(model, undefined, 2) },
    ...[...policies].map(([name, text]): FileChange => ({ type: 'policy', uri: policyUri(name), text })),
    { type: 'guardrails', uri: `${folder}/backup-guardrails.json`, text: guardrails },
  ];
}

/** Another retention in the first rule, as a keystroke makes it. @param turn another number, another text. */
export function keystroke({ text }: FileChange, turn: number): string {
  return text.replace(/"delete_after_days": \{ "@@assign": "\d+"/, `"delete_after_days": { "@@assign": "${String(100 + (turn % 800))}"`);
}

function policyUri(name: string): string {
  return `${folder}/policies/${name}.json`;
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

const rootTexts: readonly string[] = [['daily', 'weekly'], ['archive'], ['databases']].map((plans) => `{
  "plans": {
    ${plans.map((name) => `"${name}": ${planText(`{ "main": ${ruleText(35, 5)}, "second": ${ruleText(90, 7)} }`)}`).join(',\n    ')}
  }
}
`);

function unitText(index: number): string {
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

function accountText(index: number): string {
  return `{
  "plans": {
    "daily": { "rules": { "main": { "lifecycle": { "delete_after_days": { "@@assign": "${String(100 + index)}" } } } } },
    "own": ${planText(`{ "nightly": ${ruleText(40, 3)} }`)}
  }
}
`;
}

const guardrails = `{
  "guardrails": {
    "valid": { "description": "No account keeps an old policy.", "accounts": ["**"], "validEffectivePolicy": true },
    "kept-for-35-days": { "description": "Something is kept for 35 days.", "accounts": ["**"], "someRule": { "retentionDays": { "atLeast": 35 } } },
    "kept-for-99-days": { "description": "Something is kept for 99 days.", "accounts": ["**"], "someRule": { "retentionDays": { "atLeast": 99 } } }
  }
}
`;
