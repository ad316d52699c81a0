import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyEdits } from 'jsonc-parser';
import { parseDocument } from '../core/document/parse.ts';
import { offsetAt } from '../features/ranges.ts';
import { applyChanges, emptySnapshot, type Snapshot } from '../model/snapshot.ts';
import { createAccess } from '../organizations/connection/access.ts';
import { importOrganization, settleImport, type ImportContext } from '../organizations/import/importFlow.ts';
import type { ImportFile, ImportIds, ImportView } from '../protocol.ts';
import type { AwsArguments } from './awsArguments.ts';
import { commandHost, interruption } from './commandHost.ts';
import { readText, uriOf } from './input.ts';
import { InputError } from './inputError.ts';
import { loadFiles } from './organization.ts';
import type { Outcome } from './outcome.ts';

/** How an import is printed; the shape of the JSON is a contract. */
export type ImportFormat = 'text' | 'json';

/** What the command line says; see the usage. */
export interface ImportOptions {
  /** The model file, which need not exist. */
  readonly organization: string;
  readonly redactIds: boolean;
  /** Goes on with nothing that was read before. */
  readonly fresh: boolean;
  readonly dryRun: boolean;
  readonly aws: AwsArguments;
  readonly format: ImportFormat;
}

/**
 * `backup-policy import`: brings a model and its policy files up to date with AWS. What an import that was interrupted,
 * or only a dry run, has read within a day is not read again but with `fresh`; the output says so. Status 1 where files are left as they are although AWS has something else.
 * @param told takes the sentences for standard error.
 * @throws InputError, Refusal or OrganizationsError.
 */
export async function importFromAws({ organization: file, redactIds, fresh, dryRun, aws, format }: ImportOptions, told: (sentence: string) => void): Promise<Outcome> {
  const model = uriOf(file);
  const host = commandHost(filesOf(file, model), aws, 'readOnly');
  const access = createAccess(host);
  const context: ImportContext = { host, access };
  const ids: ImportIds = redactIds ? 'redact' : 'keep';
  const began = host.clock.now();
  let reportedAt = 0;
  const report = (message: string): void => {
    if (Date.now() - reportedAt < 5000) return;
    reportedAt = Date.now();
    told(`Reading: ${message}.`);
  };
  try {
    const view = await importOrganization(context, { model, ids, resume: !fresh, existing: existingFiles(file) }, { signal: interruption(), report });
    if (!dryRun) {
      for (const each of view.files) write(each);
      await settleImport(context, { organizationId: view.organizationId, model });
    }
    return { status: view.conflicts.length === 0 ? 0 : 1, output: formats[format](view, dryRun), warnings: keptReading(view, began) };
  } finally {
    access.close();
  }
}

function keptReading({ readAt }: ImportView, began: number): readonly string[] {
  return readAt >= began ? [] : [`Goes on with what an earlier import began to read of AWS at ${new Date(readAt).toISOString()}: what changed there since is not seen. --fresh reads everything again.`];
}

function filesOf(file: string, model: string): Snapshot {
  const at = Date.now();
  return existsSync(file) ? loadFiles([{ type: 'organization', uri: model, text: readText(file) }], at).snapshot : applyChanges(emptySnapshot(at), at, []);
}

/** Paths of what is in the folder `policies` beside a model. */
function existingFiles(file: string): readonly string[] {
  const folder = path.join(path.dirname(path.resolve(file)), 'policies');
  return existsSync(folder) ? readdirSync(folder).map((name) => `policies/${name}`) : [];
}

/** @throws InputError for a file that is not what the import was planned for. */
function write(file: ImportFile): void {
  const place = fileURLToPath(file.uri);
  if (file.type === 'create') {
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, file.text, { flag: 'wx' });
    return;
  }
  if (readText(place) !== file.before) throw new InputError(`${place} changed meanwhile. Import again: what was read from AWS is kept.`);
  const document = parseDocument(file.before);
  const edits = file.edits.map(({ range, newText }) => {
    const offset = offsetAt(document, range.start);
    return { offset, length: offsetAt(document, range.end) - offset, content: newText };
  });
  writeFileSync(place, applyEdits(file.before, edits));
}

const formats: Readonly<Record<ImportFormat, (view: ImportView, dryRun: boolean) => string>> = {
  text: ({ report }, dryRun) => `${report}${dryRun ? '\nNothing was written: --dry-run.\n' : ''}`,
  json: ({ organizationId, readAt, accounts, units, policies, files, changes, conflicts, orders }, dryRun) => {
    const written = files.map(({ type, uri }) => ({ type, file: path.relative(process.cwd(), fileURLToPath(uri)) }));
    return `${JSON.stringify({ organizationId, readAt: new Date(readAt).toISOString(), accounts, units, policies, written: !dryRun, files: written, changes, conflicts: conflicts.map(({ reason, policy, file }) => ({ reason, policy, file })), orders }, undefined, 2)}\n`;
  },
};
