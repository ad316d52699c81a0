import * as fc from 'fast-check';
import { organization } from '../../features/organizations.ts';
import { assign, copies, plan, role, rule, vaultArn } from '../../features/readiness/needing.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';

const central = ['222233334444', '333344445555'];
const regions = ['eu-west-1', 'eu-central-1', 'us-east-1', 'ap-south-1', 'eu-north-1', 'sa-east-1', 'ca-central-1', 'us-west-2', 'us-east-2', 'eu-west-2', 'eu-west-3', 'ap-northeast-1', 'ap-southeast-2'];
const vaults = ['Default', 'company', 'Company', 'company_vault', 'company-vault', 'x', 'central'];
const roles = ['service-role/AWSBackupDefaultServiceRole', 'AWSBackupDefaultServiceRole', 'Backup', 'backup', 'team/Backup', 'team/a.b+c=d,e@f-g_h'];

const copyTarget = fc.tuple(fc.constantFrom('$account', ...central), fc.constantFrom(...regions), fc.constantFrom(...vaults)).map(([account, region, name]) => vaultArn(account, region, name));

const content = fc.record({
  vault: fc.constantFrom(...vaults),
  regions: fc.uniqueArray(fc.constantFrom(...regions), { minLength: 1 }),
  roleArn: fc.constantFrom(...roles.map(role)),
  copies: fc.uniqueArray(copyTarget, { maxLength: 3 }),
  airGapped: fc.constantFrom(undefined, undefined, ...vaults),
  scanRole: fc.constantFrom(undefined, undefined, ...roles),
  name: fc.constantFrom('a', 'b', 'c'),
}).map((parts) => ({
  plans: {
    [parts.name]: plan({
      r: rule(parts.vault, {
        ...copies(...parts.copies),
        ...(parts.airGapped === undefined ? {} : { target_logically_air_gapped_backup_vault_arn: assign(`arn:aws:backup:$region:$account:backup-vault:${parts.airGapped}`) }),
      }),
    }, { regions: parts.regions, roleArn: parts.roleArn, more: parts.scanRole === undefined ? {} : { scan_settings: { GUARDDUTY: { scanner_role_arn: assign(role(parts.scanRole)) } } } }),
  },
}));

const names = ['p', 'q', 'r', 's'];
const attached = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 });
/** Names that would end a comment, a string or a line of YAML. */
const accountName = fc.constantFrom('shop', 'a: b', '# c', '"', 'd\ne', '\u2028', '\u0000\u0085', '{{x}}', '- z', 'ümlaut');

/** Organizations whose policies need roles, vaults and copies of any kind, also those that nobody can make. */
export const needingOrganization: fc.Arbitrary<Snapshot> = fc
  .tuple(fc.array(fc.record({ policies: attached, accounts: fc.array(fc.record({ name: accountName, policies: attached }), { minLength: 1, maxLength: 3 }) }), { minLength: 1, maxLength: 4 }), fc.array(content, { minLength: names.length, maxLength: names.length }))
  .map(([units, contents]) => organization({
    name: 'Root',
    accounts: [{ name: 'management', policies: ['p'] }],
    organizationalUnits: units.map(({ policies, accounts }, unit) => ({ name: `U${String(unit)}`, policies, accounts: accounts.map(({ name, policies: own }, index) => ({ name: `${name}${String(index)}`, policies: own })) })),
  }, Object.fromEntries(names.map((name, index) => [name, contents[index]]))));
