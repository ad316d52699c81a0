import { parseDocument } from '../../core/document/parse.ts';
import type { JsonEdit } from '../../features/jsonLayout.ts';
import { rangeOf } from '../../features/ranges.ts';
import type { Organization } from '../../model/organization.ts';
import { resolveInside } from '../../model/readOrganization.ts';
import { applyChanges, type FileChange, type Snapshot } from '../../model/snapshot.ts';
import type { ImportChange, ImportConflict, ImportedOrder, ImportFile, ImportIds } from '../../protocol.ts';
import { Refusal } from '../refusal.ts';
import { settingsByOrder } from './attachmentOrder.ts';
import { attachedNames, type AttachedNames } from './attachedNames.ts';
import { withEdits } from './contentEdits.ts';
import { entityChanges } from './entityChanges.ts';
import { importedPolicies, matchPolicies, onlyInModel, type ImportedPolicy } from './importedPolicies.ts';
import { belowImported, importedTree, placeholderOf, type ImportedEntity } from './importedTree.ts';
import type { LastImport, LastPolicy } from './lastImport.ts';
import { modelEdits, newModelText, type WantedModel } from './modelUpdate.ts';
import { policyFileUpdate } from './policyFileUpdate.ts';
import type { RemoteOrganization } from './remoteOrganization.ts';
import { shownIds, type ShownIds } from './shownIds.ts';

/** What an import is made of. */
export interface ImportInput {
  readonly remote: RemoteOrganization;
  /** The files as edited. */
  readonly snapshot: Snapshot;
  /** URI of the model file. */
  readonly model: string;
  readonly ids: ImportIds;
  readonly existing: readonly string[];
  readonly last: LastImport;
}

/** What an import would do. */
export interface ImportPlan {
  readonly files: readonly ImportFile[];
  readonly changes: readonly ImportChange[];
  readonly conflicts: readonly ImportConflict[];
  readonly orders: readonly ImportedOrder[];
  /** Paths of accounts with a status other than `ACTIVE`, which a model has no place for. */
  readonly inactive: readonly { readonly path: string; readonly status: string }[];
  /** Policies that AWS has never had, and files that were edited since the last import: both stay as they are. */
  readonly onlyHere: readonly string[];
  readonly editedHere: readonly string[];
  /** What AWS has now, for the next import. */
  readonly next: LastImport;
}

/**
 * What brings a model and its policy files up to date with AWS: edits of what is there, new files for the rest. Looks at
 * nothing but its input, and changes nothing.
 * @throws Refusal where the model cannot be edited safely, or describes another organization.
 */
export function importPlan(input: ImportInput): ImportPlan {
  const { remote, snapshot, model, last } = input;
  const organization = snapshot.organizations.get(model);
  if (organization !== undefined) requireSafe(organization, remote, last);
  const root = importedTree(remote, organization, last);
  const matched = matchPolicies(remote.policies, organization, last);
  const ids = shownIds(input.ids, root, matched.map(({ remote: { id }, old }) => ({ key: id, oldId: old?.id })), organization, last);
  const { removed, kept } = onlyInModel(matched, organization, last);
  const policies = importedPolicies(matched, kept, last, (text) => ids.text(text), input.existing);
  const removedNames = new Set(removed.map(({ name }) => name));
  const attached = attachedNames(root, policies, organization, removedNames);
  const names = new Map([...belowImported(root)].map((entity) => [entity, nameOf(entity, ids, last)]));
  const wanted = wantedModel(root, policies, removedNames, attached, names, ids);
  const files: ImportFile[] = [];
  const edits = organization === undefined ? [] : modelEdits(organization, wanted);
  const modelText = organization === undefined ? newModelText(wanted) : withEdits(organization.document.text, edits);
  if (organization === undefined) files.push({ type: 'create', uri: model, text: modelText });
  else if (edits.length > 0) files.push(edited(model, organization.document.text, edits));
  const texts: FileChange[] = [{ type: 'organization', uri: model, text: modelText }];
  const changes: ImportChange[] = [...entityChanges(root, names, ids, organization)];
  const conflicts: ImportConflict[] = [];
  const editedHere: string[] = [];
  const current: Record<string, LastPolicy> = {};
  for (const policy of policies) {
    changes.push(...definitionChanges(policy));
    const uri = resolveInside(model, policy.file);
    const update = policyFileUpdate(policy, uri === undefined ? undefined : snapshot.policies.get(uri)?.document);
    if (uri === undefined) conflicts.push(conflictOf(policy, 'outside', undefined));
    else if (update.type === 'create') {
      files.push({ type: 'create', uri, text: update.text });
      texts.push({ type: 'policy', uri, text: update.text });
      if (policy.old !== undefined) changes.push({ type: 'fileMissing', policy: policy.modelName, file: policy.file });
    } else if (update.type === 'edit') {
      files.push(edited(uri, update.before, update.edits));
      texts.push({ type: 'policy', uri, text: withEdits(update.before, update.edits) });
      changes.push({ type: 'contentChanged', policy: policy.modelName, file: policy.file });
    } else if (update.type === 'editedHere') editedHere.push(policy.modelName);
    else if (update.type === 'conflict') conflicts.push(conflictOf(policy, update.reason, uri));
    const isKnown = uri !== undefined && update.type !== 'conflict';
    if (isKnown) current[policy.key] = { name: policy.name, description: policy.description, content: policy.content };
    else if (policy.last !== undefined) current[policy.key] = policy.last;
  }
  for (const { name, file } of removed) changes.push({ type: 'policyRemoved', policy: name, file });
  changes.push(...attachmentChanges(attached, names));
  const after = applyChanges(snapshot, snapshot.at, texts);
  return {
    files,
    changes,
    conflicts,
    orders: orders(attached, names, after, model),
    inactive: [...belowImported(root)].flatMap((entity) => (entity.status === undefined || entity.status === 'ACTIVE' || entity.status === '' ? [] : [{ path: pathOf(entity, names), status: entity.status }])),
    onlyHere: kept.map(({ name }) => name),
    editedHere,
    next: { version: 1, organizationId: remote.id, ids: input.ids, names: Object.fromEntries([...names.keys()].map((entity) => [entity.key, ids.text(entity.name)])), policies: current, placeholders: ids.placeholders },
  };
}

/** A placeholder of a root that another machine made. */
const placeholderRoot = /^r-0+\d*$/;

function requireSafe(organization: Organization, remote: RemoteOrganization, last: LastImport): void {
  const { document, root } = organization;
  if (document.problems.some(({ kind }) => kind !== 'empty')) throw new Refusal('The model file is not valid JSON, so nothing was imported.', 'Mend the problems shown in it first.');
  const id = root?.id;
  if (id === undefined || id === remote.root.id || id === placeholderOf(last, remote.root.id) || placeholderRoot.test(id)) return;
  throw new Refusal(`The model file describes another organization: its root is ${id}, and AWS has the root ${remote.root.id}.`, 'Import into another folder, or choose the AWS profile of that organization.');
}

/** The name that the model shows: the author's own stays until AWS has another one than at the last import. */
function nameOf({ key, name, old }: ImportedEntity, ids: ShownIds, last: LastImport): string {
  const shown = ids.text(name);
  return old !== undefined && Object.hasOwn(last.names, key) && last.names[key] === shown ? old.name : shown;
}

/** `Root/Workloads/shop`, with the names that the model is to have. */
function pathOf(entity: ImportedEntity, names: ReadonlyMap<ImportedEntity, string>): string {
  const name = names.get(entity) ?? entity.name;
  return entity.parent === undefined ? name : `${pathOf(entity.parent, names)}/${name}`;
}

function wantedModel(root: ImportedEntity, policies: readonly ImportedPolicy[], removed: ReadonlySet<string>, attached: ReadonlyMap<ImportedEntity, AttachedNames>, names: ReadonlyMap<ImportedEntity, string>, ids: ShownIds): WantedModel {
  return {
    root,
    entity: (entity) => ({ name: names.get(entity) ?? entity.name, id: ids.of(entity.key), policies: attached.get(entity)?.names ?? [] }),
    policies: policies.map((policy) => ({ oldName: policy.old?.name, name: policy.modelName, file: policy.file, id: ids.of(policy.key), description: newDescription(policy) })),
    removed,
  };
}

/** Undefined where the description stays: AWS has none, says the same, or did not change it since the last import. */
function newDescription({ description, old, last }: ImportedPolicy): string | undefined {
  if (description === '' || description === old?.description || (old !== undefined && last?.description === description)) return undefined;
  return description;
}

function definitionChanges(policy: ImportedPolicy): readonly ImportChange[] {
  const { old, modelName, file } = policy;
  if (old === undefined) return [{ type: 'policyAdded', policy: modelName, file }];
  return [
    ...(old.name === modelName ? [] : [{ type: 'policyRenamed' as const, policy: modelName, from: old.name }]),
    ...(newDescription(policy) === undefined ? [] : [{ type: 'descriptionChanged' as const, policy: modelName, file }]),
  ];
}

function attachmentChanges(attached: ReadonlyMap<ImportedEntity, AttachedNames>, names: ReadonlyMap<ImportedEntity, string>): readonly ImportChange[] {
  return [...attached].flatMap(([entity, { added, removed }]): readonly ImportChange[] => {
    const path = pathOf(entity, names);
    return [...added.map((policy) => ({ type: 'attached' as const, policy, path })), ...removed.map((policy) => ({ type: 'detached' as const, policy, path }))];
  });
}

function edited(uri: string, before: string, edits: readonly JsonEdit[]): ImportFile {
  const document = parseDocument(before);
  return { type: 'edit', uri, before, edits: edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText })) };
}

function conflictOf({ modelName, file, content, last }: ImportedPolicy, reason: ImportConflict['reason'], uri: string | undefined): ImportConflict {
  return { reason, policy: modelName, file, remote: content, ...(uri === undefined ? {} : { uri }), ...(last === undefined ? {} : { base: last.content }) };
}

/** Targets where two or more policies are new, and their order matters or cannot be tried. */
function orders(attached: ReadonlyMap<ImportedEntity, AttachedNames>, names: ReadonlyMap<ImportedEntity, string>, after: Snapshot, model: string): readonly ImportedOrder[] {
  const organization = after.organizations.get(model);
  return [...attached].flatMap(([entity, { added }]): readonly ImportedOrder[] => {
    if (added.length < 2 || organization === undefined) return [];
    const path = pathOf(entity, names);
    const target = organization.byPath.get(path);
    const settings = target === undefined ? undefined : settingsByOrder(after, organization, target, added);
    if (settings?.length === 0) return [];
    return [{ path, policies: added, ...(settings === undefined ? {} : { settings }) }];
  });
}
