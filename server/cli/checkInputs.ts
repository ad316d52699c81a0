import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from '../core/document/parse.ts';
import { isGuardrailsName } from '../files.ts';
import { namedModel, readGuardrailsFile, type GuardrailsFile } from '../model/guardedAccounts.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { readText, reasonOf, uriOf } from './input.ts';
import { InputError } from './inputError.ts';
import { loadFiles, requireRoot } from './organization.ts';

const guardrailsName = 'backup-guardrails.json';
const modelName = 'backup-organization.json';

/** Guardrails with the models that they are checked against. */
export interface LoadedGuardrails {
  readonly snapshot: Snapshot;
  /** Names as the user gave them, by URI of the guardrails file. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Reads the guardrails that `check` is asked for, and their models with every policy.
 * @param guardrails what `--guardrails` says; without it the guardrails files beside the model count.
 * @param organization what `--organization` says; without it the model counts that the guardrails name, or the nearest.
 * @param at epoch milliseconds UTC.
 * @throws InputError when something cannot be read or found.
 */
export function loadGuardrails(guardrails: string | undefined, organization: string | undefined, at: number): LoadedGuardrails {
  const files = guardrails === undefined ? guardrailsIn(organization === undefined ? '.' : path.dirname(organization)) : [guardrails];
  const read = files.map((file) => ({ file, model: organization, text: readText(file) })).map(({ file, model, text }) => ({ file, uri: uriOf(file), text, model: model ?? modelOf(file, text) }));
  const models = [...new Map(read.map(({ model }) => [uriOf(model), model]))].map(([uri, model]) => ({ uri, model, text: readText(model) }));
  const { snapshot } = loadFiles([
    ...models.map(({ uri, text }) => ({ type: 'organization' as const, uri, text })),
    ...read.map(({ uri, text }) => ({ type: 'guardrails' as const, uri, text })),
  ], at);
  for (const { uri, model } of models) requireRoot(model, snapshot.organizations.get(uri));
  const bound = new Map([...snapshot.guardrails].map(([uri, file]) => [uri, boundTo(file, read.find((each) => each.uri === uri)?.model)]));
  return { snapshot: { ...snapshot, guardrails: bound }, names: new Map(read.map(({ uri, file }) => [uri, file])) };
}

/** The file as if it named the model: what the user says wins over what the file says. */
function boundTo(file: GuardrailsFile, model: string | undefined): GuardrailsFile {
  if (model === undefined) return file;
  const text = path.relative(path.dirname(fileURLToPath(file.uri)), path.resolve(model)).split(path.sep).join('/');
  return { ...file, organization: { text, span: file.organization?.span ?? { start: 0, end: 0 } } };
}

function guardrailsIn(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new InputError(`${folder} cannot be read: ${reasonOf(error)}.`);
  }
  const found = names.filter((name) => isGuardrailsName(uriOf(path.join(folder, name)))).sort().map((name) => path.posix.join(folder, name));
  if (found.length === 0) throw new InputError(`${folder === '.' ? 'The working folder' : folder} has no ${guardrailsName}; name a file with --guardrails.`);
  return found;
}

function modelOf(file: string, text: string): string {
  const { organization } = readGuardrailsFile(uriOf(file), parseDocument(text));
  if (organization !== undefined) {
    const uri = namedModel(uriOf(file), organization.text);
    if (uri === undefined) throw new InputError(`${file} names the model "${organization.text}", which is no relative path with forward slashes.`);
    return path.relative('', fileURLToPath(uri)).split(path.sep).join('/');
  }
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    const model = path.join(folder, modelName);
    if (existsSync(model)) return path.relative('', model).split(path.sep).join('/');
    if (path.dirname(folder) === folder) throw new InputError(`There is no ${modelName} in the folder of ${file} or above; name one with --organization.`);
  }
}
