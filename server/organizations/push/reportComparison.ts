import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import type { PushReportView } from '../../protocol/push.ts';
import type { OrganizationsApi } from '../api.ts';
import { failureOf } from '../errors.ts';

/**
 * AWS's validation report of an account beside our own verdict. Errors are the same when code, message and path are;
 * neither the order nor the contributing policies count. Source: limits-and-errors §4 [obs].
 * @returns undefined when AWS's report cannot be read.
 */
export async function compareReport(api: OrganizationsApi, files: Snapshot, organization: Organization, account: Entity, settled: boolean, signal: AbortSignal): Promise<PushReportView | undefined> {
  const { id } = account;
  if (id === undefined) return undefined;
  let theirs: ReadonlySet<string>;
  try {
    theirs = new Set((await api.listEffectivePolicyValidationErrors(id, { signal })).errors.map(text));
  } catch (error) {
    if (failureOf(error) === undefined) throw error;
    return undefined;
  }
  const ours = new Set(effectiveOf(files, organization, account).errors.map(text));
  const onlyAws = [...theirs].filter((each) => !ours.has(each));
  const onlyOurs = [...ours].filter((each) => !theirs.has(each));
  return { account: { organization: organization.uri, key: account.key }, accountId: id, path: account.path, settled, agrees: onlyAws.length === 0 && onlyOurs.length === 0, onlyAws, onlyOurs };
}

function text({ code, message, path }: { readonly code: string; readonly message: string; readonly path: string }): string {
  return `${code} at ${path}: ${message}`;
}
