import { defaultRoleName, defaultVaultName } from '../remarks.ts';
import type { CentralVaultRequirement } from '../requirement.ts';
import { allOf, inRegions, isSet, named, not, type Condition } from './conditions.ts';
import { deploymentOf, type Deployment, type DeploymentGroup, type GroupSet } from './deployment.ts';
import { headComments } from './headComments.ts';
import { accountsParameter, airGappedParameters, defaultRoleParameter, defaultVaultParameter, keyParameter, organizationParameter, roleRegionParameter } from './parameters.ts';
import { airGappedVaultResource, centralVaultResource, roleResource, vaultResource } from './resources.ts';
import { yamlText, type TemplateMap } from './yaml.ts';

/** A template, or why there is none, with what to do. */
export type StackSetTemplate =
  | { readonly type: 'template'; readonly text: string }
  | { readonly type: 'none'; readonly reason: string };

/** Source: CloudFormation's limits of one template, as cfn-lint checks them. */
const mostParameters = 200;
const mostResources = 500;

/**
 * A CloudFormation template that one StackSet brings to all accounts and Regions: each stack makes what its own
 * account and Region need. Source: organizations-api §5.4 [doc], which recommends StackSets.
 * @param name of the organization or the part of it, for the comments.
 */
export function stackSetTemplate(name: string, groups: readonly DeploymentGroup[]): StackSetTemplate {
  const deployment = deploymentOf(groups);
  const parts = new TemplateParts(deployment);
  for (const role of deployment.roles) parts.addRole(role);
  for (const vault of deployment.vaults) parts.addVault(vault);
  for (const vault of deployment.centralVaults) parts.addCentralVault(vault);
  const { parameters, conditions, resources } = parts;
  const count = Object.keys(resources).length;
  if (count === 0) return { type: 'none', reason: 'The effective policies need no role and no vault that a template could make. Attach a policy whose plans have rules, Regions and selections first.' };
  const much = count > mostResources ? `${String(count)} resources, and CloudFormation takes ${String(mostResources)}` : Object.keys(parameters).length > mostParameters ? `${String(Object.keys(parameters).length)} parameters, and CloudFormation takes ${String(mostParameters)}` : undefined;
  if (much !== undefined) return { type: 'none', reason: `One template would have ${much}. Choose an organizational unit, and make a template for each.` };
  const template: TemplateMap = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Roles and vaults that the backup policies of the organization need in each account and Region.',
    ...(Object.keys(parameters).length === 0 ? {} : { Parameters: parameters }),
    Conditions: conditions,
    Resources: resources,
  };
  return { type: 'template', text: yamlText(template, new Map([['', headComments(name, deployment, parts.accountSets)], ...parts.comments])) };
}

/** Collects the sections of a template; names in it are unique. */
class TemplateParts {
  readonly parameters: Record<string, TemplateMap> = {};
  readonly conditions: Record<string, Condition> = {};
  readonly resources: Record<string, TemplateMap> = {};
  readonly comments = new Map<string, readonly string[]>();
  /** Places of accounts by the parameter that stands for them. */
  readonly accountSets = new Map<string, readonly string[]>();
  readonly #deployment: Deployment;
  readonly #parameterOf = new Map<string, string>();

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
  }

  addRole({ path, name, uses, copiesTo, groups }: Deployment['roles'][number]): void {
    const id = this.#id('Role', name);
    this.parameters['RoleRegion'] ??= roleRegionParameter(this.#deployment.regions);
    this.conditions['IsRoleRegion'] ??= { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'RoleRegion' }] };
    const isDefault = name === defaultRoleName;
    if (isDefault) this.parameters['CreateDefaultServiceRole'] ??= defaultRoleParameter;
    const { resource, comments } = roleResource({ path, name, uses, copiesTo });
    this.#add(id, resource, [...this.#accountsConditions(groups), named('IsRoleRegion'), ...(isDefault ? [isSet('CreateDefaultServiceRole')] : [])], comments);
  }

  addVault({ name, isAirGapped, regions, groups }: Deployment['vaults'][number]): void {
    const id = this.#id(isAirGapped ? 'AirGappedVault' : 'Vault', name);
    const conditions = [...this.#accountsConditions(groups), inRegions(regions)];
    // Where the central vault of this name is, it is made with its access policy instead.
    for (const central of this.#deployment.centralVaults) {
      if (central.name === name && regions.includes(central.region)) conditions.push(not(isCentral(central)));
    }
    if (isAirGapped) {
      Object.assign(this.parameters, airGappedParameters);
      this.#add(id, airGappedVaultResource(name), conditions, []);
    } else {
      this.#add(id, vaultResource(name), [...conditions, ...this.#defaultVault(name)], []);
    }
  }

  addCentralVault(vault: CentralVaultRequirement): void {
    const id = this.#id('CentralVault', vault.name);
    this.parameters['OrganizationId'] ??= organizationParameter;
    this.parameters['CentralVaultKeyArn'] ??= keyParameter;
    this.conditions['HasCentralVaultKey'] ??= not({ 'Fn::Equals': [{ Ref: 'CentralVaultKeyArn' }, ''] });
    this.#add(id, centralVaultResource(vault.name), [isCentral(vault), ...this.#defaultVault(vault.name)], [`Copies of the organization go to this vault in account ${vault.account}, ${vault.region}.`]);
  }

  #defaultVault(name: string): readonly Condition[] {
    if (name !== defaultVaultName) return [];
    this.parameters['CreateDefaultVault'] ??= defaultVaultParameter;
    return [isSet('CreateDefaultVault')];
  }

  #add(id: string, resource: TemplateMap, conditions: readonly Condition[], comments: readonly string[]): void {
    const condition = `Create${id}`;
    this.conditions[condition] = allOf(conditions);
    const { Type, ...rest } = resource;
    this.resources[id] = { Type: Type ?? '', Condition: condition, ...rest };
    if (comments.length > 0) this.comments.set(`Resources/${id}`, comments);
  }

  /** A parameter for things that not all accounts need. */
  #accountsConditions(groups: GroupSet): readonly Condition[] {
    if (groups.length === this.#deployment.groups.length) return [];
    const key = groups.join();
    const known = this.#parameterOf.get(key);
    const name = known ?? `AccountSet${String(this.#parameterOf.size + 1)}`;
    if (known === undefined) {
      this.#parameterOf.set(key, name);
      const places = this.#deployment.placesOf(groups);
      this.accountSets.set(name, places);
      this.parameters[name] = accountsParameter(places);
    }
    return [isSet(name)];
  }

  /** Names of a template are letters and digits. */
  #id(kind: string, name: string): string {
    const base = `${kind}${name.split(/[^A-Za-z0-9]+/).map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`).join('')}`;
    let id = base;
    for (let number = 2; id in this.resources; number++) id = `${base}N${String(number)}`;
    return id;
  }
}

function isCentral({ account, region }: CentralVaultRequirement): Condition {
  return allOf([{ 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, account] }, { 'Fn::Equals': [{ Ref: 'AWS::Region' }, region] }]);
}
