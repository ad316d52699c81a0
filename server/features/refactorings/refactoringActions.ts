import type { CodeAction, CodeActionContext, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Snapshot } from '../../model/snapshot.ts';
import { confirmRefactoringCommand, type RefactoringRef } from '../../protocol.ts';
import { wants } from '../codeActions/codeActions.ts';
import { documentOf } from '../diagnostics.ts';
import { refactoringKinds } from '../offeredKinds.ts';
import { offsetAt, rangeOf } from '../ranges.ts';
import type { Draft, FileChange } from './draft.ts';
import { isHarmless, offerWith, offersAt, titleOf, type Offer } from './refactorings.ts';

/** What an editor can do with code actions. */
export interface ActionSupport {
  /** True when it asks for the edit of an action when it is chosen. */
  readonly resolve: boolean;
  /** True when edits can create and delete files. */
  readonly files: boolean;
  /** True when it shows actions that cannot be chosen, with the reason. */
  readonly disabled: boolean;
  /** True when it can tell what changes or is lost, and ask, before it makes an edit. */
  readonly confirm: boolean;
}

/** Asked for by hand: while a cursor moves (trigger kind 2), nothing is proven. */
const automatic = 2;

/** Each refactoring is proven by merges: a text so many times longer than AWS takes would keep the server busy for minutes. */
const mostCharacters = 200_000;

/** The refactorings at a range, their edits to be resolved; of an action that cannot be made, the reason. */
export function refactoringActions(snapshot: Snapshot, uri: string, range: Range, context: CodeActionContext, support: ActionSupport): CodeAction[] {
  const document = documentOf(snapshot, uri);
  if (document === undefined || document.text.length > mostCharacters || context.triggerKind === automatic) return [];
  if (!refactoringKinds.some((kind) => wants(context, kind))) return [];
  const span = { start: offsetAt(document, range.start), end: offsetAt(document, range.end) };
  return offersAt(snapshot, uri, span).filter(({ proposal }) => wants(context, proposal.kind)).flatMap((offer): readonly CodeAction[] => {
    const { proposal, proof } = offer;
    const action: CodeAction = { title: titleOf(offer), kind: proposal.kind };
    const ref: RefactoringRef = { uri, range, id: proposal.id };
    if (proof?.type === 'refused') return support.disabled ? [{ ...action, disabled: { reason: proof.reason } }] : [];
    if (proof !== undefined && !support.files && proof.draft.changes().some(({ type }) => type !== 'edit')) return [];
    const effect = effectOf(snapshot, offer, ref, support);
    if (effect.disabled !== undefined && (proof !== undefined || !support.resolve)) return support.disabled ? [{ ...action, ...effect }] : [];
    return [support.resolve ? { ...action, data: ref } : { ...action, ...effect }];
  });
}

/** Completes an action that was offered; unchanged when it is no refactoring or not possible any more, disabled when the editor cannot ask first. */
export function resolveRefactoring(snapshot: Snapshot, action: CodeAction, support: ActionSupport): CodeAction {
  const ref = refOf(action.data);
  const document = ref === undefined ? undefined : documentOf(snapshot, ref.uri);
  if (ref === undefined || document === undefined) return action;
  const offer = offerWith(snapshot, ref.uri, { start: offsetAt(document, ref.range.start), end: offsetAt(document, ref.range.end) }, ref.id);
  return offer === undefined ? action : { ...action, ...effectOf(snapshot, offer, ref, support) };
}

/** The edit, or the command that tells first what changes or is lost, or why it cannot be made; without that command, why there is none. */
function effectOf(snapshot: Snapshot, { proposal, proof }: Offer, ref: RefactoringRef, { confirm }: ActionSupport): Pick<CodeAction, 'edit' | 'command' | 'disabled'> {
  if (proof?.type === 'possible' && isHarmless(proof) && proposal.lost === undefined) return { edit: workspaceEdit(snapshot, proof.draft) };
  if (!confirm) return { disabled: { reason: proof?.type === 'refused' ? proof.reason : 'It changes or loses something that is to be confirmed first, which works in VS Code.' } };
  return { command: { title: proposal.title, command: confirmRefactoringCommand, arguments: [ref] } };
}

/** The edits in LSP's form. Only one that creates or deletes files needs an editor that can do that. */
export function workspaceEdit(snapshot: Snapshot, draft: Draft): WorkspaceEdit {
  const changes = draft.changes();
  if (changes.every((change) => change.type === 'edit')) return { changes: Object.fromEntries(changes.map((change) => [change.uri, textEdits(snapshot, change)])) };
  return {
    documentChanges: changes.flatMap((change): NonNullable<WorkspaceEdit['documentChanges']> => {
      const textDocument = { uri: change.uri, version: null };
      switch (change.type) {
        case 'create':
          return [{ kind: 'create', uri: change.uri, options: { overwrite: false } }, { textDocument, edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: change.text }] }];
        case 'edit':
          return [{ textDocument, edits: textEdits(snapshot, change) }];
        case 'delete':
          return [{ kind: 'delete', uri: change.uri }];
      }
    }),
  };
}

function textEdits(snapshot: Snapshot, change: FileChange): { range: Range; newText: string }[] {
  const document = documentOf(snapshot, change.uri);
  return document === undefined || change.type !== 'edit' ? [] : change.edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.newText }));
}

function refOf(data: unknown): RefactoringRef | undefined {
  return typeof data === 'object' && data !== null && 'uri' in data && 'range' in data && 'id' in data ? data as RefactoringRef : undefined;
}
