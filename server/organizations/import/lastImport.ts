import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { ImportIds } from '../../protocol.ts';

/** What AWS had of a policy when a model was last brought up to date with it. */
export interface LastPolicy {
  readonly name: string;
  readonly description: string;
  readonly content: string;
}

/**
 * What AWS had when a model was last imported, as the model shows it: tells an edit here from a change in AWS. Maps are
 * by AWS's ids.
 */
export interface LastImport {
  readonly version: 1;
  readonly organizationId: string;
  /** How ids were shown then; contents are AWS's own where they are kept. */
  readonly ids: ImportIds;
  /** Names of root, OUs and accounts. */
  readonly names: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, LastPolicy>>;
  /** What stands for ids that are not shown, in the model and in texts. */
  readonly placeholders: Readonly<Record<string, string>>;
}

/** Before the first import. */
export function noImport(organizationId: string): LastImport {
  return { version: 1, organizationId, ids: 'keep', names: {}, policies: {}, placeholders: {} };
}

/** Keeps the last import of each model. */
export interface LastImports {
  load(organizationId: string, modelUri: string): Promise<LastImport>;
  /** Keeps one that is to count once it is applied. */
  prepare(modelUri: string, next: LastImport): Promise<void>;
  /** The prepared one counts from now on, and is given; undefined where none is prepared. */
  settle(organizationId: string, modelUri: string): Promise<LastImport | undefined>;
}

/** One file for each organization and model. */
export function fileLastImports(folder: string): LastImports {
  const fileOf = (organizationId: string, modelUri: string): string => {
    const model = createHash('sha256').update(modelUri).digest('hex').slice(0, 16);
    return path.join(folder, `imported-${organizationId.replace(/[^a-z0-9-]/gi, '_')}-${model}.json`);
  };
  const read = async (file: string): Promise<LastImport | undefined> => {
    try {
      const value: unknown = JSON.parse(await fs.readFile(file, 'utf8'));
      return typeof value === 'object' && value !== null && 'version' in value && value.version === 1 ? (value as LastImport) : undefined;
    } catch {
      // Without it, more is asked of the user; nothing is lost.
      return undefined;
    }
  };
  return {
    load: async (organizationId, modelUri) => (await read(fileOf(organizationId, modelUri))) ?? noImport(organizationId),
    prepare: async (modelUri, next) => {
      await fs.mkdir(folder, { recursive: true, mode: 0o700 });
      await fs.writeFile(`${fileOf(next.organizationId, modelUri)}.next`, JSON.stringify(next), { mode: 0o600 });
    },
    settle: async (organizationId, modelUri) => {
      const file = fileOf(organizationId, modelUri);
      const next = await read(`${file}.next`);
      if (next !== undefined) await fs.rename(`${file}.next`, file);
      return next;
    },
  };
}
