import { parseDocument } from '../../core/document/parse.ts';
import type { Document } from '../../core/document/tree.ts';
import { statementDifference, type StatementChange } from '../../core/plan/statementDifference.ts';
import { listed } from '../../features/listed.ts';
import { entitiesOf, type ModelledPolicy } from '../../model/organization.ts';
import type { PolicyFinding } from '../../protocol/drift.ts';
import { changeView, counted, type Comparison } from './comparison.ts';
import type { RemotePolicy } from '../import/remoteOrganization.ts';

/** What differs between the policies of the model, with their files, and those in AWS. */
export function policyFindings(comparison: Comparison): readonly PolicyFinding[] {
  const { organization, reading: { remote }, matching } = comparison;
  const modelled = [...organization.policies.values()].flatMap((policy) => {
    const other = matching.policyOf.get(policy.name);
    return other === undefined ? [onlyInModel(comparison, policy)] : differences(comparison, policy, other);
  });
  const others = [...remote.policies.values()].filter(({ id }) => !matching.nameOf.has(id)).map((policy) => onlyInAws(comparison, policy));
  return [...modelled, ...others];
}

function differences(comparison: Comparison, policy: ModelledPolicy, remote: RemotePolicy): readonly PolicyFinding[] {
  const base = { kind: 'policy', policy: policy.name, ...placed(policy), remote: remoteView(remote), attachedTo: modelPlaces(comparison, policy.name), changes: [] } as const;
  const findings: PolicyFinding[] = [];
  const file = policy.uri === undefined ? undefined : comparison.snapshot.policies.get(policy.uri);
  if (file === undefined) {
    findings.push({ ...base, type: 'fileMissing', id: `policy fileMissing ${policy.name}`, message: `The file of "${policy.name}" cannot be read, and AWS has its content.`, nextStep: 'Take AWS\'s content to write the file, or correct its name in the model.' });
  } else {
    const changes = contentChanges(comparison, file.document, remote.content);
    if (changes.length > 0) {
      findings.push({ ...base, type: 'differs', id: `policy differs ${policy.name}`, changes: changes.map(changeView), message: `"${policy.name}" differs from AWS in ${counted(changes.length, 'setting')}: ${listed(changes.map(placeOf))}.`, nextStep: 'Take AWS\'s content into the file, or push the file to AWS.' });
    }
  }
  if (policy.id !== undefined && remote.name !== policy.name) {
    findings.push({ ...base, type: 'nameDiffers', id: `policy name ${policy.name}`, message: `"${policy.name}" is called "${remote.name}" in AWS.`, nextStep: 'Take AWS\'s name into the model, or push the policy to rename it in AWS.' });
  }
  if (policy.description !== undefined && policy.description !== remote.description) {
    findings.push({ ...base, type: 'descriptionDiffers', id: `policy description ${policy.name}`, message: `"${policy.name}" has ${remote.description === '' ? 'no description' : 'another description'} in AWS.`, nextStep: 'Take AWS\'s description into the model, or push the policy to change it in AWS.' });
  }
  return findings;
}

/** By meaning; a file that is no JSON differs from everything that AWS has. Remembered: while somebody edits one file, the others stay. */
function contentChanges({ snapshot }: Comparison, document: Document, remote: string): readonly StatementChange[] {
  const day = Math.floor(snapshot.at / millisecondsOfDay);
  const known = compared.get(document);
  if (known?.remote === remote && known.day === day) return known.changes;
  const found = statementDifference(document, parseDocument(remote), snapshot.at);
  const changes: readonly StatementChange[] = found.length > 0 || document.problems.length === 0 ? found : [{ path: ['(the text is not valid JSON)'], type: 'changed' }];
  compared.set(document, { remote, day, changes });
  return changes;
}

const millisecondsOfDay = 86_400_000;

/** Documents are immutable; schedules are judged by the day. */
const compared = new WeakMap<Document, { readonly remote: string; readonly day: number; readonly changes: readonly StatementChange[] }>();

function placeOf({ path }: StatementChange): string {
  return (path.length > 1 ? path.slice(1) : path).join('/');
}

function onlyInModel(comparison: Comparison, policy: ModelledPolicy): PolicyFinding {
  const namesake = policy.id === undefined ? undefined : [...comparison.reading.remote.policies.values()].find(({ name }) => name === policy.name);
  return {
    kind: 'policy',
    type: 'onlyInModel',
    id: `policy onlyInModel ${policy.name}`,
    policy: policy.name,
    ...placed(policy),
    changes: [],
    attachedTo: modelPlaces(comparison, policy.name),
    message: `AWS has no policy "${policy.name}"${policy.id === undefined ? '' : ` with the id ${policy.id}`}.`,
    nextStep: namesake === undefined ? 'Push it to create it in AWS, or take AWS\'s side to remove it from the model; the file stays.' : `AWS has another policy of that name, ${namesake.id}: correct the id in the model if that is the one.`,
  };
}

function onlyInAws({ reading: { remote } }: Comparison, policy: RemotePolicy): PolicyFinding {
  const places = policy.targets.map((id) => remote.entities.get(id)?.path ?? id);
  return {
    kind: 'policy',
    type: 'onlyInAws',
    id: `policy onlyInAws ${policy.id}`,
    policy: policy.name,
    remote: remoteView(policy),
    changes: [],
    attachedTo: places,
    message: `The model has no policy "${policy.name}" (${policy.id}), which AWS ${places.length === 0 ? 'has attached to nothing' : `has attached to ${listed(places)}`}.`,
    nextStep: 'Take it into the model with a file of its own, or delete it in AWS.',
  };
}

function placed({ uri }: ModelledPolicy): { readonly uri?: string } {
  return uri === undefined ? {} : { uri };
}

function remoteView({ id, name, description, content }: RemotePolicy): NonNullable<PolicyFinding['remote']> {
  return { id, name, description, content };
}

function modelPlaces({ organization }: Comparison, name: string): readonly string[] {
  const places = placesByPolicy.get(organization) ?? placesOf(organization);
  placesByPolicy.set(organization, places);
  return places.get(name) ?? [];
}

/** Models are immutable. */
const placesByPolicy = new WeakMap<Comparison['organization'], ReadonlyMap<string, readonly string[]>>();

function placesOf(organization: Comparison['organization']): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { path, attachments } of entitiesOf(organization)) {
    for (const policy of new Set(attachments.map((attachment) => attachment.policy))) push(places, policy, path);
  }
  return places;
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
