import { effectiveAt } from '../../core/merge/effective.ts';
import { exampleInventory } from '../../core/selection/example.ts';
import { readInventory } from '../../core/selection/inventory/readInventory.ts';
import { presentContainers } from '../../core/validation/effectiveError.ts';
import { below, findEntity, type Entity } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { ReachedResourceView, ReachGroup, ReachView, TargetRef } from '../../protocol.ts';
import { messageText } from '../../core/messageText.ts';
import { listed } from '../listed.ts';
import { entityView } from '../organizationViews.ts';
import { judgeResources, type JudgedResource } from './judgedResources.ts';
import { overlapsOf } from './overlaps.ts';
import { reachSummary } from './reachSummary.ts';
import { groupOf, ResourceViews } from './resourceViews.ts';

/** So many resources of each group are described in an answer; the others are counted. */
export const listedResources = 200;

/** An inventory's text, or why it cannot be had. */
export type InventoryText = { readonly text: string; readonly uri?: string } | { readonly refusal: string };

export interface ReachOptions {
  /** Words that a resource must have, in any letter case. */
  readonly filter?: string;
  /** How many resources of each group are described. */
  readonly limit?: number;
}

/** Which resources of an inventory the plans of a target reach, and why not the others; undefined when there is no such target. */
export function reachView(snapshot: Snapshot, target: TargetRef, inventory: InventoryText, { filter = '', limit = listedResources }: ReachOptions = {}): ReachView | undefined {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  if (organization === undefined || entity === undefined) return undefined;
  const { resources, problems, problemCount } = readInventory('text' in inventory ? inventory.text : '');
  const judged = judgeResources(snapshot, organization, entity, resources);
  const matching = groups(filtered(judged, filter));
  const views = new ResourceViews(snapshot);
  const described = [matching.unreached, matching.once, matching.several].flatMap((group) => group.slice(0, limit).map((each): ReachedResourceView => views.of(each)));
  const counts = { resources: judged.length, ...countsOf(groups(judged)) };
  const uri = 'uri' in inventory ? inventory.uri : undefined;
  return {
    target: entityView(snapshot, organization, entity),
    ...('refusal' in inventory ? { refusal: inventory.refusal } : {}),
    summary: reachSummary(counts),
    example: exampleInventory(presentContainers(effectiveAt(effectiveOf(snapshot, organization, entity).tree, ['plans'])), firstAccount(entity)),
    counts,
    warnings: withheld(judged, (each) => effectiveOf(snapshot, organization, each).errors.length > 0),
    resources: described,
    matching: countsOf(matching),
    plans: views.plans,
    overlaps: overlapsOf(judged, snapshot.at),
    problems: problems.map(({ line, message }) => ({ line, message: messageText(message), ...(uri === undefined ? {} : { location: { uri, range: startOf(line) } }) })),
    problemCount,
  };
}

function startOf(line: number): { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } } {
  const start = { line: line - 1, character: 0 };
  return { start, end: start };
}

/** The id of an account at or below an entity whose resources get what the entity itself shows, if there is one. */
function firstAccount(entity: Entity): string | undefined {
  const accounts = [...below(entity)].filter(({ kind, id }) => kind === 'account' && id !== undefined);
  return (accounts.find(({ parent }) => parent === entity) ?? accounts[0])?.id;
}

type Groups = Readonly<Record<ReachGroup, readonly JudgedResource[]>>;

function groups(judged: readonly JudgedResource[]): Groups {
  const result = { unreached: new Array<JudgedResource>(), once: new Array<JudgedResource>(), several: new Array<JudgedResource>() };
  for (const each of judged) result[groupOf(each)].push(each);
  return result;
}

function countsOf({ unreached, once, several }: Groups): Readonly<Record<ReachGroup, number>> {
  return { unreached: unreached.length, once: once.length, several: several.length };
}

/** The resources that have all words of the filter in their ARN, tags, account or plans. */
function filtered(judged: readonly JudgedResource[], filter: string): readonly JudgedResource[] {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return judged;
  return judged.filter(({ resource, policyOf, reachedBy }) => {
    const tags = [...resource.tags].map(([key, value]) => `${key}=${value}`);
    const text = [resource.arn, resource.region ?? '', policyOf.path, ...tags, ...reachedBy.map((plan) => plan.name)].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What AWS withholds from the accounts that were asked. Source: inheritance rule 38 [obs]. */
function withheld(judged: readonly JudgedResource[], isInvalid: (entity: JudgedResource['policyOf']) => boolean): readonly string[] {
  const names = [...new Set(judged.map(({ policyOf }) => policyOf))].filter(isInvalid).map((each) => each.name);
  if (names.length === 0) return [];
  return [`The effective policy of ${listed(names)} is invalid: AWS withholds it, and ${names.length === 1 ? 'its account keeps' : 'their accounts keep'} the last valid one. What the new one would reach is shown.`];
}
