import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { URI, Utils } from 'vscode-uri';
import type { OrganizationsApi } from '../../../server/organizations/api.ts';
import { embeddedCaller, type EmbeddedOptions } from '../../../server/organizations/embedded/embeddedOrganization.ts';
import { newOrganization, type EmbeddedState } from '../../../server/organizations/embedded/state.ts';
import { memoryStorage } from '../../../server/organizations/embedded/storage.ts';
import type { Call } from '../../../server/organizations/host.ts';
import { importOrganization, settleImport, startImport, type ImportContext } from '../../../server/organizations/import/importFlow.ts';
import { organizationsApi } from '../../../server/organizations/organizationsApi.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../../../server/model/snapshot.ts';
import type { ImportParams, ImportStart, ImportView } from '../../../server/protocol.ts';
import { withEdits } from '../../features/cursor.ts';
import { simulatedClock, type SimulatedClock } from '../simulatedClock.ts';

/** Where the model of a project is. */
export const modelUri = 'file:///project/backup-organization.json';

/** A folder of files that an organization is imported into, as the editor would do it. */
export interface Project {
  /** By URI. */
  readonly files: Map<string, string>;
  readonly clock: SimulatedClock;
  readonly context: ImportContext;
  snapshot(): Snapshot;
  start(): Promise<ImportStart>;
  /** Reads and plans; changes no file. */
  read(options?: Partial<ImportParams>, call?: Partial<Call>): Promise<ImportView>;
  /** Makes what an import plans. */
  apply(view: ImportView): Promise<void>;
  /** Both. */
  import(options?: Partial<ImportParams>): Promise<ImportView>;
  close(): void;
}

/** A project beside an organization that is reached by `api`. */
export function projectFor(api: OrganizationsApi, clock = simulatedClock()): Project {
  const files = new Map<string, string>();
  const folder = mkdtempSync(path.join(tmpdir(), 'import-'));
  const snapshot = (): Snapshot => {
    const texts = [...files].map(([uri, text]) => ({ type: uri === modelUri ? ('organization' as const) : ('policy' as const), uri, text }));
    return applyChanges(emptySnapshot(clock.now()), clock.now(), texts);
  };
  const context: ImportContext = {
    host: { clock, settings: () => ({ trusted: true, mode: 'readOnly', storage: folder }), edited: snapshot },
    access: { reading: () => Promise.resolve(api) },
  };
  const call = (given: Partial<Call> = {}): Call => ({ signal: new AbortController().signal, report: () => undefined, ...given });
  const project: Project = {
    files,
    clock,
    context,
    snapshot,
    start: () => startImport(context, { model: modelUri }, call()),
    read: (options = {}, given) => {
      const existing = [...files.keys()].map((uri) => uri.slice('file:///project/'.length)).filter((file) => file.startsWith('policies/'));
      return importOrganization(context, { model: modelUri, ids: 'keep', resume: false, existing, ...options }, call(given));
    },
    apply: async (view) => {
      for (const file of view.files) {
        if (file.type === 'create') {
          if ([...files.keys()].some((uri) => uri.toLowerCase() === file.uri.toLowerCase())) throw new Error(`${file.uri} exists.`);
          files.set(file.uri, file.text);
        } else {
          if (files.get(file.uri) !== file.before) throw new Error(`${file.uri} is not what was read.`);
          files.set(file.uri, withEdits(file.before, [...file.edits]));
        }
      }
      await settleImport(context, { organizationId: view.organizationId, model: modelUri });
    },
    import: async (options) => {
      const view = await project.read(options);
      await project.apply(view);
      return view;
    },
    close: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return project;
}

/** An organization in memory, changed in place by tests as colleagues would change it, with a project beside it. */
export interface EmbeddedProject extends Project {
  readonly state: EmbeddedState;
  readonly api: OrganizationsApi;
}

/** A project for an organization that a test makes. */
export function embeddedProject(state: EmbeddedState = newOrganization(), options: Partial<EmbeddedOptions> = {}): EmbeddedProject {
  const clock = simulatedClock();
  const api = organizationsApi(embeddedCaller({ storage: memoryStorage(state), clock, ...options }), { clock, paced: false });
  return Object.assign(projectFor(api, clock), { state, api });
}

/** The file of a policy in a project. */
export function policyFile(name: string): string {
  return Utils.joinPath(URI.parse('file:///project'), 'policies', `${name}.json`).toString();
}

/** A policy that sets the retention of one rule. */
export function retention(days: string, plan = 'daily'): string {
  return JSON.stringify({ plans: { [plan]: { rules: { nightly: { lifecycle: { delete_after_days: { '@@assign': days } } } } } } });
}

/** An organization with two OUs, three accounts and two policies, attached to the root and to Prod. */
export function smallOrganization(): EmbeddedState {
  const state = newOrganization();
  state.units.push({ id: 'ou-em1b-prod0000', name: 'Prod', parentId: 'r-em1b' }, { id: 'ou-em1b-test0000', name: 'Test', parentId: 'r-em1b' });
  state.accounts.push({ id: '222222222222', name: 'shop', parentId: 'ou-em1b-prod0000' }, { id: '333333333333', name: 'lab', parentId: 'ou-em1b-test0000' });
  state.policies.push(
    { id: 'p-baseline1', name: 'Baseline', description: 'For all', content: `${JSON.stringify(JSON.parse(retention('35')), undefined, 4)}\n`, tags: [] },
    { id: 'p-longer001', name: 'Longer', description: '', content: retention('90'), tags: [] },
  );
  state.attachments = { 'r-em1b': ['p-baseline1'], 'ou-em1b-prod0000': ['p-longer001'] };
  state.policyType = 'ENABLED';
  return state;
}
