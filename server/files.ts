import { URI } from 'vscode-uri';
import { parseDocument } from './core/document/parse.ts';
import { templateSuffixes } from './watchedFiles.ts';

/** How the server reads files that no editor has open. */
export interface FileSystem {
  /**
   * The text of a file, its byte order mark left out.
   * @param within when given, a file whose real place is outside this folder (through a link) is not read.
   * @returns undefined when it is absent, unreadable, too large or no text.
   */
  read(uri: string, within?: string): Promise<string | undefined>;
  /** URIs of the policy and model files below a folder, by name alone. */
  find(folder: string, isWanted: (path: string) => boolean): Promise<readonly string[]>;
}

/** The largest file that is read, in bytes: AWS takes 10,000 characters, models of 50,000 accounts stay below this. */
export const maximumFileSize = 64 * 1024 * 1024;

/** Folders that are never searched. */
export const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', '.terraform', '.vscode-test', '.venv']);

/** True for the names of files that may be policies or models: JSON, and templates of it. */
export function isJsonName(path: string): boolean {
  return path.endsWith('.json') || templateSuffixes.some((suffix) => path.endsWith(`.json${suffix}`));
}

/** Names under which backup policies are kept, templates of them included. Names lie, so a file found by them counts only when its content fits. */
export const policyGlobs: readonly string[] = [
  '**/*.backup-policy.json',
  '**/*.backuppolicy.json',
  '**/backup-policies/*.json',
  '**/backup_policies/*.json',
  '**/policies/backup/*.json',
  '**/*backup-policy*.json',
  '**/*backup_policy*.json',
  '**/*BackupPolicy*.json',
  '**/*backup-plan*.json',
].flatMap((glob) => [glob, ...templateSuffixes.map((suffix) => glob + suffix)]);

/** True for the name of a model file. */
export function isModelName(uri: string): boolean {
  return /(?:^|[/.])backup-organization\.json$/.test(URI.parse(uri).path);
}

/** True for the name of a guardrails file. */
export function isGuardrailsName(uri: string): boolean {
  return /(?:^|[/.])backup-guardrails\.json$/.test(URI.parse(uri).path);
}

const policyNames = new RegExp(`(?:^|/)(?:${policyGlobs.map((glob) => glob.slice('**/'.length).replaceAll('.', '\\.').replaceAll('*', '[^/]*')).join('|')})$`);

/** True for the name of a file under which backup policies are usually kept. Paths have forward slashes. */
export function isPolicyName(path: string): boolean {
  return policyNames.test(path);
}

/** A test for policy files by name: the usual names and the user's globs. Paths have forward slashes. */
export async function policyNameMatcher(globs: readonly string[]): Promise<(path: string) => boolean> {
  if (globs.length === 0) return isPolicyName;
  const { default: picomatch } = await import('picomatch');
  const matches = picomatch(globs.map((glob) => (glob.startsWith('**/') || glob.startsWith('/') ? glob : `**/${glob}`)), { dot: true });
  return (path) => isPolicyName(path) || matches(path);
}

/** True when a text can be a backup policy: `plans` and an inheritance operator in it; no other format has both. */
export function looksLikePolicy(text: string): boolean {
  return /"plans"/i.test(text) && /"@@[a-z]/i.test(text);
}

/** Keys of IAM policies, CloudFormation templates and their like, for texts that are half typed. */
const foreignKey = /"(?:Statement|Version|Resources|\$schema|[A-Z]\w+)"\s*:/;

/** True when a text under a policy's name is certainly something else: a list, or an object with keys and none of them `plans`. An empty or half-typed text is what its name says. */
export function isOtherJson(text: string): boolean {
  if (/"plans"|"@@/i.test(text)) return false;
  const { root, problems } = parseDocument(text);
  if (problems.some(({ kind }) => kind === 'syntax')) return foreignKey.test(text);
  if (root?.type === 'array') return root.items.length > 0;
  return root?.type === 'object' && root.members.length > 0 && !root.members.some(({ key }) => /^plans?$/i.test(key.text));
}
