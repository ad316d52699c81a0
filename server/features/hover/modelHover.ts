import { isPresent } from '../../core/merge/effective.ts';
import { presentContainers } from '../../core/validation/effectiveError.ts';
import { attachmentIndex } from '../../model/attachments.ts';
import { entitiesOf, type Entity, type Organization } from '../../model/organization.ts';
import { attachedPolicies, effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { DocumentPosition } from '../documentPosition.ts';
import { code, escaped, linkTo } from '../markdown.ts';
import { documentedModel } from '../documentedGrammars.ts';

/** What stands under the cursor in a model file: a policy, a root, OU or account, or a key. */
export function modelHover(snapshot: Snapshot, organization: Organization, position: DocumentPosition): readonly string[] {
  const { slot, path, text } = position;
  const last = path.at(-1);
  const inPolicies = path[0] === 'policies';
  if (slot === 'item' && last === 'policies') return policyMarkdown(snapshot, organization, text);
  if (slot === 'key' && inPolicies && path.length === 1) return policyMarkdown(snapshot, organization, text);
  if (slot === 'value' && inPolicies && path.length === 3 && last === 'file') return policyMarkdown(snapshot, organization, String(path[1]));
  if (slot === 'value' && !inPolicies && (last === 'name' || last === 'id')) {
    const entity = entityAt(organization, position.token.start);
    return entity === undefined ? [] : entityMarkdown(snapshot, organization, entity);
  }
  const grammar = slot === 'key' ? documentedModel.at([...path, text]) : undefined;
  return grammar?.title === undefined ? [] : [`**${grammar.title}**`, grammar.markdownDescription ?? ''];
}

function policyMarkdown(snapshot: Snapshot, organization: Organization, name: string): readonly string[] {
  const policy = organization.policies.get(name);
  if (policy === undefined) return [`${code(name)} · policy`, 'This model file does not define it: add it under `policies` with its `file`.'];
  const places = attachmentIndex(organization).entities.get(name) ?? [];
  const file = policy.uri === undefined ? escaped(policy.file) : linkTo(snapshot, policy.file, policy.uri, { start: 0, end: 0 });
  const attached = places.length === 0 ? 'Attached nowhere: it has no effect.' : `Attached to:\n\n${places.map((place) => `- ${placeMarkdown(snapshot, organization, place)}`).join('\n')}`;
  return [`${code(name)} · policy`, policy.description === undefined ? '' : escaped(policy.description), `File: ${file}`, attached];
}

function placeMarkdown(snapshot: Snapshot, organization: Organization, entity: Entity): string {
  return `${linkTo(snapshot, entity.path, organization.uri, entity.nameSpan)} (${accounts(entity)})`;
}

const kinds: Readonly<Record<Entity['kind'], string>> = { root: 'root', organizationalUnit: 'organizational unit (OU)', account: 'account' };

function entityMarkdown(snapshot: Snapshot, organization: Organization, entity: Entity): readonly string[] {
  const attached = attachedPolicies(snapshot, organization, entity).map((policy) => linkTo(snapshot, policy.name, policy.uri, { start: 0, end: 0 }));
  return [
    `**${escaped(entity.path)}** · ${kinds[entity.kind]}`,
    entity.kind === 'account' ? '' : `${accounts(entity)} at or below it.`,
    attached.length === 0 ? 'No policy is attached to it directly.' : `Attached, in this order: ${attached.join(', ')}.`,
    effectiveState(snapshot, organization, entity),
  ];
}

function accounts(entity: Entity): string {
  return entity.accounts === 1 ? '1 account' : `${entity.accounts.toLocaleString('en-US')} accounts`;
}

/** Only accounts have an effective policy; for a root or OU it is what an account directly in it would get. Source: inheritance rule 3. */
function effectiveState(snapshot: Snapshot, organization: Organization, entity: Entity): string {
  const { tree, errors } = effectiveOf(snapshot, organization, entity);
  const subject = entity.kind === 'account' ? 'Effective policy' : 'Effective policy of an account directly in it';
  if (!isPresent(tree)) return `${subject}: none, no policy on its path sets anything.`;
  const plans = presentContainers(tree.children.get('plans')).map((plan) => code(plan.name)).join(', ');
  if (errors.length === 0) return `${subject}: valid. Plans: ${plans}.`;
  return `${subject}: **invalid**, so AWS keeps the last valid one.\n\n${errors.map((error) => `- ${code(error.path)}: ${escaped(error.message)}`).join('\n')}\n\nPlans: ${plans}.`;
}

/** The innermost entity around an offset. */
function entityAt(organization: Organization, offset: number): Entity | undefined {
  let found: Entity | undefined;
  for (const entity of entitiesOf(organization)) if (entity.span.start <= offset && offset < entity.span.end) found = entity;
  return found;
}
