import type { ModelledPolicy } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { PushKind, PushPolicyView } from '../../protocol/push.ts';
import type { OrganizationsApi, PolicySummary } from '../api.ts';
import type { KnownPolicy } from '../lastKnown.ts';
import { policyOwner } from './ownership.ts';
import { policyChange, type PolicyParts } from './policyChange.ts';
import { pushableFile, type PushableFile } from './pushableFile.ts';
import { conflictSummary, creationSummary, unchangedSummary, updateSummary } from './pushWords.ts';
import { matchPolicy, readRemote, type Match, type RemotePolicy } from './remotePolicies.ts';

/** What a push would do with one policy, with everything that it rests on. */
export interface AssessedPolicy {
  readonly policy: ModelledPolicy;
  readonly kind: PushKind;
  readonly summary: string;
  readonly problems: PushPolicyView['problems'];
  readonly warnings: readonly string[];
  readonly changes: PushPolicyView['changes'];
  readonly file: PushableFile | undefined;
  readonly remote: RemotePolicy | undefined;
  readonly base: KnownPolicy | undefined;
  /** What AWS holds afterwards; undefined when nothing is to be written. */
  readonly after: PolicyParts | undefined;
}

/** What policies are compared with. */
export interface Assessment {
  readonly api: OrganizationsApi;
  /** The files as they are saved. */
  readonly files: Snapshot;
  /** All policies of the organization. */
  readonly listed: readonly PolicySummary[];
  readonly base: (policyId: string) => Promise<KnownPolicy | undefined>;
  /** Names that are pushed although somebody else changed them in AWS. */
  readonly overwrite: ReadonlySet<string>;
  /** Epoch milliseconds UTC. */
  readonly at: number;
  readonly signal: AbortSignal;
}

/** Reads a policy in AWS and says what a push would do with it. Rejects with `OrganizationsError`. */
export async function assessPolicy(policy: ModelledPolicy, assessment: Assessment): Promise<AssessedPolicy> {
  const file = pushableFile(policy, assessment.files, assessment.at);
  const match = matchPolicy(policy, assessment.listed);
  if ('refusal' in file) return { policy, kind: 'refused', summary: file.refusal, problems: file.problems, warnings: [], changes: [], file: undefined, remote: undefined, base: undefined, after: undefined };
  const remote = match.summary === undefined ? undefined : await readRemote(assessment.api, match.summary.id, assessment.signal);
  const base = remote === undefined ? undefined : await assessment.base(remote.id);
  return { ...verdict(policy, file, match, remote, base, assessment.overwrite.has(policy.name)), policy, problems: [], file, remote, base };
}

type Verdict = Pick<AssessedPolicy, 'kind' | 'summary' | 'warnings' | 'changes' | 'after'>;

function verdict(policy: ModelledPolicy, file: PushableFile, match: Match, remote: RemotePolicy | undefined, base: KnownPolicy | undefined, overwrite: boolean): Verdict {
  const { name, description } = policy;
  if (match.nameTakenBy !== undefined) {
    return { kind: 'refused', summary: `The name "${name}" belongs to another policy in AWS, ${match.nameTakenBy.id}. Rename this one in the model, or remove the other.`, warnings: [], changes: [], after: undefined };
  }
  if (remote === undefined) {
    return { kind: 'create', summary: creationSummary(policy, file, match), warnings: file.warnings, changes: [], after: { name, description: description ?? '', content: file.sent.text } };
  }
  const change = policyChange(policy, file, remote, base);
  if (change.fields.length === 0) return { kind: 'unchanged', summary: unchangedSummary(policy, change), warnings: [], changes: [], after: undefined };
  const warnings = [...file.warnings, ...ownerWarning(name, remote), ...(change.keepsDescription ? [`AWS cannot empty the description of "${name}", so the old one stays.`] : [])];
  if (change.changedElsewhere.length > 0 && !overwrite) return { kind: 'conflict', summary: conflictSummary(policy, change), warnings, changes: change.fields, after: undefined };
  const lost = change.changedElsewhere.length === 0 ? [] : [`Somebody changed the ${change.changedElsewhere.join(' and the ')} of "${name}" in AWS since the last push or import. This push replaces it.`];
  return { kind: 'update', summary: updateSummary(policy, file, match, remote, change, base !== undefined), warnings: [...lost, ...warnings], changes: change.fields, after: change.after };
}

function ownerWarning(name: string, remote: RemotePolicy): readonly string[] {
  const owner = policyOwner(remote.tags, remote.description);
  return owner === undefined ? [] : [`"${name}" seems to be managed by ${owner.tool} (${owner.sign}): its next run may take this push back. Change the policy at its source instead.`];
}

/** The policy as the client shows it. @param targets where AWS has it attached, with the paths that the model knows. */
export function policyView({ policy, kind, summary, problems, warnings, changes, file, remote, base }: AssessedPolicy, targets: PushPolicyView['targets']): PushPolicyView {
  const writes = file !== undefined && (kind === 'create' || kind === 'update' || kind === 'conflict') && (kind === 'create' || changes.includes('content'));
  return {
    name: policy.name,
    ...(policy.uri === undefined ? {} : { uri: policy.uri }),
    ...(remote === undefined ? {} : { policyId: remote.id }),
    kind,
    summary,
    changes,
    ...(writes ? { characters: file.sent.characters } : {}),
    minified: writes && file.sent.form === 'minified',
    targets,
    warnings,
    problems,
    versions: [...(base === undefined ? [] : ['base' as const]), ...(remote === undefined ? [] : ['remote' as const]), ...(file === undefined ? [] : ['file' as const])],
  };
}
