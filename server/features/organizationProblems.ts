import { nearest } from '../core/admission/keys.ts';
import type { SyntaxProblem } from '../core/document/tree.ts';
import { validateOrganization } from '../core/generated/validators.js';
import type { Problem } from '../core/problem.ts';
import { messageText } from '../core/messageText.ts';
import { finished, type Steps } from '../core/steps.ts';
import { entitiesOf, type Entity, type Organization } from '../model/organization.ts';
import { modelGrammar } from './modelGrammar.ts';
import { entityPath } from './modelPath.ts';
import { duplicateKeyProblems, schemaProblemSteps, type Add, type FileForm } from './schemaProblems.ts';

/** The most backup policies that AWS attaches to one target. Source: limits-and-errors §1 [doc]. */
export const maximumAttached = 10;
/** The most levels of organizational units below the root. Source: limits-and-errors §1 [doc]. */
export const maximumUnitLevels = 5;

const modelForm: FileForm = {
  validate: validateOrganization,
  grammar: modelGrammar,
  name: 'the model',
  schemaRule: 'model-schema',
  duplicateRule: 'model-duplicate',
  nameProblem: 'cannot be the name of a policy: AWS takes 1 to 128 characters. Rename it.',
};

/** Entities that are looked at without a pause. */
const entitiesOfStep = 500;

/**
 * What is wrong with a model file, found once for it. One mistake is one problem: where the text is no JSON its form is
 * not judged.
 * @param missing URIs that a model names and that cannot be read.
 */
export function organizationProblems(organization: Organization, missing: ReadonlySet<string>): readonly Problem[] {
  return finished(organizationProblemSteps(organization, missing));
}

/** The same in steps. */
export function* organizationProblemSteps(organization: Organization, missing: ReadonlySet<string>): Steps<readonly Problem[]> {
  const absent = [...organization.policies.values()].flatMap(({ uri }) => (uri !== undefined && missing.has(uri) ? [uri] : [])).join('\n');
  const known = remembered.get(organization);
  if (known?.absent === absent) return known.problems;
  const problems = yield* findProblems(organization, missing);
  remembered.set(organization, { absent, problems });
  return problems;
}

/** Models are immutable. */
const remembered = new WeakMap<Organization, { readonly absent: string; readonly problems: readonly Problem[] }>();

function* findProblems(organization: Organization, missing: ReadonlySet<string>): Steps<readonly Problem[]> {
  const { document } = organization;
  const problems: Problem[] = [];
  const add: Add = (rule, { start, end }, path, message) => {
    problems.push({ rule, message: messageText(message), span: { start, end }, path: path.map(String) });
  };
  for (const problem of document.problems) add('model-syntax', problem, [], syntaxMessage(problem));
  if (document.problems.length === 0 && document.root !== undefined) {
    yield;
    yield* schemaProblemSteps(modelForm, document.root, add);
    yield;
    duplicateKeyProblems(modelForm, document.root, add);
    yield;
  }
  policyProblems(organization, missing, add);
  yield* pathProblems(organization, add);
  let looked = 0;
  for (const entity of entitiesOf(organization)) {
    if (++looked % entitiesOfStep === 0) yield;
    depthProblem(entity, add);
    attachmentProblems(organization, entity, add);
  }
  return problems;
}

function syntaxMessage({ kind, message }: SyntaxProblem): string {
  if (kind === 'empty') return 'The model file is empty. It describes an organization with "root" and "policies".';
  return kind === 'comment' ? 'JSON has no comments. Put remarks into the description of a policy.' : message;
}

function policyProblems({ policies }: Organization, missing: ReadonlySet<string>, add: Add): void {
  const names = new Map<string, string>();
  for (const { name, file, uri, fileSpan } of policies.values()) {
    if (fileSpan === undefined || file === '') continue;
    const path = ['policies', name, 'file'];
    if (uri === undefined) {
      add('model-file-outside', fileSpan, path, `"${file}" is no path below the folder of this model file, so it is not read. Write a relative path with forward slashes, and keep policies beside or below the model file.`);
      continue;
    }
    const first = names.get(uri);
    if (first === undefined) names.set(uri, name);
    else add('model-duplicate', fileSpan, path, `The policies "${first}" and "${name}" have the same file: in AWS each policy has a document of its own. Give "${name}" another file, or remove it.`);
    if (missing.has(uri)) add('model-file-missing', fileSpan, path, `The file "${file}" does not exist or cannot be read, so effective policies are worked out without "${name}". Correct the path, or create the file.`);
  }
}

/** An id is one place in AWS, and a path of names must lead to one target. */
function* pathProblems(organization: Organization, add: Add): Steps<void> {
  const ids = new Map<string, Entity>();
  const paths = new Set<string>();
  let looked = 0;
  for (const entity of entitiesOf(organization)) {
    if (++looked % entitiesOfStep === 0) yield;
    const first = entity.id === undefined ? undefined : ids.get(entity.id);
    if (entity.id !== undefined && first === undefined) ids.set(entity.id, entity);
    if (first !== undefined) {
      const thing = entity.kind === 'account' ? 'account' : 'target';
      add('model-duplicate', entity.nameSpan, entityPath(entity), `${entity.path} has the id ${entity.id ?? ''}, as ${first.path} has: AWS knows one ${thing} with this id, in one place. Correct one of the two ids, or remove one.`);
    } else if (paths.has(entity.path) && isNamed(organization, entity)) {
      add('model-duplicate', entity.nameSpan, entityPath(entity), `There is another target with the path ${entity.path}: a path of names must lead to one target. Rename one of the two.`);
    }
    paths.add(entity.path);
  }
}

/** False for an entity without a name, of which the form of the file is to blame. */
function isNamed({ document }: Organization, { nameSpan }: Entity): boolean {
  return document.text[nameSpan.start] === '"';
}

function depthProblem(entity: Entity, add: Add): void {
  if (entity.kind !== 'organizationalUnit' || entity.depth !== maximumUnitLevels + 1) return;
  add('model-too-deep', entity.nameSpan, entityPath(entity), `"${entity.name}" is ${String(entity.depth)} levels below the root: AWS allows ${String(maximumUnitLevels)} levels of organizational units (OUs). Move it further up.`);
}

function attachmentProblems(organization: Organization, entity: Entity, add: Add): void {
  const seen = new Set<string>();
  const [first] = entity.attachments;
  if (first !== undefined && entity.accounts === 0 && (organization.root?.accounts ?? 0) > 0) {
    add('model-reaches-no-account', first.span, [...entityPath(entity), 'policies', 0], `${entity.path} has no accounts at or below it: what is attached here reaches nobody. Add its accounts to this file, or attach the policies where accounts are.`);
  }
  for (const [index, { policy, span }] of entity.attachments.entries()) {
    const path = (): readonly (string | number)[] => [...entityPath(entity), 'policies', index];
    if (seen.has(policy)) {
      add('model-attached-twice', span, path(), `"${policy}" is attached to ${entity.path} already: AWS refuses the second attachment. Remove one of the two.`);
    } else if (policy !== '' && !organization.policies.has(policy)) {
      const meant = nearest(policy, [...organization.policies.keys()]);
      const advice = meant === undefined ? 'Define it in "policies" of this file, or remove it here.' : `Did you mean "${meant}"?`;
      add('model-unknown-policy', span, path(), `"${policy}" is not defined in this model file, so ${entity.path} gets nothing from it. ${advice}`);
    }
    if (index === maximumAttached) {
      add('model-too-many-attached', span, path(), `${entity.path} has ${String(entity.attachments.length)} policies attached: AWS allows ${String(maximumAttached)} backup policies on one target. Merge some, or attach them at another level.`);
    }
    seen.add(policy);
  }
}
