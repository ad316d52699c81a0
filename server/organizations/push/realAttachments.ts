import { applyEdits } from 'jsonc-parser';
import { insertMembers, type JsonEdit } from '../../features/jsonLayout.ts';
import { memberOf, nodeAt } from '../../features/modelEdits.ts';
import { attachmentIndex } from '../../model/attachments.ts';
import { entitiesOf, type Entity, type Organization } from '../../model/organization.ts';
import type { TargetDescription } from '../api.ts';

/** Where AWS has policies attached, as a model. */
export interface RealAttachments {
  /** The text of the model file with these policies attached where AWS has them; for comparisons, not to be saved. */
  readonly modelText: string;
  /** By policy name, the entities that AWS has it attached to, as far as the model has them. */
  readonly entities: ReadonlyMap<string, readonly Entity[]>;
  /** By policy name, targets in AWS that the model does not have. */
  readonly unknown: ReadonlyMap<string, readonly TargetDescription[]>;
  /** By policy name, entities that only the model has it attached to. */
  readonly onlyInModel: ReadonlyMap<string, readonly Entity[]>;
}

/**
 * The model with the attachments of some policies replaced by those that AWS has. Targets are known by id; an entity
 * without an id by its name and kind when only one has them. The order of attachment is that of the model, for AWS
 * does not tell it; what only AWS has comes last.
 * @param real by policy name, its targets in AWS.
 */
export function realAttachments(organization: Organization, real: ReadonlyMap<string, readonly TargetDescription[]>): RealAttachments {
  const find = finder(organization);
  const entities = new Map<string, readonly Entity[]>();
  const unknown = new Map<string, readonly TargetDescription[]>();
  const onlyInModel = new Map<string, readonly Entity[]>();
  const lists = new Map<Entity, readonly string[]>();
  const listOf = (entity: Entity): readonly string[] => lists.get(entity) ?? entity.attachments.map(({ policy }) => policy);
  for (const [policy, targets] of real) {
    const found = targets.map((target) => [target, find(target)] as const);
    const attached = new Set(found.flatMap(([, entity]) => entity ?? []));
    const modelled = attachmentIndex(organization).entities.get(policy) ?? [];
    entities.set(policy, [...attached]);
    unknown.set(policy, found.flatMap(([target, entity]) => (entity === undefined ? [target] : [])));
    onlyInModel.set(policy, modelled.filter((entity) => !attached.has(entity)));
    for (const entity of modelled) if (!attached.has(entity)) lists.set(entity, listOf(entity).filter((name) => name !== policy));
    for (const entity of attached) if (!modelled.includes(entity)) lists.set(entity, [...listOf(entity), policy]);
  }
  const { text } = organization.document;
  const edits = [...lists].flatMap(([entity, list]) => listEdit(organization, entity, list) ?? []);
  const modelText = applyEdits(text, edits.map(({ start, end, newText }) => ({ offset: start, length: end - start, content: newText })));
  return { modelText, entities, unknown, onlyInModel };
}

function listEdit({ document }: Organization, entity: Entity, list: readonly string[]): JsonEdit | undefined {
  const node = nodeAt(document.root, entity.span);
  if (node?.type !== 'object') return undefined;
  const value = memberOf(node, 'policies')?.value;
  const newText = JSON.stringify(list);
  return value === undefined ? insertMembers(document, node, [`"policies": ${newText}`], memberOf(node, 'name') ?? node.members[0]) : { start: value.start, end: value.end, newText };
}

const kinds = { ROOT: 'root', ORGANIZATIONAL_UNIT: 'organizationalUnit', ACCOUNT: 'account' } as const satisfies Readonly<Record<TargetDescription['type'], Entity['kind']>>;

function finder(organization: Organization): (target: TargetDescription) => Entity | undefined {
  const named = new Map<string, readonly Entity[]>();
  for (const entity of entitiesOf(organization)) {
    if (entity.id !== undefined) continue;
    const key = `${entity.kind}/${entity.name}`;
    named.set(key, [...(named.get(key) ?? []), entity]);
  }
  return ({ id, name, type }) => {
    const known = organization.byId.get(id);
    if (known !== undefined) return known;
    const [one, other] = named.get(`${kinds[type]}/${name}`) ?? [];
    return other === undefined ? one : undefined;
  };
}
