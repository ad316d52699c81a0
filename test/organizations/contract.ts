import { complete, type OrganizationsApi } from '../../server/organizations/api.ts';
import { OrganizationsError } from '../../server/organizations/errors.ts';
import type { Opened } from './backends.ts';

/** What every backend must do alike: something that is observed, and what AWS gives. */
export interface ContractCase {
  readonly observe: (opened: Opened) => Promise<unknown>;
  readonly aws: unknown;
}

/** A policy that AWS takes, told apart by the name of its plan. White space is part of what must come back. */
export const policyText = (plan = 'daily', extra = ''): string => `{
  "plans": {
    "${plan}": {
      "regions": { "@@assign": ["eu-central-1"] },
      "rules": { "nightly": { "schedule_expression": { "@@assign": "cron(0 5 ? * * *)" }, "target_backup_vault_name": { "@@assign": "Default" } } },
      "selections": { "tags": { "all": { "iam_role_arn": { "@@assign": "arn:aws:iam::$account:role/Backup" }, "tag_key": { "@@assign": "backup" }, "tag_value": { "@@assign": ["yes"] } } } }
    }
  }${extra}
}
`;

/** A partial policy: AWS takes it, and the merge of it alone is invalid. */
export const partialText = '{"plans":{"partial":{"rules":{"nightly":{"target_backup_vault_name":{"@@assign":"Default"}}}}}}';

/** What a call came to: `read` of its result, or the failure in two words. */
export async function outcome<T>(call: Promise<T>, read: (value: T) => unknown = (value) => value): Promise<unknown> {
  try {
    return read(await call);
  } catch (error) {
    if (!(error instanceof OrganizationsError)) throw error;
    const { failure } = error;
    if (failure.kind === 'notFound') return `notFound ${failure.missing}`;
    if (failure.kind === 'constraint') return `constraint ${failure.reason}`;
    if (failure.kind === 'transport') return `transport ${failure.fault}`;
    return failure.kind;
  }
}

const done = (): string => 'done';

const backup = 'backup.amazonaws.com';

async function rootOf(api: OrganizationsApi): Promise<string> {
  return (await api.listRoots())[0]?.id ?? '';
}

async function enabled(opened: Opened): Promise<string> {
  const root = await rootOf(opened.api);
  await opened.api.enablePolicyType(root);
  opened.settle();
  return root;
}

async function newUnit(opened: Opened, ParentId: string, Name: string): Promise<string> {
  const { OrganizationalUnit } = await opened.arrange('CreateOrganizationalUnit', { ParentId, Name });
  return (OrganizationalUnit as { readonly Id: string }).Id;
}

async function newAccount(opened: Opened, AccountName: string): Promise<string> {
  const { CreateAccountStatus } = await opened.arrange('CreateAccount', { AccountName, Email: `${AccountName}@example.com` });
  return (CreateAccountStatus as { readonly AccountId: string }).AccountId;
}

const create = (api: OrganizationsApi, name = 'Daily', content = policyText()): Promise<string> =>
  api.createPolicy({ name, description: 'Backs up every night', content }).then(({ id }) => id);

/** The cases by name. `aws` is what the service gives. Source: organizations-api §§1 and 2, limits-and-errors §§1 and 3. */
export const contract: Readonly<Record<string, ContractCase>> = {
  'ids have AWS\'s shapes': {
    observe: async ({ api }) => {
      const { id, featureSet, managementAccountId } = await api.describeOrganization();
      return [/^o-[a-z0-9]{10,32}$/.test(id), featureSet, /^\d{12}$/.test(managementAccountId), /^r-[0-9a-z]{4,32}$/.test(await rootOf(api)), /^p-[0-9a-zA-Z_]{8,128}$/.test(await create(api))];
    },
    aws: [true, 'ALL', true, true, true],
  },
  'the policy type is disabled, then enabled; once more changes nothing': {
    observe: async (opened) => {
      const { api } = opened;
      const status = async (): Promise<unknown> => (await api.listRoots())[0]?.backupPolicies;
      const root = await rootOf(api);
      const before = await status();
      const first = await api.enablePolicyType(root);
      opened.settle();
      return [before, first, await status(), await outcome(api.enablePolicyType(root))];
    },
    aws: ['DISABLED', 'done', 'ENABLED', 'already'],
  },
  'a policy comes back byte for byte': {
    observe: async ({ api }) => {
      const content = policyText();
      const made = await api.createPolicy({ name: 'Täglich', description: '', content });
      const read = await api.describePolicy(made.id);
      return [made.content === content, read.content === content, read.name, read.description];
    },
    aws: [true, true, 'Täglich', ''],
  },
  'an update changes what it names and nothing else': {
    observe: async ({ api }) => {
      const policyId = await create(api);
      const updated = await api.updatePolicy({ policyId, content: policyText('weekly') });
      const renamed = await api.updatePolicy({ policyId, name: 'Weekly' });
      const { name, description, content } = await api.describePolicy(policyId);
      return [updated.content === policyText('weekly'), renamed.content === policyText('weekly'), name, description, content === policyText('weekly')];
    },
    aws: [true, true, 'Weekly', 'Backs up every night', true],
  },
  'a name is taken once': {
    observe: async ({ api }) => {
      await create(api, 'Daily');
      const policyId = await create(api, 'Weekly');
      return [await outcome(create(api, 'Daily')), await outcome(api.updatePolicy({ policyId, name: 'Daily' }), done), await outcome(api.updatePolicy({ policyId, name: 'Weekly' }), done)];
    },
    aws: ['duplicatePolicy', 'duplicatePolicy', 'done'],
  },
  'creating needs no enabled type, attaching does': {
    observe: async (opened) => {
      const { api } = opened;
      const policyId = await create(api);
      const targetId = await rootOf(api);
      const before = await outcome(api.attachPolicy({ policyId, targetId }));
      await enabled(opened);
      return [before, await outcome(api.attachPolicy({ policyId, targetId }))];
    },
    aws: ['typeNotEnabled', 'done'],
  },
  'attaching or detaching twice leaves what is wanted': {
    observe: async (opened) => {
      const { api } = opened;
      const targetId = await enabled(opened);
      const policyId = await create(api);
      const outcomes = [];
      for (let count = 0; count < 2; count++) outcomes.push(await outcome(api.attachPolicy({ policyId, targetId })));
      for (let count = 0; count < 2; count++) outcomes.push(await outcome(api.detachPolicy({ policyId, targetId })));
      return outcomes;
    },
    aws: ['done', 'already', 'done', 'already'],
  },
  'attachments are those of the target alone, and know root, OU and account': {
    observe: async (opened) => {
      const { api } = opened;
      const root = await enabled(opened);
      const unit = await newUnit(opened, root, 'Workloads');
      const account = await newAccount(opened, 'shop');
      const policyId = await create(api);
      for (const targetId of [root, unit, account]) await api.attachPolicy({ policyId, targetId });
      const targets = await complete(api.listTargetsForPolicy(policyId));
      const names = async (target: string): Promise<readonly string[]> => (await complete(api.listPoliciesForTarget(target))).map(({ name }) => name);
      await api.detachPolicy({ policyId, targetId: unit });
      return [targets.map(({ type, name }) => `${type} ${name}`).sort(), await names(root), await names(unit), await names(account)];
    },
    aws: [['ACCOUNT shop', 'ORGANIZATIONAL_UNIT Workloads', 'ROOT Root'], ['Daily'], [], ['Daily']],
  },
  'what does not exist is named': {
    observe: async (opened) => {
      const { api } = opened;
      const root = await enabled(opened);
      const policyId = await create(api);
      const unit = `ou-${root.slice(2)}-zzzzzzzz`;
      return [
        await outcome(api.describePolicy('p-zzzzzzzz'), done),
        await outcome(api.attachPolicy({ policyId: 'p-zzzzzzzz', targetId: root })),
        await outcome(api.attachPolicy({ policyId, targetId: unit })),
        await outcome(api.attachPolicy({ policyId, targetId: '999999999999' })),
        await outcome(complete(api.listAccountsForParent(unit)), done),
        await outcome(complete(api.listPoliciesForTarget(unit)), done),
      ];
    },
    aws: ['notFound policy', 'notFound policy', 'notFound target', 'notFound target', 'notFound parent', 'notFound target'],
  },
  'only what is attached nowhere is deleted': {
    observe: async (opened) => {
      const { api } = opened;
      const targetId = await enabled(opened);
      const policyId = await create(api);
      await api.attachPolicy({ policyId, targetId });
      const inUse = await outcome(api.deletePolicy(policyId));
      await api.detachPolicy({ policyId, targetId });
      return [inUse, await outcome(api.deletePolicy(policyId)), await outcome(api.deletePolicy(policyId)), (await complete(api.listPolicies())).length];
    },
    aws: ['policyInUse', 'done', 'notFound policy', 0],
  },
  'lists of several pages are complete': {
    observe: async (opened) => {
      const { api } = opened;
      const root = await rootOf(api);
      for (let count = 0; count < 25; count++) await newUnit(opened, root, `Unit ${String(count)}`);
      for (let count = 0; count < 24; count++) await newAccount(opened, `account${String(count)}`);
      for (let count = 0; count < 23; count++) await create(api, `Policy ${String(count)}`, policyText(`plan${String(count)}`));
      const distinct = (ids: readonly string[]): number => new Set(ids).size;
      return [
        distinct((await complete(api.listOrganizationalUnitsForParent(root))).map(({ id }) => id)),
        distinct((await complete(api.listAccountsForParent(root))).map(({ id }) => id)),
        distinct((await complete(api.listAccounts())).map(({ id }) => id)),
        distinct((await complete(api.listPolicies())).map(({ id }) => id)),
      ];
    },
    aws: [25, 25, 25, 23],
  },
  'children and parents are those next to an entity': {
    observe: async (opened) => {
      const { api } = opened;
      const root = await rootOf(api);
      const outer = await newUnit(opened, root, 'Outer');
      const inner = await newUnit(opened, outer, 'Inner');
      const account = await newAccount(opened, 'shop');
      await opened.arrange('MoveAccount', { AccountId: account, SourceParentId: root, DestinationParentId: inner });
      const children = async (id: string): Promise<unknown> => outcome(complete(api.listChildren(id, 'ORGANIZATIONAL_UNIT')), (ids) => ids.map((each) => (each === inner ? 'inner' : each)));
      return [await children(outer), (await api.listParents(account)).map(({ id, type }) => [id === inner, type]), (await api.listParents(outer)).map(({ id, type }) => [id === root, type])];
    },
    aws: [['inner'], [[true, 'ORGANIZATIONAL_UNIT']], [[true, 'ROOT']]],
  },
  'ten policies can be attached to a target': {
    observe: async (opened) => {
      const { api } = opened;
      const targetId = await enabled(opened);
      const outcomes = new Set<unknown>();
      for (let count = 0; count < 10; count++) outcomes.add(await outcome(api.attachPolicy({ policyId: await create(api, `Policy ${String(count)}`), targetId })));
      return [[...outcomes], (await complete(api.listPoliciesForTarget(targetId))).length, await outcome(api.attachPolicy({ policyId: await create(api, 'Eleventh'), targetId }))];
    },
    aws: [['done'], 10, 'constraint MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED'],
  },
  'what is no backup policy is refused': {
    observe: async ({ api }) => [
      await outcome(create(api, 'Text', 'not JSON'), done),
      await outcome(create(api, 'Other', '{"plans":{"daily":{"rulez":{}}}}'), done),
      await outcome(create(api, 'Partial', partialText), done),
      await outcome(api.updatePolicy({ policyId: await create(api), content: '{}' }), done),
    ],
    aws: ['malformedPolicy', 'malformedPolicy', 'done', 'malformedPolicy'],
  },
  'content has 10,000 characters, white space included': {
    observe: async ({ api }) => {
      const filled = (length: number): string => policyText().padEnd(length, ' ');
      return [await outcome(create(api, 'Full', filled(10_000)), done), await outcome(create(api, 'Longer', filled(10_001)), done)];
    },
    aws: ['done', 'constraint POLICY_CONTENT_LIMIT_EXCEEDED'],
  },
  'names and descriptions have a length': {
    observe: async ({ api }) => {
      const made = (name: string, description: string): Promise<unknown> => outcome(api.createPolicy({ name, description, content: policyText() }), done);
      return [await made('n'.repeat(128), 'd'.repeat(512)), await made('n'.repeat(129), ''), await made('Long', 'd'.repeat(513))];
    },
    aws: ['done', 'invalidInput', 'invalidInput'],
  },
  'tags are kept with the policy': {
    observe: async ({ api }) => {
      const { id } = await api.createPolicy({ name: 'Daily', description: '', content: policyText(), tags: [{ key: 'owner', value: 'terraform' }] });
      return complete(api.listTagsForResource(id));
    },
    aws: [{ key: 'owner', value: 'terraform' }],
  },
  'disabling the type detaches everything, for good': {
    observe: async (opened) => {
      const { api } = opened;
      const root = await enabled(opened);
      await api.attachPolicy({ policyId: await create(api), targetId: root });
      await api.disablePolicyType(root);
      opened.settle();
      const during = await complete(api.listPoliciesForTarget(root));
      await enabled(opened);
      return [during.length, (await complete(api.listPoliciesForTarget(root))).length, (await complete(api.listPolicies())).length];
    },
    aws: [0, 0, 1],
  },
  'the effective policy of an account is merged': {
    observe: async (opened) => {
      const { api } = opened;
      const root = await enabled(opened);
      const account = await newAccount(opened, 'shop');
      await outcome(api.attachPolicy({ policyId: await create(api), targetId: root }));
      await outcome(api.attachPolicy({ policyId: await create(api, 'Weekly', '{"plans":{"daily":{"regions":{"@@append":["eu-west-1"]}}}}'), targetId: account }));
      opened.settle();
      return outcome(api.describeEffectivePolicy(account), ({ accountId, content }) => [accountId === account, (JSON.parse(content) as { plans: { daily: { regions: unknown } } }).plans.daily.regions]);
    },
    aws: [true, ['eu-central-1', 'eu-west-1']],
  },
  'an invalid merge leaves the last valid one, and is reported with its policies': {
    observe: async (opened) => {
      const { api } = opened;
      const root = await enabled(opened);
      const account = await newAccount(opened, 'shop');
      await outcome(api.attachPolicy({ policyId: await create(api), targetId: root }));
      opened.settle();
      const partial = await create(api, 'Partial', partialText);
      await outcome(api.attachPolicy({ policyId: partial, targetId: account }));
      opened.settle();
      return [
        await outcome(api.describeEffectivePolicy(account), ({ content }) => Object.keys((JSON.parse(content) as { plans: object }).plans)),
        await outcome(api.listEffectivePolicyValidationErrors(account), ({ path, errors }) => [path?.split('/').length, errors.map(({ message, contributingPolicies }) => [message, contributingPolicies.includes(partial)]).sort()]),
        await outcome(complete(api.listAccountsWithInvalidEffectivePolicy()), (ids) => [ids.length, ids[0] === account]),
      ];
    },
    aws: [['daily'], [4, [["'regions' is missing", true], ["'selections' is missing", true]]], [1, true]],
  },
  'without the type there is no effective policy': {
    observe: async ({ api }) => outcome(api.describeEffectivePolicy((await api.describeOrganization()).managementAccountId), done),
    aws: 'notFound effective policy',
  },
  'the delegation policy is absent until it is put': {
    observe: async ({ api }) => {
      const content = '{"Version":"2012-10-17","Statement":[]}';
      return [await outcome(api.describeResourcePolicy(), (policy) => policy === undefined), await outcome(api.putResourcePolicy(content), (policy) => policy.content === content), await outcome(api.describeResourcePolicy(), (policy) => policy?.content === content)];
    },
    aws: [true, true, true],
  },
  'the delegation policy is gone once it is deleted': {
    observe: async ({ api }) => {
      await outcome(api.putResourcePolicy('{"Version":"2012-10-17","Statement":[]}'));
      return [await outcome(api.deleteResourcePolicy()), await outcome(api.describeResourcePolicy(), (policy) => policy === undefined), await outcome(api.deleteResourcePolicy())];
    },
    aws: ['done', true, 'already'],
  },
  'every account is listed, whatever it is in': {
    observe: async (opened) => {
      const { api } = opened;
      const root = await rootOf(api);
      const unit = await newUnit(opened, root, 'Workloads');
      await opened.arrange('MoveAccount', { AccountId: await newAccount(opened, 'shop'), SourceParentId: root, DestinationParentId: unit });
      return outcome(complete(api.listAccounts()), (accounts) => [accounts.length, accounts.some(({ name, status }) => name === 'shop' && status === 'ACTIVE')]);
    },
    aws: [2, true],
  },
  'trusted access is enabled and disabled': {
    observe: async ({ api }) => {
      const trusted = (): Promise<unknown> => outcome(complete(api.listAWSServiceAccessForOrganization()), (services) => services.filter(({ since }) => typeof since === 'number').map(({ servicePrincipal }) => servicePrincipal));
      return [await trusted(), await outcome(api.enableAWSServiceAccess(backup)), await trusted(), await outcome(api.disableAWSServiceAccess(backup)), await trusted()];
    },
    aws: [[], 'done', [backup], 'done', []],
  },
  'a member account is registered as delegated administrator once, after trusted access': {
    observe: async (opened) => {
      const { api } = opened;
      const account = await newAccount(opened, 'backup');
      const { managementAccountId } = await api.describeOrganization();
      const register = (id: string): Promise<unknown> => outcome(api.registerDelegatedAdministrator(id, backup));
      const untrusted = await register(account);
      await outcome(api.enableAWSServiceAccess(backup));
      const outcomes = [untrusted, await register(managementAccountId), await register('999999999999'), await register(account), await register(account)];
      const listed = await outcome(complete(api.listDelegatedAdministrators(backup)), (accounts) => accounts.map(({ id, name }) => [id === account, name]));
      const deregister = (): Promise<unknown> => outcome(api.deregisterDelegatedAdministrator(account, backup));
      return [...outcomes, listed, await deregister(), await deregister(), await outcome(complete(api.listDelegatedAdministrators(backup)))];
    },
    aws: ['constraint SERVICE_ACCESS_NOT_ENABLED', 'constraint CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR', 'notFound account', 'done', 'already', [[true, 'backup']], 'done', 'already', []],
  },
};
