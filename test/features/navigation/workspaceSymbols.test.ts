import { SymbolKind } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { workspaceSymbols } from '../../../server/features/navigation/workspaceSymbols.ts';
import { organization, sampleOrganization } from '../organizations.ts';
import { navigationOrganization, shown } from './organization.ts';

const four = navigationOrganization();

const found = (query: string, snapshot = four): readonly string[] => workspaceSymbols(snapshot, query).map(({ name, containerName }) => `${name} in ${containerName ?? ''}`);

describe('Symbols of the workspace', () => {
  it('are the plans, rules, selections and more of all policies, with policy and names around them', () => {
    expect(found('nightly')).toEqual(['Nightly in company/Daily', 'NIGHTLY in production/DAILY', 'nightLy in shop/daily', 'nightly in workloads/daily']);
    expect(found('GOLD')).toEqual(['Gold in company/Daily', 'GOLD in production/DAILY']);
    expect(found('tier')).toEqual(['Tier in company/Daily/Gold', 'TIER in production/DAILY/GOLD']);
  });

  it('are the targets and policies of models', () => {
    expect(found('ledger')).toEqual(['ledger in Root/Workloads/Prod']);
    expect(found('root')).toEqual(['Root in backup-organization.json']);
    expect(found('company')).toEqual(['company in backup-organization.json']);
  });

  it('lead to the name', () => {
    const [symbol] = workspaceSymbols(four, 'monthly');
    expect(symbol?.kind).toBe(SymbolKind.Event);
    expect(symbol === undefined || !('range' in symbol.location) ? '' : shown(four, symbol.location)).toBe('production: "Monthly"');
  });

  it('have the characters of the query in their order, the best matches first', () => {
    expect(found('shop')).toEqual(['shop in Root/Workloads/Prod', 'shop in backup-organization.json', 'shop-test in Root/Workloads/Test']);
    expect(found('stst')).toEqual(['shop-test in Root/Workloads/Test']);
    expect(found('ttsp')).toEqual([]);
    expect(found('test')).toEqual(['Test in Root/Workloads', 'testing in backup-organization.json', 'shop-test in Root/Workloads/Test']);
  });

  it('are all without a query, as far as anybody reads', () => {
    expect(found('')).toContain('Toys in sandbox');
    const accounts = Array.from({ length: 1200 }, (_, index) => ({ name: `account ${String(index)}` }));
    const many = organization({ name: 'Root', accounts }, {});
    expect(found('', many)).toHaveLength(1000);
    expect(found('account 1199', many)).toEqual(['account 1199 in Root']);
  });

  it('find the sample', () => {
    expect(found('by-tier', sampleOrganization())).toContain('by-tier in baseline/everyday');
  });
});
