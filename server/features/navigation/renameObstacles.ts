import { URI, Utils } from 'vscode-uri';
import type { Document, Node } from '../../core/document/tree.ts';
import { foldKey } from '../../core/grammar.ts';
import { attachmentIndex, usesOf } from '../../model/attachments.ts';
import type { Entity, Organization } from '../../model/organization.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { policyName } from '../policyName.ts';
import { membersAt } from './policyNode.ts';
import { onOneWay, type SameThing } from './sameThing.ts';

/** A policy that the merge reads together with a thing: attached on a way from the root to an account that the thing lies on. */
interface PolicyOnWay {
  readonly name: string;
  readonly organization: Organization;
  readonly entity: Entity;
  /** Undefined when the file is not known: not defined, outside the model's folder, or not readable. */
  readonly document: Document | undefined;
}

/** The file name of a document, for messages. */
export function fileName(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/**
 * Why a thing cannot be renamed, whatever the new name: a text that is not JSON, a policy on the same way whose text is
 * not known, or a template that may bring the same name. Undefined when nothing stands in the way.
 */
export function obstacleToRename(snapshot: Snapshot, thing: SameThing): string | undefined {
  for (const uri of thing.files) {
    if ((snapshot.policies.get(uri)?.document.problems.length ?? 0) > 0) {
      return `${fileName(uri)} uses the name too and is not valid JSON, so nothing was renamed. Mend the problems shown in it first.`;
    }
  }
  for (const { organization } of thing.files.flatMap((uri) => usesOf(snapshot.organizations, uri))) {
    if (organization.document.problems.length > 0) {
      return `${fileName(organization.uri)} is not valid JSON, so it is not certain which policies meet. Mend the problems shown in it first.`;
    }
  }
  const name = thing.path.at(-1) ?? '';
  for (const { name: policy, organization, entity, document } of policiesOnWay(snapshot, thing)) {
    if (document === undefined) {
      return `"${policy}", attached to ${entity.path}, cannot be read, so whether it uses "${name}" too is not known. Mend its file in ${fileName(organization.uri)} first.`;
    }
    if (templateOnWay(document, thing.path)) return templateRefusal(policy, name);
  }
  for (const uri of thing.files) {
    const document = snapshot.policies.get(uri)?.document;
    if (document !== undefined && templateOnWay(document, thing.path)) return templateRefusal(policyName(snapshot, uri), name);
  }
  return undefined;
}

function templateRefusal(policy: string, name: string): string {
  return `"${policy}" is a template whose filled in names may be "${name}" too, and then the rename would split what AWS merges. Rename it by hand in the template and the policies around it.`;
}

/** The policy and its place that has a name beside the thing already, so that AWS would merge the two. */
export function nameTaken(snapshot: Snapshot, thing: SameThing, newName: string): string | undefined {
  if (foldKey(newName) === foldKey(thing.path.at(-1) ?? '')) return undefined;
  const path = [...thing.path.slice(0, -1), newName];
  for (const { name, entity, document } of policiesOnWay(snapshot, thing)) {
    if (document !== undefined && membersAt(document, path).length > 0) return `"${name}", attached to ${entity.path},`;
  }
  const file = thing.files.find((uri) => membersAt(snapshot.policies.get(uri)?.document ?? nothing, path).length > 0);
  return file === undefined ? undefined : `"${policyName(snapshot, file)}"`;
}

const nothing: Document = { text: '', root: undefined, problems: [], templated: false };

function* policiesOnWay(snapshot: Snapshot, { tops }: SameThing): Generator<PolicyOnWay> {
  for (const organization of new Set(tops.map((top) => top.organization))) {
    const inModel = tops.filter((top) => top.organization === organization);
    for (const [name, entities] of attachmentIndex(organization).entities) {
      const entity = entities.find((each) => inModel.some((top) => onOneWay(each, top.entity)));
      const uri = organization.policies.get(name)?.uri;
      if (entity !== undefined) yield { name, organization, entity, document: uri === undefined ? undefined : snapshot.policies.get(uri)?.document };
    }
  }
}

/** True when a template brings a key on the way to a path, or the whole object that holds the next one. */
function templateOnWay(document: Document, path: readonly string[]): boolean {
  let nodes: readonly Node[] = document.root === undefined ? [] : [document.root];
  for (const key of path) {
    const members = nodes.flatMap((node) => (node.type === 'object' ? node.members : []));
    if (nodes.some((node) => node.type === 'template') || members.some((member) => member.key.template)) return true;
    nodes = members.filter((member) => foldKey(member.key.text) === foldKey(key)).map((member) => member.value);
  }
  return false;
}
