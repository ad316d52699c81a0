import { applyEdits } from 'jsonc-parser';
import type { Document, Span } from '../../core/document/tree.ts';
import { adoptedContent, printedContent } from '../../features/drift/adoptedContent.ts';
import type { JsonText } from '../../features/jsonText.ts';
import { insertMembers, removeItem, removeMember, type JsonEdit } from '../../features/jsonLayout.ts';
import { insertEntity } from '../../features/entityInsertion.ts';
import { definitionEdit, memberOf, nodeAt } from '../../features/modelEdits.ts';
import { positionAt } from '../../features/ranges.ts';
import { findEntity, type Entity, type Organization } from '../../model/organization.ts';
import { resolveInside } from '../../model/readOrganization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { AttachmentFinding, DriftEditsView, DriftFinding, EntityFinding, ModelChange, ModelChangePreview, PolicyFinding } from '../../protocol.ts';
import { slugOf } from '../import/fileNames.ts';
import { match, type Matching } from './matching.ts';
import { attachedIds, type RemoteEntity, type RemoteOrganization } from './remoteOrganization.ts';

/** What the edits are made with. */
export interface Taking {
  readonly snapshot: Snapshot;
  readonly organization: Organization;
  readonly remote: RemoteOrganization;
  readonly previewModelChange: (snapshot: Snapshot, change: ModelChange) => ModelChangePreview;
}

/** Edits that make the files like AWS in the one point of a finding. Minimal: what means the same stays as it is written. */
export function takeAws(taking: Taking, finding: DriftFinding): DriftEditsView {
  if (taking.organization.document.problems.length > 0 && !(finding.kind === 'policy' && finding.type === 'differs')) return refused('The model is not valid JSON, so it was not changed. Mend the problems shown in it first.');
  switch (finding.kind) {
    case 'policy':
      return takePolicy(taking, finding);
    case 'attachment':
      return takeAttachment(taking, finding);
    case 'organization':
      return takeEntity(taking, finding);
    case 'effective':
      return refused('An effective policy follows from policies and attachments: take these from AWS instead.');
  }
}

function takePolicy(taking: Taking, finding: PolicyFinding): DriftEditsView {
  const { snapshot, organization } = taking;
  const { document } = organization;
  const policy = organization.policies.get(finding.policy);
  const { remote, uri } = finding;
  switch (finding.type) {
    case 'differs': {
      const file = uri === undefined ? undefined : snapshot.policies.get(uri);
      if (file === undefined || remote === undefined) return refused('The file of the policy is gone. Compare again.');
      return replaced(file.uri, file.document, adoptedContent(file.document.text, remote.content, snapshot.at));
    }
    case 'fileMissing':
      if (uri === undefined || remote === undefined) return refused('The model gives the policy no file in its folder. Correct "file" in the model first.');
      return { edits: [], newFiles: [{ uri, text: printedContent(remote.content) }] };
    case 'nameDiffers':
      if (policy === undefined || remote === undefined) return goneFromModel;
      if (organization.policies.has(remote.name)) return refused(`The model has another policy "${remote.name}". Rename that one first.`);
      return modelEdits(organization, [policy.nameSpan, ...attachmentSpans(organization, policy.name)].map((span) => ({ ...span, newText: JSON.stringify(remote.name) })));
    case 'descriptionDiffers': {
      const node = policy === undefined ? undefined : definitionOf(document, policy.name);
      if (node === undefined || remote === undefined) return goneFromModel;
      const member = memberOf(node, 'description');
      const text = JSON.stringify(remote.description);
      return modelEdits(organization, [member === undefined ? insertMembers(document, node, [`"description": ${text}`]) : { ...member.value, newText: text }]);
    }
    case 'onlyInModel':
      return policy === undefined ? goneFromModel : withoutPolicy(taking, policy.name);
    case 'onlyInAws':
      return remote === undefined ? goneFromModel : newPolicy(taking, remote);
  }
}

const goneFromModel = refused('The model has changed. Compare again.');

function definitionOf({ root }: Document, name: string) {
  const policies = root?.type === 'object' ? memberOf(root, 'policies')?.value : undefined;
  const definition = policies?.type === 'object' ? memberOf(policies, name)?.value : undefined;
  return definition?.type === 'object' ? definition : undefined;
}

function attachmentSpans({ root }: Organization, name: string): readonly Span[] {
  const spans: Span[] = [];
  const visit = (entity: Entity): void => {
    for (const { policy, span } of entity.attachments) if (policy === name) spans.push(span);
    entity.children.forEach(visit);
  };
  if (root !== undefined) visit(root);
  return spans;
}

/** The definition goes; the attachments have findings of their own. */
function withoutPolicy({ organization }: Taking, name: string): DriftEditsView {
  const { document } = organization;
  const policies = document.root?.type === 'object' ? memberOf(document.root, 'policies')?.value : undefined;
  const member = policies?.type === 'object' ? memberOf(policies, name) : undefined;
  if (policies?.type !== 'object' || member === undefined) return goneFromModel;
  if (attachmentSpans(organization, name).length > 0) return refused(`"${name}" is attached in the model. Take AWS's side of its attachments first.`);
  return modelEdits(organization, [removeMember(policies, member)]);
}

function newPolicy({ organization, snapshot }: Taking, remote: NonNullable<PolicyFinding['remote']>): DriftEditsView {
  if (organization.policies.has(remote.name)) return refused(`The model has another policy "${remote.name}". Rename that one first.`);
  const taken = new Set([...snapshot.policies.keys(), ...[...organization.policies.values()].flatMap(({ uri }) => uri ?? [])]);
  const present = /^(.*\/)[^/]+$/.exec([...organization.policies.values()][0]?.file ?? '')?.[1];
  // A file outside the folder of the model is never read, so none is made there.
  const folder = present !== undefined && resolveInside(organization.uri, `${present}policy.json`) !== undefined ? present : 'backup-policies/';
  const plain = slugOf(remote.name);
  for (let number = 1; number < 1000; number++) {
    const file = `${folder}${plain}${number === 1 ? '' : `-${String(number)}`}.json`;
    const uri = resolveInside(organization.uri, file);
    if (uri === undefined || taken.has(uri)) continue;
    const edit = definitionEdit(organization.document, remote.name, file, { id: remote.id, ...(remote.description === '' ? {} : { description: remote.description }) });
    if (edit === undefined) return refused('The "policies" of the model is not an object, so it was not changed. Mend it first.');
    return { ...modelEdits(organization, [edit]), newFiles: [{ uri, text: printedContent(remote.content) }] };
  }
  return refused('The folder of the policies has too many files of that name.');
}

function takeAttachment(taking: Taking, { type, policy, modelled, target }: AttachmentFinding): DriftEditsView {
  if (!modelled) return refused(`The model has no policy "${policy}". Take it from AWS first.`);
  return byModelChange(taking, { type: type === 'missing' ? 'detach' : 'attach', organization: taking.organization.uri, policy, targets: [target.key] });
}

function takeEntity(taking: Taking, finding: EntityFinding): DriftEditsView {
  const { organization } = taking;
  const { document } = organization;
  const entity = finding.key === undefined ? undefined : findEntity(organization, finding.key);
  if (finding.type === 'added') return addEntity(taking, finding);
  if (entity === undefined) return goneFromModel;
  switch (finding.type) {
    case 'renamed':
      return finding.remote === undefined ? goneFromModel : modelEdits(organization, [{ ...entity.nameSpan, newText: JSON.stringify(finding.remote.name) }]);
    case 'moved':
      if (finding.parentKey === undefined) return refused(`The model does not have the place of ${entity.path} in AWS. Take that from AWS first.`);
      return byModelChange(taking, { type: 'moveEntity', organization: organization.uri, target: entity.key, to: finding.parentKey });
    case 'removed': {
      const parent = entity.parent === undefined ? undefined : nodeAt(document.root, entity.parent.span);
      const list = parent?.type === 'object' ? memberOf(parent, entity.kind === 'account' ? 'accounts' : 'organizationalUnits')?.value : undefined;
      const item = list?.type === 'array' ? list.items.find(({ start }) => start === entity.span.start) : undefined;
      return list?.type !== 'array' || item === undefined ? goneFromModel : modelEdits(organization, [removeItem(list, item)]);
    }
  }
}

/** With everything below it that the model does not have elsewhere, and with the attached policies that the model has. */
function addEntity({ organization, remote }: Taking, finding: EntityFinding): DriftEditsView {
  const entity = remote.entities.get(finding.remote?.id ?? '');
  const parent = finding.parentKey === undefined ? undefined : findEntity(organization, finding.parentKey);
  if (entity === undefined || parent === undefined || entity.kind === 'root') return goneFromModel;
  const written = modelledEntity(entity, match(organization, remote), attachedIds(remote));
  const edit = insertEntity(organization.document, parent, entity.kind, written);
  return edit === undefined ? refused(`The list of ${parent.path} in the model is not a list, so it was not changed. Mend it first.`) : modelEdits(organization, [edit]);
}

function modelledEntity(entity: RemoteEntity, matching: Matching, attached: ReadonlyMap<string, ReadonlySet<string>>): JsonText {
  const policies = [...(attached.get(entity.id) ?? [])].flatMap((id) => matching.nameOf.get(id) ?? []).map((name) => JSON.stringify(name));
  const children = entity.children.filter(({ id }) => !matching.localOf.has(id));
  const below = (kind: RemoteEntity['kind']): readonly JsonText[] => children.filter((child) => child.kind === kind).map((child) => modelledEntity(child, matching, attached));
  const own = [['id', JSON.stringify(entity.id)], ['name', JSON.stringify(entity.name)], ['policies', policies]] as const;
  return new Map<string, JsonText>(entity.kind === 'account' ? own : [...own, ['organizationalUnits', below('organizationalUnit')], ['accounts', below('account')]]);
}

function byModelChange({ snapshot, organization, previewModelChange }: Taking, change: ModelChange): DriftEditsView {
  const { edits, refusal } = previewModelChange(snapshot, change);
  if (refusal !== undefined) return refused(refusal);
  return { edits: edits.map((edit) => ({ uri: organization.uri, ...edit })), newFiles: [] };
}

function modelEdits({ uri, document }: Organization, edits: readonly JsonEdit[]): DriftEditsView {
  const text = applyEdits(document.text, edits.map(({ start, end, newText }) => ({ offset: start, length: end - start, content: newText })));
  return edits.length === 1 || text === document.text ? replaced(uri, document, text) : { edits: edits.map((edit) => ({ uri, range: { start: positionAt(document, edit.start), end: positionAt(document, edit.end) }, newText: edit.newText })), newFiles: [] };
}

/** One edit of what differs between two texts, as short as their common start and end allow. */
function replaced(uri: string, document: Document, text: string): DriftEditsView {
  const old = document.text;
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < text.length - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  if (start === old.length && start === text.length) return { edits: [], newFiles: [] };
  return { edits: [{ uri, range: { start: positionAt(document, start), end: positionAt(document, old.length - end) }, newText: text.slice(start, text.length - end) }], newFiles: [] };
}

function refused(refusal: string): DriftEditsView {
  return { edits: [], newFiles: [], refusal };
}
