import type { Organization } from '../../model/organization.ts';
import type { ImportIds } from '../../protocol.ts';
import { belowImported, type ImportedEntity } from './importedTree.ts';
import type { LastImport } from './lastImport.ts';

/** How ids are shown in a model, and account ids in its texts. */
export interface ShownIds {
  /** Undefined where ids are left out. */
  of(key: string): string | undefined;
  /** A text with account ids replaced, where ids are not shown as they are. */
  text(text: string): string;
  /** What stands for what, to be found again. */
  readonly placeholders: Readonly<Record<string, string>>;
}

/** Forms of ids. Source: organizations-api §1 [api]. */
const numbered = { root: (n: number) => `r-${pad(n, 4)}`, organizationalUnit: (n: number) => `ou-0000-${pad(n, 8)}`, account: (n: number) => pad(n, 12), policy: (n: number) => `p-${pad(n, 8)}` } as const;

function pad(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

/** Twelve digits on their own: in a policy they are an account. */
const accountIds = /(?<!\d)\d{12}(?!\d)/g;

/**
 * The ids of a model. What stands for an id stays with it: as remembered, else as the model has it in the same place,
 * else with a new number; nothing of the id is in it. Ids that are left out of the model are replaced in texts, too.
 */
export function shownIds(mode: ImportIds, root: ImportedEntity, policies: readonly { readonly key: string; readonly oldId: string | undefined }[], organization: Organization | undefined, last: LastImport): ShownIds {
  if (mode === 'keep') return { of: (key) => key, text: (text) => text, placeholders: last.placeholders };
  const real = new Set([...[...belowImported(root)].map(({ key }) => key), ...policies.map(({ key }) => key)]);
  const placeholders = new Map(Object.entries(last.placeholders));
  const used = new Set([...real, ...placeholders.values(), ...(organization?.byId.keys() ?? []), ...[...(organization?.policies.values() ?? [])].flatMap(({ id }) => id ?? [])]);
  const counts = { root: 0, organizationalUnit: 0, account: 0, policy: 0 };
  const assign = (kind: keyof typeof numbered, key: string, oldId: string | undefined): void => {
    if (placeholders.has(key)) return;
    if (oldId !== undefined && !real.has(oldId)) {
      placeholders.set(key, oldId);
      return;
    }
    let wished = numbered[kind](kind === 'root' ? counts.root++ : ++counts[kind]);
    while (used.has(wished)) wished = numbered[kind](++counts[kind]);
    used.add(wished);
    placeholders.set(key, wished);
  };
  for (const { kind, key, old } of belowImported(root)) assign(kind, key, old?.id);
  for (const { key, oldId } of policies) assign('policy', key, oldId);
  return {
    of: (key) => (mode === 'leaveOut' ? undefined : placeholders.get(key)),
    text: (text) => text.replace(accountIds, (id) => {
      assign('account', id, undefined);
      return placeholders.get(id) ?? id;
    }),
    get placeholders() {
      return Object.fromEntries(placeholders);
    },
  };
}
