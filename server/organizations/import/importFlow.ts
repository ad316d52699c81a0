import path from 'node:path';
import type { Organization } from '../../model/organization.ts';
import type { ImportIds, ImportParams, ImportStart, ImportView } from '../../protocol.ts';
import type { Access } from '../connection/access.ts';
import { hidesIds } from '../hidesIds.ts';
import type { Call, RemoteHost } from '../host.ts';
import { lastKnownFiles, type LastKnownPolicies } from '../lastKnown.ts';
import { storageFolder } from '../storageFolder.ts';
import { importPlan } from './importPlan.ts';
import { importReport, importSummary } from './importReport.ts';
import { fileLastImports, type LastImport, type LastPolicy } from './lastImport.ts';
import { readOrganization } from './reading.ts';
import { fileReadingLog, startOf, type ReadingRecord } from './readingLog.ts';
import type { RemoteOrganization } from './remoteOrganization.ts';

/** What an import works with. */
export interface ImportContext {
  readonly host: Pick<RemoteHost, 'clock' | 'settings' | 'edited'>;
  readonly access: Pick<Access, 'reading'>;
}

function folderOf({ host }: ImportContext): string {
  return path.join(storageFolder(host.settings()), 'import');
}

/** Which organization it is, and whether there is an import to go on with. One request. */
export async function startImport(context: ImportContext, { model }: { readonly model: string }, call: Call): Promise<ImportStart> {
  const { host, access } = context;
  const api = await access.reading();
  const { id, managementAccountId } = await api.describeOrganization({ signal: call.signal });
  const records = await fileReadingLog(folderOf(context)).load(id);
  const readAt = startOf(records, host.clock.now());
  const organization = host.edited().organizations.get(model);
  return {
    organizationId: id,
    managementAccountId,
    ...(readAt === undefined || records.length < 2 ? {} : { unfinished: { readAt, ...countsOf(records) } }),
    ...(organization?.root === undefined ? {} : { ids: idsOf(organization) }),
  };
}

function countsOf(records: readonly ReadingRecord[]): { readonly accounts: number; readonly policies: number } {
  let accounts = 0;
  let policies = 0;
  for (const record of records) {
    if (record.type === 'accounts' || record.type === 'accountsOf') accounts += record.accounts.length;
    if (record.type === 'content') policies += 1;
  }
  return { accounts, policies };
}

function idsOf(organization: Organization): ImportIds {
  if (organization.byId.size === 0) return 'leaveOut';
  return hidesIds(organization) ? 'redact' : 'keep';
}

/**
 * Reads the organization and says what would bring the files up to date. Changes no file.
 * Rejects with `OrganizationsError` or `Refusal`.
 */
export async function importOrganization(context: ImportContext, params: ImportParams, call: Call): Promise<ImportView> {
  const { host, access } = context;
  const { model, ids, resume, existing } = params;
  const folder = folderOf(context);
  const api = await access.reading();
  const expectedAccounts = host.edited().organizations.get(model)?.root?.accounts;
  const remote = await readOrganization(api, {
    log: fileReadingLog(folder),
    clock: host.clock,
    resume,
    signal: call.signal,
    report: (message, percent) => {
      call.report(message, percent);
    },
    ...(expectedAccounts === undefined ? {} : { expectedAccounts }),
  });
  const imports = fileLastImports(folder);
  const last = await withPushed(await imports.load(remote.id, model), ids, lastKnownFiles(storageFolder(host.settings())), remote);
  const plan = importPlan({ remote, snapshot: host.edited(), model, ids, existing, last });
  await imports.prepare(model, plan.next);
  const { files, changes, conflicts, orders } = plan;
  return {
    organizationId: remote.id,
    readAt: remote.readAt,
    accounts: remote.accounts.length,
    units: remote.units.length,
    policies: remote.policies.length,
    files,
    changes,
    conflicts,
    orders,
    summary: importSummary(plan),
    report: importReport(remote, plan),
  };
}

/** The files are as the last import said: the next one compares with it, and reads everything again. */
export async function settleImport(context: ImportContext, { organizationId, model }: { readonly organizationId: string; readonly model: string }): Promise<null> {
  const folder = folderOf(context);
  const settled = await fileLastImports(folder).settle(organizationId, model);
  if (settled?.ids === 'keep') {
    const known = lastKnownFiles(storageFolder(context.host.settings()));
    for (const [policyId, policy] of Object.entries(settled.policies)) {
      const before = await known.get(organizationId, policyId);
      if (before?.content !== policy.content || before.name !== policy.name || before.description !== policy.description) await known.put(organizationId, { policyId, ...policy });
    }
  }
  await fileReadingLog(folder).remove(organizationId);
  return null;
}

/** What was pushed or taken over since the last import counts as if it had been imported. */
async function withPushed(last: LastImport, ids: ImportIds, known: LastKnownPolicies, { id, policies }: RemoteOrganization): Promise<LastImport> {
  if (ids !== 'keep') return last;
  const pushed: Record<string, LastPolicy> = { ...last.policies };
  for (const policy of policies) {
    const found = await known.get(id, policy.id);
    if (found !== undefined) pushed[policy.id] = { name: found.name, description: found.description, content: found.content };
  }
  return { ...last, policies: pushed };
}
