import { readdirSync, statSync, type Dirent, type Stats } from 'node:fs';
import path from 'node:path';
import picomatch from 'picomatch';
import { isGuardrailsName, isJsonName, isModelName, isPolicyName } from '../files.ts';
import { ruleConfigurationName } from '../model/ruleConfiguration.ts';
import { readBytes, readText, reasonOf, textOf, uriOf } from './input.ts';
import { InputError } from './inputError.ts';
import { isOtherContent, isPolicyContent, maximumLength } from './policyContent.ts';

/** A text to check. */
export interface LintInput {
  /** Its name in reports: as given, or below the folder that was given, with forward slashes. */
  readonly file: string;
  readonly uri: string;
  readonly type: 'policy' | 'organization';
  readonly text: string;
}

/** The name of standard input in reports. */
export const standardInputName = '<stdin>';

/** Names of templates that need not say that they make JSON: their content decides. */
const bareTemplate = /\.(?:jsonc|tpl|tftpl|tmpl|j2)$/;


/**
 * What the arguments of `lint` stand for. A file is checked whatever it holds. Of a folder and of a glob those
 * files are checked that are policies by name or content, and models.
 * @param standardInput what `-` stands for.
 * @throws InputError when an argument stands for nothing, or a file cannot be read.
 */
export function lintInputs(files: readonly string[], standardInput: string | undefined): readonly LintInput[] {
  const inputs = new Map<string, LintInput>();
  for (const file of files) {
    const found = file === '-' && standardInput !== undefined ? [{ file: standardInputName, uri: uriOf(standardInputName), type: 'policy' as const, text: standardInput }] : inputsOf(file);
    for (const input of found) if (!inputs.has(input.uri)) inputs.set(input.uri, input);
  }
  return [...inputs.values()];
}

function inputsOf(file: string): readonly LintInput[] {
  const stat = statOf(file);
  if (stat?.isDirectory() === true) return orNone(inFolder(file), `${file} holds no backup policy.`);
  const { isGlob, base, glob } = picomatch.scan(path.sep === '\\' ? file.replaceAll('\\', '/') : file);
  if (stat === undefined && isGlob) return orNone(matching(base, glob), `${file} matches no backup policy.`);
  return [inputOf(file, readText(file))];
}

function orNone(inputs: readonly LintInput[], message: string): readonly LintInput[] {
  if (inputs.length === 0) throw new InputError(message);
  return inputs;
}

function inputOf(file: string, text: string): LintInput {
  const uri = uriOf(file);
  if (isGuardrailsName(uri)) throw new InputError(`${file} holds guardrails: use backup-policy check --guardrails ${file}.`);
  return { file, uri, type: isModelName(uri) ? 'organization' : 'policy', text };
}

function inFolder(folder: string): readonly LintInput[] {
  const names = [...filesBelow(folder, false)].filter((name) => isJsonName(name) || bareTemplate.test(name));
  return names.flatMap((name) => wanted(path.posix.join(folder, name)));
}

function matching(base: string, glob: string): readonly LintInput[] {
  if (statOf(base === '' ? '.' : base)?.isDirectory() !== true) return [];
  const matches = picomatch(glob);
  const names = [...filesBelow(base, /(?:^|[/{,(])\./.test(glob))].filter((name) => matches(name));
  return names.flatMap((name) => wanted(path.posix.join(base, name)));
}

/** A found file when it is a model or a policy. A name that says nothing may belong to anything, large or no text. */
function wanted(file: string): readonly LintInput[] {
  const full = path.resolve(file).split(path.sep).join('/');
  if (path.posix.basename(full) === ruleConfigurationName || isGuardrailsName(uriOf(file))) return [];
  if (isPolicyName(full) || isModelName(uriOf(file))) {
    const input = inputOf(file, readText(file));
    return input.type === 'organization' || !isOtherContent(input.text) ? [input] : [];
  }
  if ((statOf(file)?.size ?? 0) > 4 * maximumLength) return [];
  const text = textOf(readBytes(file));
  return text !== undefined && isPolicyContent(text) ? [inputOf(file, text)] : [];
}

/** Paths of the files below a folder, with forward slashes, by name; installed packages are left out. */
function* filesBelow(folder: string, dotFolders: boolean, prefix = ''): Generator<string> {
  for (const entry of entriesOf(path.join(folder, prefix))) {
    const name = prefix + entry.name;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && (dotFolders || !entry.name.startsWith('.'))) yield* filesBelow(folder, dotFolders, `${name}/`);
    } else if (entry.isFile() || (entry.isSymbolicLink() && isFile(path.join(folder, name)))) {
      yield name;
    }
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    throw new InputError(`${folder} cannot be read: ${reasonOf(error)}.`);
  }
}

/** Undefined for what is absent, forbidden or a link that leads in a circle: reading it says which. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

function isFile(file: string): boolean {
  return statOf(file)?.isFile() === true;
}
