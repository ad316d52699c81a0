import type { MergedLevel } from '../core/merge/merge.ts';
import type { EffectiveError } from '../core/validation/effectiveError.ts';
import { attachmentIndex } from './attachments.ts';
import type { Entity, Organization } from './organization.ts';

/** What an entity gets, and what its own policies say in vain. */
export interface Effective extends MergedLevel {
  readonly errors: readonly EffectiveError[];
}

/**
 * What is worked out for one snapshot, by the places where policies are attached: all accounts below one share it.
 * Lists stand in the order of these places; what nobody has asked for is missing.
 */
interface SnapshotMemory {
  readonly numbers: ReadonlyMap<Entity, number>;
  readonly levels: (MergedLevel | undefined)[];
  readonly merged: (Effective | undefined)[];
  /** What entities below get that have no policies of their own. */
  readonly handedDown: (Effective | undefined)[];
}

interface Remembering {
  /** Epoch milliseconds UTC. */
  readonly at: number;
  readonly organizations: ReadonlyMap<string, Organization>;
}

const memories = new WeakMap<Remembering, Map<Organization, SnapshotMemory>>();

/** What is known of an organization in a snapshot so far. */
export function memoryOf(snapshot: Remembering, organization: Organization): SnapshotMemory {
  const perOrganization = memories.get(snapshot) ?? new Map<Organization, SnapshotMemory>();
  memories.set(snapshot, perOrganization);
  const memory = perOrganization.get(organization) ?? { numbers: attachmentIndex(organization).numbers, levels: [], merged: [], handedDown: [] };
  perOrganization.set(organization, memory);
  return memory;
}

/**
 * Gives the next snapshot what the one before it has worked out, except at and below the places where a changed policy is
 * attached: a local edit costs what lies below it, however large the organization is.
 * @param changed URIs of the policies whose text is another one.
 */
export function handOnLevels(before: Remembering, next: Remembering, changed: ReadonlySet<string>): void {
  const known = memories.get(before);
  if (known === undefined) return;
  const isSameMinute = Math.floor(before.at / 60_000) === Math.floor(next.at / 60_000);
  const handedOn = new Map<Organization, SnapshotMemory>();
  for (const organization of next.organizations.values()) {
    const memory = known.get(organization);
    if (memory === undefined) continue;
    const levels = memory.levels.slice();
    // Verdicts on schedules depend on the time.
    const [merged, handedDown] = isSameMinute ? [memory.merged.slice(), memory.handedDown.slice()] : [[], []];
    const { names, entities, numbers, ends } = attachmentIndex(organization);
    for (const uri of changed) {
      for (const name of names.get(uri) ?? []) {
        for (const entity of entities.get(name) ?? []) {
          const first = numbers.get(entity) ?? 0;
          const end = ends[first] ?? first;
          for (const list of [levels, merged, handedDown]) list.fill(undefined, first, end);
        }
      }
    }
    handedOn.set(organization, { numbers, levels, merged, handedDown });
  }
  memories.set(next, handedOn);
}
