import { distance } from 'fastest-levenshtein';
import type { Node, Span } from '../core/document/tree.ts';
import { validateOrganization, type SchemaError } from '../core/generated/validators.js';
import type { Problem } from '../core/problem.ts';
import type { RuleId } from '../core/rules.ts';
import { entitiesOf, type Entity, type Organization } from '../model/organization.ts';

/** Source: limits-and-errors §1 [doc]. */
const maximumAttached = 10;
const maximumUnitLevels = 5;

/**
 * What is wrong with a model file.
 * @param missing URIs that a model names and that cannot be read.
 */
export function organizationProblems(organization: Organization, missing: ReadonlySet<string>): readonly Problem[] {
  const { document } = organization;
  const problems: Problem[] = [];
  const add = (rule: RuleId, span: Span, message: string): void => {
    problems.push({ rule, message, span: { start: span.start, end: span.end }, path: [] });
  };
  for (const problem of document.problems) {
    if (problem.kind === 'empty') add('model-syntax', problem, 'The model file is empty. It describes an organization with "root" and "policies".');
    else if (problem.kind === 'comment') add('model-syntax', problem, 'JSON has no comments. Put remarks into the description of a policy.');
    else add('model-syntax', problem, problem.message);
  }
  if (document.problems.length === 0 && document.root !== undefined) schemaProblems(document.root, add);
  policyProblems(organization, missing, add);
  entityProblems(organization, add);
  return problems;
}

type Add = (rule: RuleId, span: Span, message: string) => void;

function policyProblems({ policies }: Organization, missing: ReadonlySet<string>, add: Add): void {
  const files = new Map<string, string>();
  for (const policy of policies.values()) {
    if (policy.fileSpan === undefined) continue;
    if (policy.uri === undefined) {
      add('model-file-outside', policy.fileSpan, `"${policy.file}" is not a path below the folder of this model file, so it is not read. Use a relative path with forward slashes, and keep policies beside or below the model.`);
      continue;
    }
    const first = files.get(policy.uri);
    if (first !== undefined) add('model-duplicate', policy.fileSpan, `The policies "${first}" and "${policy.name}" name the same file. AWS has one document per policy: give each a file of its own, or remove one.`);
    files.set(policy.uri, first ?? policy.name);
    if (missing.has(policy.uri)) add('model-file-missing', policy.fileSpan, `The file "${policy.file}" does not exist or cannot be read: effective policies are worked out without it. Correct the path, or create the file.`);
  }
}

function entityProblems(organization: Organization, add: Add): void {
  const ids = new Map<string, Entity>();
  for (const entity of entitiesOf(organization)) {
    if (entity.id !== undefined) {
      const first = ids.get(entity.id);
      if (first !== undefined) add('model-duplicate', entity.nameSpan, `The id ${entity.id} stands at ${first.path} already: in AWS it is one place only. Correct or remove one of the two.`);
      else ids.set(entity.id, entity);
    }
    if (entity.kind === 'organizationalUnit' && entity.depth === maximumUnitLevels + 1) {
      add('model-too-deep', entity.nameSpan, `"${entity.name}" is ${String(entity.depth)} levels below the root: AWS allows ${String(maximumUnitLevels)} levels of organizational units.`);
    }
    siblingProblems(entity, add);
    attachmentProblems(organization, entity, add);
  }
}

function siblingProblems(entity: Entity, add: Add): void {
  const names = new Set<string>();
  for (const child of entity.children) {
    if (names.has(child.name)) add('model-duplicate', child.nameSpan, `There is another "${child.name}" directly in ${entity.path}: a path must lead to one target. Rename one of the two.`);
    names.add(child.name);
  }
}

function attachmentProblems(organization: Organization, entity: Entity, add: Add): void {
  const seen = new Set<string>();
  const known = [...organization.policies.keys()];
  for (const [index, { policy, span }] of entity.attachments.entries()) {
    if (seen.has(policy)) add('model-attached-twice', span, `"${policy}" is attached to ${entity.path} already: AWS refuses the second attachment. Remove one of the two.`);
    else if (!organization.policies.has(policy)) {
      const meant = known.filter((name) => distance(name, policy) <= Math.max(2, policy.length / 3)).sort((left, right) => distance(left, policy) - distance(right, policy))[0];
      const advice = meant === undefined ? 'Define it in "policies" at the top of the model, or remove it.' : `Did you mean "${meant}"?`;
      add('model-unknown-policy', span, `"${policy}" is not defined in this model, so it has no effect here. ${advice}`);
    }
    if (index === maximumAttached) {
      add('model-too-many-attached', span, `${entity.path} has ${String(entity.attachments.length)} policies attached: AWS allows ${String(maximumAttached)} backup policies on one target. Merge some, or attach them at another level.`);
    }
    seen.add(policy);
  }
}

function schemaProblems(root: Node, add: Add): void {
  if (validateOrganization(plain(root))) return;
  const seen = new Set<number>();
  for (const error of validateOrganization.errors ?? []) {
    const found = place(root, error);
    const key = found.start;
    if (seen.has(key)) continue;
    seen.add(key);
    add('model-schema', found, describe(error));
  }
}

function describe(error: SchemaError): string {
  const where = error.instancePath === '' ? 'The model' : `"${error.instancePath.split('/').at(-1) ?? ''}"`;
  if (error.keyword === 'additionalProperties') return `"${String(error.params['additionalProperty'])}" is no key of a model file here. Remove it.`;
  if (error.keyword === 'required') return `"${String(error.params['missingProperty'])}" is missing here.`;
  if (error.keyword === 'pattern') return `${where} does not have the form that AWS gives it: ${error.message ?? ''}.`;
  return `${where} ${error.message ?? 'has another form'}.`;
}

/** The node at a JSON pointer; of an unknown key the key itself. */
function place(root: Node, error: SchemaError): Span {
  let node = root;
  let span: Span = { start: root.start, end: root.start + 1 };
  for (const step of error.instancePath.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))) {
    const next: Node | undefined = node.type === 'object' ? node.members.find((member) => member.key.text === step)?.value : node.type === 'array' ? node.items[Number(step)] : undefined;
    if (next === undefined) return span;
    node = next;
    span = node.type === 'object' || node.type === 'array' ? { start: node.start, end: node.start + 1 } : node;
  }
  const unknown = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : undefined;
  const member = node.type === 'object' && unknown !== undefined ? node.members.find((each) => each.key.text === unknown) : undefined;
  return member?.key ?? span;
}

/** The value of a tree, keys without a prototype. */
function plain(node: Node): unknown {
  switch (node.type) {
    case 'object': {
      const value: Record<string, unknown> = {};
      for (const member of node.members) Object.defineProperty(value, member.key.text, { value: plain(member.value), enumerable: true, configurable: true, writable: true });
      return value;
    }
    case 'array':
      return node.items.map(plain);
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text === 'true';
    case 'string':
      return node.text;
    default:
      return null;
  }
}
