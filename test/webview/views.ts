/** Effective policies as the server describes them, for the panel to show. */

import type {
  AttemptView,
  ContainerView,
  EffectivePolicyView,
  EntityKind,
  EntityView,
  LockView,
  NodeView,
  OriginView,
  ValueView,
  ViewLocation,
} from '../../server/protocol.ts';

const folder = 'file:///organization';

/** A place in the file of a policy. */
export function placeIn(policy: string, line: number): ViewLocation {
  return {
    uri: `${folder}/backup-policies/${policy}.json`,
    range: { start: { line, character: 8 }, end: { line, character: 24 } },
  };
}

const modelPlace: ViewLocation = {
  uri: `${folder}/backup-organization.json`,
  range: { start: { line: 1, character: 2 }, end: { line: 1, character: 8 } },
};

type Level = readonly [path: string, kind: EntityKind];

/** Levels from the root to the account `payments-prod`. */
export const root: Level = ['Root', 'root'];
const workloads: Level = ['Root/Workloads', 'organizationalUnit'];
/** See {@link root}. */
export const prod: Level = ['Root/Workloads/Prod', 'organizationalUnit'];
const commerce: Level = ['Root/Workloads/Prod/Commerce', 'organizationalUnit'];
const payments: Level = ['Root/Workloads/Prod/Commerce/payments-prod', 'account'];

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A statement of `policy`, attached at `level`, on `line` of its file. */
export function origin([level, levelKind]: Level, policy: string, line: number, operator = '@@assign'): OriginView {
  return { level, levelName: lastName(level), levelKind, policy, operator, location: placeIn(policy, line) };
}

/** A single value; its id is its path of keys. */
export function single(id: string, text: string, from: OriginView, more: Partial<ValueView> = {}): ValueView {
  return { type: 'value', id, name: lastName(id), kind: 'single', values: [{ text, origin: from }], attempts: [], locks: [], ...more };
}

/** A list whose elements have origins of their own. */
export function list(id: string, values: ValueView['values'], more: Partial<ValueView> = {}): ValueView {
  return { type: 'value', id, name: lastName(id), kind: 'list', values, attempts: [], locks: [], ...more };
}

/** A plan, a rule, or a part of one. */
export function container(id: string, noun: string, from: OriginView, children: readonly NodeView[], more: Partial<ContainerView> = {}): ContainerView {
  return { type: 'container', id, name: lastName(id), noun, origin: from, children, refused: [], locks: [], ...more };
}

/** A control that lets lower policies do only `allowed`. */
export function lock(allowed: string, from: OriginView): LockView {
  return { allowed, origin: from };
}

const assigned = (policy: Level, name: string, line: number): OriginView => origin(policy, name, line);
const role = 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole';
const centralVault = 'arn:aws:backup:eu-west-1:222233334444:backup-vault:central-vault';

const overriddenRetention: AttemptView = {
  outcome: 'overridden',
  values: ['35'],
  origin: origin(root, 'baseline', 19),
  reason: 'by @@assign of production at Root/Workloads/Prod',
  cause: placeIn('production', 7),
};

const blockedVault: AttemptView = {
  outcome: 'blocked',
  values: ['commerce-vault'],
  origin: origin(commerce, 'point-in-time', 6),
  reason: 'by baseline at Root, which allows lower policies no operator here',
  cause: placeIn('baseline', 13),
};

function daily(retention: string): ContainerView {
  const id = 'everyday/rules/daily';
  return container(
    id,
    'rule',
    assigned(root, 'baseline', 8),
    [
      single(`${id}/schedule_expression`, 'cron(0 5 ? * * *)', assigned(root, 'baseline', 9), { meaning: 'every day at 05:00 UTC' }),
      single(`${id}/target_backup_vault_name`, 'company-vault', assigned(root, 'baseline', 11), {
        locks: [lock('@@none', origin(root, 'baseline', 13, '@@operators_allowed_for_child_policies'))],
        attempts: [blockedVault],
      }),
      single(`${id}/start_backup_window_minutes`, '60', assigned(root, 'baseline', 15), { meaning: '1 hour' }),
      single(`${id}/complete_backup_window_minutes`, '360', assigned(root, 'baseline', 16), { meaning: '6 hours' }),
      container(`${id}/lifecycle`, 'lifecycle', assigned(root, 'baseline', 17), [
        single(`${id}/lifecycle/delete_after_days`, retention, assigned(prod, 'production', 7), { attempts: [overriddenRetention] }),
      ]),
    ],
    { detail: 'every day at 05:00 UTC' },
  );
}

function monthly(): ContainerView {
  const id = 'everyday/rules/monthly';
  return container(
    id,
    'rule',
    assigned(prod, 'production', 11),
    [
      single(`${id}/schedule_expression`, 'cron(0 3 1 * ? *)', assigned(prod, 'production', 12), { meaning: 'on day 1 of the month at 03:00 UTC' }),
      single(`${id}/target_backup_vault_name`, 'company-vault', assigned(prod, 'production', 13)),
      container(`${id}/lifecycle`, 'lifecycle', assigned(prod, 'production', 16), [
        single(`${id}/lifecycle/move_to_cold_storage_after_days`, '30', assigned(prod, 'production', 17)),
        single(`${id}/lifecycle/delete_after_days`, '2555', assigned(payments, 'payments-retention', 6), {
          meaning: '7 years',
          attempts: [
            {
              outcome: 'overridden',
              values: ['365'],
              origin: origin(prod, 'production', 18),
              reason: 'by @@assign of payments-retention at Root/Workloads/Prod/Commerce/payments-prod',
              cause: placeIn('payments-retention', 6),
            },
          ],
        }),
        single(`${id}/lifecycle/opt_in_to_archive_for_supported_resources`, 'true', assigned(prod, 'production', 19)),
      ]),
      container(
        `${id}/copy_actions`,
        'copy actions',
        assigned(prod, 'production', 21),
        [
          container(`${id}/copy_actions/central-vault`, 'copy action', assigned(prod, 'production', 23), [
            single(`${id}/copy_actions/central-vault/target_backup_vault_arn`, centralVault, assigned(prod, 'production', 25)),
          ], { name: centralVault }),
        ],
        {
          locks: [lock('@@none', origin(prod, 'production', 22, '@@operators_allowed_for_child_policies'))],
          refused: [
            {
              outcome: 'blocked',
              values: ['arn:aws:backup:eu-central-1:777788889999:backup-vault:own-copies'],
              origin: origin(commerce, 'point-in-time', 14),
              reason: 'by production at Root/Workloads/Prod, which allows lower policies no operator here',
              cause: placeIn('production', 22),
            },
          ],
        },
      ),
    ],
    { detail: 'on day 1 of the month at 03:00 UTC' },
  );
}

function everyday(retention: string): ContainerView {
  const tier = 'everyday/selections/tags/by-tier';
  return container('everyday', 'plan', assigned(root, 'baseline', 2), [
    list(
      'everyday/regions',
      [
        { text: 'eu-west-1', origin: origin(root, 'baseline', 4) },
        { text: 'eu-central-1', origin: origin(prod, 'production', 3, '@@append') },
      ],
      {
        locks: [lock('@@append, @@remove', origin(root, 'baseline', 5, '@@operators_allowed_for_child_policies'))],
        attempts: [
          {
            outcome: 'noEffect',
            values: ['us-east-1'],
            origin: origin(commerce, 'point-in-time', 3, '@@remove'),
            reason: 'none of these values is in the list',
          },
        ],
      },
    ),
    container('everyday/rules', 'rules', assigned(root, 'baseline', 7), [daily(retention), monthly()]),
    container('everyday/selections', 'selections', assigned(root, 'baseline', 28), [
      container('everyday/selections/tags', 'selections by tag', assigned(root, 'baseline', 29), [
        container(
          tier,
          'selection',
          assigned(root, 'baseline', 30),
          [
            single(`${tier}/iam_role_arn`, role, assigned(root, 'baseline', 31), {
              locks: [lock('@@none', origin(root, 'baseline', 32, '@@operators_allowed_for_child_policies'))],
            }),
            single(`${tier}/tag_key`, 'backup-tier', assigned(root, 'baseline', 34)),
            list(`${tier}/tag_value`, [
              { text: 'silver', origin: origin(root, 'baseline', 38) },
              { text: 'bronze', origin: origin(root, 'baseline', 38) },
            ]),
          ],
          { detail: 'backup-tier = silver, bronze' },
        ),
      ]),
    ]),
    container('everyday/backup_plan_tags', 'plan tags', assigned(root, 'baseline', 43), [
      container('everyday/backup_plan_tags/owner', 'tag', assigned(root, 'baseline', 44), [
        single('everyday/backup_plan_tags/owner/tag_key', 'owner', assigned(root, 'baseline', 45)),
        single('everyday/backup_plan_tags/owner/tag_value', 'cloud-platform', assigned(root, 'baseline', 46)),
      ]),
    ]),
  ]);
}

function databases(): ContainerView {
  const nightly = 'databases/rules/nightly';
  return container('databases', 'plan', assigned(workloads, 'database-schedule', 2), [
    list('databases/regions', [
      { text: 'eu-west-1', origin: origin(prod, 'databases-prod', 4) },
      { text: 'eu-central-1', origin: origin(prod, 'databases-prod', 4) },
    ]),
    container('databases/rules', 'rules', assigned(workloads, 'database-schedule', 3), [
      container(
        nightly,
        'rule',
        assigned(workloads, 'database-schedule', 4),
        [
          single(`${nightly}/schedule_expression`, 'cron(30 1 ? * * *)', assigned(workloads, 'database-schedule', 5), {
            meaning: 'every day at 01:30 UTC',
          }),
          single(`${nightly}/target_backup_vault_name`, 'database-vault', assigned(workloads, 'database-schedule', 6)),
        ],
        { detail: 'every day at 01:30 UTC' },
      ),
    ]),
  ]);
}

const paymentsEntity: EntityView = {
  target: { organization: `${folder}/backup-organization.json`, key: '999900001111' },
  kind: 'account',
  name: 'payments-prod',
  id: '999900001111',
  path: payments[0],
  policies: [{ name: 'payments-retention', uri: placeIn('payments-retention', 0).uri, index: 0, found: true, location: modelPlace }],
  hasChildren: false,
  accounts: 1,
  errors: [],
  health: 'protected',
  warnings: 0,
  invalidAccounts: 0,
  unprotectedAccounts: 0,
  warnedAccounts: 0,
  failingGuardrails: [],
  location: modelPlace,
};

/** An account three levels below the root; the plan `everyday` keeps daily backups `retention` days. */
export function paymentsPolicy(retention = '90'): EffectivePolicyView {
  return {
    target: paymentsEntity,
    levels: [
      { name: 'Root', kind: 'root', policies: ['baseline'] },
      { name: 'Workloads', kind: 'organizationalUnit', policies: ['database-schedule'] },
      { name: 'Prod', kind: 'organizationalUnit', policies: ['production', 'databases-prod'] },
      { name: 'Commerce', kind: 'organizationalUnit', policies: ['point-in-time'] },
      { name: 'payments-prod', kind: 'account', policies: ['payments-retention'] },
    ],
    empty: false,
    errors: [],
    plans: [everyday(retention), databases()],
  };
}

/** The same account with an effective policy that AWS refuses. */
export function invalidPolicy(): EffectivePolicyView {
  const view = paymentsPolicy();
  return {
    ...view,
    target: { ...view.target, errors: ["'selections' is missing"] },
    errors: [
      {
        code: 'KEY_REQUIRED',
        message: "'selections' is missing",
        path: 'plans/databases',
        policies: ['database-schedule', 'databases-prod'],
        location: placeIn('database-schedule', 2),
      },
      {
        code: 'ELEMENTS_TOO_MANY',
        message: "'regions' has more elements than allowed",
        path: 'plans/everyday/regions',
        policies: [],
      },
    ],
  };
}

/** Another account, to which nothing applies. */
export function emptyPolicy(policiesOfRoot: readonly string[] = []): EffectivePolicyView {
  return {
    target: { ...paymentsEntity, target: { ...paymentsEntity.target, key: '111122223333' }, name: 'management', path: 'Root/management', policies: [] },
    levels: [
      { name: 'Root', kind: 'root', policies: policiesOfRoot },
      { name: 'management', kind: 'account', policies: [] },
    ],
    empty: true,
    errors: [],
    plans: [],
  };
}
