import type { FileSystem } from '../../server/files.ts';
import { policyLanguage, organizationLanguage, guardrailsLanguage, type Workspace } from '../../server/workspace.ts';

/** The time of the tests: epoch milliseconds UTC. */
export const at = Date.parse('2026-11-21T06:00:00Z');

/** Folders that can be open; one lies in another. */
export const folders: readonly string[] = ['file:///a', 'file:///b', 'file:///a/n'];

/** Files with names of every kind, in the folders and outside of them. */
export const files: readonly string[] = [
  'a/backup-organization.json', 'a/n/backup-organization.json', 'b/backup-organization.json', 'c/backup-organization.json',
  'a/backup-policies/p.json', 'a/backup-policies/link.json', 'a/other/q.json', 'a/n/backup-policies/r.json', 'b/backup-policies/s.json',
  'c/backup-policies/t.json', 'a/node_modules/backup-policies/x.json', 'a/backup-guardrails.json', 'a/backup-policy.config.json', 'a/backup-policies/backup-policy.config.json',
].map((path) => `file:///${path}`);

/** Files that a link can lead out of the folder of every model. */
export const links: readonly string[] = ['file:///a/backup-policies/link.json', 'file:///a/n/backup-policies/r.json'];

export const languageIds: readonly string[] = [policyLanguage, policyLanguage, organizationLanguage, guardrailsLanguage];

const naming = (...names: readonly string[]): string => JSON.stringify({ policies: Object.fromEntries(names.map((name, index) => [`p${String(index)}`, { file: name }])), root: { policies: names.map((_, index) => `p${String(index)}`) } });

/** Texts of every kind: models that name files, policies, half of one, and what is none. */
export const texts: readonly string[] = [
  naming('backup-policies/p.json', 'backup-policies/link.json', 'other/q.json'),
  naming('n/backup-policies/r.json', 'backup-policies/s.json', 'backup-policies/t.json', 'node_modules/backup-policies/x.json'),
  naming('backup-policies/r.json', 'backup-policies/absent.json'),
  naming(),
  '{"plans":{"daily":{"regions":{"@@assign":["eu-west-1"]}}}}',
  '{"plans":{"weekly":{"regions":{"@@append":["eu-west-2"]}}}}',
  '{"plans":{}}',
  '{"plans":{"daily":{"regions":{"@@ass',
  '{"rules":{"tag-case":"off"}}',
  '{"guardrails":[]}',
  '',
];

/** What is on disk. */
export interface Disk {
  readonly texts: Map<string, string>;
  /** Files that are links out of every folder. */
  readonly outside: Set<string>;
}

export function diskOf(): Disk {
  return { texts: new Map(files.slice(0, 10).map((uri, index) => [uri, texts[index % texts.length] ?? ''])), outside: new Set() };
}

interface Asked<Value> {
  readonly look: () => Value;
  seen: { readonly value: Value } | undefined;
  readonly answer: (value: Value) => void;
}

/** A disk that looks at a file at one time and answers at another, in the order in which it is told to; or at once. */
export class DelayedFiles implements FileSystem {
  readonly #disk: Disk;
  readonly #isImmediate: boolean;
  #asked: readonly Asked<unknown>[] = [];

  constructor(disk: Disk, isImmediate = false) {
    this.#disk = disk;
    this.#isImmediate = isImmediate;
  }

  read(uri: string, within?: string): Promise<string | undefined> {
    return this.#ask(() => (within !== undefined && this.#disk.outside.has(uri) ? undefined : this.#disk.texts.get(uri)));
  }

  find(folder: string, isWanted: (path: string) => boolean): Promise<readonly string[]> {
    return this.#ask(() => [...this.#disk.texts.keys()].filter((uri) => uri.startsWith(`${folder}/`) && !uri.includes('/node_modules/') && isWanted(new URL(uri).pathname)));
  }

  /** One of the questions that wait looks at the disk now. */
  look(which: number): void {
    const waiting = this.#asked.filter(({ seen }) => seen === undefined);
    const one = waiting[which % waiting.length];
    if (one !== undefined) one.seen = { value: one.look() };
  }

  /** One of the questions that have looked is answered. */
  answer(which: number): void {
    const ready = this.#asked.filter(({ seen }) => seen !== undefined);
    const one = ready[which % ready.length];
    this.#asked = this.#asked.filter((each) => each !== one);
    if (one?.seen !== undefined) one.answer(one.seen.value);
  }

  #ask<Value>(look: () => Value): Promise<Value> {
    if (this.#isImmediate) return Promise.resolve(look());
    return new Promise<Value>((resolve) => {
      this.#asked = [...this.#asked, { look, seen: undefined, answer: (value) => { resolve(value as Value); } }];
    });
  }
}

/** Everything that a workspace knows, to be compared with another. */
export function comparable(workspace: Workspace): unknown {
  const { snapshot, saved, missing } = workspace;
  const read = ({ policies, organizations, guardrails }: Workspace['snapshot']): unknown => [policies, organizations, guardrails].map((kind) => [...kind].map(([uri, { document }]) => `${uri} ${document.text}`).sort());
  return { edited: read(snapshot), saved: read(saved), missing: [...missing].sort(), levels: files.map((uri) => workspace.levelsFor(uri)) };
}
