import type { Deployment } from './deployment.ts';
import { placesText } from '../places.ts';

/** What a template is for and where it has to be deployed. @param accountSets places of accounts by parameter. */
export function headComments(name: string, { groups, places, regions, roles, centralVaults, leftOut }: Deployment, accountSets: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const accounts = groups.reduce((sum, group) => sum + group.accounts.length, 0);
  const central = [...new Set(centralVaults.map(({ account }) => account))];
  return [
    `What the backup policies of ${name} need and AWS does not create.`,
    'Deploy it as one StackSet. Each resource has a condition: a stack makes what its own account and Region need.',
    `Accounts: ${counted(accounts)}, those of ${placesText(places)}${central.length === 0 ? '' : `; and ${central.join(', ')}, where central vaults are`}.`,
    `Regions: ${regions.join(', ')}. Deploy no Region twice, and no resource that exists: import it instead.`,
    ...[...accountSets].map(([parameter, set]) => `${parameter}: the accounts of ${placesText(set)}.`),
    ...(roles.length === 0 ? [] : ['Roles have names, so the StackSet needs the capability CAPABILITY_NAMED_IAM.']),
    ...(centralVaults.length === 0 ? [] : ['Copies to a central vault also need cross-account backup to be switched on in the management account.']),
    ...leftOut.map((sentence) => `Left out: ${sentence}`),
  ];
}

function counted(accounts: number): string {
  return accounts === 1 ? '1 account' : `${String(accounts)} accounts`;
}
