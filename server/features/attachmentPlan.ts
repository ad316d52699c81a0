import { URI, Utils } from 'vscode-uri';
import { findEntity, type Entity, type Organization } from '../model/organization.ts';
import { resolveInside } from '../model/readOrganization.ts';
import type { ModelChange } from '../protocol.ts';
import { attachmentEdits, definitionEdit, type ModelEdit, type ModelPlan } from './modelEdits.ts';
import { maximumAttached } from './organizationProblems.ts';
import { policyNameOfFile } from './policyName.ts';

/** A change of what is attached where. */
export type AttachmentChange = Exclude<ModelChange, { readonly type: 'moveEntity' }>;

/** The policies attached to an entity in order, by name, before and after a change. */
export interface ChangedAttachments {
  readonly entity: Entity;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What a change makes of the attachments of each of its targets, changed or not. */
export interface AttachmentPlan extends ModelPlan {
  /** The name of the policy in the model, and the file that a new definition is for. */
  readonly policy: string;
  readonly lists: readonly ChangedAttachments[];
}

/** One step of a change: the policy leaves the target's list, and with `at` comes back at that index among the others. */
interface Step {
  readonly entity: Entity;
  readonly at: number | undefined;
}

/** The plan of a change of attachments, or why there is none, in words for the user. */
export function attachmentPlan(organization: Organization, change: AttachmentChange): AttachmentPlan | string {
  const policy = namedPolicy(organization, change);
  if ('refusal' in policy) return policy.refusal;
  const steps = stepsOf(organization, change, policy.name);
  if (typeof steps === 'string') return steps;
  const edits: ModelEdit[] = [];
  const unchanged: string[] = [];
  const lists: ChangedAttachments[] = [];
  for (const { entity, at } of steps) {
    const before = entity.attachments.map((attachment) => attachment.policy);
    const after = before.filter((name) => name !== policy.name);
    if (at !== undefined) after.splice(at, 0, policy.name);
    lists.push({ entity, before, after });
    if (before.join('\n') === after.join('\n')) {
      unchanged.push(entity.path);
      continue;
    }
    if (after.length > maximumAttached && after.length > before.length) {
      return `${entity.path} has ${String(before.length)} policies attached, and AWS allows ${String(maximumAttached)} backup policies on one target. Detach one first, or attach at another level.`;
    }
    const found = attachmentEdits(organization.document, entity, policy.name, at);
    if (found === undefined) return `The "policies" of ${entity.path} is not a list of names, so it was not changed. Mend it in ${fileName(organization)} first.`;
    edits.push(...found);
  }
  if (edits.length > 0 && policy.definition !== undefined) edits.push(policy.definition);
  edits.sort((left, right) => left.start - right.start || left.end - right.end);
  const targets = steps.map((step) => step.entity);
  return { policy: policy.name, lists, edits, targets, changed: targets.map(({ path }) => path).filter((path) => !unchanged.includes(path)), unchanged };
}

/** What happens at each target, or which target does not exist. */
function stepsOf(organization: Organization, change: AttachmentChange, policy: string): readonly Step[] | string {
  const keys = change.type === 'reorder' ? [change.target] : change.type === 'move' ? [change.from, change.to] : change.targets;
  const entities = new Set<Entity>();
  for (const key of keys) {
    const entity = findEntity(organization, key);
    if (entity === undefined) return `${fileName(organization)} has no target "${key}" any more. Choose another one.`;
    entities.add(entity);
  }
  if (change.type === 'move' && [...entities][0]?.attachments.every((attachment) => attachment.policy !== policy) === true) return `"${policy}" is not attached to ${change.from} any more. Attach it instead.`;
  return [...entities].map((entity) => ({ entity, at: indexAfter(change, entity, policy, entities.size) }));
}

/** The index of the policy in the entity's list after the change; undefined when it is not attached there then. */
function indexAfter(change: AttachmentChange, entity: Entity, policy: string, targets: number): number | undefined {
  const index = entity.attachments.findIndex((attachment) => attachment.policy === policy);
  const current = index < 0 ? undefined : index;
  const others = entity.attachments.filter((attachment) => attachment.policy !== policy).length;
  const within = (wished: number | undefined): number => Math.max(0, Math.min(wished ?? others, others));
  switch (change.type) {
    case 'attach':
      return current ?? within(change.index);
    case 'detach':
      return undefined;
    case 'reorder':
      return current === undefined ? undefined : within(change.index);
    case 'move':
      if (targets > 1 && (entity.key === change.from || entity.path === change.from)) return undefined;
      return current !== undefined && change.index === undefined ? current : within(change.index);
  }
}

interface NamedPolicy {
  readonly name: string;
  /** Adds the policy to the model. */
  readonly definition?: ModelEdit;
}

function namedPolicy(organization: Organization, change: AttachmentChange): NamedPolicy | { readonly refusal: string } {
  const { policy } = change;
  if (organization.policies.has(policy)) return { name: policy };
  for (const each of organization.policies.values()) if (each.uri !== undefined && isSameUri(each.uri, policy)) return { name: each.name };
  if (change.type !== 'attach') return { name: policy };
  if (!/^[a-z][a-z0-9+.-]*:/i.test(policy)) return { refusal: `${fileName(organization)} does not define a policy "${policy}". Add it to "policies" with its file first.` };
  return definedPolicy(organization, URI.parse(policy));
}

/** A policy file that the model does not name yet, under a name of its own. */
function definedPolicy(organization: Organization, file: URI): NamedPolicy | { readonly refusal: string } {
  if (file.scheme === 'untitled') return { refusal: `Save the policy beside or below ${fileName(organization)} first, then attach it.` };
  const folder = Utils.dirname(URI.parse(organization.uri)).path.replace(/\/?$/, '/');
  const relative = file.path.startsWith(folder) ? file.path.slice(folder.length) : '';
  const resolved = resolveInside(organization.uri, relative);
  if (resolved === undefined || !isSameUri(resolved, file.toString())) {
    return { refusal: `${Utils.basename(file)} is outside the folder of ${fileName(organization)}. Move it beside or below the model file, then attach it.` };
  }
  const name = newPolicyName(organization, file.toString());
  const definition = definitionEdit(organization.document, name, relative);
  return definition === undefined ? { refusal: `The "policies" of ${fileName(organization)} is not an object, so it was not changed. Mend it first.` } : { name, definition };
}

/** The name that a policy file would get in a model: its file name, numbered when another file has that name. */
export function newPolicyName(organization: Organization, uri: string): string {
  const wished = policyNameOfFile(uri);
  let name = wished;
  for (let number = 2; organization.policies.has(name); number++) name = `${wished}-${String(number)}`;
  return name;
}

function isSameUri(left: string, right: string): boolean {
  return left === right || URI.parse(left).toString() === URI.parse(right).toString();
}

/** The name of a model's file, for messages. */
export function fileName(organization: Organization): string {
  return Utils.basename(URI.parse(organization.uri));
}
