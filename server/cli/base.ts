import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyChanges, emptySnapshot, type Change, type Snapshot } from '../model/snapshot.ts';
import { textOf } from './input.ts';
import { InputError } from './inputError.ts';
import { textWithin } from './organization.ts';

/** Reads a file of the other version by its path relative to the model's folder; undefined when it has none. */
type Reader = (relative: string) => string | undefined;

const gitPrefix = 'git:';

/**
 * The model and its policies as another version has them, under the places of this version, so that the two can be
 * compared: `git:REV` for a git revision, a folder that holds a model of the same name, or a model file.
 * @param base what `--base` says.
 * @param model the URI of this version's model file.
 * @param at epoch milliseconds UTC.
 * @throws InputError when the version or its model cannot be read.
 */
export function loadBase(base: string, model: string, at: number): Snapshot {
  const file = fileURLToPath(model);
  const [read, modelName] = readerOf(base, path.dirname(file), path.basename(file));
  const text = read(modelName);
  if (text === undefined) throw new InputError(`${base} has no model file ${modelName}.`);
  const modelled = applyChanges(emptySnapshot(at), at, [{ type: 'organization', uri: model, text }]);
  const policies: Change[] = [];
  for (const { uri } of modelled.organizations.get(model)?.policies.values() ?? []) {
    const content = uri === undefined ? undefined : read(path.relative(path.dirname(file), fileURLToPath(uri)).split(path.sep).join('/'));
    if (uri !== undefined && content !== undefined) policies.push({ type: 'policy', uri, text: content });
  }
  return applyChanges(modelled, at, policies);
}

function readerOf(base: string, folder: string, modelName: string): readonly [read: Reader, modelName: string] {
  if (base.startsWith(gitPrefix)) return [gitReader(base.slice(gitPrefix.length), folder), modelName];
  const stat = statSync(base, { throwIfNoEntry: false });
  if (stat === undefined) throw new InputError(`${base} is no file, no folder and no git:REVISION.`);
  if (stat.isDirectory()) return [folderReader(base), modelName];
  return [folderReader(path.dirname(base)), path.basename(base)];
}

function folderReader(folder: string): Reader {
  return (relative) => textWithin(folder, path.join(folder, relative));
}

function gitReader(revision: string, folder: string): Reader {
  const git = (...args: readonly string[]): Buffer => execFileSync('git', ['-C', folder, ...args], { maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] });
  let commit: string;
  try {
    // A revision that begins with a dash would be taken for an option.
    commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).toString('utf8').trim();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new InputError(missing ? 'git cannot be started: --base git:REVISION needs it.' : `${folder} has no git revision "${revision}".`);
  }
  return (relative) => {
    try {
      return textOf(git('show', `${commit}:./${relative}`));
    } catch {
      return undefined;
    }
  };
}
