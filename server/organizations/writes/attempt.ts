import { complete, type OrganizationsApi, type Policy, type PolicyUpdate } from '../api.ts';
import { OrganizationsError } from '../errors.ts';
import { isSetUp, sendSetUp, type WriteApi } from './setUpWrite.ts';
import { isText, updated, type PolicyText, type RemoteWrite, type WriteResult } from './write.ts';

/** A write whose references are ids. */
export type ResolvedWrite = RemoteWrite extends infer W ? (W extends { readonly policyId: unknown } ? Omit<W, 'policyId'> & { readonly policyId: string } : W) : never;

/** A write that AWS's state has settled without a call, or the call that is left to make. */
export type Attempt =
  | { readonly type: 'settled'; readonly result: WriteResult }
  /** It cannot be cancelled: a request that left may take effect. */
  | { readonly type: 'ready'; send(): Promise<WriteResult> };

/**
 * Reads what a write is meant for; changes nothing. Rejects with `OrganizationsError`.
 * `begun`: an earlier try was journalled without a result, so a wanted state that is there already is its work.
 */
export async function prepareWrite(api: WriteApi, write: ResolvedWrite, begun: boolean, signal: AbortSignal): Promise<Attempt> {
  const ready: Attempt = { type: 'ready', send: () => sent(api, write) };
  // AWS itself refuses a second policy of a name; without an earlier try there is nothing to look for.
  if (write.type === 'createPolicy' && !begun) return ready;
  const seen = await look(api, write, signal);
  if (seen.type === 'expected') return ready;
  if (seen.type === 'other') return { type: 'settled', result: { type: 'notDone', why: { type: 'conflict', remote: seen.remote } } };
  return { type: 'settled', result: { type: begun ? 'done' : 'already', ...idOf(seen.policyId) } };
}

function idOf(policyId: string | undefined): { readonly policyId?: string } {
  return policyId === undefined ? {} : { policyId };
}

/** What AWS holds in the eyes of a write: what it wants, what it is meant for, or something else. */
type Seen = { readonly type: 'wanted'; readonly policyId?: string } | { readonly type: 'expected' } | { readonly type: 'other'; readonly remote: Policy | undefined };

async function look(api: WriteApi, write: ResolvedWrite, signal?: AbortSignal): Promise<Seen> {
  const options = signal === undefined ? {} : { signal };
  switch (write.type) {
    case 'createPolicy': {
      const found = await policyNamed(api, write.name, signal);
      if (found === undefined) return { type: 'expected' };
      return isText(found, write) ? { type: 'wanted', policyId: found.id } : { type: 'other', remote: found };
    }
    case 'updatePolicy': {
      const found = await policyOf(api, write.policyId, signal);
      if (found !== undefined && isText(found, updated(write.before, write.after))) return { type: 'wanted', policyId: found.id };
      return found !== undefined && isText(found, write.before) ? { type: 'expected' } : { type: 'other', remote: found };
    }
    case 'deletePolicy': {
      const found = await policyOf(api, write.policyId, signal);
      if (found === undefined) return { type: 'wanted', policyId: write.policyId };
      return isText(found, write.before) ? { type: 'expected' } : { type: 'other', remote: found };
    }
    case 'attachPolicy':
    case 'detachPolicy': {
      const attached = (await complete(api.listPoliciesForTarget(write.targetId, options))).some(({ id }) => id === write.policyId);
      return attached === (write.type === 'attachPolicy') ? { type: 'wanted', policyId: write.policyId } : { type: 'expected' };
    }
    case 'enablePolicyType':
    case 'disablePolicyType': {
      const status = (await api.listRoots(options)).find((root) => root.id === write.rootId)?.backupPolicies;
      const wanted = write.type === 'enablePolicyType' ? ['ENABLED', 'PENDING_ENABLE'] : ['DISABLED', 'PENDING_DISABLE'];
      return status !== undefined && wanted.includes(status) ? { type: 'wanted' } : { type: 'expected' };
    }
    default:
      return (await isSetUp(api, write, options)) ? { type: 'wanted' } : { type: 'expected' };
  }
}

async function sent(api: WriteApi, write: ResolvedWrite): Promise<WriteResult> {
  try {
    return { type: 'done', ...idOf(await call(api, write)) };
  } catch (error) {
    if (!(error instanceof OrganizationsError)) throw error;
    const duplicate = write.type === 'createPolicy' && error.failure.kind === 'duplicatePolicy';
    if (!error.call.mayHaveHappened && !duplicate) return { type: 'notDone', why: { type: 'failure', error } };
    return settledByReading(api, write, error);
  }
}

/** After a call that may have taken effect, or met a policy of the same name: what AWS holds now decides. */
async function settledByReading(api: WriteApi, write: ResolvedWrite, error: OrganizationsError): Promise<WriteResult> {
  const doubtful = error.call.mayHaveHappened;
  try {
    const seen = await look(api, write);
    if (seen.type === 'wanted') return { type: doubtful ? 'done' : 'already', ...idOf(seen.policyId) };
    if (seen.type === 'expected') return { type: 'notDone', why: { type: 'failure', error } };
    if (doubtful && write.type !== 'createPolicy') return { type: 'unknown', error, ...(seen.remote === undefined ? {} : { remote: seen.remote }) };
    return { type: 'notDone', why: { type: 'conflict', remote: seen.remote } };
  } catch (reading) {
    if (!(reading instanceof OrganizationsError)) throw reading;
    return doubtful ? { type: 'unknown', error } : { type: 'notDone', why: { type: 'failure', error } };
  }
}

/** The id of the policy that the write is about. AWS's "already so" after our own reading said otherwise is the work of a repetition. */
async function call(api: WriteApi, write: ResolvedWrite): Promise<string | undefined> {
  switch (write.type) {
    case 'createPolicy':
      return (await api.createPolicy({ name: write.name, description: write.description, content: write.content, ...(write.tags === undefined ? {} : { tags: write.tags }) })).id;
    case 'updatePolicy':
      return (await api.updatePolicy(changes(write.policyId, write.before, write.after))).id;
    case 'deletePolicy':
      await api.deletePolicy(write.policyId);
      return write.policyId;
    case 'attachPolicy':
      await api.attachPolicy({ policyId: write.policyId, targetId: write.targetId });
      return write.policyId;
    case 'detachPolicy':
      await api.detachPolicy({ policyId: write.policyId, targetId: write.targetId });
      return write.policyId;
    case 'enablePolicyType':
      await api.enablePolicyType(write.rootId);
      return undefined;
    case 'disablePolicyType':
      await api.disablePolicyType(write.rootId);
      return undefined;
    default:
      await sendSetUp(api, write);
      return undefined;
  }
}

/** Only what differs is sent. */
function changes(policyId: string, before: PolicyText, after: PolicyText): PolicyUpdate {
  const wanted = updated(before, after);
  return {
    policyId,
    ...(wanted.name === before.name ? {} : { name: wanted.name }),
    ...(wanted.description === before.description ? {} : { description: wanted.description }),
    ...(wanted.content === before.content ? {} : { content: wanted.content }),
  };
}

/** A policy as AWS has it now; undefined when there is none. Rejects with `OrganizationsError`. */
export async function policyOf(api: OrganizationsApi, policyId: string, signal?: AbortSignal): Promise<Policy | undefined> {
  try {
    return await api.describePolicy(policyId, signal === undefined ? {} : { signal });
  } catch (error) {
    if (error instanceof OrganizationsError && error.failure.kind === 'notFound') return undefined;
    throw error;
  }
}

/** The policy of a name, which is unique among backup policies. Source: limits-and-errors §1. */
export async function policyNamed(api: OrganizationsApi, name: string, signal?: AbortSignal): Promise<Policy | undefined> {
  const options = signal === undefined ? {} : { signal };
  for await (const page of api.listPolicies(options)) {
    const named = page.find((policy) => policy.name === name);
    if (named !== undefined) return policyOf(api, named.id, signal);
  }
  return undefined;
}
