import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { reachView } from '../features/reach/reachView.ts';
import type { ReachView } from '../protocol.ts';
import { readStandardInput, readText, readTime } from './input.ts';
import { loadOrganization, requireTarget, unreadPolicies } from './organization.ts';
import type { Outcome } from './outcome.ts';
import { reachFormats, type ReachFormat } from './reachFormats.ts';

/** What the command line says; see the usage. */
export interface ReachOptions {
  readonly organization: string;
  readonly target: string;
  /** A file, or `-` for standard input. */
  readonly resources: string;
  readonly format: ReachFormat;
  readonly at: string | undefined;
  readonly failOn: 'unreached' | 'never';
}

/**
 * `backup-policy reach`: which resources of an inventory the plans of a target reach, and why not the others.
 * @throws InputError when the model or the inventory cannot be read, or there is no such target.
 */
export async function reach({ organization: file, target, resources, format, at, failOn }: ReachOptions): Promise<Outcome> {
  const loaded = loadOrganization(file, readTime(at));
  const { snapshot, organization } = loaded;
  const { key } = requireTarget(organization, target);
  const text = resources === '-' ? await readStandardInput() : readText(resources);
  const view = reachView(snapshot, { organization: organization.uri, key }, { text }, { limit: Infinity });
  if (view === undefined) throw new Error('The target left the model while it was read.');
  // A table has no place for them.
  const problems = format === 'csv' ? view.problems.map(({ line, message }) => `line ${String(line)} of the inventory: ${message}`) : [];
  return { status: failOn === 'unreached' && view.counts.unreached > 0 ? 1 : 0, output: reachFormats[format](view, placeOf), warnings: [...unreadPolicies(loaded), ...problems] };
}

/** `backup-policies/baseline.json:7`, relative to the working folder. */
function placeOf({ uri, range }: NonNullable<ReachView['plans'][number]['location']>): string {
  return `${path.relative('', fileURLToPath(uri)).replaceAll(path.sep, '/')}:${String(range.start.line + 1)}`;
}
