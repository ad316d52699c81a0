import type { Span } from '../../core/document/tree.ts';
import { attachmentIndex } from '../../model/attachments.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { entryOf } from '../entryOf.ts';
import { convertOperator } from './convertOperator.ts';
import { deleteUnattached, deleteUnusedPlan } from './deleteUnused.ts';
import { lockPlan, lockSetting } from './lock.ts';
import { mergeDuplicates } from './mergeDuplicates.ts';
import { prove, type Proof } from './proof.ts';
import { extractRepeated, pullUp } from './pullUp.ts';
import { pushDown } from './pushDown.ts';
import type { Proposal, Refactoring } from './refactoring.ts';
import { refactoringPlace } from './refactoringPlace.ts';
import { removeIneffective } from './removeIneffective.ts';
import { splitPolicy } from './splitPolicy.ts';

const refactorings: readonly Refactoring[] = [extractRepeated, pullUp, pushDown, convertOperator, lockSetting, lockPlan, removeIneffective, deleteUnusedPlan, splitPolicy, mergeDuplicates, deleteUnattached];

/** With more places of attachment than this, a refactoring is proven when it is chosen, not when it is listed. */
const provenAtOnce = 200;

/** A refactoring with what is known of it. */
export interface Offer {
  readonly proposal: Proposal;
  /** Undefined when it has not been tried yet. */
  readonly proof: Proof | undefined;
}

/** Everything that can be tried at a range of a policy, or for the policy whose definition in a model is there. */
export function proposalsAt(snapshot: Snapshot, uri: string, range: Span): readonly Proposal[] {
  const policy = snapshot.policies.get(uri);
  if (policy !== undefined) return refactorings.flatMap((refactoring) => refactoring(refactoringPlace(snapshot, uri, policy.document, range)));
  const defined = [...snapshot.organizations.get(uri)?.policies.values() ?? []].find(({ span }) => span.start <= range.start && range.end <= span.end);
  const file = defined?.uri === undefined ? undefined : snapshot.policies.get(defined.uri);
  // No statement of the policy is meant there, only the policy.
  return file === undefined ? [] : refactorings.flatMap((refactoring) => refactoring({ ...refactoringPlace(snapshot, file.uri, file.document, { start: 0, end: 0 }), owners: [], path: [] }));
}

/** What is offered at a range: without what is of no use there, and proven unless the organization is large. */
export function offersAt(snapshot: Snapshot, uri: string, range: Span): readonly Offer[] {
  const isLarge = [...snapshot.organizations.values()].reduce((sum, organization) => sum + attachmentIndex(organization).points.length, 0) > provenAtOnce;
  return proposalsAt(snapshot, uri, range).flatMap((proposal): readonly Offer[] => {
    if (isLarge) return [{ proposal, proof: undefined }];
    const proof = proofOf(snapshot, uri, range, proposal);
    return proposal.onlyWhenSame && !isHarmless(proof) ? [] : [{ proposal, proof }];
  });
}

/** The proof of one refactoring at a range; undefined when it is not possible there any more. */
export function offerWith(snapshot: Snapshot, uri: string, range: Span, id: string): Offer | undefined {
  const proposal = proposalsAt(snapshot, uri, range).find((each) => each.id === id);
  if (proposal === undefined) return undefined;
  const proof = proofOf(snapshot, uri, range, proposal);
  if (!proposal.onlyWhenSame || proof.type === 'refused' || proof.changed === 0) return { proposal, proof };
  return { proposal, proof: { type: 'refused', reason: `It would change the effective policy of ${accountsText(proof.changed)}, so it was not made.` } };
}

/** True when every account keeps its effective policy. */
export function isHarmless(proof: Proof | undefined): boolean {
  return proof?.type === 'possible' && proof.changed === 0;
}

/** The title as it is offered: with the number of accounts that change, and … when something is asked first. */
export function titleOf({ proposal: { title, lost }, proof }: Offer): string {
  if (proof?.type === 'refused') return title;
  if (proof !== undefined && proof.changed > 0) return `${title} (changes ${accountsText(proof.changed)})…`;
  return proof === undefined || lost !== undefined ? `${title}…` : title;
}

function accountsText(count: number): string {
  return count === 1 ? '1 account' : `${String(count)} accounts`;
}

/** A list is followed by the choice of one of its rows: proofs are kept as long as the files stay as they are. */
function proofOf(snapshot: Snapshot, uri: string, range: Span, proposal: Proposal): Proof {
  const known = remembered.get(snapshot) ?? new Map<string, Proof>();
  remembered.set(snapshot, known);
  return entryOf(known, JSON.stringify([uri, range.start, range.end, proposal.id]), () => prove(proposal));
}

const remembered = new WeakMap<Snapshot, Map<string, Proof>>();
