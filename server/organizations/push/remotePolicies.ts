import { complete, type OrganizationsApi, type Policy, type PolicySummary, type Tag, type TargetDescription } from '../api.ts';
import { failureOf } from '../errors.ts';

/** A policy in AWS with all that a push has to know of it. */
export interface RemotePolicy extends Policy {
  readonly targets: readonly TargetDescription[];
  readonly tags: readonly Tag[];
}

/** How a policy of the model was found in AWS. `staleId`: the model's id leads to nothing. */
export interface Match {
  readonly summary: PolicySummary | undefined;
  readonly by: 'id' | 'name' | 'nothing';
  readonly staleId: boolean;
  /** Another policy in AWS that has the wanted name. */
  readonly nameTakenBy: PolicySummary | undefined;
}

/** Finds the policy in AWS that a policy of the model is: by the id that the model has, else by its name, which is unique. */
export function matchPolicy({ name, id }: { readonly name: string; readonly id: string | undefined }, listed: readonly PolicySummary[]): Match {
  const named = listed.find((each) => each.name === name);
  const known = id === undefined ? undefined : listed.find((each) => each.id === id);
  if (known !== undefined) return { summary: known, by: 'id', staleId: false, nameTakenBy: named === known ? undefined : named };
  return { summary: named, by: named === undefined ? 'nothing' : 'name', staleId: id !== undefined, nameTakenBy: undefined };
}

/** Reads a policy with its targets and tags. Undefined when it was deleted meanwhile. */
export async function readRemote(api: OrganizationsApi, policyId: string, signal: AbortSignal): Promise<RemotePolicy | undefined> {
  try {
    const policy = await api.describePolicy(policyId, { signal });
    const targets = await complete(api.listTargetsForPolicy(policyId, { signal }));
    return { ...policy, targets, tags: await readTags(api, policyId, signal) };
  } catch (error) {
    if (failureOf(error)?.kind === 'notFound') return undefined;
    throw error;
  }
}

/** Tags only warn: without the permission to read them a push goes on. */
async function readTags(api: OrganizationsApi, policyId: string, signal: AbortSignal): Promise<readonly Tag[]> {
  try {
    return await complete(api.listTagsForResource(policyId, { signal }));
  } catch (error) {
    if (failureOf(error)?.kind === 'accessDenied') return [];
    throw error;
  }
}
