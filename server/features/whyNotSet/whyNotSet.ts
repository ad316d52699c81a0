import { foldKey, grammarAt } from '../../core/grammar.ts';
import { isPresent } from '../../core/merge/effective.ts';
import { messageText } from '../../core/messageText.ts';
import { findEntity, type Entity, type Organization } from '../../model/organization.ts';
import { effectiveOf, type Snapshot } from '../../model/snapshot.ts';
import type { TargetRef, WhyNotSetView } from '../../protocol.ts';
import { mentionedAt, type MentionedNode } from '../mentions.ts';
import { listed } from '../listed.ts';
import { sourceText } from '../mentionSentence.ts';
import { elementsOf, elementText } from '../settingSummary.ts';
import { lostStatements, notSetReasons, type NotSetReason } from './notSetReasons.ts';
import { reasonView } from './reasonView.ts';
import { suggestedPath } from './suggestedPath.ts';

/** The answer to "why is this not set?" for one target and a path of keys; `meant` is the nearest path that policies speak of. */
export type WhyNotSet =
  /** `mentioned` is what is set; `lost` are statements that are not part of it. */
  | { readonly state: 'set'; readonly path: readonly string[]; readonly mentioned: MentionedNode; readonly lost: readonly NotSetReason[]; readonly reasons: readonly NotSetReason[] }
  | { readonly state: 'notSet'; readonly path: readonly string[]; readonly emptied: boolean; readonly reasons: readonly NotSetReason[]; readonly consequence: string | undefined; readonly meant: readonly string[] | undefined }
  /** AWS knows no such key. */
  | { readonly state: 'unknown'; readonly path: readonly string[]; readonly meant: readonly string[] | undefined };

/** Why a target has no value at a path of keys in any letter case. An empty list counts as without a value: it prints `[]`. */
export function whyNotSet(snapshot: Snapshot, organization: Organization, entity: Entity, path: readonly string[]): WhyNotSet {
  const grammar = grammarAt(path);
  const effective = effectiveOf(snapshot, organization, entity);
  if (grammar === undefined) return { state: 'unknown', path, meant: suggestedPath(effective.tree, path) };
  const mentioned = mentionedAt(effective.tree, path);
  const printed = mentioned?.path ?? printedPath(path);
  const emptied = isEmptyList(mentioned);
  if (mentioned !== undefined && isPresent(mentioned.node) && !emptied) {
    return { state: 'set', path: printed, mentioned, lost: lostStatements(mentioned), reasons: effective.errors.length === 0 ? [] : [{ type: 'withheld', entity, errors: effective.errors }] };
  }
  const consequence = grammar.kind === 'container' || emptied ? undefined : grammar.default;
  const nearest = mentioned === undefined ? suggestedPath(effective.tree, path) : undefined;
  // AWS compares keys without letter case: another spelling is no other setting.
  const isSame = nearest !== undefined && foldKey(nearest.join('/')) === foldKey(printed.join('/'));
  return { state: 'notSet', path: isSame ? nearest : printed, emptied, reasons: notSetReasons(snapshot, organization, entity, effective, path), consequence, meant: isSame ? undefined : nearest };
}

/** Documented keys as documented, other names as they are asked for. */
function printedPath(path: readonly string[]): readonly string[] {
  return path.map((key, index) => {
    const parent = grammarAt(path.slice(0, index));
    return parent?.kind !== 'container' ? key : [...parent.keys.keys()].find((known) => foldKey(known) === foldKey(key)) ?? key;
  });
}

function isEmptyList(mentioned: MentionedNode | undefined): boolean {
  const node = mentioned?.node;
  return node !== undefined && node.kind !== 'container' && node.value?.kind === 'list' && elementsOf(node).length === 0;
}

/** The answer in one sentence. */
export function whyNotSetSentence(answer: WhyNotSet, entity: Entity): string {
  const path = answer.path.join('/');
  const meant = answer.state === 'set' || answer.meant === undefined ? '' : ` Did you mean ${answer.meant.join('/')}?`;
  switch (answer.state) {
    case 'set':
      return messageText(setSentence(path, answer.mentioned, entity));
    case 'unknown':
      return messageText(`AWS knows no setting ${path}.${meant}`);
    case 'notSet':
      return messageText(`${path} ${answer.emptied ? 'is an empty list' : 'is not set'} for ${entity.path}.${meant}`);
  }
}

function setSentence(path: string, { node }: MentionedNode, entity: Entity): string {
  if (node === undefined || node.kind === 'container') return `${path} is part of the effective policy of ${entity.path}.`;
  const elements = elementsOf(node);
  const sources = new Set(elements.map((element) => sourceText(element.origin.source)));
  return `${path} is set for ${entity.path}: ${listed(elements.map(elementText))}, by ${listed([...sources])}.`;
}

function reasonsOf(answer: WhyNotSet): readonly NotSetReason[] {
  if (answer.state === 'unknown') return [];
  return answer.state === 'set' ? [...answer.lost, ...answer.reasons] : answer.reasons;
}

/** The answer for views; undefined when there is no such target. */
export function whyNotSetView(snapshot: Snapshot, target: TargetRef, path: readonly string[]): WhyNotSetView | undefined {
  const organization = snapshot.organizations.get(target.organization);
  const entity = organization === undefined ? undefined : findEntity(organization, target.key);
  if (organization === undefined || entity === undefined) return undefined;
  const answer = whyNotSet(snapshot, organization, entity, path);
  return {
    path: answer.path,
    state: answer.state,
    sentence: whyNotSetSentence(answer, entity),
    reasons: reasonsOf(answer).map((reason) => reasonView(snapshot, organization, reason)),
    ...(answer.state === 'notSet' && answer.consequence !== undefined ? { consequence: answer.consequence } : {}),
  };
}
