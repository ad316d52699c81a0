import { URI, Utils } from 'vscode-uri';
import type { Document } from '../core/document/tree.ts';
import { below, findEntity, type Entity, type Organization } from '../model/organization.ts';
import type { ModelChange } from '../protocol.ts';
import { indentAt, removeItem } from './jsonLayout.ts';
import { insertIntoList, type EntityList } from './entityInsertion.ts';
import { memberOf, nodeAt, type ModelEdit, type ModelPlan } from './modelEdits.ts';
import { maximumUnitLevels } from './organizationProblems.ts';

type EntityMove = Extract<ModelChange, { readonly type: 'moveEntity' }>;

/**
 * How an OU or account gets under another parent, behind the children of its kind that are there. Its text stays as it
 * is written, ids and policies included; only the blanks at the start of its lines follow the new depth.
 * @returns why not, for what AWS or the model does not allow.
 */
export function movePlan(organization: Organization, { target, to: wished }: EntityMove): ModelPlan | string {
  const file = Utils.basename(URI.parse(organization.uri));
  const [entity, to] = [findEntity(organization, target), findEntity(organization, wished)];
  if (entity === undefined) return `${file} has no target "${target}" any more. Choose another one.`;
  if (to === undefined) return `${file} has no target "${wished}" any more. Choose another one.`;
  const refusal = refusalOf(entity, to);
  if (refusal !== undefined) return refusal;
  if (entity.parent === to) return { edits: [], targets: [entity], changed: [], unchanged: [entity.path] };
  const edits = moveEdits(organization.document, entity, to);
  if (edits === undefined) return `The "${listKey(entity)}" of ${to.path} is not a list, so nothing was moved. Mend it in ${file} first.`;
  return { edits, targets: [entity], changed: [entity.path, `${to.path}/${entity.name}`], unchanged: [], moved: { entity, to } };
}

function refusalOf(entity: Entity, to: Entity): string | undefined {
  if (entity.kind === 'root') return `${entity.path} is the root of the organization, which AWS cannot move. Choose an organizational unit (OU) or an account.`;
  if (to.kind === 'account') return `${to.path} is an account: AWS holds OUs and accounts in the root or in an OU. Choose one of these.`;
  for (let each: Entity | undefined = to; each !== undefined; each = each.parent) {
    if (each === entity) return `${entity.path} cannot be moved ${to === entity ? 'into itself' : `to ${to.path}, which is below it`}. Choose a place outside of it.`;
  }
  if (entity.parent === to) return undefined;
  const deepest = Math.max(0, ...[...below(entity)].filter(({ kind }) => kind === 'organizationalUnit').map(({ depth }) => depth));
  const depth = deepest - entity.depth + to.depth + 1;
  if (entity.kind === 'organizationalUnit' && depth > maximumUnitLevels && depth > deepest) {
    return `Below ${to.path}, ${entity.path} would reach ${String(depth)} levels below the root, and AWS allows ${String(maximumUnitLevels)} levels of organizational units (OUs). Choose a place further up.`;
  }
  const namesake = to.children.find(({ name }) => name === entity.name);
  if (namesake === undefined) return undefined;
  const kinds = entity.kind === 'account' || namesake.kind === 'account' ? 'a path of names must lead to one target' : 'AWS allows a name once for the OUs of one parent';
  return `${to.path} holds another ${entity.name} already: ${kinds}. Rename one of the two first.`;
}

function listKey({ kind }: Entity): EntityList {
  return kind === 'account' ? 'accounts' : 'organizationalUnits';
}

function moveEdits(document: Document, entity: Entity, to: Entity): readonly ModelEdit[] | undefined {
  const [old, parent] = [entity.parent === undefined ? undefined : nodeAt(document.root, entity.parent.span), nodeAt(document.root, to.span)];
  if (old?.type !== 'object' || parent?.type !== 'object') return undefined;
  const from = memberOf(old, listKey(entity))?.value;
  const item = from?.type === 'array' ? from.items.find(({ start }) => start === entity.span.start) : undefined;
  if (from?.type !== 'array' || item === undefined) return undefined;
  const arrival = insertIntoList(document, parent, listKey(entity), (indent) => withIndent(document.text, entity, indent));
  return arrival === undefined ? undefined : [removeItem(from, item), arrival].sort((left, right) => left.start - right.start);
}

/** The text of an entity, its lines but the first with other blanks at their start: a JSON string never spans lines. */
function withIndent(text: string, { span }: Entity, indent: string): string {
  const old = indentAt(text, span.start);
  const [first = '', ...others] = text.slice(span.start, span.end).split('\n');
  return [first, ...others.map((line) => (line.startsWith(old) ? `${indent}${line.slice(old.length)}` : line))].join('\n');
}
