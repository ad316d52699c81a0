import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';

/** A policy as it was in AWS when it was last imported, pushed or taken over. */
export interface KnownPolicy {
  readonly policyId: string;
  readonly name: string;
  readonly description: string;
  /** Byte for byte what AWS had. */
  readonly content: string;
}

/**
 * What was last known of the policies of organizations: the base of three-way comparisons. Whoever brings file and
 * remote to the same content puts it here. Reading never rejects; a record that cannot be read is as good as none.
 */
export interface LastKnownPolicies {
  get(organizationId: string, policyId: string): Promise<KnownPolicy | undefined>;
  put(organizationId: string, policy: KnownPolicy): Promise<void>;
}

/** Keeps one file for each policy in a folder, `known/o-id/p-id.json`. A crash leaves the old or the new record. */
export function lastKnownFiles(folder: string): LastKnownPolicies {
  const fileOf = (organizationId: string, policyId: string): string => path.join(folder, 'known', safe(organizationId), `${safe(policyId)}.json`);
  return {
    get: async (organizationId, policyId) => {
      try {
        const value: unknown = JSON.parse(await fs.readFile(fileOf(organizationId, policyId), 'utf8'));
        return isKnownPolicy(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    put: async (organizationId, policy) => {
      const file = fileOf(organizationId, policy.policyId);
      await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const draft = `${file}.${randomUUID()}.new`;
      await fs.writeFile(draft, `${JSON.stringify(policy)}\n`, { mode: 0o600 });
      await fs.rename(draft, file);
    },
  };
}

/** Ids come over the wire: none of them leads out of the folder. */
function safe(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, '_');
}

function isKnownPolicy(value: unknown): value is KnownPolicy {
  return typeof value === 'object' && value !== null
    && 'policyId' in value && typeof value.policyId === 'string'
    && 'name' in value && typeof value.name === 'string'
    && 'description' in value && typeof value.description === 'string'
    && 'content' in value && typeof value.content === 'string';
}
