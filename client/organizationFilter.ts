import type { AccountHealth, FilteredOrganizations, OrganizationFilter, TargetRef } from '../server/protocol.ts';

/** A filter as somebody chose it. */
export interface ChosenFilter {
  readonly filter: OrganizationFilter;
  /** What is shown, for the end of a sentence. */
  readonly words: string;
}

/** Filters by what becomes of accounts, as they are offered. */
export const accountFilters: readonly (ChosenFilter & { readonly label: string; readonly icon: string })[] = [
  healthFilter('Invalid Effective Policy', 'error', 'with an invalid effective policy', ['invalid']),
  healthFilter('Unprotected', 'circle-slash', 'without a backup plan', ['unprotected']),
  healthFilter('With Problems', 'warning', 'with any problem', ['invalid', 'unprotected', 'warned']),
  { label: 'Guardrails Not Met', icon: 'shield', words: 'that do not meet a guardrail', filter: { type: 'guardrails' } },
];

function healthFilter(label: string, icon: string, words: string, health: readonly AccountHealth[]): (typeof accountFilters)[number] {
  return { label, icon, words, filter: { type: 'health', health } };
}

/** A filter by a part of a name or id. */
export function textFilter(text: string): ChosenFilter {
  return { filter: { type: 'text', text }, words: `that match "${text}"` };
}

/** What stands above a filtered tree. */
export function filterMessage({ words }: ChosenFilter, { matching, accounts }: FilteredOrganizations): string {
  return `Filter on: ${String(matching)} of ${String(accounts)} account${accounts === 1 ? '' : 's'} ${words}. "Clear Organization Filter" shows all.`;
}

/** A test for what a filter leaves. */
export function isShownBy({ organizations }: FilteredOrganizations): (target: TargetRef) => boolean {
  const keys = new Map(organizations.map((organization) => [organization.uri, new Set(organization.keys)]));
  return ({ organization, key }) => keys.get(organization)?.has(key) === true;
}
