import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { placesAmong } from '../../../server/core/readiness/places.ts';
import { stackSetTemplate, type StackSetTemplate } from '../../../server/core/readiness/stackSet/stackSetTemplate.ts';
import { yamlText } from '../../../server/core/readiness/stackSet/yaml.ts';
import { readinessTemplate } from '../../../server/features/readiness/readinessTemplate.ts';
import type { Snapshot } from '../../../server/model/snapshot.ts';
import { organization, sampleOrganization } from '../../features/organizations.ts';
import { assign, copies, plan, role, rule, vaultArn } from '../../features/readiness/needing.ts';
import { needingOrganization } from './organizations.ts';

function templateOf(snapshot: Snapshot): StackSetTemplate {
  const [model] = snapshot.organizations.values();
  return model === undefined ? expect.fail() : readinessTemplate(snapshot, model);
}

function textOf(snapshot: Snapshot): string {
  const template = templateOf(snapshot);
  return template.type === 'template' ? template.text : expect.fail(template.reason);
}

const one = (content: unknown): string => textOf(organization({ name: 'Root', policies: ['p'], accounts: [{ name: 'a' }] }, { p: { plans: { p: content } } }));
/** The lines of a member and those below it. */
const section = (text: string, name: string): string => new RegExp(`^  ${name}:\n(?:   .*\n)*`, 'm').exec(text)?.[0] ?? '';

describe('the template of a StackSet', () => {
  it('of the sample is what was looked at', async () => {
    await expect(textOf(sampleOrganization())).toMatchFileSnapshot('../../fixtures/readiness/sample.yaml');
  });

  it('makes a vault only in its Regions, and a role in one Region of the account', () => {
    const text = one(plan({ r: rule('Company') }, { regions: ['eu-west-1', 'eu-north-1'] }));
    expect(section(text, 'CreateVaultCompany')).toBe('  CreateVaultCompany:\n    Fn::Or:\n      - Fn::Equals:\n          - Ref: AWS::Region\n          - "eu-north-1"\n      - Fn::Equals:\n          - Ref: AWS::Region\n          - "eu-west-1"\n');
    expect(section(text, 'CreateRoleBackup')).toBe('  CreateRoleBackup:\n    Condition: IsRoleRegion\n');
  });

  it('lets the organization copy into the central vault, and the role copy to it', () => {
    const arn = vaultArn('222233334444', 'eu-central-1', 'central');
    const text = one(plan({ r: rule('Company', copies(arn)) }));
    expect(section(text, 'CentralVaultCentral')).toMatch(/Action: "backup:CopyIntoBackupVault"[^]*"aws:PrincipalOrgID":\n +Ref: OrganizationId/);
    expect(section(text, 'RoleBackup')).toContain(`- ${JSON.stringify(arn)}`);
    expect(section(text, 'OrganizationId')).toContain('AllowedPattern: "^o-[a-z0-9]{10,32}$"');
  });

  it('without copies to other accounts asks for no organization', () => {
    const text = one(plan({ r: rule('Company', copies(vaultArn('$account', 'eu-central-1', 'beside'))) }));
    expect(text).not.toContain('OrganizationId');
    expect(text).toContain('BackupVaultName: beside');
  });

  it('makes a central vault that the account also needs for itself once', () => {
    const text = one(plan({ r: rule('central', copies(vaultArn('222233334444', 'eu-west-1', 'central'))) }));
    expect(section(text, 'CreateVaultCentral')).toContain('Fn::Not:');
    expect(section(text, 'CreateVaultCentral')).toContain('222233334444');
  });

  it.each([
    ['the default role', 'CreateDefaultServiceRole', plan({ r: rule('Company') }, { roleArn: role('service-role/AWSBackupDefaultServiceRole') })],
    ['the default vault', 'CreateDefaultVault', plan({ r: rule('Default') })],
  ])('makes %s only where somebody asks for it', (_what, parameter, content) => {
    expect(section(one(content), parameter)).toContain('Default: "false"');
    expect(one(plan({ r: rule('Company') }))).not.toContain(parameter);
  });

  it('asks by a parameter for what only some accounts need, and names their OU', () => {
    const text = textOf(organization({ name: 'Root', policies: ['all'], organizationalUnits: [{ name: 'Prod', policies: ['some'], accounts: [{ name: 'a' }, { name: 'b' }] }], accounts: [{ name: 'c' }] }, {
      all: { plans: { all: plan({ r: rule('Company') }) } },
      some: { plans: { some: plan({ r: rule('Extra') }) } },
    }));
    expect(section(text, 'AccountSet1')).toContain('true in the stacks of Root/Prod;');
    expect(section(text, 'CreateVaultExtra')).toContain('Ref: AccountSet1');
    expect(section(text, 'CreateVaultCompany')).not.toContain('AccountSet');
  });

  it.each([
    ['the default role without its path', plan({ r: rule('Company') }, { roleArn: role('AWSBackupDefaultServiceRole') }), 'the default role of AWS Backup has the path service-role/'],
    ['a vault of one letter', plan({ r: rule('x'), s: rule('Company') }), 'only names of 2 to 50'],
    ['a second role of one name', plan({ r: rule('Company') }, { more: { scan_settings: { GUARDDUTY: { scanner_role_arn: assign(role('team/backup')) } } } }), 'an account has one role of this name'],
    ['an air-gapped vault beside one of its name', plan({ r: rule('Company', { target_logically_air_gapped_backup_vault_arn: assign('arn:aws:backup:$region:$account:backup-vault:Company') }) }), 'that is not air-gapped'],
  ])('leaves out %s, and says why', (_what, content, reason) => {
    expect(one(content)).toMatch(new RegExp(`^# Left out: .*${reason}`, 'm'));
  });

  test.each([
    ['resources', 1, 501, /501 resources/],
    ['parameters', 230, 2, /parameters, and CloudFormation takes 200/],
  ])('refuses more %s than a template takes, and says what to do', (_what, sets, vaults, reason) => {
    const vault = (name: string) => ({ type: 'vault' as const, key: `vault eu-west-1 ${name}`, partition: 'aws', region: 'eu-west-1', name, isAirGapped: false, reasons: [] });
    const groups = Array.from({ length: sets }, (_, set) => ({ accounts: [`Root/a${String(set)}`], requirements: Array.from({ length: vaults }, (_, index) => vault(`v${String(set)}-${String(index)}`)) }));
    const template = stackSetTemplate('Root', groups);
    expect(template).toMatchObject({ type: 'none', reason: expect.stringMatching(reason) as string });
    expect(template).toMatchObject({ reason: expect.stringContaining('Choose an organizational unit') as string });
  });

  it('defines every condition and parameter that it uses, for any organization', () => {
    fc.assert(fc.property(needingOrganization, (snapshot) => {
      const template = templateOf(snapshot);
      if (template.type === 'none') return;
      const [head = '', resources = ''] = template.text.split('\nResources:\n');
      for (const [, name = ''] of template.text.matchAll(/(?:^ +| )(?:Condition|Ref): ([A-Za-z0-9]+)$/gm)) expect(head).toContain(`\n  ${name}:\n`);
      expect(resources.match(/^ {4}Type: /gm)?.length).toBe(resources.match(/^ {4}Condition: /gm)?.length);
    }), { seed: 20261121, numRuns: 60 });
  });
});

describe('places', () => {
  it.each([
    [['R/a/1', 'R/a/2', 'R/b/1'], ['R/a/1', 'R/a/2'], ['R/a']],
    [['R/a/1', 'R/a/2', 'R/b/1'], ['R/a/1', 'R/b/1'], ['R/a/1', 'R/b']],
    [['R/a/1', 'R/a/2'], ['R/a/1', 'R/a/2'], ['R']],
    [['R/a', 'R/ab'], ['R/ab'], ['R/ab']],
  ])('of %j stand for %j as %j', (all, chosen, places) => {
    expect(placesAmong(all)(chosen)).toEqual(places);
  });
});

describe('YAML', () => {
  it('quotes what a reader could take for something else, and lets no name out of a comment', () => {
    expect(yamlText({ Type: 'AWS::Region', a: 'true', b: '- x', c: '\u2028"', d: [], e: [['x'], { f: 1 }] }, new Map([['', ['a\nb\u0000']], ['b', ['# c']]]))).toBe('# a b?\nType: AWS::Region\na: "true"\n# # c\nb: "- x"\nc: "\\u2028\\""\nd: []\ne:\n  -\n    - x\n  - f: 1\n');
  });
});
