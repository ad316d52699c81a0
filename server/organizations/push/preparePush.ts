import type { Entity, ModelledPolicy, Organization } from '../../model/organization.ts';
import { applyChanges, type FileChange, type Snapshot } from '../../model/snapshot.ts';
import { LevelCache } from '../../model/levels.ts';
import type { ConnectionView, ImpactView } from '../../protocol.ts';
import type { PreparePushParams, PushPreparationView, PushVersion } from '../../protocol/push.ts';
import { complete, type OrganizationsApi } from '../api.ts';
import type { CommandPlace } from '../commandLine.ts';
import { hidesIds } from '../hidesIds.ts';
import type { Call, RemoteHost } from '../host.ts';
import type { KnownPolicy, LastKnownPolicies } from '../lastKnown.ts';
import { Refusal } from '../refusal.ts';
import type { RemoteWrite } from '../writes/write.ts';
import { writeCommands } from '../writeCommands.ts';
import { assessPolicy, policyView, type AssessedPolicy, type Assessment } from './assessPolicy.ts';
import { mayDiffer } from './policyChange.ts';
import { contentFile } from './contentFile.ts';
import { counted } from './pushWords.ts';
import { realAttachments, type RealAttachments } from './realAttachments.ts';
import { matchPolicy, type RemotePolicy } from './remotePolicies.ts';
import { sampleAccounts } from './sampleAccounts.ts';

/** What a push works with. */
export interface PushContext {
  readonly api: OrganizationsApi;
  readonly host: Pick<RemoteHost, 'clock' | 'edited' | 'impact'>;
  readonly known: LastKnownPolicies;
  readonly place: CommandPlace;
}

/** The same, with the organization that AWS said it is, and who calls. */
export interface PreparingContext extends PushContext {
  readonly connection: ConnectionView;
}

/** A push as it was shown, with what its execution is bound to. */
export interface PreparedPush {
  readonly view: PushPreparationView;
  /** Those that are written, in the order of `writes`. */
  readonly written: readonly AssessedPolicy[];
  readonly writes: readonly RemoteWrite[];
  readonly assessed: readonly AssessedPolicy[];
  /** The files with the real attachments: what accounts get afterwards. */
  readonly after: Snapshot;
  /** Accounts whose effective policies tell that the push has arrived. */
  readonly samples: readonly Entity[];
}

/**
 * Reads the policies in AWS and says what a push would do with each, and to the accounts below their real targets.
 * Writes nothing. Rejects with `Refusal` or `OrganizationsError`.
 * @param ref names the preparation.
 */
export async function preparePush(context: PreparingContext, params: PreparePushParams, ref: string, call: Call): Promise<PreparedPush> {
  const { api, host, known, place, connection } = context;
  const { organizationId, managementAccountId, caller, endpoint, backend } = connection;
  const { signal } = call;
  const files = host.edited();
  const organization = requireModel(files, params.organization);
  call.report('Reading the policies of the organization', 0);
  await requireSameRoot(organization, api, organizationId, signal);
  const listed = await complete(api.listPolicies({ signal }));
  const base = (policyId: string): Promise<KnownPolicy | undefined> => known.get(organizationId, policyId);
  const assessment: Assessment = { api, files, listed, base, overwrite: new Set(params.overwrite), at: host.clock.now(), signal };
  const { chosen, left } = await choose(organization, params.policies, assessment);
  const assessed: AssessedPolicy[] = [];
  for (const [index, policy] of chosen.entries()) {
    call.report(`Reading ${policy.name}`, (100 * index) / chosen.length);
    const next = refuseTwice(await assessPolicy(policy, assessment), assessed);
    assessed.push(next);
    // Where file and AWS agree, that is what the next comparison starts from.
    if (next.kind === 'unchanged' && next.remote !== undefined) await known.put(organizationId, knownOf(next.remote)).catch(() => undefined);
  }
  const written = assessed.filter(({ after }) => after !== undefined);
  const real = realAttachments(organization, new Map(assessed.filter(({ file }) => file !== undefined).map(({ policy, remote }) => [policy.name, remote?.targets ?? []])));
  const { before, after } = versions(files, organization, real, written);
  const impact = written.length === 0 ? { groups: [], accounts: 0 } : host.impact(before, after);
  const writes = written.flatMap(({ policy, remote, after: wanted }): readonly RemoteWrite[] => {
    if (wanted === undefined) return [];
    if (remote === undefined) return [{ type: 'createPolicy', ...wanted }];
    return [{ type: 'updatePolicy', policyId: remote.id, name: policy.name, before: { name: remote.name, description: remote.description, content: remote.content }, after: wanted }];
  });
  const view: PushPreparationView = {
    ref,
    organization: organization.uri,
    organizationId,
    managementAccountId,
    ...(caller === undefined ? {} : { accountId: caller.accountId }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(backend === 'embedded' ? { embedded: true } : {}),
    policies: assessed.map((each) => viewOf(each, organization, real)),
    impact,
    warnings: frozenWarnings(impact),
    notes: notes(written, left),
    commands: writeCommands(writes, place, (index) => contentFile(written[index]?.file)).join('\n'),
  };
  return { view, written, writes, assessed, after, samples: sampleAccounts(organization, impact, written.flatMap(({ policy }) => real.entities.get(policy.name) ?? [])) };
}

function knownOf({ id, name, description, content }: RemotePolicy): KnownPolicy {
  return { policyId: id, name, description, content };
}

/** The text of one version; undefined when there is none. */
export function versionText({ assessed }: PreparedPush, name: string, version: PushVersion): string | undefined {
  const found = assessed.find(({ policy }) => policy.name === name);
  return version === 'base' ? found?.base?.content : version === 'remote' ? found?.remote?.content : found?.file?.text;
}

function requireModel(files: Snapshot, uri: string): Organization {
  const organization = files.organizations.get(uri);
  if (organization === undefined) throw new Refusal('The model file is gone, so nothing was read from AWS.', 'Open it, or choose another organization.');
  if (organization.document.problems.length > 0 || organization.root === undefined) throw new Refusal('The model file is not valid JSON or has no "root", so nothing was read from AWS.', 'Mend the problems that are shown in it, then push.');
  if (hidesIds(organization)) throw new Refusal('The model was imported without its ids: placeholders stand for them, in the policies as well, and a push would write them to AWS.', 'Import the organization with its ids into a folder of its own, and push from there.');
  return organization;
}

/** With the profile of another organization nothing would be found, and everything created there. */
async function requireSameRoot({ root }: Organization, api: OrganizationsApi, organizationId: string, signal: AbortSignal): Promise<void> {
  const [remote] = await api.listRoots({ signal });
  if (root?.id === undefined || remote === undefined || root.id === remote.id) return;
  throw new Refusal(`The model describes another organization: its root is ${root.id}, and organization ${organizationId} has the root ${remote.id}.`, 'Choose the AWS profile of that organization, or push from its own model.');
}

interface Chosen {
  readonly chosen: readonly ModelledPolicy[];
  /** Policies that were passed over because their file is as it was last known. */
  readonly left: number;
}

async function choose(organization: Organization, policies: PreparePushParams['policies'], { files, listed, base }: Assessment): Promise<Chosen> {
  if (policies !== 'changed') {
    const chosen = [...new Set(policies)].map((name) => {
      const policy = organization.policies.get(name);
      if (policy === undefined) throw new Refusal(`The model does not define a policy "${name}".`, 'Give one of the names under "policies" of the model file.');
      return policy;
    });
    return { chosen, left: 0 };
  }
  const chosen: ModelledPolicy[] = [];
  for (const policy of organization.policies.values()) {
    const { summary } = matchPolicy(policy, listed);
    const text = policy.uri === undefined ? undefined : files.policies.get(policy.uri)?.document.text;
    if (mayDiffer(policy, text, summary, summary === undefined ? undefined : await base(summary.id))) chosen.push(policy);
  }
  return { chosen, left: organization.policies.size - chosen.length };
}

/** Two names of the model can lead to one policy in AWS, by an id that was copied. */
function refuseTwice(policy: AssessedPolicy, before: readonly AssessedPolicy[]): AssessedPolicy {
  const same = before.find(({ remote }) => remote !== undefined && remote.id === policy.remote?.id);
  if (same === undefined) return policy;
  return { ...policy, kind: 'refused', summary: `"${policy.policy.name}" and "${same.policy.name}" have the same id in the model, ${policy.remote?.id ?? ''}. Remove it from one of them.`, warnings: [], changes: [], after: undefined };
}

/** The model with the real attachments; before with what AWS has, after with the files. */
function versions(files: Snapshot, organization: Organization, real: RealAttachments, written: readonly AssessedPolicy[]): { readonly before: Snapshot; readonly after: Snapshot } {
  const model: FileChange = { type: 'organization', uri: organization.uri, text: real.modelText };
  const remote = written.flatMap(({ file, remote: policy }): readonly FileChange[] => (file === undefined || policy === undefined ? [] : [{ type: 'policy', uri: file.uri, text: policy.content }]));
  const after = applyChanges({ ...files, levels: new LevelCache() }, files.at, [model]);
  return { before: applyChanges({ ...after, levels: new LevelCache() }, files.at, remote), after };
}

function viewOf(each: AssessedPolicy, organization: Organization, real: RealAttachments): PushPreparationView['policies'][number] {
  const { policy, remote } = each;
  const unknown = real.unknown.get(policy.name) ?? [];
  const onlyInModel = real.onlyInModel.get(policy.name) ?? [];
  const targets = (remote?.targets ?? []).map(({ id, name }) => {
    const path = unknown.some((target) => target.id === id) ? undefined : organization.byId.get(id)?.path ?? (real.entities.get(policy.name) ?? []).find((entity) => entity.name === name)?.path;
    return { id, name, ...(path === undefined ? {} : { path }) };
  });
  const writes = each.after !== undefined;
  const strangers = writes && unknown.length > 0 ? [`AWS has "${policy.name}" attached to ${unknown.map(({ name, id }) => `${name} (${id})`).join(', ')}, which the model does not have: accounts there get the change, too, and are not among the numbers.`] : [];
  const planned = writes && onlyInModel.length > 0 ? [`The model attaches "${policy.name}" to ${onlyInModel.slice(0, 3).map(({ path }) => path).join(', ')}${onlyInModel.length > 3 ? ` and ${String(onlyInModel.length - 3)} more` : ''}, AWS does not: pushing alone does not attach it there.`] : [];
  return policyView({ ...each, warnings: [...each.warnings, ...strangers, ...planned] }, targets);
}

function frozenWarnings(impact: ImpactView): readonly string[] {
  const frozen = impact.groups.filter(({ grade }) => grade === 'frozen').reduce((sum, { accounts }) => sum + accounts.length, 0);
  return frozen === 0 ? [] : [`AWS withholds the new effective policy of ${counted(frozen, 'account')}: invalid policies do not take effect, and the last valid one stays.`];
}

function notes(written: readonly AssessedPolicy[], left: number): readonly string[] {
  return [
    ...(written.length === 0 ? [] : ['The impact rests on where AWS has these policies attached; other policies and the order of attachment, which AWS does not tell, are those of the files.']),
    ...(left === 0 ? [] : [`${counted(left, 'policy')} of the model ${left === 1 ? 'is' : 'are'} as at the last push or import and ${left === 1 ? 'was' : 'were'} not read.`]),
  ];
}
