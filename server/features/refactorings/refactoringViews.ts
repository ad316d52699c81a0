import type { Snapshot } from '../../model/snapshot.ts';
import type { FileChangeView, RefactoringOffer, RefactoringRef, RefactoringView, ViewRange } from '../../protocol.ts';
import { documentOf } from '../diagnostics.ts';
import { impactView } from '../impactView.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import type { FileChange } from './draft.ts';
import { offerWith, offersAt, titleOf } from './refactorings.ts';

/** The refactorings at a range, for a list; those that cannot be made with the reason. */
export function refactoringOffers(snapshot: Snapshot, { uri, range }: { readonly uri: string; readonly range: ViewRange }): readonly RefactoringOffer[] {
  const document = documentOf(snapshot, uri);
  if (document === undefined) return [];
  return offersAt(snapshot, uri, { start: offsetAt(document, range.start), end: offsetAt(document, range.end) }).map((offer) => ({
    ref: { uri, range, id: offer.proposal.id },
    title: titleOf(offer),
    ...(offer.proof?.type === 'refused' ? { refusal: offer.proof.reason } : {}),
  }));
}

/** Tries a refactoring; undefined when it is not there any more. */
export function refactoringView(snapshot: Snapshot, { uri, range, id }: RefactoringRef): RefactoringView | undefined {
  const document = documentOf(snapshot, uri);
  const offer = document === undefined ? undefined : offerWith(snapshot, uri, { start: offsetAt(document, range.start), end: offsetAt(document, range.end) }, id);
  if (offer?.proof === undefined) return undefined;
  const { proposal: { title, lost }, proof } = offer;
  if (proof.type === 'refused') return { title, files: [], accounts: 0, changed: 0, impact: { groups: [], accounts: 0 }, refusal: proof.reason };
  return {
    title,
    files: proof.draft.changes().map((change) => fileView(snapshot, change)),
    accounts: proof.accounts,
    changed: proof.changed,
    impact: proof.changed === 0 ? { groups: [], accounts: proof.accounts } : impactView(snapshot, proof.after),
    ...(lost === undefined ? {} : { lost }),
  };
}

function fileView(snapshot: Snapshot, change: FileChange): FileChangeView {
  if (change.type !== 'edit') return change;
  const document = documentOf(snapshot, change.uri);
  return { type: 'edit', uri: change.uri, edits: document === undefined ? [] : change.edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText })) };
}
