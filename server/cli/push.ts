import { readFileSync, writeFileSync } from 'node:fs';
import { applyEdits } from 'jsonc-parser';
import { compareGrades, type Grade } from '../core/plan/grade.ts';
import { offsetAt } from '../features/ranges.ts';
import { createAccess } from '../organizations/connection/access.ts';
import { OrganizationsError } from '../organizations/errors.ts';
import type { Call } from '../organizations/host.ts';
import { PushSession } from '../organizations/push/pushSession.ts';
import { Refusal } from '../organizations/refusal.ts';
import type { PushPreparationView, PushResultView } from '../protocol.ts';
import type { AwsArguments } from './awsArguments.ts';
import { ask, commandHost, interruption, isTerminal } from './commandHost.ts';
import { InputError } from './inputError.ts';
import { loadOrganization, type LoadedOrganization } from './organization.ts';
import type { Outcome } from './outcome.ts';
import { planText, pushFormats, type PushFormat, type PushStop } from './pushFormats.ts';

/** From which grade on nothing is pushed. */
export type PushFailLevel = Extract<Grade, 'weaker' | 'lost' | 'frozen'> | 'never';

/** What the command line says; see the usage. */
export interface PushOptions {
  readonly organization: string;
  /** Names of the model's policies; `changed` excludes them. */
  readonly policies: readonly string[];
  readonly changed: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly aws: AwsArguments;
  readonly format: PushFormat;
  readonly failOn: PushFailLevel;
}

/**
 * `backup-policy push`: brings policy files to AWS Organizations behind the same gate as the editor.
 * Status 1 when a conflict, a policy that cannot be pushed or the impact stops it, or when not all of it was written; 3 when AWS fails.
 * @throws InputError when the files cannot be read, or when nobody can confirm.
 */
export async function push(options: PushOptions): Promise<Outcome> {
  const { organization: file, policies, changed, dryRun, yes, aws, format, failOn } = options;
  if (changed === (policies.length > 0)) throw new InputError('push needs the names of policies or --changed, and not both.');
  if (!dryRun && !yes && !isTerminal()) throw new InputError('Nobody can confirm here: give --yes to push without a question, or --dry-run to see what would happen.');
  const loaded = loadOrganization(file, Date.now());
  const host = commandHost(loaded.snapshot, aws, dryRun ? 'readOnly' : 'readWrite');
  const access = createAccess(host);
  try {
    const session = new PushSession(host, access);
    const call: Call = { signal: interruption(), report: () => undefined };
    const preparation = await prepared(session, loaded, options, call);
    const stopped = stopOf(preparation, failOn);
    const writes = preparation.commands !== '';
    const outcome = { preparation, result: undefined, stopped, dryRun };
    if (dryRun || stopped !== undefined || !writes) return { status: stopped === undefined ? 0 : 1, output: pushFormats[format](outcome) };
    if (!yes && !(await confirmed(preparation))) return { status: 1, output: '', warnings: ['Nothing was pushed.'] };
    const result = await session.execute({ ref: preparation.ref }, call);
    const warnings = writeIds(file, loaded, result);
    return { status: result.complete ? 0 : result.policies.some(({ conflict }) => conflict) ? 1 : 3, output: pushFormats[format]({ ...outcome, result }), warnings };
  } catch (error) {
    if (error instanceof Refusal) return { status: 1, output: '', warnings: [`${error.message} ${error.nextStep}`] };
    if (error instanceof OrganizationsError) return { status: 3, output: '', warnings: [`${error.message} ${error.nextStep}`] };
    throw error;
  } finally {
    access.close();
  }
}

async function prepared(session: PushSession, { organization }: LoadedOrganization, { changed, policies }: PushOptions, call: Call): Promise<PushPreparationView> {
  const unknown = policies.find((name) => !organization.policies.has(name));
  if (unknown !== undefined) throw new InputError(`The model does not define a policy "${unknown}". It has: ${[...organization.policies.keys()].join(', ')}.`);
  return session.prepare({ organization: organization.uri, policies: changed ? 'changed' : policies }, call);
}

function stopOf({ policies, impact }: PushPreparationView, failOn: PushFailLevel): PushStop | undefined {
  if (policies.some(({ kind }) => kind === 'conflict')) return 'conflict';
  if (policies.some(({ kind }) => kind === 'refused')) return 'refused';
  return failOn !== 'never' && impact.groups.some(({ grade }) => compareGrades(grade, failOn) >= 0) ? 'impact' : undefined;
}

async function confirmed(preparation: PushPreparationView): Promise<boolean> {
  process.stderr.write(`${planText(preparation)}\n\n`);
  const accounts = preparation.impact.groups.reduce((sum, group) => sum + group.accounts.length, 0);
  return /^y(?:es)?$/i.test(await ask(`Push to organization ${preparation.organizationId} and change ${accounts === 1 ? '1 account' : `${String(accounts)} accounts`}? [y/N] `));
}

/** Writes the ids of new policies into the model file; what stands in it otherwise stays byte for byte. */
function writeIds(file: string, { organization: { document } }: LoadedOrganization, { modelEdits }: PushResultView): readonly string[] {
  if (modelEdits.length === 0) return [];
  const raw = readFileSync(file, 'utf8');
  const mark = raw.startsWith('\uFEFF') ? '\uFEFF' : '';
  if (raw.slice(mark.length) !== document.text) return [`${file} changed meanwhile, so the ids of the pushed policies were not written into it. Pushing again finds the policies by name and writes them.`];
  const text = applyEdits(document.text, modelEdits.map(({ range, newText }) => {
    const start = offsetAt(document, range.start);
    return { offset: start, length: offsetAt(document, range.end) - start, content: newText };
  }));
  writeFileSync(file, `${mark}${text}`);
  return [];
}
